"""The minutes and tags of a unit: written once for all its languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import Allocation, Tag, TagSet, Unit


@dataclass(frozen=True)
class Figures:
    """What a unit counts for: whole minutes, and minutes by tag (primary key of the tag)."""

    mode: str
    minutes: int
    by_tag: Mapping[int, int]


def faults(figures: Figures, tags: Iterable[Tag]) -> list[str]:
    """Return what cannot be, in words: a tag with more than the minutes, an exclusive set that adds up to more."""
    sums: dict[TagSet, int] = {}
    found = []
    for tag in tags:
        share = figures.by_tag.get(tag.pk, 0)
        sums[tag.tag_set] = sums.get(tag.tag_set, 0) + share
        if share > figures.minutes:
            found.append(
                _("%(tag)s: %(share)d minutes are more than the %(minutes)d of the unit.")
                % {"tag": tag, "share": share, "minutes": figures.minutes}
            )
    return found + [
        _(
            "%(set)s adds up to %(sum)d minutes. In this set a minute counts once, and the unit has %(minutes)d."
        )
        % {"set": tag_set, "sum": total, "minutes": figures.minutes}
        for tag_set, total in sums.items()
        if tag_set.is_exclusive and total > figures.minutes
    ]


def write_figures(*, key: UUID, figures: Figures) -> Unit:
    """Keep what a unit counts for, in place of what stood there. Releases keep what they froze."""
    with transaction.atomic():
        unit, _made = Unit.objects.update_or_create(
            key=key, defaults={"mode": figures.mode, "minutes": figures.minutes}
        )
        before = dict(unit.allocations.values_list("tag_id", "minutes"))
        after = {tag: minutes for tag, minutes in figures.by_tag.items() if minutes}
        if before != after:
            unit.allocations.all().delete()
            Allocation.objects.bulk_create(
                [
                    Allocation(unit=unit, tag_id=tag, minutes=minutes)
                    for tag, minutes in after.items()
                ]
            )
    return unit
