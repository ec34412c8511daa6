"""The office's view of many certificates: their status and whether they are printed, in one query.

It says in SQL what `status.status_of` says of one; a test holds the two together.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate, CertificateEvent
from jobs.models import State

Kind = CertificateEvent.Kind


class Fate(StrEnum):
    """What the office must know of a certificate, in one word; the gravest first."""

    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    STOPPED = "stopped"
    EXPIRED = "expired"
    BEING_MADE = "being_made"
    VALID = "valid"


WORDS: dict[Fate, Any] = {
    Fate.VALID: _("Valid"),
    Fate.BEING_MADE: _("Being made"),
    Fate.STOPPED: _("Printing stopped"),
    Fate.EXPIRED: _("Expired"),
    Fate.SUPERSEDED: _("Replaced by a newer one"),
    Fate.REVOKED: _("Revoked"),
}
CHOICES = [(fate.value, label) for fate, label in WORDS.items()]


def with_fate(certificates: QuerySet[Certificate], now: datetime) -> QuerySet[Any]:
    """Add `was_revoked` and `was_superseded`, as of now."""
    events = CertificateEvent.objects.filter(certificate=OuterRef("pk"), effective_at__lte=now)
    return certificates.annotate(
        was_revoked=Exists(events.filter(kind=Kind.REVOKED)),
        was_superseded=Exists(events.filter(kind=Kind.SUPERSEDED)),
    )


def fate_of(certificate: Any, now: datetime) -> Fate:
    """Return the fate of a certificate that `with_fate` has looked at."""
    if certificate.was_revoked:
        return Fate.REVOKED
    if certificate.was_superseded:
        return Fate.SUPERSEDED
    if certificate.state == State.FAILED:
        return Fate.STOPPED
    if certificate.valid_until and certificate.valid_until < today(now):
        return Fate.EXPIRED
    return Fate.VALID if certificate.state == State.DONE else Fate.BEING_MADE


def narrow(certificates: QuerySet[Any], fate: str, now: datetime) -> QuerySet[Any]:
    """Keep the certificates of one fate; `with_fate` has looked at them."""
    held = Q(was_revoked=False, was_superseded=False)
    expired = Q(valid_until__lt=today(now))
    return certificates.filter(
        {
            Fate.REVOKED: Q(was_revoked=True),
            Fate.SUPERSEDED: Q(was_revoked=False, was_superseded=True),
            Fate.STOPPED: held & Q(state=State.FAILED),
            Fate.EXPIRED: held & expired & ~Q(state=State.FAILED),
            Fate.BEING_MADE: held & ~expired & Q(state__in=[State.WAITING, State.RUNNING]),
            Fate.VALID: held & ~expired & Q(state=State.DONE),
        }[Fate(fate)]
    )


def today(now: datetime) -> Any:
    """Return the day of an instant in the installation's time zone."""
    return timezone.localdate(now, timezone.get_default_timezone())
