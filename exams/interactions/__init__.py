"""The kinds of question. One pure module for each: it validates, presents and scores.

To add a kind, add a module that has the words of `Interaction`, and a line to `KINDS`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from exams.interactions import single_choice
from exams.interactions.shapes import Fault, Presented

KINDS: Mapping[str, "Interaction"] = {"single_choice": single_choice}


class Interaction(Protocol):
    """What every kind of question can do."""

    def validate(
        self,
        definition: Mapping[str, Any],
        texts: Mapping[str, Mapping[str, Any]],
        languages: Sequence[str],
    ) -> list[Fault]:
        """Return what is wrong with a question, in the order of its form; nothing if it may go live."""

    def option_ids(self, definition: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the ids whose order a form may shuffle; empty where nothing is shuffled."""

    def present(
        self, text: Mapping[str, Any], option_order: Sequence[str]
    ) -> tuple[Presented, ...]:
        """Return what a candidate sees, in the order of the form. The key is no part of it."""

    def accepts(self, definition: Mapping[str, Any], chosen: Any) -> bool:
        """Say whether this can be an answer at all. No answer (an empty list) always can."""

    def score(self, definition: Mapping[str, Any], chosen: Any, points: int) -> int:
        """Return the whole points earned, from 0 to `points`."""


def of(kind: str) -> Interaction:
    """Return the module of a kind of question. Raises `KeyError` for a kind that we do not have."""
    return KINDS[kind]


__all__ = ["KINDS", "Fault", "Interaction", "Presented", "of"]
