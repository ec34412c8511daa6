"""`{% load training %}`: minutes, days and rules as a person reads them; what is offered to whom."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext, pgettext

from courses import offers, words

register = template.Library()


@register.filter
def duration(minutes: int) -> str:
    """Return minutes in words: 45 minutes, 6 hours, 1 hour 30 minutes."""
    hours, rest = divmod(abs(minutes), 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if rest or not hours:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest})
    return ("−" if minutes < 0 else "") + " ".join(parts)


@register.filter
def short(minutes: int) -> str:
    """Return minutes in few signs: 6 h, 5 h 30 min."""
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{hours}\u00a0h"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}\u00a0min")
    return ("−" if minutes < 0 else "") + " ".join(parts)


@register.filter
def day(value: date | datetime | None) -> str:
    """Return a day with the month in words, with the year unless it is this one."""
    if value is None:
        return ""
    on = timezone.localtime(value).date() if isinstance(value, datetime) else value
    if on.year == timezone.localdate().year:
        return formats.date_format(on, "MONTH_DAY_FORMAT")
    return formats.date_format(on, pgettext("format of a date with its year", "F j, Y"))


@register.filter
def moment(value: datetime) -> str:
    """Return a day and a time of day, in the reader's time zone."""
    return f"{day(value)}, {formats.time_format(timezone.localtime(value), 'TIME_FORMAT')}"


@register.filter
def asks(result: Any) -> str:
    """Return a rule as a sentence: what it asks."""
    return words.sentence(result, get_language() or "en")


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """Return what stands under a key, or nothing."""
    return mapping.get(key, "") if mapping else ""


@register.simple_tag
def open_courses(catalogue: Any) -> list[offers.Offer]:
    """Return what is offered on a catalogue page: courses that are not hidden."""
    return offers.of_catalogue(catalogue)


@register.simple_tag(takes_context=True)
def offer_of(context: dict[str, Any], page: Any) -> offers.Offer | None:
    """Return what a course page offers to who reads it."""
    return offers.of_page(page, getattr(context["request"], "user", None))
