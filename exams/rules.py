"""The shape of an exam's rules, as they are frozen into a release and copied onto an attempt."""

from collections.abc import Mapping
from typing import TypedDict


class Cell(TypedDict):
    """One line of a blueprint. An empty level means any."""

    topic: str
    level: str
    count: int


class TopicFacts(TypedDict):
    """What a result says about a topic: its names by language, and its domain of the field."""

    names: dict[str, str]
    domain: str


class Rules(TypedDict):
    """Everything that decides over an attempt. Whole minutes, seconds, percent and hours."""

    code: str
    titles: dict[str, str]
    instructions: dict[str, str]
    minutes: int
    grace_seconds: int
    cut_percent: int
    attempts_max: int
    wait_hours: int
    is_practice_length: bool
    blueprint: list[Cell]
    topics: dict[str, TopicFacts]


def in_language(words: Mapping[str, str], language: str, otherwise: str = "") -> str:
    """Return the words in a language, or in English, or in any, or `otherwise`."""
    return words.get(language) or words.get("en") or next(iter(words.values()), otherwise)
