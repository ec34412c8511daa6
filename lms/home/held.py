"""The certificates that a person holds, each with its status today."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from certificates.models import Certificate
from certificates.status import Happening, Status, status_of
from jobs.models import State


@dataclass(frozen=True)
class Held:
    """A certificate of this person with its status today."""

    certificate: Certificate
    title: str
    status: Status

    @property
    def is_printed(self) -> bool:
        """Whether its PDF is there."""
        return self.certificate.state == State.DONE.value


def own_certificates(person: User, now: datetime) -> list[Held]:
    """Return a person's certificates with their status, the newest first."""
    rows = (
        Certificate.objects.held_by(person)
        .select_related("completion__release")
        .prefetch_related("events")
        .order_by("-issued_at", "-pk")
    )
    return [
        Held(row, row.completion.release.title_in(row.language), status(row, now)) for row in rows
    ]


def status(certificate: Certificate, now: datetime) -> Status:
    """Return what a certificate is today, in the installation's time zone; its events are loaded."""
    events = (
        Happening(event.kind, event.effective_at, event.recorded_at, event.reason)
        for event in certificate.events.all()
    )
    at = timezone.localtime(now, timezone.get_default_timezone())
    return status_of(events, certificate.valid_until, at).status
