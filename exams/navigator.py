"""What a candidate sees of the whole form, and how time is told: calmly, rounded."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """One item of the form, as the list of all items shows it."""

    position: int
    is_answered: bool
    is_flagged: bool


def places(count: int, answers: Mapping[int, tuple[bool, bool]]) -> list[Place]:
    """Return every position from 1 on; `answers` says (answered, flagged) where something is kept."""
    return [
        Place(position, *answers.get(position, (False, False))) for position in range(1, count + 1)
    ]


def first_open(all_places: list[Place]) -> int:
    """Return the first position without an answer, or the first of all if none is left."""
    return next((place.position for place in all_places if not place.is_answered), 1)


def minutes_left(seconds: float) -> int:
    """Return the minutes to show: steps of five while there is time, single ones in the last ten.

    Rounded down, so that nobody is promised more than there is. 0 stands for less than a minute.
    """
    minutes = int(max(seconds, 0) // 60)
    return minutes - minutes % 5 if minutes > 10 else minutes
