"""Reads the curriculum's files: outline, modules, lessons, and turns them into what pages hold."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "curriculum"
Block = dict[str, Any]
FindImage = Callable[[str], int]


def outline() -> dict[str, Any]:
    """Return the outline: the course's words, and the minutes and tags of each module."""
    return read(FOLDER / "outline.toml")


def module(code: str, language: str) -> dict[str, Any] | None:
    """Return a module's words in a language, or None where they are not written yet."""
    path = FOLDER / language / f"{code}.toml"
    return read(path) if path.exists() else None


def read(path: Path) -> dict[str, Any]:
    """Return a TOML file as a dictionary."""
    with path.open("rb") as file:
        return tomllib.load(file)


def body(blocks: list[Block], find_image: FindImage) -> list[Block]:
    """Return a lesson's blocks as raw stream data. `find_image` gives an image file's primary key."""
    return [
        {
            "type": block["kind"],
            "id": block["id"],
            "value": VALUES[block["kind"]](block, find_image),
        }
        for block in blocks
    ]


def _listed(values: list[Block]) -> list[Block]:
    """Return list-block items; those that have an id keep it in every language."""
    return [
        {"type": "item", "id": str(value.pop("id", place)), "value": value}
        for place, value in enumerate(values)
    ]


def _text(block: Block, find_image: FindImage) -> str:
    return str(block["html"])


def _image(block: Block, find_image: FindImage) -> Block:
    return {
        "image": find_image(block["file"]),
        "alt": block["alt"],
        "caption": block.get("caption", ""),
    }


def _callout(block: Block, find_image: FindImage) -> Block:
    return {"title": block["title"], "text": block["html"]}


def _content_note(block: Block, find_image: FindImage) -> Block:
    return {"text": block["text"], "other_way": block.get("other_way", "")}


def _scenario(block: Block, find_image: FindImage) -> Block:
    lines = [
        {"who": line["who"], "text": line["text"], "is_you": line.get("you", False)}
        for line in block["lines"]
    ]
    return {
        "title": block["title"],
        "scene": block.get("scene", ""),
        "lines": _listed(lines),
        "pause": block.get("pause", ""),
    }


def _check(block: Block, find_image: FindImage) -> Block:
    options = [
        {
            "id": option["id"],
            "text": option["text"],
            "feedback": option["feedback"],
            "is_key": option["id"] == block["key"],
        }
        for option in block["options"]
    ]
    return {"question": block["question"], "options": _listed(options)}


def _reflection(block: Block, find_image: FindImage) -> Block:
    return {"prompt": block["prompt"]}


VALUES: dict[str, Callable[[Block, FindImage], Any]] = {
    "text": _text,
    "image": _image,
    "callout": _callout,
    "content_note": _content_note,
    "scenario": _scenario,
    "knowledge_check": _check,
    "reflection": _reflection,
}
