"""The ledger's verbs: once only, by whom, taken back, chained, from many threads at once."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from courses import hours
from courses.crediting import (
    Refused,
    chain_of,
    credit_live_unit,
    finish_lesson,
    may_credit,
    reverse,
)
from courses.enrolment import enrol
from courses.models import Enrolment, HourEntry, Profile, Progress, Release, ReleaseUnit
from courses.standing import standing_of
from tests.courses.conftest import NOW, Written, do_parts
from tests.factories import make_person

EARLIER = NOW - timedelta(hours=2)
AFTER = NOW + timedelta(hours=1)


def test_a_lesson_counts_with_its_frozen_tags_and_evidence(
    place: Enrolment, written: Written, alice: User
) -> None:
    do_parts(place, written.lesson_key)
    entry = finish_lesson(enrolment=place, unit_key=written.lesson_key, now=AFTER)
    progress = Progress.objects.get(enrolment=place)
    assert (entry.number, entry.minutes, entry.mode, entry.cause) == (
        1,
        30,
        "self_paced",
        f"unit:{written.lesson_key}",
    )
    assert entry.allocations == {"ca17": {"1": 30}, "icrc": {"ER": 10, "RW": 20}}
    assert (entry.started_at, entry.ended_at, entry.recorded_at) == (NOW, AFTER, AFTER)
    assert entry.evidence == {
        "kind": "lesson",
        "progress": progress.pk,
        "checks": ["check-1"],
        "reflections": [place.reflections.get().pk],
    }
    assert "Quiet" not in str(entry.evidence)
    assert (entry.recorded_by, entry.trainee, progress.finished_at) == (None, alice, AFTER)


def test_however_often_there_is_one_line(place: Enrolment, written: Written) -> None:
    do_parts(place, written.lesson_key)
    first = finish_lesson(enrolment=place, unit_key=written.lesson_key, now=AFTER)
    assert finish_lesson(enrolment=place, unit_key=written.lesson_key, now=AFTER) == first
    assert place.hours.count() == 1


def test_out_of_order_is_fine(place: Enrolment, written: Written) -> None:
    for key in (written.second_key, written.lesson_key):
        do_parts(place, key)
        finish_lesson(enrolment=place, unit_key=key, now=AFTER)
    assert standing_of(place, AFTER).minutes == 75


def test_a_lesson_with_open_parts_is_refused(place: Enrolment, written: Written) -> None:
    with pytest.raises(Refused, match=r"still open first \(2\)"):
        finish_lesson(enrolment=place, unit_key=written.lesson_key, now=AFTER)
    assert not place.hours.exists()


def test_a_live_unit_is_not_the_trainees_to_finish(place: Enrolment, written: Written) -> None:
    with pytest.raises(Refused, match="live unit"):
        finish_lesson(enrolment=place, unit_key=written.live_key, now=AFTER)


def test_a_unit_of_another_release_is_not_there(place: Enrolment) -> None:
    with pytest.raises(ReleaseUnit.DoesNotExist):
        finish_lesson(enrolment=place, unit_key=place.public_id, now=AFTER)


def test_pages_that_are_gone_change_nothing(place: Enrolment, written: Written) -> None:
    do_parts(place, written.lesson_key)
    finish_lesson(enrolment=place, unit_key=written.lesson_key, now=AFTER)
    written.pages["lesson", "en"].unpublish()
    for code in ("en", "es"):
        written.pages["second", code].delete()
    do_parts(place, written.second_key)
    finish_lesson(enrolment=place, unit_key=written.second_key, now=AFTER)
    assert standing_of(place, AFTER).minutes == 75


def test_an_instructor_of_the_course_credits_a_live_unit(
    place: Enrolment, written: Written, erin: User
) -> None:
    entry = credit_live_unit(
        enrolment=place, unit_key=written.live_key, by=erin, started_at=EARLIER, now=NOW
    )
    assert (entry.minutes, entry.mode, entry.started_at, entry.ended_at) == (
        60,
        "live",
        EARLIER,
        EARLIER + timedelta(hours=1),
    )
    assert (entry.evidence, entry.recorded_by) == (
        {"kind": "instructor", "instructor": str(erin.public_id)},
        erin,
    )
    again = credit_live_unit(
        enrolment=place, unit_key=written.live_key, by=erin, started_at=EARLIER, now=NOW
    )
    assert again == entry


def test_nobody_else_credits(place: Enrolment, written: Written, alice: User, rita: User) -> None:
    stranger = make_person("Ivan Brooks", role="instructor")
    for person in (alice, rita, stranger):
        assert not may_credit(person, place)
        with pytest.raises(Refused, match="Only an instructor"):
            credit_live_unit(
                enrolment=place, unit_key=written.live_key, by=person, started_at=EARLIER, now=NOW
            )


def test_an_instructor_does_not_credit_herself(
    release: Release, profile: Profile, written: Written, erin: User
) -> None:
    own = enrol(trainee=erin, course=release.course, profile=profile, now=NOW)
    with pytest.raises(Refused):
        credit_live_unit(
            enrolment=own, unit_key=written.live_key, by=erin, started_at=EARLIER, now=NOW
        )


def test_what_is_not_over_is_refused(place: Enrolment, written: Written, erin: User) -> None:
    almost = NOW - timedelta(minutes=59, seconds=59)
    with pytest.raises(Refused, match="not over yet"):
        credit_live_unit(
            enrolment=place, unit_key=written.live_key, by=erin, started_at=almost, now=NOW
        )
    exactly = NOW - timedelta(minutes=60)
    assert credit_live_unit(
        enrolment=place, unit_key=written.live_key, by=erin, started_at=exactly, now=NOW
    )


def test_one_person_is_not_in_two_live_rooms(
    place: Enrolment, written: Written, erin: User, profile: Profile, release: Release
) -> None:
    from courses.models import Course  # noqa: PLC0415
    from courses.publishing import _write  # noqa: PLC0415, F401

    credit_live_unit(
        enrolment=place, unit_key=written.live_key, by=erin, started_at=EARLIER, now=NOW
    )
    other = Course.objects.create(key=written.module_key, code="other")
    other.instructors.add(erin)
    copied = Release.objects.create(
        course=other,
        number=1,
        outline=release.outline,
        sha256="x",
        published_at=NOW,
        published_by=erin,
    )
    unit = release.units.get(key=written.live_key)
    unit.pk, unit.release = None, copied
    unit.save(force_insert=True)
    second = enrol(trainee=place.trainee, course=other, profile=profile, now=NOW)
    with pytest.raises(Refused, match="other live hours"):
        credit_live_unit(
            enrolment=second,
            unit_key=written.live_key,
            by=erin,
            started_at=EARLIER + timedelta(minutes=59),
            now=NOW,
        )
    touching = EARLIER + timedelta(minutes=60)
    entry = credit_live_unit(
        enrolment=second, unit_key=written.live_key, by=erin, started_at=touching, now=NOW
    )
    assert (entry.number, entry.previous_sha256) == (2, HourEntry.objects.get(number=1).sha256)
    assert hours.verify_chain(chain_of(place.trainee)) == []


def test_a_lesson_done_another_way_counts_the_same(
    place: Enrolment, written: Written, erin: User
) -> None:
    entry = credit_live_unit(
        enrolment=place, unit_key=written.lesson_key, by=erin, started_at=EARLIER, now=NOW
    )
    assert (entry.minutes, entry.mode, entry.evidence["kind"]) == (30, "self_paced", "instructor")
    assert finish_lesson(enrolment=place, unit_key=written.lesson_key, now=AFTER) == entry


def test_a_reversal_is_a_line_of_its_own_and_restores_the_sums(
    place: Enrolment, written: Written, erin: User
) -> None:
    do_parts(place, written.lesson_key)
    finish_lesson(enrolment=place, unit_key=written.lesson_key, now=AFTER)
    before = standing_of(place, AFTER).sums.by_tag["icrc"]["RW"]["total"]
    entry = credit_live_unit(
        enrolment=place, unit_key=written.live_key, by=erin, started_at=EARLIER, now=NOW
    )
    reversal = reverse(entry=entry, by=erin, reason="wrong_time", now=AFTER)
    assert (reversal.number, reversal.minutes, reversal.reverses, reversal.cause) == (
        3,
        -60,
        entry,
        "reversal:2",
    )
    assert reversal.allocations == {"ca17": {"1": -60}, "icrc": {"ER": -10, "RW": -50}}
    assert reversal.evidence == {"kind": "reversal", "reason": "wrong_time"}
    standing = standing_of(place, AFTER)
    assert (standing.minutes, standing.sums.of_tag("icrc", "RW")) == (30, before)
    assert reverse(entry=entry, by=erin, reason="wrong_time", now=AFTER) == reversal
    again = credit_live_unit(
        enrolment=place, unit_key=written.live_key, by=erin, started_at=EARLIER, now=NOW
    )
    assert (again.number, again.cause) == (4, f"unit:{written.live_key}:2")
    assert hours.verify_chain(chain_of(place.trainee)) == []


def test_a_repeated_request_does_not_undo_a_reversal(
    place: Enrolment, written: Written, erin: User
) -> None:
    do_parts(place, written.lesson_key)
    entry = finish_lesson(enrolment=place, unit_key=written.lesson_key, now=AFTER)
    reverse(entry=entry, by=erin, reason="integrity", now=AFTER)
    with pytest.raises(Refused, match="taken back"):
        finish_lesson(enrolment=place, unit_key=written.lesson_key, now=AFTER)
    assert standing_of(place, AFTER).minutes == 0


def test_what_cannot_be_reversed(
    place: Enrolment, written: Written, erin: User, rita: User
) -> None:
    entry = credit_live_unit(
        enrolment=place, unit_key=written.live_key, by=erin, started_at=EARLIER, now=NOW
    )
    with pytest.raises(Refused):
        reverse(entry=entry, by=rita, reason="wrong_time", now=AFTER)
    with pytest.raises(Refused):
        reverse(entry=entry, by=erin, reason="I felt like it", now=AFTER)
    reversal = reverse(entry=entry, by=erin, reason="wrong_time", now=AFTER)
    with pytest.raises(Refused):
        reverse(entry=reversal, by=erin, reason="wrong_time", now=AFTER)


def test_the_database_refuses_to_change_a_line(
    place: Enrolment, written: Written, erin: User
) -> None:
    entry = credit_live_unit(
        enrolment=place, unit_key=written.live_key, by=erin, started_at=EARLIER, now=NOW
    )
    for change in (lambda: place.hours.update(minutes=600), entry.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_line_changed_behind_the_triggers_is_found(
    place: Enrolment, written: Written, erin: User
) -> None:
    entry = credit_live_unit(
        enrolment=place, unit_key=written.live_key, by=erin, started_at=EARLIER, now=NOW
    )
    [link] = chain_of(place.trainee)
    assert hours.verify_chain([link]) == []
    entry.minutes = 600
    from courses.crediting import line_of  # noqa: PLC0415

    forged = hours.Link(line_of(entry), link.previous_sha256, link.sha256)
    assert hours.verify_chain([forged]) == ["line 1: was changed after it was written"]


@pytest.mark.django_db(transaction=True)
def test_ten_requests_at_once_give_one_line(place: Enrolment, written: Written) -> None:
    do_parts(place, written.lesson_key)
    do_parts(place, written.second_key)
    now, failed = timezone.now() + timedelta(days=9999), []

    def finish(key: object) -> None:
        try:
            finish_lesson(enrolment=Enrolment.objects.get(pk=place.pk), unit_key=key, now=now)  # type: ignore[arg-type]
        except Exception as exc:  # noqa: BLE001  (any is a failure of the test)
            failed.append(exc)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=finish, args=[key])
        for key in (written.lesson_key, written.second_key) * 5
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert min(place.hours.values_list("number", flat=True)) == 1
    assert sorted(place.hours.values_list("minutes", flat=True)) == [30, 45]
    assert hours.verify_chain(chain_of(place.trainee)) == []
