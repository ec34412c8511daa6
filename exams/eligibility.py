"""May this person start an attempt now? If not: why, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from exams.rules import Rules


class Reason(StrEnum):
    """Why an attempt cannot start now."""

    PASSED = "passed"
    NO_ATTEMPT_LEFT = "no_attempt_left"
    TOO_SOON = "too_soon"


@dataclass(frozen=True)
class ClosedAttempt:
    """What counts of an attempt that is over. Voided attempts are not handed in here."""

    closed_at: datetime
    passed: bool


@dataclass(frozen=True)
class Standing:
    """Attempts left, from when the next may start (`None`: never), and the reasons against now."""

    attempts_left: int
    may_start_at: datetime | None
    has_passed: bool
    reasons: tuple[Reason, ...]

    @property
    def may_start(self) -> bool:
        """Whether nothing stands against a start now."""
        return not self.reasons


def standing(rules: Rules, closed_attempts: Sequence[ClosedAttempt], now: datetime) -> Standing:
    """Say where a candidate stands. An exam that is passed is not sat again (ITC guidelines)."""
    left = max(rules["attempts_max"] - len(closed_attempts), 0)
    if any(attempt.passed for attempt in closed_attempts):
        return Standing(left, None, has_passed=True, reasons=(Reason.PASSED,))
    if not left:
        return Standing(0, None, has_passed=False, reasons=(Reason.NO_ATTEMPT_LEFT,))
    if not closed_attempts:
        return Standing(left, now, has_passed=False, reasons=())
    last = max(attempt.closed_at for attempt in closed_attempts)
    free_at = last + timedelta(hours=rules["wait_hours"])
    reasons = (Reason.TOO_SOON,) if free_at > now else ()
    return Standing(left, max(free_at, now), has_passed=False, reasons=reasons)
