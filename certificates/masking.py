"""A name that whoever holds the code may see: initials, and nothing that can be searched for.

The dots are always four, so that they do not give away how long the name is. A word of one letter
shows no initial, since the initial would be the whole word. Middle names are left out.
"""

import unicodedata
from dataclasses import dataclass

COVER = "\u00b7" * 4


@dataclass(frozen=True)
class Masked:
    """`shown` is for the eye; `initials` is for a screen reader's sentence."""

    shown: str
    initials: tuple[str, ...]


def mask(name: str) -> Masked:
    """Return the first and the last word of a name, each as its initial and a cover."""
    words = unicodedata.normalize("NFC", name).split()
    ends = words if len(words) < 3 else [words[0], words[-1]]
    initials = [initial(word) for word in ends]
    shown = " ".join(f"{letter}{COVER}" for letter in initials)
    return Masked(shown or COVER, tuple(letter for letter in initials if letter))


def initial(word: str) -> str:
    """Return the first letter of a word with its marks, in capitals where the script has them.

    Empty for a word of one letter, and for one that holds none (an emoji, a dash).
    """
    letters = [place for place, character in enumerate(word) if _is_letter(character)]
    if len(letters) < 2:
        return ""
    start = end = letters[0]
    while end + 1 < len(word) and unicodedata.category(word[end + 1]).startswith("M"):
        end += 1
    plain = word[start : end + 1]
    capital = plain.upper()
    return capital if len(capital) == len(plain) else plain


def _is_letter(character: str) -> bool:
    return unicodedata.category(character).startswith("L")
