"""What an attempt scored: raw score, cut score and the result by topic. Whole points only."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class ScoredItem:
    """What one item of a form was worth, and what was earned on it."""

    topic: str
    points: int
    earned: int


@dataclass(frozen=True)
class TopicScore:
    """The share of one topic in a result."""

    topic: str
    raw: int
    maximum: int


@dataclass(frozen=True)
class Result:
    """Raw score, the most that could be had, the least that passes, and the same by topic."""

    raw: int
    maximum: int
    cut: int
    by_topic: tuple[TopicScore, ...]

    @property
    def passed(self) -> bool:
        """Whether the raw score reaches the cut score."""
        return self.raw >= self.cut


def cut_score(maximum: int, percent: int) -> int:
    """Return the least raw score that is at least `percent` of `maximum`: rounded up, no floats.

    20 points at 70 % need 14; 21 points need 15, as 14 would be 66.7 %.
    """
    return -(-maximum * percent // 100)


def total(items: Iterable[ScoredItem], *, cut_percent: int) -> Result:
    """Add up a form. Topics come in the order of their codes."""
    earned: dict[str, int] = {}
    possible: dict[str, int] = {}
    for item in items:
        earned[item.topic] = earned.get(item.topic, 0) + item.earned
        possible[item.topic] = possible.get(item.topic, 0) + item.points
    maximum = sum(possible.values())
    by_topic = tuple(
        TopicScore(topic, earned[topic], possible[topic]) for topic in sorted(possible)
    )
    return Result(sum(earned.values()), maximum, cut_score(maximum, cut_percent), by_topic)
