"""Completion: when nothing is outstanding, once, with facts that name no trainee."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.fingerprints import fingerprint
from accounts.models import Agreement, User
from accounts.naming import confirm_legal_name
from accounts.signing import load_agreements, sign
from courses import completion, tasks
from courses.enrolment import enrol
from courses.models import Approval, Completion, Enrolment, Provider
from courses.signals import course_completed
from courses.standing import Step, standing_of
from tests.courses.conftest import NOW, Written, finish_all, freeze, make_profile, sat
from tests.factories import give_role

RULES: list[dict[str, Any]] = [
    {"kind": "hours_total", "minutes": 135},
    {"kind": "exam"},
    {"kind": "attestation", "agreement": "code_of_ethics"},
    {"kind": "external", "code": "state_exam"},
]


@pytest.fixture
def candidate(written: Written, exam: Any, alice: User) -> Enrolment:
    """Alice's place in the small course with its exam, under a profile with every kind of rule."""
    freeze(written, exam)
    load_agreements()
    return enrol(trainee=alice, course=written.course, profile=make_profile("all", RULES), now=NOW)


def sign_code(person: User) -> None:
    sign(
        person=person,
        kind=Agreement.Kind.CODE_OF_ETHICS,
        typed_name="Alice Rivera",
        language="en",
        now=NOW,
    )


def do_everything(place: Enrolment, written: Written) -> None:
    finish_all(place, written)
    sign_code(place.trainee)
    sat(place.trainee, place, raw=8)
    confirm_legal_name(person=place.trainee, name="Alice Rivera", now=NOW)


def recorded(place: Enrolment) -> Completion | None:
    return completion.record(enrolment=place, now=NOW + timedelta(hours=1))


def test_each_thing_is_waited_for_and_the_next_step_names_it(
    candidate: Enrolment, written: Written
) -> None:
    def step() -> Step:
        return standing_of(
            Enrolment.objects.get(pk=candidate.pk), NOW + timedelta(hours=1)
        ).next_step.kind

    assert (step(), recorded(candidate)) == (Step.LESSON, None)
    finish_all(candidate, written)
    assert (step(), recorded(candidate)) == (Step.SIGN, None)
    sign_code(candidate.trainee)
    assert (step(), recorded(candidate)) == (Step.EXAM, None)
    sat(candidate.trainee, candidate, raw=6)
    assert (step(), recorded(candidate)) == (Step.WAIT_FOR_EXAM, None)
    sat(candidate.trainee, candidate, raw=7, number=2)
    assert (step(), recorded(candidate)) == (Step.CONFIRM_NAME, None)
    confirm_legal_name(person=candidate.trainee, name="Alice Rivera", now=NOW)
    assert step() == Step.CERTIFICATE
    assert recorded(candidate) is not None
    assert step() == Step.CERTIFICATE


def test_three_attempts_later_a_person_helps(candidate: Enrolment, written: Written) -> None:
    finish_all(candidate, written)
    sign_code(candidate.trainee)
    for number in (1, 2, 3):
        sat(candidate.trainee, candidate, raw=5, number=number)
    assert standing_of(candidate, NOW).next_step.kind == Step.TALK


def test_it_happens_once_and_is_told_once(candidate: Enrolment, written: Written) -> None:
    told: list[Completion] = []

    def hear(completion: Completion, **kwargs: Any) -> None:
        told.append(completion)

    course_completed.connect(hear)
    try:
        do_everything(candidate, written)
        first = recorded(candidate)
        assert recorded(candidate) == first
    finally:
        course_completed.disconnect(hear)
    assert told == [first]


def test_what_is_frozen(candidate: Enrolment, written: Written, erin: User) -> None:
    provider = Provider.load()
    provider.name, provider.city = "Alder Street", "Fresno"
    provider.signatory_name, provider.signatory_title = "Rosalind Achebe", "Director"
    provider.approvals = [
        Approval(
            certifier="CalMHSA", number="42", valid_from="2026-01-01", valid_until="2026-11-22"
        ),
        Approval(certifier="Over", number="1", valid_from="2025-01-01", valid_until="2026-11-21"),
        Approval(certifier="Later", number="2", valid_from="2026-11-23"),
    ]
    provider.save()
    do_everything(candidate, written)
    done = recorded(candidate)
    assert done is not None
    facts = done.facts
    assert done.sha256 == fingerprint(facts)
    assert facts["course"]["titles"] == {"en": "Small (en)", "es": "Small (es)"}
    assert facts["release"]["number"] == 1
    assert facts["minutes"] == {
        "total": 135,
        "by_mode": {"self_paced": 75, "live": 60},
        "by_tag": {
            "ca17": {"1": {"total": 135, "self_paced": 75, "live": 60}},
            "icrc": {
                "ER": {"total": 30, "self_paced": 20, "live": 10},
                "RW": {"total": 105, "self_paced": 55, "live": 50},
            },
        },
    }
    assert facts["tags"]["icrc"]["tags"]["ER"]["es"] == "Responsabilidad ética"
    assert (facts["first_on"], facts["last_on"]) == ("2026-11-22", "2026-11-22")
    assert {key: facts["exam"][key] for key in ("code", "raw", "maximum", "cut")} == {
        "code": "small", "raw": 8, "maximum": 10, "cut": 7,
    }  # fmt: skip
    assert facts["instructors"] == [str(erin.public_id)]
    assert [approval["number"] for approval in facts["provider"]["approvals"]] == ["42"]
    assert [signed["kind"] for signed in facts["attestations"]] == ["code_of_ethics"]
    assert [rule["status"] for rule in facts["rules"]] == ["met", "met", "met", "external"]
    assert facts["ledger"]["entries"] == 3
    assert facts["modules"] == [
        {"number": 1, "titles": {"en": "Module (en)", "es": "Module (es)"}, "minutes": 135}
    ]
    assert set(facts["provider"]) == {"name", "street", "city", "approvals"}
    for name in ("Alice", "Rivera", "Achebe", candidate.trainee.email):
        assert name not in str(facts)


def test_who_reads_items_cannot_complete(candidate: Enrolment, written: Written) -> None:
    do_everything(candidate, written)
    give_role(candidate.trainee, "instructor")
    assert recorded(Enrolment.objects.get(pk=candidate.pk)) is None
    standing = standing_of(Enrolment.objects.get(pk=candidate.pk), NOW)
    assert (standing.next_step.kind, standing.outstanding) == (Step.READS_ITEMS, [])


def test_a_voided_attempt_does_not_count(candidate: Enrolment, written: Written) -> None:
    finish_all(candidate, written)
    sign_code(candidate.trainee)
    confirm_legal_name(person=candidate.trainee, name="Alice Rivera", now=NOW)
    attempt = sat(candidate.trainee, candidate, raw=8)
    attempt.voided_at, attempt.void_reason = NOW, "noise"
    attempt.save(update_fields=["voided_at", "void_reason"])
    assert recorded(candidate) is None


def test_the_sweeper_finds_those_that_wait_in_turn(candidate: Enrolment, written: Written) -> None:
    assert completion.waiting(limit=5) == []
    finish_all(candidate, written)
    assert completion.waiting(limit=5) == []
    sat(candidate.trainee, candidate, raw=8)
    assert completion.waiting(limit=5) == [candidate.pk]
    assert recorded(candidate) is None
    candidate.refresh_from_db()
    assert candidate.checked_at == NOW + timedelta(hours=1)
    sign_code(candidate.trainee)
    confirm_legal_name(person=candidate.trainee, name="Alice Rivera", now=NOW)
    assert recorded(candidate) is not None
    assert completion.waiting(limit=5) == []


def test_the_tasks_ring_one_action(candidate: Enrolment, written: Written) -> None:
    do_everything(candidate, written)
    tasks.recheck_completion(candidate.pk)
    assert candidate.completions.count() == 1
    with pytest.raises(Enrolment.DoesNotExist):
        tasks.recheck_completion(0)


def test_a_reversal_afterwards_leaves_the_completion(
    candidate: Enrolment, written: Written, erin: User
) -> None:
    from courses.crediting import reverse  # noqa: PLC0415

    do_everything(candidate, written)
    done = recorded(candidate)
    reverse(entry=candidate.hours.order_by("-number")[0], by=erin, reason="not_attended", now=NOW)
    assert recorded(candidate) == done
    assert done is not None
    assert done.facts["minutes"]["total"] == 135
