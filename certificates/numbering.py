"""The code that a stranger types, and the number that people say.

A code is 20 characters of Crockford's base 32 (100 random bits) and one check character. Crockford's
own check symbol is taken modulo 37 and may be `*`, `~`, `$`, `=` or `U`: four of these are neither
letter nor digit, so they break a double click, a link and a spelling over the phone. The check here
is a weighted sum over the field of 32 elements (the field of BIP 173: x^5 + x^3 + 1) with a different
weight at each of the 21 places. It needs no further sign, and it is stronger: each single wrong
character and each exchange of two characters, neighbours or not, is found; of all other slips 31 in 32.
"""

import secrets
from dataclasses import dataclass
from enum import StrEnum

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
DATA_LENGTH = 20
CODE_LENGTH = DATA_LENGTH + 1
GROUP = 5
FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
SEPARATORS = set(" -_./\u00a0\u2010\u2011\u2012\u2013\u2014\u2212\t\r\n")
VALUES = {character: value for value, character in enumerate(ALPHABET)}
GENERATOR = 2  # its powers run through all 31 elements that are not zero
REDUCTION = 0b101001  # x^5 + x^3 + 1


class Slip(StrEnum):
    """What is wrong with a typed code, before anything is looked up."""

    EMPTY = "empty"
    LENGTH = "length"
    CHARACTER = "character"
    CHECK = "check"


@dataclass(frozen=True)
class Typed:
    """A code as it was typed: the plain code, or what is wrong with it."""

    code: str
    slip: Slip | None

    @property
    def is_well_formed(self) -> bool:
        return self.slip is None


def new_code() -> str:
    """Return a new code of 100 random bits with its check character."""
    bits = secrets.randbits(DATA_LENGTH * 5)
    data = "".join(ALPHABET[(bits >> (5 * place)) & 31] for place in range(DATA_LENGTH))
    return data + check_character(data)


def check_character(data: str) -> str:
    """Return the character that makes the weighted sum of all 21 places zero.

    Raises `KeyError` for a character that is not in the alphabet.
    """
    total = 0
    for place, character in enumerate(data, start=1):
        total ^= _multiply(WEIGHTS[place], VALUES[character])
    return ALPHABET[total]


def read(text: str) -> Typed:
    """Return what a person meant: case, spaces, hyphens, O for 0, I and L for 1 are forgiven."""
    plain = "".join(c for c in text.upper().translate(FORGIVEN) if c not in SEPARATORS)
    if not plain:
        return Typed("", Slip.EMPTY)
    if any(character not in VALUES for character in plain):
        return Typed(plain, Slip.CHARACTER)
    if len(plain) != CODE_LENGTH:
        return Typed(plain, Slip.LENGTH)
    if check_character(plain[:DATA_LENGTH]) != plain[DATA_LENGTH]:
        return Typed(plain, Slip.CHECK)
    return Typed(plain, None)


def group(code: str) -> list[str]:
    """Return a code in groups of five, the check character last and alone."""
    return [code[start : start + GROUP] for start in range(0, len(code), GROUP)]


def human_number(series: str, year: int, place: int) -> str:
    """Return the number that people say: `PSS-2026-000123`."""
    return f"{series}-{year}-{place:06d}"


def _multiply(a: int, b: int) -> int:
    """Multiply in the field of 32 elements."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        b >>= 1
        a <<= 1
        if a & 32:
            a ^= REDUCTION
    return product


def _powers() -> tuple[int, ...]:
    powers = [1]
    for _ in range(DATA_LENGTH):
        powers.append(_multiply(powers[-1], GENERATOR))
    return tuple(powers)


WEIGHTS = _powers()  # place 0, weight 1, is the check character's own
