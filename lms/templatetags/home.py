"""`{% load home %}`: hours and days as a person reads them."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.translation import gettext, pgettext

from accounts.templatetags.look import shares
from courses import words
from courses.standing import TagStanding

register = template.Library()


@register.filter
def hours(minutes: int) -> str:
    """Return minutes as hours, with one decimal where they are not whole: 49, 49.5."""
    whole = minutes % 60 == 0
    return formats.number_format(minutes // 60 if whole else minutes / 60, 0 if whole else 1)


@register.filter
def duration(minutes: int) -> str:
    """Return minutes in words, without a sign: 45 minutes, 1 hour 30 minutes."""
    return words.hours(abs(minutes))


@register.filter
def day(value: date | datetime | None) -> str:
    """Return a day with the month in words, in the reader's time zone, with the year unless it is this one."""
    if value is None:
        return ""
    on = timezone.localtime(value).date() if isinstance(value, datetime) else value
    if on.year == timezone.localdate().year:
        return formats.date_format(on, "MONTH_DAY_FORMAT")
    return formats.date_format(on, "DATE_FORMAT")


@register.filter
def weekday(value: datetime) -> str:
    """Return the weekday and the day, with a capital: Saturday, November 14."""
    on = timezone.localtime(value).date()
    told = gettext("%(weekday)s, %(day)s") % {
        "weekday": formats.date_format(on, "l"),
        "day": formats.date_format(on, "MONTH_DAY_FORMAT"),
    }
    return told[:1].upper() + told[1:]


@register.filter
def short_day(value: date) -> str:
    """Return a day with a short month, for a label in a drawing: Dec 28."""
    return formats.date_format(value, pgettext("format of a short date", "M j"))


@register.inclusion_tag("components/bar.html")
def domain_bar(tag: TagStanding) -> dict[str, Any]:
    """Draw a tag's hours in `<ul class="bars">`: the bar ends at what the course holds of it."""
    goal = tag.needed or tag.offered
    told = gettext("%(have)s of %(goal)s hours") % {
        "have": hours(tag.minutes),
        "goal": hours(goal),
    }
    gap = max(tag.needed - tag.minutes, 0)
    note = gettext("%(hours)s hours to go") % {"hours": hours(gap)} if gap else ""
    scale = max(tag.offered, tag.needed, tag.minutes)
    return {
        "label": tag.name,
        "words": told,
        "note": note,
        **shares(tag.minutes, tag.needed, scale),
    }
