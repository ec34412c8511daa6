"""`{% load certificates %}`: frozen facts as a person reads them, in the language of the page."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from certificates import numbering
from certificates.masking import Masked

register = template.Library()


@register.filter
def day(value: str | date | datetime | None) -> str:
    """Return a day with the month in words and the year. Takes a date, an instant, or ISO text."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return formats.date_format(value, pgettext("format of a date with its year", "F j, Y"))


@register.filter
def moment(value: datetime) -> str:
    """Return an instant to the minute, with the time zone that it is told in."""
    return formats.date_format(
        timezone.localtime(value), pgettext("format of a moment", "F j, Y, g:i A (T)")
    )


@register.filter
def hour_cell(minutes: int) -> str:
    """Return whole minutes as they stand in a column of hours: 13, or 12 h 15 min. Never rounded."""
    if minutes % 60 == 0:
        return str(minutes // 60)
    return gettext("%(hours)d h %(minutes)d min").replace(" ", "\u00a0") % {
        "hours": minutes // 60,
        "minutes": minutes % 60,
    }


@register.simple_tag
def code(text: str) -> SafeString:
    """Draw a code in groups of five, each of which stays on its line."""
    groups = format_html_join(" ", "<span>{}</span>", ((group,) for group in numbering.group(text)))
    return format_html('<span class="code">{}</span>', groups)


@register.simple_tag
def masked(name: Masked | None) -> SafeString:
    """Draw a masked name: dots for the eye, words for a screen reader."""
    if name is None:
        return SafeString("")
    spoken = gettext("hidden")
    if name.initials:
        spoken = gettext("hidden; initials %(initials)s") % {"initials": ", ".join(name.initials)}
    return format_html(
        '<bdi aria-hidden="true">{}</bdi><span class="unseen">{}</span>', name.shown, spoken
    )


@register.simple_tag(takes_context=True)
def verify_site(context: dict[str, Any]) -> str:
    """Return the address that the reader's browser must show, so that a false page can be told."""
    return str(context["request"].get_host())
