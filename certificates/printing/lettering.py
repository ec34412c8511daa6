"""Letters as outlines and widths, read from the fonts we ship: for the seal, and to fit a name.

`ring` returns SVG path data, so that the seal needs no font where it is drawn.
"""

import math
from functools import lru_cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parents[2] / "lms" / "static" / "fonts"
SANS = "atkinson-hyperlegible-next-latin-wght-normal.woff2"
SANS_EXTENDED = "atkinson-hyperlegible-next-latin-ext-wght-normal.woff2"
SERIF = (
    "vollkorn-latin-wght-normal.woff2",
    "vollkorn-latin-ext-wght-normal.woff2",
    "vollkorn-vietnamese-wght-normal.woff2",
    "vollkorn-greek-wght-normal.woff2",
    "vollkorn-cyrillic-wght-normal.woff2",
    "vollkorn-cyrillic-ext-wght-normal.woff2",
    "noto-serif-hebrew-hebrew-wght-normal.woff2",
    "noto-naskh-arabic-arabic-wght-normal.woff2",
)
SPACING = 1.08  # capitals on a curve want air
UNSEEN = set("\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\ufe0f")


@lru_cache
def face(name: str, weight: int) -> tuple[Any, dict[int, str], int]:
    """Return glyphs at a weight, the map from character to glyph, and the units of an em."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415  (slow import)

    font = TTFont(FONTS / name, lazy=True)
    units: int = font["head"].unitsPerEm
    return font.getGlyphSet(location={"wght": weight}), font.getBestCmap(), units


def missing(text: str) -> list[str]:
    """Return the characters of a text that none of our serif faces can print, in order."""
    known: set[int] = set()
    for name in SERIF:
        known |= face(name, 600)[1].keys()
    return [
        c
        for c in dict.fromkeys(text)
        if ord(c) not in known and not c.isspace() and c not in UNSEEN
    ]


def width(text: str) -> float:
    """Return how wide a text is in our serif at weight 600, in em. What we lack counts as one em."""
    total = 0.0
    for character in text:
        total += next((wide for name in SERIF if (wide := _advance(name, 600, character))), 1.0)
    return total


def ring(text: str, radius: float, size: float, *, at_top: bool) -> str:
    """Return capitals set on a circle around (100, 100), as SVG path data; empty if they do not fit.

    `size` is the wished em; it shrinks to no less than two thirds to stay within two fifths of
    the circle. At the bottom the letters stand upright as well.
    """
    letters = text.upper()
    if any(_advance(_sans_for(c), 700, c) == 0 for c in letters):
        return ""
    room = 2 * math.pi * radius * 0.4
    need = sum(_advance(_sans_for(c), 700, c) for c in letters) * SPACING * size
    size = min(size, size * room / need) if need else size
    if need > room * 1.5:
        return ""
    length = sum(_advance(_sans_for(c), 700, c) for c in letters) * SPACING * size
    return _place(letters, radius, size, -length / 2, at_top=at_top)


def _place(letters: str, radius: float, size: float, start: float, *, at_top: bool) -> str:
    from fontTools.pens.svgPathPen import SVGPathPen  # type: ignore[import-untyped]  # noqa: PLC0415  (slow import)
    from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]  # noqa: PLC0415  (slow import)

    parts, along = [], start
    for character in letters:
        glyphs, characters, units = face(_sans_for(character), 700)
        advance = _advance(_sans_for(character), 700, character) * SPACING * size
        angle = (along + advance / 2) / radius
        side, tilt = (-1, angle) if at_top else (1, -angle)
        x, y = 100 + radius * math.sin(angle), 100 + side * radius * math.cos(angle)
        scale = size / units
        cos, sin = math.cos(tilt) * scale, math.sin(tilt) * scale
        shift = advance / 2
        pen = SVGPathPen(None, ntos=lambda number: f"{number:.2f}".rstrip("0").rstrip("."))
        box = (cos, sin, sin, -cos, x - shift * math.cos(tilt), y - shift * math.sin(tilt))
        glyphs[characters[ord(character)]].draw(TransformPen(pen, box))
        parts.append(pen.getCommands())
        along += advance
    return "".join(parts)


def _sans_for(character: str) -> str:
    return SANS if ord(character) in face(SANS, 700)[1] else SANS_EXTENDED


def _advance(name: str, weight: int, character: str) -> float:
    glyphs, characters, units = face(name, weight)
    glyph = characters.get(ord(character))
    return float(glyphs[glyph].width) / units if glyph else 0.0
