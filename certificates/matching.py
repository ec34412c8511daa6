"""Is the name that was typed the name on the certificate? Exact, close, or no: and never more.

*Exact* forgives what no eye sees: letter case, repeated spaces, the way a letter is encoded.
*Close* forgives what changes between an ID and a form: accents, hyphens, apostrophes, order.
"""

import unicodedata
from enum import StrEnum

# Letters that no decomposition takes apart, and the plain letters they are typed as.
PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
)


class Match(StrEnum):
    EXACT = "exact"
    CLOSE = "close"
    NO = "no"


def compare(typed: str, printed: str) -> Match:
    """Return how a typed name compares with the printed one. An empty name matches nothing."""
    if not typed.strip() or not printed.strip():
        return Match.NO
    if same(typed) == same(printed):
        return Match.EXACT
    loose = words(typed), words(printed)
    if not loose[0]:
        return Match.NO
    if sorted(loose[0]) == sorted(loose[1]) or "".join(loose[0]) == "".join(loose[1]):
        return Match.CLOSE
    return Match.NO


def same(name: str) -> str:
    """Return a name so that two that look alike are equal."""
    return " ".join(
        unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split()
    )


def words(name: str) -> list[str]:
    """Return the words of a name as bare letters and digits: no accents, no marks between."""
    bare = unicodedata.normalize("NFKD", same(name)).translate(PLAIN)
    bare = "".join(c for c in bare if unicodedata.category(c) != "Mn")
    for apostrophe in "'\u2019\u02bc\u2018`\u00b4":
        bare = bare.replace(apostrophe, "")
    return "".join(c if c.isalnum() else " " for c in bare).split()
