from datetime import timedelta

import pytest

from accounts.models import User
from exams import attempts
from exams.models import Attempt, Exam, Response, ResponseEntry
from exams.rules import Rules
from tests.exams.conftest import NOW

MINUTE = timedelta(minutes=1)


def give(
    attempt: Attempt, chosen, *, sequence=1, epoch=1, position=1, flagged=False, now=NOW + MINUTE
):
    return attempts.answer(
        attempt=attempt,
        position=position,
        chosen=chosen,
        flagged=flagged,
        epoch=epoch,
        sequence=sequence,
        now=now,
    )


def stands(attempt: Attempt) -> list:
    return list(attempt.responses.values_list("position", "chosen", "flagged", "epoch", "sequence"))


def test_an_answer_is_saved_and_acknowledged(attempt: Attempt) -> None:
    told = give(attempt, ["b"])
    assert told == attempts.Acknowledgement(saved_at=NOW + MINUTE, sequence=1, saved_count=1)
    assert stands(attempt) == [(1, ["b"], False, 1, 1)]


def test_a_newer_answer_takes_the_place_of_an_older_one(attempt: Attempt) -> None:
    give(attempt, ["b"], sequence=1)
    give(attempt, ["c"], sequence=2, flagged=True)
    assert stands(attempt) == [(1, ["c"], True, 1, 2)]
    assert ResponseEntry.objects.count() == 2


def test_an_older_answer_that_comes_late_is_kept_and_changes_nothing(attempt: Attempt) -> None:
    give(attempt, ["c"], sequence=2)
    with pytest.raises(attempts.NotTaken) as told:
        give(attempt, ["b"], sequence=1)
    assert told.value.stands == ["c"]
    assert stands(attempt) == [(1, ["c"], False, 1, 2)]
    assert list(ResponseEntry.objects.values_list("chosen", "sequence", "is_late")) == [
        (["c"], 2, False),
        (["b"], 1, False),
    ]


def test_the_same_answer_twice_is_acknowledged_twice_and_saved_once(attempt: Attempt) -> None:
    first = give(attempt, ["b"])
    second = give(attempt, ["b"], now=NOW + 2 * MINUTE)
    assert first == second
    assert Response.objects.count() == 1


def test_what_an_older_opening_sends_is_kept_and_never_applied(
    attempt: Attempt, exam: Exam, rules: Rules
) -> None:
    again = attempts.start(
        candidate=attempt.candidate, exam=exam, rules=rules, language="en", now=NOW
    )
    with pytest.raises(attempts.NotTaken) as told:
        give(attempt, ["a"], epoch=1, sequence=99)
    assert told.value.stands == []
    assert stands(again) == []
    give(again, ["d"], epoch=2, sequence=1)
    assert stands(again) == [(1, ["d"], False, 2, 1)]


def test_an_answer_within_the_grace_period_counts(attempt: Attempt) -> None:
    give(attempt, ["b"], now=NOW + 32 * MINUTE)
    assert stands(attempt) == [(1, ["b"], False, 1, 1)]


def test_an_answer_after_the_deadline_is_kept_as_late_and_refused(attempt: Attempt) -> None:
    with pytest.raises(attempts.Late, match="does not count"):
        give(attempt, ["b"], now=NOW + 32 * MINUTE + timedelta(seconds=1))
    assert stands(attempt) == []
    assert list(ResponseEntry.objects.values_list("chosen", "is_late")) == [(["b"], True)]


def test_an_answer_after_handing_in_is_late_but_a_repeated_one_is_acknowledged(
    attempt: Attempt,
) -> None:
    give(attempt, ["b"])
    attempts.submit(attempt=attempt, now=NOW + 2 * MINUTE)
    assert give(attempt, ["b"], now=NOW + 3 * MINUTE).saved_count == 1
    with pytest.raises(attempts.Late):
        give(attempt, ["c"], sequence=2, now=NOW + 3 * MINUTE)
    assert stands(attempt) == [(1, ["b"], False, 1, 1)]


@pytest.mark.parametrize(
    ("position", "chosen"), [(1, ["z"]), (1, ["a", "b"]), (1, "a"), (21, ["a"]), (0, ["a"])]
)
def test_what_can_be_no_answer_is_refused_and_not_kept(
    attempt: Attempt, position: int, chosen
) -> None:
    with pytest.raises(attempts.Refused, match="not an answer to this item"):
        give(attempt, chosen, position=position)
    assert not ResponseEntry.objects.exists()


def test_a_flag_alone_is_no_answer(attempt: Attempt) -> None:
    assert give(attempt, [], flagged=True).saved_count == 0
    assert give(attempt, ["a"], position=2).saved_count == 1


def test_saving_takes_few_queries(attempt: Attempt, django_assert_num_queries) -> None:
    with django_assert_num_queries(
        6
    ):  # the item, BEGIN and COMMIT's savepoint pair, upsert, journal, count
        give(attempt, ["b"])


def test_answers_of_two_people_do_not_meet(
    attempt: Attempt, exam: Exam, rules: Rules, bob: User
) -> None:
    other = attempts.start(candidate=bob, exam=exam, rules=rules, language="es", now=NOW)
    give(attempt, ["b"])
    give(other, ["c"])
    assert (stands(attempt), stands(other)) == (
        [(1, ["b"], False, 1, 1)],
        [(1, ["c"], False, 1, 1)],
    )
