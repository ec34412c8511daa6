"""How far a trainee has come, in six stages, and which live units wait for the instructor.

Pure: what is counted of a release's units, and what became of the exam.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where a trainee is, in the order in which the stages are passed."""

    BEGINNING = "beginning"
    STUDYING = "studying"
    LIVE = "live"
    EXAM = "exam"
    CLOSING = "closing"
    COMPLETED = "completed"


@dataclass(frozen=True)
class UnitOfRelease:
    """One unit of a release in its order."""

    position: int
    is_live: bool
    title: str = ""
    key: str = ""


def stage_of(
    units: Sequence[UnitOfRelease],
    counted: AbstractSet[int],
    *,
    needs_exam: bool,
    has_passed: bool,
    is_complete: bool,
) -> Stage:
    """Return a trainee's stage. `counted` holds the positions of units whose hours count."""
    if is_complete:
        return Stage.COMPLETED
    left = [unit for unit in units if unit.position not in counted]
    if not counted and left:
        return Stage.BEGINNING
    if any(not unit.is_live for unit in left):
        return Stage.STUDYING
    if left:
        return Stage.LIVE
    return Stage.EXAM if needs_exam and not has_passed else Stage.CLOSING


def waiting_live(units: Sequence[UnitOfRelease], counted: AbstractSet[int]) -> list[UnitOfRelease]:
    """Return the live units that are not credited although all lessons before them are finished.

    Nobody waits before anything was done: a trainee who has just enrolled is not in the list.
    """
    waiting: list[UnitOfRelease] = []
    if not counted:
        return waiting
    for unit in sorted(units, key=lambda unit: unit.position):
        if unit.position in counted:
            continue
        if not unit.is_live:
            break
        waiting.append(unit)
    return waiting


def tally(stages: Iterable[Stage]) -> list[tuple[Stage, int]]:
    """Count trainees by stage, in the order of the stages; the empty ones are there too."""
    counts = Counter(stages)
    return [(stage, counts[stage]) for stage in Stage]
