from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.fingerprints import fingerprint
from accounts.models import User
from exams import assembly, attempts
from exams.models import Attempt, Exam, FormItem, Item, ItemVersion, Score
from exams.rules import Rules
from exams.signals import attempt_scored
from tests.exams.conftest import NOW, key_of, wrong_of

MINUTE = timedelta(minutes=1)


def begin(person: User, exam: Exam, rules: Rules, now=NOW) -> Attempt:
    return attempts.start(candidate=person, exam=exam, rules=rules, language="en", now=now)


def fill(attempt: Attempt, right: int, wrong: int, now=NOW + MINUTE) -> None:
    for position in range(1, right + wrong + 1):
        chosen = key_of(attempt, position) if position <= right else wrong_of(attempt, position)
        attempts.answer(
            attempt=attempt,
            position=position,
            chosen=[chosen],
            flagged=False,
            epoch=1,
            sequence=position,
            now=now,
        )


def test_a_start_copies_everything_that_counts(attempt: Attempt, rules: Rules) -> None:
    assert attempt.rules == rules
    assert attempt.number == 1
    assert attempt.deadline_at == NOW + 30 * MINUTE
    assert attempt.closes_at == NOW + 32 * MINUTE
    assert attempt.form.items.count() == 20


def test_the_form_can_be_drawn_again_from_what_is_kept(attempt: Attempt) -> None:
    form = attempt.form
    frozen = ItemVersion.objects.select_related("topic").in_bulk(form.inputs["versions"])
    pool = [
        assembly.PoolItem(pk, one.item_id, one.topic.code, one.level) for pk, one in frozen.items()
    ]
    drawn = assembly.draw(blueprint=form.inputs["blueprint"], pool=pool, seed=form.seed)
    orders = [
        [
            pk,
            assembly.order_options(
                seed=form.seed, version=pk, options=frozen[pk].content["definition"]["options"]
            ),
        ]
        for pk in drawn
    ]
    assert orders == [list(row) for row in form.items.values_list("version_id", "option_order")]
    assert form.sha256 == fingerprint(orders)


def test_a_second_start_goes_on_with_the_open_attempt(
    attempt: Attempt, exam: Exam, rules: Rules
) -> None:
    again = begin(attempt.candidate, exam, rules, NOW + MINUTE)
    assert again.pk == attempt.pk
    assert again.epoch == 2
    assert Attempt.objects.count() == 1


def test_the_number_of_queries_of_a_start_is_small_and_constant(
    exam: Exam, rules: Rules, alice: User, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(12):
        begin(alice, exam, rules)


def test_handing_in_scores_what_was_saved(attempt: Attempt) -> None:
    heard = []
    attempt_scored.connect(lambda **news: heard.append(news), weak=False, dispatch_uid="test")
    try:
        fill(attempt, right=14, wrong=3)
        score = attempts.submit(attempt=attempt, now=NOW + 5 * MINUTE)
    finally:
        attempt_scored.disconnect(dispatch_uid="test")
    assert (score.raw, score.maximum, score.cut, score.passed, score.reason) == (
        14,
        20,
        14,
        True,
        "submitted",
    )
    assert sum(topic["maximum"] for topic in score.by_topic) == 20
    assert {topic["topic"] for topic in score.by_topic} == {
        f"m{number:02}" for number in range(1, 13)
    }
    attempt.refresh_from_db()
    assert (attempt.closed_at, attempt.closing) == (NOW + 5 * MINUTE, "submitted")
    assert [(news["attempt"].pk, news["score"]) for news in heard] == [(attempt.pk, score)]


def test_a_second_submit_returns_the_score_that_is_there(attempt: Attempt) -> None:
    first = attempts.submit(attempt=attempt, now=NOW + MINUTE)
    second = attempts.submit(attempt=attempt, now=NOW + 2 * MINUTE)
    assert first == second
    assert Score.objects.count() == 1


def test_an_expired_attempt_is_closed_with_what_was_saved(
    attempt: Attempt, exam: Exam, rules: Rules, bob: User
) -> None:
    fill(attempt, right=3, wrong=1)
    running = begin(bob, exam, rules, NOW + 10 * MINUTE)
    assert attempts.close_expired(now=NOW + 32 * MINUTE, limit=10) == 0
    assert attempts.close_expired(now=NOW + 33 * MINUTE, limit=10) == 1
    assert attempts.close_expired(now=NOW + 33 * MINUTE, limit=10) == 0
    attempt.refresh_from_db()
    assert (attempt.closed_at, attempt.closing) == (attempt.deadline_at, "expired")
    assert attempt.scores.get().raw == 3
    assert Attempt.objects.open().get() == running


def test_closing_goes_in_bounded_batches(exam: Exam, rules: Rules, alice: User, bob: User) -> None:
    begin(alice, exam, rules)
    begin(bob, exam, rules)
    late = NOW + 60 * MINUTE
    assert [attempts.close_expired(now=late, limit=1) for _ in range(3)] == [1, 1, 0]


def test_a_start_after_the_time_is_over_closes_the_old_attempt_first(
    attempt: Attempt, exam: Exam, rules: Rules
) -> None:
    with pytest.raises(attempts.Refused, match="next attempt from"):
        begin(attempt.candidate, exam, rules, NOW + 60 * MINUTE)
    attempt.refresh_from_db()
    assert attempt.closing == "expired"
    second = begin(attempt.candidate, exam, rules, attempt.closed_at + timedelta(hours=24))
    assert second.number == 2


def test_after_three_attempts_and_after_passing_a_start_is_refused(
    exam: Exam, rules: Rules, alice: User, bob: User
) -> None:
    for day in range(3):
        attempts.submit(
            attempt=begin(alice, exam, rules, NOW + timedelta(days=day)),
            now=NOW + timedelta(days=day),
        )
    with pytest.raises(attempts.Refused, match="all your attempts"):
        begin(alice, exam, rules, NOW + timedelta(days=9))
    passed = begin(bob, exam, rules)
    fill(passed, right=20, wrong=0)
    attempts.submit(attempt=passed, now=NOW + MINUTE)
    with pytest.raises(attempts.Refused, match="passed"):
        begin(bob, exam, rules, NOW + timedelta(days=9))


def test_a_voided_attempt_does_not_count(attempt: Attempt, exam: Exam, rules: Rules) -> None:
    attempts.submit(attempt=attempt, now=NOW)
    Attempt.objects.filter(pk=attempt.pk).update(voided_at=NOW, void_reason="power cut")
    standing = attempts.standing_of(candidate=attempt.candidate, exam=exam, rules=rules, now=NOW)
    assert (standing.attempts_left, standing.may_start) == (3, True)
    assert begin(attempt.candidate, exam, rules).number == 2


def test_a_cell_that_cannot_be_filled_uses_no_attempt(
    exam: Exam, rules: Rules, alice: User
) -> None:
    Item.objects.filter(topic__code="m05").update(live=False)
    with pytest.raises(attempts.Refused, match="Listening and the helping conversation"):
        begin(alice, exam, rules)
    assert not Attempt.objects.exists()
    assert not FormItem.objects.exists()


def test_the_database_lets_one_attempt_be_open(attempt: Attempt) -> None:
    other = begin_form_of(attempt)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            exam=attempt.exam,
            candidate=attempt.candidate,
            form=other,
            number=2,
            language="en",
            rules={},
            started_at=NOW,
            deadline_at=NOW,
            closes_at=NOW,
        )


def begin_form_of(attempt: Attempt):
    return type(attempt.form).objects.create(
        exam=attempt.exam, seed="x", inputs={}, sha256="", drawn_at=NOW
    )


def test_what_an_attempt_stands_on_cannot_be_deleted(attempt: Attempt) -> None:
    version = attempt.form.items.first().version
    with pytest.raises(ProtectedError):
        version.item.delete()
    with pytest.raises(ProtectedError):
        attempt.candidate.delete()


def test_going_on_is_at_the_first_item_without_an_answer(attempt: Attempt) -> None:
    assert attempts.first_unanswered(attempt=attempt) == 1
    fill(attempt, right=2, wrong=0)
    assert attempts.first_unanswered(attempt=attempt) == 3
