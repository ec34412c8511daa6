"""Issuing, superseding, revoking. A certificate is never edited and never deleted."""

import unicodedata
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.fingerprints import fingerprint, new_salt, salted
from accounts.models import User
from certificates.announcing import tell_of_revocation
from certificates.facts import facts_of, series_of
from certificates.models import (
    Certificate,
    CertificateEvent,
    CertificateName,
    CertificateNote,
    NumberSeries,
)
from certificates.numbering import human_number, new_code
from courses.models import Completion, Provider

Kind, Reason = CertificateEvent.Kind, CertificateEvent.Reason
REVOKE_ACTION = "certificates.revoke"
SUPERSEDE_ACTION = "certificates.supersede"


class Refused(Exception):
    """It cannot be done. The text is words for the person who asked."""


def issue(*, completion: Completion, now: datetime) -> Certificate:
    """Issue the certificate of a completion, once: a second call returns the newest one there is.

    Raises `Refused` while the trainee has no legal name to print.
    """
    with transaction.atomic():
        locked = (
            Completion.objects.select_for_update(of=("self",))
            .select_related("enrolment__trainee")
            .get(pk=completion.pk)
        )
        there = locked.certificates.order_by("-pk").first()
        return there or _write(locked, supersedes=None, by=None, now=now)


def supersede(*, certificate: Certificate, by: User | None, now: datetime) -> Certificate:
    """Issue a newer certificate in place of this one (a corrected name, a better wording).

    Both stay on record. Raises `Refused` if this one was superseded before, or revoked.
    """
    with transaction.atomic():
        Completion.objects.select_for_update(of=("self",)).get(pk=certificate.completion_id)
        kinds = set(certificate.events.values_list("kind", flat=True))
        if Kind.REVOKED in kinds:
            raise Refused(_("This certificate is revoked. A revoked certificate is not replaced."))
        if Kind.SUPERSEDED in kinds:
            raise Refused(_("There is a newer certificate already."))
        completion = Completion.objects.select_related("enrolment__trainee").get(
            pk=certificate.completion_id
        )
        newer = _write(completion, supersedes=certificate, by=by, now=now)
        _happen(certificate, Kind.SUPERSEDED, by=by, now=now)
        log(instance=certificate, action=SUPERSEDE_ACTION, user=by, data={"newer": newer.number})
    return newer


def revoke(
    *, certificate: Certificate, by: User | None, reason: str, note: str = "", now: datetime
) -> CertificateEvent:
    """Revoke a certificate for ever. The reason class is public, the note is for the office alone.

    Raises `Refused` without a reason, and if it is revoked already.
    """
    if reason not in Reason.values or not reason:
        raise Refused(_("Please choose the reason that is made public."))
    with transaction.atomic():
        Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
        if certificate.events.filter(kind=Kind.REVOKED).exists():
            raise Refused(_("This certificate is revoked already."))
        event = _happen(certificate, Kind.REVOKED, by=by, now=now, reason=reason)
        if note.strip():
            CertificateNote.objects.create(event=event, text=note.strip())
        log(instance=certificate, action=REVOKE_ACTION, user=by, data={"reason": reason})
        if not certificate.is_specimen:
            tell_of_revocation(certificate, Reason(reason))
    return event


def waiting(*, limit: int) -> list[int]:
    """Return completions without a certificate, the newest first: what a sweeper rings."""
    found = Completion.objects.filter(certificates=None).order_by("-pk")
    return list(found.values_list("pk", flat=True)[:limit])


def _write(
    completion: Completion, *, supersedes: Certificate | None, by: User | None, now: datetime
) -> Certificate:
    trainee: User = completion.enrolment.trainee
    name = printed_name(trainee.legal_name)
    if not name:
        raise Refused(_("There is no legal name to print yet."))
    salt, code = new_salt(), new_code()
    number = next_number(
        series_of(completion), timezone.localdate(now, timezone.get_default_timezone()).year
    )
    facts = facts_of(completion, code=code, number=number, language=trainee.language, now=now)
    provider = Provider.load()
    signatory = printed_name(provider.signatory_name)
    facts["holder"] = {"name_sha256": salted(name, salt)}
    facts["signatory"] = {
        "name_sha256": salted(signatory, salt) if signatory else "",
        "title": provider.signatory_title,
    }
    certificate = Certificate.objects.create(
        public_code=code,
        number=number,
        completion=completion,
        supersedes=supersedes,
        language=trainee.language,
        facts=facts,
        facts_sha256=fingerprint(facts),
        is_specimen=facts["is_specimen"],
        issued_at=now,
        valid_until=facts["valid_until"],
    )
    CertificateName.objects.create(
        certificate=certificate,
        name=name,
        salt=salt,
        instructors=names_of(facts["instructors"]),
        signatory=signatory,
    )
    _happen(certificate, Kind.ISSUED, by=by, now=now)
    return certificate


def _happen(
    certificate: Certificate, kind: str, *, by: User | None, now: datetime, reason: str = ""
) -> CertificateEvent:
    event: CertificateEvent = CertificateEvent.objects.create(
        certificate=certificate,
        kind=kind,
        reason=reason,
        actor=by,
        effective_at=now,
        recorded_at=now,
    )
    return event


def names_of(instructors: list[str]) -> list[str]:
    """Return the instructors' names as they are printed, from their public ids."""
    teachers = User.objects.filter(public_id__in=instructors).order_by("pk")
    return [printed_name(person.legal_name or person.classroom_name) for person in teachers]


def printed_name(name: str) -> str:
    """Return a name as it is kept and printed: one form of each letter, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def next_number(series: str, year: int) -> str:
    """Take the next number of a series and year. The row stays locked until the transaction ends."""
    NumberSeries.objects.get_or_create(series=series, year=year)
    NumberSeries.objects.filter(series=series, year=year).update(last=F("last") + 1)
    return human_number(series, year, NumberSeries.objects.get(series=series, year=year).last)
