"""Long work: done once, its progress kept, its errors in words."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from jobs import leases, running
from jobs.models import Job, State
from jobs.running import Work

pytestmark = pytest.mark.django_db


@pytest.fixture
def kinds() -> Iterator[dict[str, running.Kind]]:
    """The registry, as it was afterwards."""
    before = dict(running.KINDS)
    yield running.KINDS
    running.KINDS.clear()
    running.KINDS.update(before)


def made(owner: User | None, kinds: dict[str, running.Kind], work: Any) -> Job:
    running.register("count", "Counting")(work)
    return running.start(kind="count", owner=owner, arguments={"to": 3}, total=3)


def kept(job: Job) -> tuple[str, dict[str, Any], int, str]:
    row = Job.objects.get(pk=job.pk)
    return row.state, row.result, row.done, row.error


def test_a_job_is_done_once(alice: User, kinds: Any, now: datetime) -> None:
    runs = []

    def work(work: Work) -> dict[str, Any]:
        for number in range(1, work.job.arguments["to"] + 1):
            work.report(number, 3)
        runs.append(work.job.pk)
        return {"counted": 3}

    job = made(alice, kinds, work)
    assert running.due(now, 10) == [job.pk]
    assert running.run(job_id=job.pk, now=now) is True
    assert running.run(job_id=job.pk, now=now) is False
    assert runs == [job.pk]
    assert kept(job) == (State.DONE, {"counted": 3}, 3, "")
    assert Job.objects.get(pk=job.pk).finished_at is not None


def test_a_refusal_keeps_its_words(alice: User, kinds: Any, now: datetime) -> None:
    def work(work: Work) -> dict[str, Any]:
        raise running.Refused("Row 7 has no date.")

    job = made(alice, kinds, work)
    assert running.run(job_id=job.pk, now=now) is True
    assert kept(job) == (State.FAILED, {}, 0, "Row 7 has no date.")


def test_what_may_pass_is_tried_again(alice: User, kinds: Any, now: datetime) -> None:
    def work(work: Work) -> dict[str, Any]:
        raise ConnectionError("away")

    job = made(alice, kinds, work)
    assert running.run(job_id=job.pk, now=now) is False
    assert kept(job) == (State.WAITING, {}, 0, "ConnectionError")
    assert running.due(now + timedelta(minutes=1), 10) == [job.pk]


def test_what_breaks_is_logged_and_says_nothing_of_its_inside(
    alice: User, kinds: Any, now: datetime, caplog: Any
) -> None:
    def work(work: Work) -> dict[str, Any]:
        raise ZeroDivisionError("secret")

    job = made(alice, kinds, work)
    assert running.run(job_id=job.pk, now=now) is True
    assert kept(job) == (State.FAILED, {}, 0, "broken")
    assert "ZeroDivisionError" in caplog.text


def test_who_lost_the_lease_stops_and_stores_nothing(
    alice: User, kinds: Any, now: datetime
) -> None:
    def work(work: Work) -> dict[str, Any]:
        later = Job.objects.get(pk=work.job.pk).lease_until
        assert later is not None
        assert leases.claim(Job.objects.all(), work.job.pk, later + timedelta(seconds=1))
        work.report(1, 3)
        return {"never": "stored"}

    job = made(alice, kinds, work)
    assert running.run(job_id=job.pk, now=now) is False
    assert kept(job) == (State.RUNNING, {}, 0, "")


def test_a_kind_that_nobody_registered_is_refused(alice: User) -> None:
    with pytest.raises(KeyError):
        running.start(kind="nothing", owner=alice)
    assert Job.objects.count() == 0


def test_a_job_that_is_not_there_is_an_error(now: datetime) -> None:
    with pytest.raises(Job.DoesNotExist):
        running.run(job_id=404, now=now)
