"""What happens when two things happen at once: with real threads and real commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from exams import attempts
from exams.models import Attempt, ResponseEntry, Score
from tests.exams.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of it at the same moment, each in a thread and connection of its own."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            gate.wait()
            return act()
        except attempts.Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_starts_give_one_attempt(transactional_db: None, exam, rules, alice) -> None:
    def begin() -> Attempt:
        return attempts.start(candidate=alice, exam=exam, rules=rules, language="en", now=NOW)

    begun = at_once(*[begin] * 4)
    assert len({attempt.pk for attempt in begun}) == 1
    assert Attempt.objects.get().epoch == 4


def test_two_hand_ins_give_one_score(transactional_db: None, attempt: Attempt) -> None:
    scores = at_once(*[lambda: attempts.submit(attempt=attempt, now=NOW + MINUTE)] * 4)
    assert len({score.pk for score in scores}) == 1
    assert Score.objects.count() == 1


def test_of_answers_that_arrive_at_once_the_newest_stands(
    transactional_db: None, attempt: Attempt
) -> None:
    def give(sequence: int) -> Any:
        return attempts.answer(
            attempt=attempt,
            position=1,
            chosen=["abcd"[sequence % 4]],
            flagged=False,
            epoch=1,
            sequence=sequence,
            now=NOW + MINUTE,
        )

    told = at_once(*[lambda n=n: give(n) for n in (5, 3, 8, 1, 7, 2)])
    response = attempt.responses.get()
    assert (response.sequence, response.chosen) == (8, ["a"])
    assert isinstance(told[2], attempts.Acknowledgement)
    assert ResponseEntry.objects.count() == 6


def test_what_is_acknowledged_while_handing_in_is_scored(
    transactional_db: None, attempt: Attempt
) -> None:
    """Whatever comes first: an answer is either acknowledged and scored, or refused as late."""
    keys = {
        placed.position: placed.version.content["definition"]["key"]
        for placed in attempt.form.items.select_related("version")
    }

    def give(position: int) -> Any:
        return attempts.answer(
            attempt=attempt,
            position=position,
            chosen=[keys[position]],
            flagged=False,
            epoch=1,
            sequence=1,
            now=NOW + MINUTE,
        )

    acts = [lambda p=p: give(p) for p in range(1, 6)]
    *told, score = at_once(*acts, lambda: attempts.submit(attempt=attempt, now=NOW + MINUTE))
    acknowledged = [one for one in told if isinstance(one, attempts.Acknowledgement)]
    late = [one for one in told if isinstance(one, attempts.Late)]
    assert len(acknowledged) + len(late) == 5
    assert score.raw == len(acknowledged) == attempt.responses.count()
    assert ResponseEntry.objects.filter(is_late=True).count() == len(late)
