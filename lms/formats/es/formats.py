"""21 de noviembre de 2026, 6:29 p. m."""

from django.utils.translation import gettext_noop

DATE_FORMAT = r"j \d\e F \d\e Y"
TIME_FORMAT = "g:i\u00a0a"
DATETIME_FORMAT = "j \\d\\e F \\d\\e Y, g:i\u00a0a"
SHORT_DATE_FORMAT = "j b Y"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","

# Django's words for the two halves of a day. They stand here so that our catalogue may spell them its way.
HALVES = gettext_noop("a.m."), gettext_noop("p.m.")
