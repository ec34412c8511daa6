"""The status of a certificate: a fold of what happened to it, as of a time, as known at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """What a certificate is, or what can be said of a code."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"
    MALFORMED = "malformed"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True)
class Happening:
    """One event of a certificate: when it took effect, and when we knew of it."""

    kind: str
    effective_at: datetime
    recorded_at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Standing:
    """A status, with the event that made it so: since when, and the public reason class."""

    status: Status
    since: datetime | None = None
    reason: str = ""


def status_of(
    events: Iterable[Happening],
    valid_until: date | None,
    at: datetime,
    known_at: datetime | None = None,
) -> Standing:
    """Return the status at a time, as it was known at `known_at` (by default at the same time).

    Both are aware; the calendar day of `at` in its own time zone is what `valid_until`, the last
    valid day, is held against. Revoked outweighs superseded, and both outweigh expired: whoever
    asks must hear the gravest. Before it was issued, or with no event at all, it is unknown.
    """
    known_at = known_at or at
    seen = sorted(
        (e for e in events if e.effective_at <= at and e.recorded_at <= known_at),
        key=lambda event: (event.effective_at, event.recorded_at),
    )
    first = {event.kind: event for event in reversed(seen)}
    if "issued" not in first:
        return Standing(Status.UNKNOWN)
    for kind, status in (("revoked", Status.REVOKED), ("superseded", Status.SUPERSEDED)):
        if kind in first:
            return Standing(status, first[kind].effective_at, first[kind].reason)
    if valid_until is not None and at.date() > valid_until:
        return Standing(Status.EXPIRED)
    return Standing(Status.VALID, first["issued"].effective_at)
