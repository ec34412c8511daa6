"""What a trainee does inside a lesson: opening it, answering its checks, writing a reflection."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import Enrolment, Progress, Reflection, ReleaseUnit

REFLECTION_MAX = 5000


class Refused(Exception):
    """It was not taken. The text is for the person."""


def open_unit(*, enrolment: Enrolment, unit: ReleaseUnit, now: datetime) -> Progress:
    """Note when a unit was first opened; later openings change nothing."""
    progress, _made = Progress.objects.get_or_create(
        enrolment=enrolment, unit_key=unit.key, defaults={"opened_at": now}
    )
    return progress


def answer_check(
    *, enrolment: Enrolment, unit: ReleaseUnit, block_id: str, chosen: str, now: datetime
) -> Progress:
    """Keep the answer to a knowledge check; the last one stands, and how often it was tried.

    Raises `Refused` where nothing was chosen or the check has no such answer.
    """
    block = find_block(unit, block_id, "knowledge_check")
    if chosen not in {option["id"] for option in block["options"]}:
        raise Refused(_("Please choose one of the answers first."))
    with transaction.atomic():
        open_unit(enrolment=enrolment, unit=unit, now=now)
        progress = Progress.objects.select_for_update().get(enrolment=enrolment, unit_key=unit.key)
        tries = progress.checks.get(block_id, {}).get("tries", 0) + 1
        progress.checks[block_id] = {
            "chosen": chosen,
            "is_right": chosen == block["key"],
            "tries": tries,
            "answered_at": now.isoformat(),
        }
        progress.save(update_fields=["checks"])
    return progress


def write_reflection(
    *, enrolment: Enrolment, unit: ReleaseUnit, block_id: str, text: str, now: datetime
) -> Reflection:
    """Keep what a trainee wrote for themselves. Raises `Refused` for nothing or for too much.

    NUL characters, which no one types and PostgreSQL cannot keep, are dropped.
    """
    find_block(unit, block_id, "reflection")
    text = text.replace("\0", "").strip()
    if not text:
        raise Refused(_("Please write a word or two. No one else reads it."))
    if len(text) > REFLECTION_MAX:
        raise Refused(_("This is too long for us to keep. Please make it a little shorter."))
    with transaction.atomic():
        open_unit(enrolment=enrolment, unit=unit, now=now)
        written, _made = Reflection.objects.update_or_create(
            enrolment=enrolment,
            unit_key=unit.key,
            block=block_id,
            defaults={"text": text, "written_at": now},
        )
    return written


def find_block(unit: ReleaseUnit, block_id: str, kind: str) -> dict[str, Any]:
    """Return a block of a unit. Checks and reflections have the same ids in all languages.

    Raises `Refused` where the unit has no such block.
    """
    for text in unit.content.values():
        for block in text["blocks"]:
            if block["id"] == block_id and block["kind"] == kind:
                found: dict[str, Any] = block
                return found
    raise Refused(_("This lesson has no such part."))


def left_to_do(*, enrolment: Enrolment, unit: ReleaseUnit) -> list[str]:
    """Return the ids of checks without an answer and reflections without a word, in order."""
    progress = Progress.objects.filter(enrolment=enrolment, unit_key=unit.key).first()
    answered = set(progress.checks) if progress else set()
    written = set(
        Reflection.objects.filter(enrolment=enrolment, unit_key=unit.key).values_list(
            "block", flat=True
        )
    )
    return [
        block["id"]
        for block in next(iter(unit.content.values()))["blocks"]
        if (block["kind"] == "knowledge_check" and block["id"] not in answered)
        or (block["kind"] == "reflection" and block["id"] not in written)
    ]
