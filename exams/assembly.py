"""Draws a form at random by blueprint. The same inputs give the same form, for ever.

The algorithm, `hash-order-1`: whatever is to be drawn or shuffled is put in the order of
SHA-256("<seed>/<purpose>/<id>"). For a seed that nobody can know beforehand, this order is as
random as shuffled cards; it needs no state, no library and no floating point, so it can be told
in one sentence and repeated in any language.

1. Cells that name a level are filled first, then those that take any level of their topic, each
   in the order of topic and level. A cell takes the first of its items, by purpose `draw`, that
   no cell has taken. (A cell with a level can only be met by that level, so this order is never
   the reason why a later cell is too small.)
2. All that was drawn is put in the order of purpose `place`: these are the positions.
3. The options of each item are put in the order of purpose `option/<item>`.

The pool's own order plays no part. A form is never short and never repeats an item.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from exams.rules import Cell

ALGORITHM = "hash-order-1"


@dataclass(frozen=True)
class PoolItem:
    """One item that may be drawn, in its current frozen version."""

    version: int
    item: int
    topic: str
    level: str


class CellTooSmall(Exception):
    """The bank has too few items for a cell of the blueprint."""

    def __init__(self, topic: str, level: str, needed: int, available: int) -> None:
        super().__init__(f"{topic} / {level or 'any level'}: needs {needed}, has {available}")
        self.topic, self.level, self.needed, self.available = topic, level, needed, available


class RepeatedItem(ValueError):
    """The pool offers an item twice: a form could repeat it."""


def in_hash_order(seed: str, purpose: str, ids: Iterable[str]) -> list[str]:
    """Return the ids in the random order that the seed gives them for this purpose."""
    return sorted(ids, key=lambda one: (sha256(f"{seed}/{purpose}/{one}".encode()).digest(), one))


def draw(*, blueprint: Sequence[Cell], pool: Sequence[PoolItem], seed: str) -> list[int]:
    """Return the drawn version ids in the order of their positions.

    Raises `CellTooSmall`, which names the cell, and `RepeatedItem`.
    """
    if len({entry.item for entry in pool}) < len(pool):
        raise RepeatedItem("The pool offers one item in two versions.")
    taken: set[int] = set()
    for cell in sorted(
        blueprint, key=lambda cell: (not cell["level"], cell["topic"], cell["level"])
    ):
        fitting = [
            entry.version for entry in pool if _fits(entry, cell) and entry.version not in taken
        ]
        if len(fitting) < cell["count"]:
            raise CellTooSmall(cell["topic"], cell["level"], cell["count"], len(fitting))
        taken.update(_in_order(seed, "draw", fitting)[: cell["count"]])
    return _in_order(seed, "place", taken)


def order_options(*, seed: str, version: int, options: Iterable[str]) -> list[str]:
    """Return the options of one drawn item in the order in which this form shows them."""
    return in_hash_order(seed, f"option/{version}", options)


def _fits(entry: PoolItem, cell: Cell) -> bool:
    return entry.topic == cell["topic"] and cell["level"] in ("", entry.level)


def _in_order(seed: str, purpose: str, versions: Iterable[int]) -> list[int]:
    return [int(one) for one in in_hash_order(seed, purpose, map(str, versions))]
