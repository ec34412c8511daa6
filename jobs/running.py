"""Long work: a row with its owner, its progress and its result, done by the function of its kind."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import OperationalError
from django.utils import timezone

from jobs import leases
from jobs.bell import ring
from jobs.models import Job

TRANSIENT = (OperationalError, ConnectionError, TimeoutError)

log = logging.getLogger(__name__)


class Refused(Exception):
    """The work cannot be done, with words for the person who asked for it."""


class LostLease(Exception):
    """Another worker has this job now: stop, and store nothing."""


@dataclass(frozen=True)
class Kind:
    """One kind of long work: what people call it, and the function that does it."""

    label: Any
    work: Callable[["Work"], dict[str, Any]]


KINDS: dict[str, Kind] = {}


def register(kind: str, label: Any) -> Callable[[Callable[["Work"], dict[str, Any]]], Any]:
    """Decorate the function that does a kind of work: it takes a `Work` and returns the result.

    It may run twice, so it looks first at what is there. `label` is what people read.
    """

    def keep(work: Callable[["Work"], dict[str, Any]]) -> Callable[["Work"], dict[str, Any]]:
        KINDS[kind] = Kind(label, work)
        return work

    return keep


@dataclass(frozen=True)
class Work:
    """A job in the hands of one worker."""

    job: Job
    token: UUID

    def report(self, done: int, total: int) -> None:
        """Note how far it is, and keep the job. Raises `LostLease` when somebody else has it."""
        if not leases.extend(self.job, self.token, timezone.now(), done=done, total=total):
            raise LostLease


def start(
    *,
    kind: str,
    owner: Any,
    arguments: dict[str, Any] | None = None,
    total: int = 0,
) -> Job:
    """Write a job down and ring for it on commit. Raises `KeyError` for a kind nobody registered."""
    if kind not in KINDS:
        raise KeyError(kind)
    job: Job = Job.objects.create(kind=kind, owner=owner, arguments=arguments or {}, total=total)
    ring("jobs.tasks.run_job", job.pk)
    return job


def run(*, job_id: int, now: datetime) -> bool:
    """Do a job if it is free. Return whether this call brought it to its end.

    Errors that may pass are tried again; a refusal keeps its words for the owner; anything else
    stops the job and is logged, and the page says that it broke on our side.
    """
    job = Job.objects.get(pk=job_id)
    token = leases.claim(Job.objects.all(), job_id, now)
    if token is None:
        return False
    try:
        result = KINDS[job.kind].work(Work(job, token))
    except LostLease:
        return False
    except Refused as exc:
        return leases.give_up(job, token, error=str(exc))
    except TRANSIENT as exc:
        leases.give_up_or_retry(job, token, error=exc.__class__.__name__, now=now)
        return False
    except Exception:
        log.exception("Job %s (%s) broke.", job.public_id, job.kind)
        return leases.give_up(job, token, error="broken")
    return leases.finish(job, token, result=result, finished_at=timezone.now())


def due(now: datetime, limit: int) -> list[int]:
    """Return the ids of jobs that wait for a worker, the oldest first."""
    leases.stop_hopeless(Job.objects.all(), now)
    return list(
        leases.due(Job.objects.all(), now).order_by("pk").values_list("pk", flat=True)[:limit]
    )
