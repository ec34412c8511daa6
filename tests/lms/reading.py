"""Reads a page as a person does: the words of a section, the cells of a table."""

import re
from html import unescape
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr"}
SILENT = {"script", "style"}


class Reader(HTMLParser):
    """Collects the text inside the element that is named by a heading's id, without drawings' marks."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.heading = heading
        self.depth = 0
        self.words: list[str] = []
        self.cells: list[list[str]] = []
        self.in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        if self.depth:
            self.depth += 1
            if tag == "tr":
                self.cells.append([])
            if tag in {"th", "td"}:
                self.cells[-1].append("")
                self.in_cell = True
        elif dict(attrs).get("aria-labelledby") == self.heading:
            self.depth = 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Drawings' marks say nothing by themselves."""

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in VOID:
            self.depth -= 1
            if tag in {"th", "td"}:
                self.in_cell = False

    def handle_data(self, data: str) -> None:
        if not self.depth:
            return
        self.words.append(data)
        if self.in_cell:
            self.cells[-1][-1] += data


def tidy(text: str) -> str:
    """Return text with single spaces and none before a full stop."""
    return re.sub(r"\s+([.,:])", r"\1", " ".join(unescape(text).split()))


def section(page: str, heading: str) -> str:
    """Return the words of the part of a page that a heading names. Raises if there is none."""
    reader = Reader(heading)
    reader.feed(page)
    assert reader.words, f"no part of the page is named by #{heading}"
    return tidy(" ".join(reader.words))


def table(page: str, heading: str) -> list[list[str]]:
    """Return the rows of the tables in a part of a page, head and foot with them."""
    reader = Reader(heading)
    reader.feed(page)
    return [[tidy(cell) for cell in row] for row in reader.cells]


def has(page: str, heading: str) -> bool:
    """Say whether a part of the page has this heading."""
    return f'aria-labelledby="{heading}"' in page
