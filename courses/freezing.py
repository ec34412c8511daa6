"""Turns what an editor wrote into plain JSON that reads the same for ever.

Rich text is expanded (links, pictures) and cleaned; files are handed to `Files`, which gives each
its lasting name. What comes out names no row and no page, so nothing that is edited or deleted
later can change it.
"""

import mimetypes
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from django.db.models.fields.files import FieldFile
from wagtail.rich_text import expand_db_html
from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule, check_url

PICTURE = "max-1600x1600"
SUFFIXES = {"image/svg+xml": ".svg", "text/vtt": ".vtt"}
Frozen = dict[str, Any]


class Files(Protocol):
    """Where the files of a release go."""

    def keep(self, file: FieldFile, *, title: str, content_type: str) -> str:
        """Return the name by which the release will know a copy of this file."""


class Cleaner(Whitelister):  # type: ignore[misc]
    """Leaves the elements of a text, and of links the address; all else loses its tag."""

    element_rules = {
        **dict.fromkeys(
            (
                "[document]",
                "h2",
                "h3",
                "p",
                "ul",
                "ol",
                "li",
                "b",
                "strong",
                "i",
                "em",
                "br",
                "blockquote",
            ),
            allow_without_attributes,
        ),
        "a": attribute_rule({"href": check_url}),
    }


def html(source: str) -> str:
    """Return rich text as safe HTML, with its internal links resolved."""
    return str(Cleaner().clean(expand_db_html(source))).strip()


def rich(value: Any) -> str:
    """Return the safe HTML of a rich-text value, or nothing."""
    return html(value.source) if value else ""


def content_type_of(name: str) -> str:
    """Return the media type that a file's name stands for."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def freeze_body(body: Any, files: Files) -> list[Frozen]:
    """Return the blocks of a lesson in order, each with its id, its kind and its content."""
    return [
        {
            "id": str(child.id),
            "kind": child.block_type,
            **FREEZE[child.block_type](child.value, files),
        }
        for child in body
    ]


def freeze_text(value: Any, files: Files) -> Frozen:
    return {"html": rich(value)}


def freeze_image(value: Any, files: Files) -> Frozen:
    image = value["image"]
    picture = image if image.is_svg() else image.get_rendition(PICTURE)
    kept = files.keep(
        picture.file, title=image.title, content_type=content_type_of(picture.file.name)
    )
    return {
        "file": kept,
        "width": int(picture.width),
        "height": int(picture.height),
        "alt": value["alt"],
        "caption": value["caption"],
    }


def freeze_document(document: Any, files: Files) -> Frozen:
    content_type = content_type_of(document.filename)
    name = files.keep(document.file, title=document.filename, content_type=content_type)
    return {"file": name, "content_type": content_type, "size": document.get_file_size()}


def freeze_recording(value: Any, files: Files) -> Frozen:
    captions = value["captions"]
    return {
        "title": value["title"],
        "minutes": value["minutes"],
        **freeze_document(value["file"], files),
        "captions": files.keep(captions.file, title=captions.filename, content_type="text/vtt")
        if captions
        else "",
        "transcript": rich(value["transcript"]),
    }


def freeze_callout(value: Any, files: Files) -> Frozen:
    return {"title": value["title"], "html": rich(value["text"])}


def freeze_content_note(value: Any, files: Files) -> Frozen:
    return {"text": value["text"], "other_way": value["other_way"]}


def freeze_scenario(value: Any, files: Files) -> Frozen:
    return {
        "title": value["title"],
        "scene": value["scene"],
        "lines": [
            {"who": line["who"], "text": line["text"], "is_you": bool(line["is_you"])}
            for line in value["lines"]
        ],
        "pause": value["pause"],
    }


def freeze_check(value: Any, files: Files) -> Frozen:
    options = value["options"].bound_blocks
    return {
        "question": value["question"],
        "options": [
            {
                "id": str(option.id),
                "text": option.value["text"],
                "feedback": option.value["feedback"],
            }
            for option in options
        ],
        "key": next((str(option.id) for option in options if option.value["is_key"]), ""),
    }


def freeze_reflection(value: Any, files: Files) -> Frozen:
    return {"prompt": value["prompt"]}


def freeze_download(value: Any, files: Files) -> Frozen:
    return {"title": value["title"], **freeze_document(value["file"], files)}


FREEZE: dict[str, Callable[[Any, Files], Frozen]] = {
    "text": freeze_text,
    "image": freeze_image,
    "video": freeze_recording,
    "audio": freeze_recording,
    "callout": freeze_callout,
    "content_note": freeze_content_note,
    "scenario": freeze_scenario,
    "knowledge_check": freeze_check,
    "reflection": freeze_reflection,
    "download": freeze_download,
}


def conditions(blocks: list[Frozen]) -> list[tuple[str, ...]]:
    """Return what a reader must have done: ids of checks with their options and key, of reflections.

    Equal in all languages, or progress in one would not count in the other.
    """
    return sorted(_conditions(blocks))


def _conditions(blocks: list[Frozen]) -> Iterator[tuple[str, ...]]:
    for block in blocks:
        if block["kind"] == "knowledge_check":
            yield (
                "check",
                block["id"],
                block["key"],
                *sorted(option["id"] for option in block["options"]),
            )
        if block["kind"] == "reflection":
            yield ("reflection", block["id"])
