"""What a candidate's pages show of an attempt: the item, all items, what is saved, the time left.

Read only. Nothing of a key, a rationale or a score passes through here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from exams import interactions
from exams.models import Attempt, FormItem, Response
from exams.navigator import Place, first_open, minutes_left, places
from exams.rules import in_language

# The clock's words: this module fills them in at first, a script goes on with the same.
CLOCK = {
    "hours": gettext_lazy("About {hours} h left"),
    "hours-minutes": gettext_lazy("About {hours} h {minutes} min left"),
    "minutes": gettext_lazy("About {minutes} min left"),
    "last": gettext_lazy("Less than 1 min left"),
    "over": gettext_lazy("Time is over. What you saved counts."),
}


@dataclass(frozen=True)
class ItemSheet:
    """One item as the candidate meets it."""

    position: int
    language: str
    stem: str
    options: Sequence[interactions.Presented]
    chosen: Any
    flagged: bool


@dataclass(frozen=True)
class Sheet:
    """The whole of an attempt, as its candidate may see it now."""

    title: str
    places: list[Place]
    sequence: int
    saved_words: str
    seconds_left: int
    clock_words: str
    deadline_at: datetime

    @property
    def count(self) -> int:
        return len(self.places)

    @property
    def answered(self) -> int:
        return sum(place.is_answered for place in self.places)

    @property
    def unanswered(self) -> list[int]:
        return [place.position for place in self.places if not place.is_answered]

    @property
    def flagged(self) -> list[int]:
        return [place.position for place in self.places if place.is_flagged]

    @property
    def first_open(self) -> int:
        return first_open(self.places)


def sheet_of(
    *, attempt: Attempt, responses: Sequence[Response], language: str, now: datetime
) -> Sheet:
    """Return what the pages of an attempt show; one query beside the responses handed in."""
    count = FormItem.objects.filter(form=attempt.form_id).count()
    kept = {response.position: (bool(response.chosen), response.flagged) for response in responses}
    answered = sum(is_answered for is_answered, _flagged in kept.values())
    last = max((response.saved_at for response in responses), default=None)
    seconds = (attempt.deadline_at - now).total_seconds()
    return Sheet(
        title=in_language(attempt.rules["titles"], language, attempt.rules["code"]),
        places=places(count, kept),
        sequence=max((response.sequence for response in responses), default=0),
        saved_words=words_of_saved(answered, last),
        seconds_left=int(seconds),
        clock_words=words_of_clock(seconds),
        deadline_at=attempt.deadline_at,
    )


def item_sheet(
    *, attempt: Attempt, position: int, response: Response | None, language: str
) -> ItemSheet:
    """Return one item in the reader's language. One query. Raises `FormItem.DoesNotExist`."""
    placed = FormItem.objects.select_related("version").get(form=attempt.form_id, position=position)
    content = placed.version.content
    shown_in = next(
        code
        for code in (language, attempt.language, "en", *content["texts"])
        if code in content["texts"]
    )
    text = content["texts"][shown_in]
    return ItemSheet(
        position=position,
        language=shown_in,
        stem=text["stem"],
        options=interactions.of(content["interaction"]).present(text, placed.option_order),
        chosen=response.chosen if response else [],
        flagged=bool(response and response.flagged),
    )


def words_of_saved(count: int, saved_at: datetime | None) -> str:
    """Say how many answers are saved, and when the last came in: never a mere sign."""
    if saved_at is None:
        return _("Each answer is saved as you give it.")
    if not count:
        return _("No answers saved yet.")
    moment = time_of_day(saved_at)
    return ngettext(
        "%(count)s answer saved at %(time)s", "All %(count)s answers saved at %(time)s", count
    ) % {
        "count": count,
        "time": moment,
    }


def time_of_day(moment: datetime) -> str:
    """Return a time on the clock of the person who reads it."""
    return date_format(
        localtime(moment), pgettext("time of day, as Django's date filter writes it", "g:i A")
    )


def words_of_clock(seconds: float) -> str:
    """Say the time left, rounded."""
    if seconds <= 0:
        return str(CLOCK["over"])
    hours, minutes = divmod(minutes_left(seconds), 60)
    if not hours and not minutes:
        return str(CLOCK["last"])
    form = "hours-minutes" if hours and minutes else "hours" if hours else "minutes"
    return str(CLOCK[form]).format(hours=hours, minutes=minutes)
