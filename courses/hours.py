"""Hours as whole minutes: sharing them over tags, adding them up, checking their chain. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from accounts.fingerprints import fingerprint

Allocations = Mapping[str, Mapping[str, int]]


def share_out(minutes: int, of: int, allocations: Allocations) -> dict[str, dict[str, int]]:
    """Return the allocations of `minutes` credited out of `of` authored minutes.

    Pro rata within each tag set, in whole minutes by largest remainder (ties go by tag code), so
    that a set never gets more than its share of the minutes. Raises `ValueError` for minutes that
    are below zero or more than authored.
    """
    if not 0 <= minutes <= of or of == 0:
        raise ValueError(f"{minutes} of {of} minutes cannot be shared out.")
    return {
        code: kept
        for code, tags in allocations.items()
        if (kept := _share_out_set(minutes, of, tags))
    }


def _share_out_set(minutes: int, of: int, tags: Mapping[str, int]) -> dict[str, int]:
    whole = {tag: minutes * share // of for tag, share in tags.items()}
    left = minutes * sum(tags.values()) // of - sum(whole.values())
    for tag in sorted(tags, key=lambda tag: (-(minutes * tags[tag] % of), tag))[:left]:
        whole[tag] += 1
    return {tag: share for tag, share in whole.items() if share}


@dataclass(frozen=True)
class Line:
    """One line of the ledger as it is hashed: ids, numbers and instants, no name and no free text."""

    number: int
    enrolment: str
    release: int
    unit: str
    cause: str
    minutes: int
    mode: str
    started_at: str
    ended_at: str
    allocations: Allocations
    evidence: Mapping[str, Any]
    recorded_by: str
    recorded_at: str
    reverses: int


@dataclass(frozen=True)
class Link:
    """A line with the hash that stands beside it and the hash of the line before."""

    line: Line
    previous_sha256: str
    sha256: str


def instant(moment: datetime) -> str:
    """Return an instant as the hash knows it: UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def link_of(line: Line, previous_sha256: str) -> str:
    """Return the hash of a line that follows another."""
    return fingerprint({"previous": previous_sha256, "line": asdict(line)})


def verify_chain(links: Sequence[Link]) -> list[str]:
    """Return what does not hold in a person's chain, in the order of its lines; empty: all holds."""
    found: list[str] = []
    previous = ""
    for place, link in enumerate(links, start=1):
        if link.line.number != place:
            found.append(f"line {link.line.number}: stands at place {place}")
        if link.previous_sha256 != previous:
            found.append(f"line {link.line.number}: does not follow the line before it")
        if link.sha256 != link_of(link.line, link.previous_sha256):
            found.append(f"line {link.line.number}: was changed after it was written")
        previous = link.sha256
    return found


@dataclass(frozen=True)
class Earned:
    """What of a ledger line counts: minutes (below zero in a reversal), mode, tags, when."""

    minutes: int
    mode: str
    allocations: Allocations
    started_at: datetime
    ended_at: datetime
    is_reversed: bool = False


@dataclass(frozen=True)
class Sums:
    """A ledger added up. `by_tag`: tag set → tag → mode → minutes; "total" stands beside the modes."""

    total: int = 0
    by_mode: dict[str, int] = field(default_factory=dict)
    by_tag: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)

    def of_tag(self, tag_set: str, tag: str) -> int:
        """Return the minutes that count for a tag."""
        return self.by_tag.get(tag_set, {}).get(tag, {}).get("total", 0)


def add_up(lines: Iterable[Earned]) -> Sums:
    """Add up a ledger. Reversals carry minus signs, so the order of lines does not matter."""
    total, by_mode = 0, dict[str, int]()
    by_tag: dict[str, dict[str, dict[str, int]]] = {}
    for line in lines:
        total += line.minutes
        by_mode[line.mode] = by_mode.get(line.mode, 0) + line.minutes
        for code, tags in line.allocations.items():
            for tag, minutes in tags.items():
                cell = by_tag.setdefault(code, {}).setdefault(tag, {"total": 0})
                cell["total"] += minutes
                cell[line.mode] = cell.get(line.mode, 0) + minutes
    return Sums(total=total, by_mode=by_mode, by_tag=by_tag)


def span(lines: Iterable[Earned], zone: tzinfo) -> tuple[date | None, date | None]:
    """Return the first and last day, in a time zone, of the lines that still count."""
    counting = [line for line in lines if line.minutes > 0 and not line.is_reversed]
    if not counting:
        return None, None
    return (
        min(line.started_at for line in counting).astimezone(zone).date(),
        max(line.ended_at for line in counting).astimezone(zone).date(),
    )


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Say whether two intervals share time; touching ends do not."""
    return one[0] < other[1] and other[0] < one[1]
