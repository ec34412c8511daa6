"""A lesson's frozen blocks, made ready for the page: addresses of files, what was answered, what is left."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse

from courses.models import Enrolment, Progress, Reflection, ReleaseUnit

Block = dict[str, Any]
LETTERS = "ABCDEFGH"


def shown(place: Enrolment, unit: ReleaseUnit, progress: Progress, language: str) -> list[Block]:
    """Return the blocks of a unit with what this trainee answered and wrote."""
    written = {
        one.block: one for one in Reflection.objects.filter(enrolment=place, unit_key=unit.key)
    }
    blocks = with_addresses(
        unit.text_in(language)["blocks"],
        lambda name: reverse("courses:show-file", args=[place.public_id, name]),
    )
    for block in blocks:
        if block["kind"] == "knowledge_check":
            given = progress.checks.get(block["id"])
            block["answer"] = given
            block["options"] = lettered(block["options"], given)
        elif block["kind"] == "reflection":
            block["written"] = written.get(block["id"])
    return blocks


def with_addresses(blocks: Sequence[Block], address: Callable[[str], str]) -> list[Block]:
    """Return copies of frozen blocks whose files have an address."""
    return [
        {
            **block,
            **({"src": address(block["file"])} if block.get("file") else {}),
            **({"captions_src": address(block["captions"])} if block.get("captions") else {}),
            "template": f"courses/blocks/{block['kind']}.html",
        }
        for block in blocks
    ]


def lettered(options: Sequence[Block], given: Block | None) -> list[Block]:
    """Return the answers of a check with letters; the one that was chosen says so."""
    return [
        {
            **option,
            "letter": LETTERS[place],
            "is_chosen": bool(given and given["chosen"] == option["id"]),
        }
        for place, option in enumerate(options)
    ]


def parts_of(blocks: Sequence[Block]) -> dict[str, Any]:
    """Return what has to be done in a lesson: its parts as a trail, how many, what is left."""
    states = [
        (block, bool(block.get("answer") or block.get("written")))
        for block in blocks
        if block["kind"] in ("knowledge_check", "reflection")
    ]
    left = [block for block, is_done in states if not is_done]
    trail = ["done"] * (len(states) - len(left)) + (
        ["here"] + [""] * (len(left) - 1) if left else []
    )
    return {"trail": trail, "done": len(states) - len(left), "count": len(states), "left": left}


def neighbours(
    units: Sequence[ReleaseUnit], unit: ReleaseUnit
) -> tuple[ReleaseUnit | None, ReleaseUnit | None]:
    """Return the units before and after one, in the order of the release."""
    place = next(index for index, one in enumerate(units) if one.pk == unit.pk)
    before = units[place - 1] if place else None
    after = units[place + 1] if place + 1 < len(units) else None
    return before, after
