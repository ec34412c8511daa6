"""Telling the holder: a mail with a link, never with the file."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from certificates.models import Certificate, CertificateEvent
from jobs.mail import queue_mail, render_mail


def announce(*, certificate: Certificate, now: datetime) -> bool:
    """Queue the mail that the certificate is ready, once. Return whether this call did."""
    with transaction.atomic():
        mine = (
            Certificate.objects.select_for_update(of=("self",))
            .unannounced()
            .filter(pk=certificate.pk)
        )
        locked = mine.select_related("completion__enrolment__trainee").first()
        if locked is None:
            return False
        holder = locked.completion.enrolment.trainee
        subject, body = render_mail(
            "certificate_ready",
            {
                "name": holder.classroom_name or locked.facts["number"],
                "number": locked.number,
                "training": locked.facts["training"]["title"],
                "link": settings.SITE_URL
                + reverse("certificates:show-certificate", args=[locked.public_id]),
                "check": settings.SITE_URL + reverse("verify:show", args=[locked.public_code]),
            },
            holder.language,
        )
        queue_mail(
            address=holder.email,
            subject=subject,
            body=body,
            person=holder,
            cause=f"certificate {locked.public_id}",
        )
        Certificate.objects.filter(pk=locked.pk).update(announced_at=now)
    return True


def tell_of_revocation(certificate: Certificate, reason: CertificateEvent.Reason) -> None:
    """Queue the mail that tells the holder what others read from now on. Inside the transaction that revokes."""
    holder = certificate.completion.enrolment.trainee
    with translation.override(holder.language):
        words = str(reason.label)
    subject, body = render_mail(
        "certificate_revoked",
        {
            "name": holder.classroom_name or certificate.number,
            "number": certificate.number,
            "training": certificate.facts["training"]["title"],
            "reason": words,
            "link": settings.SITE_URL
            + reverse("certificates:show-certificate", args=[certificate.public_id]),
        },
        holder.language,
    )
    cause = f"revoked certificate {certificate.public_id}"
    queue_mail(address=holder.email, subject=subject, body=body, person=holder, cause=cause)


def waiting(*, limit: int) -> list[int]:
    """Return printed certificates whose holder has not been told: what a sweeper rings."""
    return list(
        Certificate.objects.unannounced().order_by("pk").values_list("pk", flat=True)[:limit]
    )
