"""Makes an item operational: freezes it. Freezes the rules of an exam, and says if they can be met."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from accounts.fingerprints import fingerprint
from exams import interactions
from exams.assembly import CellTooSmall
from exams.models import Exam, Item, ItemVersion
from exams.rules import Cell, Rules


class NotWhole(Exception):
    """The item cannot go live: something is missing. `faults` says what."""

    def __init__(self, item: Item, faults: list[interactions.Fault]) -> None:
        super().__init__(f"{item}: {', '.join(fault.code for fault in faults)}")
        self.faults = faults


def faults_of(content: dict[str, Any]) -> list[interactions.Fault]:
    """Return what is wrong with an item's content; it is whole in every language we teach in."""
    kind = interactions.of(content["interaction"])
    languages = [code for code, _name in settings.LANGUAGES]
    return kind.validate(content["definition"], content["texts"], languages)


def freeze(*, item: Item, now: datetime) -> ItemVersion:
    """Keep the item as it stands now, as its next version, if its content has changed.

    Called on every way to publish (Wagtail's `published` signal). Raises `NotWhole`: the caller's
    transaction undoes the publishing.
    """
    content = item.content()
    if faults := faults_of(content):
        raise NotWhole(item, faults)
    sha256 = fingerprint(content)
    with transaction.atomic():
        Item.objects.select_for_update().get(pk=item.pk)
        last: ItemVersion | None = item.versions.order_by("-number").first()
        if last and last.sha256 == sha256:
            return last
        return ItemVersion.objects.create(
            item=item,
            number=last.number + 1 if last else 1,
            topic=item.topic,
            level=item.level,
            content=content,
            sha256=sha256,
            frozen_at=now,
        )


def rules_of(exam: Exam) -> Rules:
    """Return everything that decides over an attempt, as a release freezes it. Four queries."""
    texts = list(exam.texts.all())
    lines = list(exam.blueprint.select_related("topic").order_by("topic__position", "level"))
    return {
        "code": exam.code,
        "titles": {text.language: text.title for text in texts},
        "instructions": {text.language: text.instructions for text in texts},
        "minutes": exam.minutes,
        "grace_seconds": exam.grace_seconds,
        "cut_percent": exam.cut_percent,
        "attempts_max": exam.attempts_max,
        "wait_hours": exam.wait_hours,
        "is_practice_length": exam.is_practice_length,
        "blueprint": [
            {"topic": line.topic.code, "level": line.level, "count": line.count} for line in lines
        ],
        "topics": {
            line.topic.code: {"names": line.topic.names, "domain": line.topic.domain}
            for line in lines
        },
    }


def shortages(blueprint: Iterable[Cell]) -> list[CellTooSmall]:
    """Return the cells that the live items cannot fill. One query."""
    counted = (
        ItemVersion.objects.current()
        .values("topic__code", "level")
        .annotate(n=Count("pk"))
        .order_by()
    )
    live = {(row["topic__code"], row["level"]): cast("int", row["n"]) for row in counted}
    short = []
    for cell in sorted(blueprint, key=lambda cell: not cell["level"]):
        fitting = [key for key in live if key[0] == cell["topic"] and cell["level"] in ("", key[1])]
        available = sum(live[key] for key in fitting)
        if available < cell["count"]:
            short.append(CellTooSmall(cell["topic"], cell["level"], cell["count"], available))
        needed = cell["count"]
        for key in fitting:
            used = min(live[key], needed)
            live[key] -= used
            needed -= used
    return short
