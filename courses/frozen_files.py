"""The files of releases: copies in private storage, each named by the hash of what is in it.

The same file in two releases is stored once. Nothing here deletes: a release must show its pictures
for as long as someone may ask what was taught.
"""

import hashlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import File
from django.core.files.storage import storages
from django.db.models.fields.files import FieldFile

FOLDER = "frozen"


@dataclass(frozen=True)
class Kept:
    """A file as a release knows it."""

    name: str
    content_type: str
    title: str
    size: int


@dataclass
class Ledger:
    """Names files by their hash; with `store`, puts a copy of each into private storage."""

    store: bool
    kept: dict[str, Kept] = field(default_factory=dict)

    def keep(self, file: FieldFile, *, title: str, content_type: str) -> str:
        """Return the file's lasting name: its SHA-256 and its suffix."""
        with file.storage.open(str(file.name), "rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
            name = digest + PurePosixPath(str(file.name)).suffix.lower()
            self.kept[name] = Kept(
                name=name, content_type=content_type, title=title, size=file.size
            )
            if self.store:
                opened.seek(0)
                put(name, opened)
        return name


@dataclass
class Addresses:
    """Names files by their hash and remembers where the editor's own copy is shown: for previews."""

    urls: dict[str, str] = field(default_factory=dict)

    def keep(self, file: FieldFile, *, title: str, content_type: str) -> str:
        """Return a name and remember the file's present address under it."""
        name = PurePosixPath(str(file.name)).name
        self.urls[name] = file.url
        return name


def place(name: str) -> str:
    """Return where a kept file lies in private storage."""
    return f"{FOLDER}/{name[:2]}/{name}"


def put(name: str, content: "File[Any]") -> None:
    """Store a copy once; a second process that does the same stores the same bytes."""
    storage = storages["private"]
    if not storage.exists(place(name)):
        storage.save(place(name), content)


def opened(name: str) -> "File[Any]":
    """Open a kept file for reading. Raises `FileNotFoundError` where it is not."""
    return storages["private"].open(place(name), "rb")
