"""A small chart of columns: how many in each month, and where each column is drawn.

Pure: counts by month in, drawing coordinates out. Coordinates are text with a point as the decimal
sign, so that no language can write them with a comma.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lms.burnup import Box

WIDE = Box(width=760, height=240, left=8, right=752, top=34, bottom=200)
PHONE = Box(width=300, height=220, left=2, right=298, top=30, bottom=184)
SHARE = 0.62  # of its place that a column fills
ROOMY = 50  # units a month needs for its label; where there is less, every third is named


@dataclass(frozen=True)
class Month:
    """How many there were in the month that begins on a day."""

    on: date
    count: int


@dataclass(frozen=True)
class Column:
    """One month as it is drawn; `is_named` says whether there is room for the month's name."""

    on: date
    count: int
    x: str
    y: str
    width: str
    height: str
    middle: str
    above: str
    is_named: bool


@dataclass(frozen=True)
class Columns:
    box: Box
    columns: tuple[Column, ...]
    names_y: str


def months_until(today: date, counts: Mapping[date, int], *, months: int = 12) -> tuple[Month, ...]:
    """Return the last months up to this one, the empty ones too."""
    serial = today.year * 12 + today.month - 1
    days = [date(n // 12, n % 12 + 1, 1) for n in range(serial - months + 1, serial + 1)]
    return tuple(Month(day, counts.get(day, 0)) for day in days)


def draw(months: tuple[Month, ...], box: Box) -> Columns:
    """Place the columns in a box, from its bottom up; the highest one reaches the top."""
    most = max((month.count for month in months), default=0) or 1
    place = (box.right - box.left) / max(len(months), 1)
    every = 1 if place >= ROOMY else 3
    last = len(months) - 1
    return Columns(
        box=box,
        columns=tuple(
            _column(
                month,
                box,
                left=box.left + place * n,
                place=place,
                most=most,
                is_named=(last - n) % every == 0,
            )
            for n, month in enumerate(months)
        ),
        names_y=str(box.bottom + 24),
    )


def _column(
    month: Month, box: Box, *, left: float, place: float, most: int, is_named: bool
) -> Column:
    height = month.count / most * (box.bottom - box.top)
    width = place * SHARE
    return Column(
        on=month.on,
        count=month.count,
        x=_number(left + (place - width) / 2),
        y=_number(box.bottom - height),
        width=_number(width),
        height=_number(height),
        middle=_number(left + place / 2),
        above=_number(box.bottom - height - 8),
        is_named=is_named,
    )


def _number(value: float) -> str:
    return f"{value:.1f}"
