"""Rendering: claim the row, print outside any transaction, store the file, show the token."""

import hashlib
import logging
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.core.files.base import ContentFile

from certificates.facts import verify_url
from certificates.models import Certificate
from certificates.printing import lettering
from certificates.printing.press import NotPrintable, print_sheet
from certificates.printing.sheet import lay_out
from jobs import leases
from jobs.models import private_storage

log = logging.getLogger(__name__)


def render(*, certificate: Certificate, now: datetime) -> bool:
    """Print a certificate if it waits for that. Return whether this call printed it.

    What cannot be printed stops, with the reason for the registrar; anything else is tried again,
    later and later. A worker that was killed leaves its lease to run out.
    """
    started = monotonic()
    token = leases.claim(Certificate.objects.all(), certificate.pk, now)
    if token is None:
        return False
    try:
        pdf = pdf_of(certificate)
        return store(certificate, token, pdf, now + timedelta(seconds=monotonic() - started))
    except NotPrintable as exc:
        leases.give_up(certificate, token, error=str(exc))
    except Exception as exc:  # whatever it was, the row says so and is tried again
        log.exception("Certificate %s was not printed.", certificate.number)
        leases.give_up_or_retry(certificate, token, error=exc.__class__.__name__, now=now)
    return False


def pdf_of(certificate: Certificate) -> bytes:
    """Return the PDF of a certificate from its frozen facts and the names beside them.

    Raises `NotPrintable` for a name that was redacted or that our faces cannot print.
    """
    names, signatory = certificate.printed, certificate.facts["signatory"]
    if not names.name or (signatory["name_sha256"] and not names.signatory):
        raise NotPrintable("The name was removed from the record.")
    if lacking := lettering.missing(names.name + "".join(names.instructors)):
        raise NotPrintable(f"Our fonts have no letters for: {' '.join(lacking[:20])}")
    named = {
        "instructors": names.instructors,
        "signatory": {"name": names.signatory, "title": signatory["title"]},
    }
    sheet = lay_out({**certificate.facts, **named}, names.name)
    return print_sheet(sheet, verify_url(certificate.public_code))


def store(certificate: Certificate, token: UUID, pdf: bytes, rendered_at: datetime) -> bool:
    """Keep the file and mark the row, if the lease is still ours; else leave nothing behind.

    The file's name holds the token, so that two workers never write to one file.
    """
    storage = private_storage()
    path = storage.save(f"certificates/{certificate.public_id}/{token}.pdf", ContentFile(pdf))
    kept = leases.finish(
        certificate,
        token,
        pdf=path,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        rendered_at=rendered_at,
    )
    if not kept:
        storage.delete(path)
    return kept


def retry(*, certificate: Certificate, now: datetime) -> bool:
    """Let a stopped certificate be printed again. Return whether it was stopped."""
    stopped = Certificate.objects.filter(pk=certificate.pk, state="failed")
    return bool(stopped.update(state="waiting", tries=0, try_again_at=now, error=""))


def waiting(*, now: datetime, limit: int) -> list[int]:
    """Return certificates that wait for the press, the oldest first: what a sweeper rings."""
    leases.stop_hopeless(Certificate.objects.all(), now)
    return list(
        leases.due(Certificate.objects.all(), now)
        .order_by("pk")
        .values_list("pk", flat=True)[:limit]
    )
