"""What a certificate says, in each language: versioned data, not translations of the interface.

A certificate names the version it was issued with, so that printing it again says the same.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "words"
VERSION = 1
FALLBACK = "en"


@dataclass(frozen=True)
class Wording:
    """The words of one language in one version."""

    language: str
    version: int
    texts: dict[str, Any]

    def say(self, key: str, **values: object) -> str:
        """Return a text with its values set in. Raises `KeyError` for a text there is not."""
        return str(self.texts[key]).format(**values)

    def day(self, day: date) -> str:
        """Return a date as people write it, the month as a word."""
        return self.say("day", day=day.day, month=self._month(day), year=day.year)

    def period(self, first: date, last: date) -> str:
        """Return the days from first to last, without saying month or year twice."""
        if first == last:
            return self.day(first)
        if first.year != last.year:
            return self.say("period_years", first=self.day(first), last=self.day(last))
        values = {
            "day": first.day,
            "month": self._month(first),
            "last_day": last.day,
            "year": last.year,
        }
        if first.month == last.month:
            return self.say("period_days", **values)
        return self.say("period_months", last_month=self._month(last), **values)

    def hours(self, minutes: int) -> str:
        """Return whole minutes as hours in words: `80 hours`, or `12 h 15 min`. Never rounded."""
        if minutes % 60:
            return self.say("hours_minutes", hours=minutes // 60, minutes=minutes % 60)
        return self.say("hour") if minutes == 60 else self.say("many_hours", hours=minutes // 60)

    def cell(self, minutes: int) -> str:
        """Return whole minutes as they stand in a column of hours: `13`, or `12 h 15 min`."""
        return self.hours(minutes) if minutes % 60 else str(minutes // 60)

    def language_name(self, code: str) -> str:
        """Return the name of a language in this one, or its code."""
        names: dict[str, str] = self.texts["languages"]
        return names.get(code, code)

    def _month(self, day: date) -> str:
        months: list[str] = self.texts["months"]
        return months[day.month - 1]


@lru_cache
def wording(language: str, version: int = VERSION) -> Wording:
    """Return the words in a language, or in English where we have none in it."""
    path = FOLDER / f"{language}.{version}.toml"
    if language.isalpha() and path.is_file():
        return Wording(language, version, tomllib.loads(path.read_text(encoding="utf-8")))
    return wording(FALLBACK, version)
