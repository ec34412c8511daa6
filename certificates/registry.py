"""Looking up a code: what can be said of it at a time, and by whom it was asked."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from django.utils import timezone

from accounts.fingerprints import fingerprint, salted
from accounts.models import User
from certificates import matching, numbering
from certificates.masking import Masked, mask
from certificates.matching import Match
from certificates.models import Certificate, CertificateEvent, Check
from certificates.numbering import Typed
from certificates.status import Happening, Standing, Status, status_of

log = logging.getLogger(__name__)

ONE_CHECK = timedelta(minutes=10)  # a page that is loaded again is the same check


@dataclass(frozen=True)
class Finding:
    """The answer to a code: its status, and the certificate if there is one."""

    status: Status
    typed: Typed
    standing: Standing
    certificate: Certificate | None = None
    holder: Masked | None = None
    is_redacted: bool = False

    @property
    def is_found(self) -> bool:
        return self.certificate is not None


def look_up(code: str, now: datetime) -> Finding:
    """Return what can be said of a typed code at `now`.

    A malformed code is told without asking the database. A well-formed one costs the same two
    queries whether it is known or not. A record that does not fit its own hash is not vouched for.
    """
    typed = numbering.read(code)
    if not typed.is_well_formed:
        return Finding(Status.MALFORMED, typed, Standing(Status.MALFORMED))
    certificate = (
        Certificate.objects.filter(public_code=typed.code).select_related("printed").first()
    )
    events = events_of(certificate.pk if certificate else 0)
    if certificate is None:
        return Finding(Status.UNKNOWN, typed, Standing(Status.UNKNOWN))
    standing = standing_of(certificate, events, now)
    name = certificate.printed.name
    if not is_whole(certificate):
        log.error("Certificate %s does not fit its own hash.", certificate.number)
        standing = Standing(Status.CANNOT_SAY)
    return Finding(standing.status, typed, standing, certificate, mask(name), is_redacted=not name)


def events_of(certificate_id: int) -> list[Happening]:
    """Return what happened to a certificate, in one query."""
    rows = CertificateEvent.objects.filter(certificate_id=certificate_id)
    return [
        Happening(*row) for row in rows.values_list("kind", "effective_at", "recorded_at", "reason")
    ]


def standing_of(certificate: Certificate, events: list[Happening], at: datetime) -> Standing:
    """Return the status at a time; the last valid day is one of the installation's time zone."""
    return status_of(
        events, certificate.valid_until, timezone.localtime(at, timezone.get_default_timezone())
    )


def is_whole(certificate: Certificate) -> bool:
    """Return whether the frozen facts still have their hash, and the names beside them those in them."""
    if not compare_digest(fingerprint(certificate.facts), certificate.facts_sha256):
        return False
    printed, facts = certificate.printed, certificate.facts
    beside = (
        (printed.name, facts["holder"]["name_sha256"]),
        (printed.signatory, facts["signatory"]["name_sha256"]),
    )
    return all(
        not name or compare_digest(salted(name, printed.salt), sha256) for name, sha256 in beside
    )


def compare_name(finding: Finding, typed: str) -> Match:
    """Return how a typed name compares with the printed one; with a removed one, by its hash alone."""
    if finding.certificate is None:
        return Match.NO
    printed = finding.certificate.printed
    if printed.name:
        return matching.compare(typed, printed.name)
    holder: str = finding.certificate.facts["holder"]["name_sha256"]
    is_same = compare_digest(salted(" ".join(typed.split()), printed.salt), holder)
    return Match.EXACT if is_same else Match.NO


def note_check(
    *, certifier: User, finding: Finding, now: datetime, match: Match | None = None
) -> Check:
    """Keep that a certifier asked; asking the same again within ten minutes is the same check."""
    columns = {
        "certifier": certifier,
        "certificate": finding.certificate,
        "outcome": finding.status.value,
        "match": match.value if match else "",
    }
    again = (
        Check.objects.filter(checked_at__gt=now - ONE_CHECK, **columns).first()
        if finding.is_found
        else None
    )
    return again or Check.objects.create(checked_at=now, **columns)
