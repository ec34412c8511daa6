"""What the kinds of question have in common: a fault to mend, an option as it is shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Something an author has to mend: a code (the form has the words for it), and where it is."""

    code: str
    language: str = ""
    option: str = ""


@dataclass(frozen=True)
class Presented:
    """One option as a candidate meets it. `id` is what is stored, `letter` only its place."""

    id: str
    letter: str
    words: str
