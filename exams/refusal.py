"""How the assessment engine says no: with words for the person."""


class Refused(Exception):  # noqa: N818  (it names what happened, in the words of the field)
    """It cannot be done now. `str()` of it is a sentence for the person who asked."""
