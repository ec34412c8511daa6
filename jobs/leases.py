"""Leases on rows: who works on what, for how long, and when it is tried again.

A claim is one conditional UPDATE, so of two workers one wins. Whoever stores a result shows the
token: a worker that was too slow finds that somebody else has the row, and stores nothing.
"""

from datetime import datetime, timedelta
from random import uniform
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import F, Q, QuerySet

from jobs.models import Leased, State

TRIES_MAX = 8
FIRST_WAIT_SECONDS = 15
LONGEST_WAIT_SECONDS = 3600

Row = TypeVar("Row", bound=Leased)


def due(queryset: QuerySet[Row], now: datetime) -> QuerySet[Row]:
    """Return the rows that wait for a worker: never begun, to be tried again, or left behind."""
    waiting = Q(state=State.WAITING) & (Q(try_again_at=None) | Q(try_again_at__lte=now))
    left_behind = Q(state=State.RUNNING, lease_until__lt=now)
    return queryset.filter(waiting | left_behind)


def claim(queryset: QuerySet[Row], pk: Any, now: datetime) -> UUID | None:
    """Take the row for `LEASE_SECONDS`. Return the token, or None if it is not to be had."""
    token = uuid4()
    taken = (
        due(queryset, now)
        .filter(pk=pk)
        .update(
            state=State.RUNNING,
            lease_token=token,
            lease_until=now + timedelta(seconds=settings.LEASE_SECONDS),
            tries=F("tries") + 1,
        )
    )
    return token if taken else None


def extend(row: Leased, token: UUID, now: datetime, **columns: Any) -> bool:
    """Keep the row for another `LEASE_SECONDS`, noting `columns`. Return whether it is still ours."""
    until = now + timedelta(seconds=settings.LEASE_SECONDS)
    return bool(held(row, token).update(lease_until=until, **columns))


def finish(row: Leased, token: UUID, **columns: Any) -> bool:
    """Store what was made and mark the row as done. Return whether it was still ours."""
    return bool(
        held(row, token).update(
            state=State.DONE,
            lease_token=None,
            lease_until=None,
            try_again_at=None,
            error="",
            **columns,
        )
    )


def give_up(row: Leased, token: UUID, *, error: str) -> bool:
    """Mark the row as stopped, with the reason. Return whether it was still ours."""
    return bool(
        held(row, token).update(
            state=State.FAILED,
            lease_token=None,
            lease_until=None,
            try_again_at=None,
            error=error[:300],
        )
    )


def give_up_or_retry(
    row: Leased, token: UUID, *, error: str, now: datetime, tries_max: int = TRIES_MAX
) -> bool:
    """Put the row back for a later try, or stop it after `tries_max`. Return whether it is tried again.

    The wait doubles with each try, up to an hour, and is spread by a fifth so that rows which
    failed together do not come back together.
    """
    tries = held(row, token).values_list("tries", flat=True).first()
    if tries is None:
        return False
    if tries >= tries_max:
        give_up(row, token, error=error)
        return False
    wait = min(FIRST_WAIT_SECONDS * 2 ** (tries - 1), LONGEST_WAIT_SECONDS) * uniform(0.8, 1.2)  # noqa: S311
    return bool(
        held(row, token).update(
            state=State.WAITING,
            lease_token=None,
            lease_until=None,
            try_again_at=now + timedelta(seconds=wait),
            error=error[:300],
        )
    )


def stop_hopeless(queryset: QuerySet[Row], now: datetime, *, tries_max: int = TRIES_MAX) -> int:
    """Stop rows whose worker vanished again and again, so that one row cannot end workers for ever."""
    return queryset.filter(state=State.RUNNING, lease_until__lt=now, tries__gte=tries_max).update(
        state=State.FAILED,
        lease_token=None,
        lease_until=None,
        error=f"No worker came to an end in {tries_max} tries.",
    )


def held(row: Row, token: UUID) -> QuerySet[Row]:
    """Return the row if this token still holds it, else nothing."""
    rows: QuerySet[Row] = type(row)._default_manager.all()  # noqa: SLF001  (Django's, and documented)
    return rows.filter(pk=row.pk, state=State.RUNNING, lease_token=token)
