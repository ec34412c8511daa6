"""Loads the bank and the exam that come with the product. A second time changes nothing.

What authors have made of an item or an exam since is theirs: the files only fill what is missing.
"""

import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from exams.models import BlueprintLine, Exam, ExamText, Item, ItemText, Topic

BANK = Path(__file__).parent / "bank"
ITEM_FILES = "m[0-9][0-9].toml"
LANGUAGES = ("en", "es")
TAG_SETS = {"domain": "icrc", "samhsa": "samhsa"}


def load_bank(*, now: datetime) -> list[Item]:
    """Load topics and items, each item published as its first revision and frozen. Returns the new ones."""
    topics = _load_topics()
    known = set(Item.objects.values_list("code", flat=True))
    return [
        _load_item(entry, topics[entry["topic"]], now)
        for entry in _entries()
        if entry["code"] not in known
    ]


def _entries() -> Iterator[dict[str, Any]]:
    for file in sorted(BANK.glob(ITEM_FILES)):
        yield from tomllib.loads(file.read_text())["item"]


def _load_topics() -> dict[str, Topic]:
    with transaction.atomic():
        for place, entry in enumerate(_exam_file()["topics"], start=1):
            names = {language: entry[language] for language in LANGUAGES}
            Topic.objects.get_or_create(
                code=entry["code"],
                defaults={"names": names, "domain": entry["domain"], "position": place},
            )
    return {topic.code: topic for topic in Topic.objects.all()}


def _load_item(entry: dict[str, Any], topic: Topic, now: datetime) -> Item:
    """Save an item, its revision and its frozen version: the objects that authors' items have too."""
    texts = {language: entry[language] for language in LANGUAGES}
    item = Item(
        code=entry["code"],
        topic=topic,
        level=entry["level"],
        definition={"options": sorted(texts["en"]["options"]), "key": entry["key"]},
        tags=[
            f"{tag_set}:{entry[field]}" for field, tag_set in TAG_SETS.items() if entry.get(field)
        ],
        live=False,
        first_published_at=now,
    )
    item.texts = [ItemText(language=language, **words) for language, words in texts.items()]
    with transaction.atomic():
        item.save()
        item.save_revision().publish()  # which freezes it
    return item


def load_exam(*, now: datetime) -> Exam:
    """Load the final exam with its rules, words and blueprint, unless it is there already."""
    file = _exam_file()
    rules = {
        name: file[name]
        for name in (
            "minutes",
            "grace_seconds",
            "cut_percent",
            "attempts_max",
            "wait_hours",
            "is_practice_length",
        )
    }
    topics = _load_topics()
    with transaction.atomic():
        exam: Exam
        exam, is_new = Exam.objects.get_or_create(code=file["code"], defaults=rules)
        if is_new:
            for language, title in file["titles"].items():
                ExamText.objects.create(
                    exam=exam,
                    language=language,
                    title=title,
                    instructions=file["instructions"][language],
                )
            for line in file["topics"]:
                BlueprintLine.objects.create(
                    exam=exam, topic=topics[line["code"]], count=line["items"]
                )
    return exam


def _exam_file() -> dict[str, Any]:
    return tomllib.loads((BANK / "final.toml").read_text())
