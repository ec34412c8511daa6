"""Leases: of many workers one wins, a slow one stores nothing, and nothing is tried for ever."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from jobs import leases
from jobs.models import Job, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(db: None) -> Job:
    return Job.objects.create(kind="test")


def claimed(job: Job, now: datetime) -> Any:
    return leases.claim(Job.objects.all(), job.pk, now)


def state(job: Job) -> tuple[str, int, str]:
    row = Job.objects.get(pk=job.pk)
    return row.state, row.tries, row.error


def test_a_claim_is_a_lease(job: Job, now: datetime, settings: Any) -> None:
    token = claimed(job, now)
    row = Job.objects.get(pk=job.pk)
    assert (row.state, row.lease_token, row.tries) == (State.RUNNING, token, 1)
    assert row.lease_until == now + timedelta(seconds=settings.LEASE_SECONDS)
    assert settings.LEASE_SECONDS > settings.CELERY_TASK_TIME_LIMIT


def test_what_is_held_is_not_to_be_had(job: Job, now: datetime) -> None:
    assert claimed(job, now) is not None
    assert claimed(job, now + timedelta(seconds=1)) is None
    assert list(leases.due(Job.objects.all(), now + timedelta(seconds=1))) == []


def test_an_expired_lease_is_taken_over_and_the_slow_one_stores_nothing(
    job: Job, now: datetime, settings: Any
) -> None:
    slow = claimed(job, now)
    later = now + timedelta(seconds=settings.LEASE_SECONDS + 1)
    assert list(leases.due(Job.objects.all(), later)) == [job]
    quick = claimed(job, later)
    assert leases.finish(job, slow, result={"by": "slow"}) is False
    assert leases.extend(job, slow, later) is False
    assert leases.give_up(job, slow, error="slow") is False
    assert leases.give_up_or_retry(job, slow, error="slow", now=later) is False
    assert leases.finish(job, quick, result={"by": "quick"}) is True
    row = Job.objects.get(pk=job.pk)
    assert (row.state, row.result, row.tries, row.lease_token) == (
        State.DONE,
        {"by": "quick"},
        2,
        None,
    )


def test_what_is_done_is_not_done_again(job: Job, now: datetime) -> None:
    assert leases.finish(job, claimed(job, now)) is True
    assert claimed(job, now + timedelta(days=1)) is None
    assert leases.finish(job, uuid4()) is False


def test_an_extended_lease_lasts(job: Job, now: datetime, settings: Any) -> None:
    token = claimed(job, now)
    later = now + timedelta(seconds=settings.LEASE_SECONDS - 1)
    assert leases.extend(job, token, later, done=3) is True
    assert claimed(job, later + timedelta(seconds=10)) is None
    assert Job.objects.get(pk=job.pk).done == 3


def test_a_later_try_waits_longer_each_time(job: Job, now: datetime) -> None:
    waits = []
    for _ in range(4):
        token = claimed(job, now)
        assert leases.give_up_or_retry(job, token, error="away", now=now) is True
        row = Job.objects.get(pk=job.pk)
        assert (row.state, row.error, row.lease_token) == (State.WAITING, "away", None)
        assert row.try_again_at is not None
        waits.append((row.try_again_at - now).total_seconds())
        assert claimed(job, now) is None
        now = row.try_again_at
    for wait, expected in zip(waits, [15, 30, 60, 120], strict=True):
        assert expected * 0.8 <= wait <= expected * 1.2


def test_after_too_many_tries_it_stops(job: Job, now: datetime) -> None:
    for _ in range(2):
        leases.give_up_or_retry(job, claimed(job, now), error="away", now=now, tries_max=2)
        now += timedelta(hours=2)
    assert state(job) == (State.FAILED, 2, "away")
    assert claimed(job, now) is None


def test_a_row_that_ends_its_workers_is_stopped(job: Job, now: datetime) -> None:
    for _ in range(leases.TRIES_MAX):
        assert claimed(job, now) is not None
        assert leases.stop_hopeless(Job.objects.all(), now) == 0
        now += timedelta(hours=1)
    assert leases.stop_hopeless(Job.objects.all(), now) == 1
    assert state(job) == (State.FAILED, leases.TRIES_MAX, "No worker came to an end in 8 tries.")


@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_wins(now: datetime) -> None:
    job, together, tokens = Job.objects.create(kind="test"), Barrier(8), []

    def one() -> None:
        together.wait()
        tokens.append(claimed(job, now))
        connection.close()

    workers = [Thread(target=one) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    won = [token for token in tokens if token]
    assert (len(tokens), len(won)) == (8, 1)
    assert Job.objects.get(pk=job.pk).lease_token == won[0]
    assert Job.objects.get(pk=job.pk).tries == 1
