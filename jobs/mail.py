"""Outgoing mail: a row first, sent by a worker, tried again while the mail server is away."""

import logging
from datetime import datetime
from smtplib import SMTPConnectError, SMTPException, SMTPResponseException, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from jobs import leases
from jobs.bell import ring
from jobs.models import OutgoingMail

log = logging.getLogger(__name__)


def queue_mail(
    *,
    address: str,
    subject: str,
    body: str,
    person: AbstractBaseUser | None = None,
    cause: str = "",
) -> OutgoingMail:
    """Write a mail down and ring for it on commit. With a `cause` that was there before, it is that mail."""
    columns: dict[str, Any] = {
        "address": address,
        "subject": " ".join(subject.split())[:200],
        "body": body,
        "person": person,
    }
    if cause:
        mail, is_new = OutgoingMail.objects.get_or_create(cause=cause, defaults=columns)
        if not is_new:
            return mail
    else:
        mail = OutgoingMail.objects.create(**columns)
    ring("jobs.tasks.send_mail", mail.pk)
    return mail


def send(mail_id: int, now: datetime) -> bool:
    """Hand one mail to the mail server. Return whether this call sent it.

    Its words are forgotten once they are sent, as they may hold a link that lets somebody in.
    Raises `OutgoingMail.DoesNotExist` for an id that is not there.
    """
    mail = OutgoingMail.objects.get(pk=mail_id)
    token = leases.claim(OutgoingMail.objects.all(), mail_id, now)
    if token is None:
        return False
    try:
        EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.address]).send()
    except (SMTPException, ConnectionError, TimeoutError) as exc:
        error = f"{exc.__class__.__name__}: {exc}"
        if is_transient(exc):
            leases.give_up_or_retry(mail, token, error=error, now=now)
        else:
            leases.give_up(mail, token, error=error)
            log.error("Mail %s cannot be sent: %s", mail.pk, type(exc).__name__)  # noqa: TRY400  (no trace: it may hold an address)
        return False
    return leases.finish(mail, token, sent_at=now, body="")


def is_transient(error: Exception) -> bool:
    """Say whether a later try may succeed: no connection, or the server's own "try again" (4xx)."""
    if isinstance(
        error, SMTPConnectError | SMTPServerDisconnected | ConnectionError | TimeoutError
    ):
        return True
    return isinstance(error, SMTPResponseException) and 400 <= error.smtp_code < 500


def due(now: datetime, limit: int) -> list[int]:
    """Return the ids of mails that wait to be sent, the oldest first."""
    leases.stop_hopeless(OutgoingMail.objects.all(), now)
    waiting = leases.due(OutgoingMail.objects.all(), now).order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:limit])


def render_mail(template: str, context: dict[str, Any], language: str) -> tuple[str, str]:
    """Return subject and body of `templates/emails/<template>.txt` in a language.

    The first line of the template is the subject. It is plain text, so nothing is escaped.
    """
    data = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, **context}
    with translation.override(language):
        source: Any = get_template(f"emails/{template}.txt")
        text = source.template.render(Context(data, autoescape=False)).strip()
    subject, _, body = text.partition("\n")
    return subject.strip(), body.strip() + "\n"
