"""Statuses, matches and reasons as people read them, in one place for all doors."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from certificates.matching import Match
from certificates.status import Status

STATUSES: dict[Status, Any] = {
    Status.VALID: _("Valid"),
    Status.EXPIRED: _("Expired"),
    Status.REVOKED: _("Revoked"),
    Status.SUPERSEDED: _("Replaced by a newer one"),
    Status.UNKNOWN: _("Not in our records"),
    Status.MALFORMED: _("Mistyped"),
    Status.CANNOT_SAY: _("We cannot say"),
}
KINDS = {
    Status.VALID: "good",
    Status.REVOKED: "stop",
    Status.EXPIRED: "stop",
}  # of the tag component
MATCHES: dict[Match, Any] = {
    Match.EXACT: _("The name matches"),
    Match.CLOSE: _("The name is close"),
    Match.NO: _("The name does not match"),
}
