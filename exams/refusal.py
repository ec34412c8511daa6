"""How the assessment engine says no: with words for the person."""


class Refused(Exception):
    """It cannot be done now. `str()` of it is a sentence for the person who asked."""
