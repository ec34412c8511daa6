"""Bells: each task takes one id, calls one action, may ring the next. The rows hold the state."""

from celery import shared_task
from django.utils import timezone

from certificates import announcing, issuing, rendering
from certificates.models import Certificate
from courses.models import Completion
from jobs.bell import ring_now

BATCH = 20


@shared_task
def issue_certificate(completion_id: int) -> None:
    """Issue the certificate of a completion, and ring for the press."""
    certificate = issuing.issue(
        completion=Completion.objects.get(pk=completion_id), now=timezone.now()
    )
    ring_now("certificates.tasks.render_certificate", certificate.pk)


@shared_task
def render_certificate(certificate_id: int) -> None:
    """Print a certificate, and ring for the mail."""
    certificate = Certificate.objects.select_related("printed").get(pk=certificate_id)
    if rendering.render(certificate=certificate, now=timezone.now()):
        ring_now("certificates.tasks.announce_certificate", certificate_id)


@shared_task
def announce_certificate(certificate_id: int) -> None:
    """Tell the holder that it is ready."""
    announcing.announce(certificate=Certificate.objects.get(pk=certificate_id), now=timezone.now())


@shared_task
def sweep_certificates() -> None:
    """Ring again for what nobody heard, or whose worker is gone; a few at a time."""
    for pk in issuing.waiting(limit=BATCH):
        issue_certificate.delay(pk)
    for pk in rendering.waiting(now=timezone.now(), limit=BATCH):
        render_certificate.delay(pk)
    for pk in announcing.waiting(limit=BATCH):
        announce_certificate.delay(pk)
