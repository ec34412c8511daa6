"""Long work and outgoing mail, as rows. Celery only rings; what is to be done stands here."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def private_storage() -> Any:
    """Return the storage that no web server serves from."""
    return storages["private"]


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("At work")
    DONE = "done", _("Done")
    FAILED = "failed", _("Stopped")


class Leased(models.Model):
    """A row that one worker at a time may claim, for a while: token and expiry.

    Whoever stores a result shows the token; a sweeper rings again for rows whose lease ran out.
    """

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    try_again_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class Job(Leased):
    """One piece of long work: an import, an export, a report. A page shows it."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="jobs"
    )
    arguments = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    result_file = models.FileField(storage=private_storage, upload_to="jobs/", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "lease_until"], name="jobs_to_sweep")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class OutgoingMail(Leased):
    """A mail that is to be sent, or was: kept until it is delivered to the mail server."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mails",
    )
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    cause = models.CharField(
        max_length=120, blank=True, help_text="What it is sent for; once only."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "try_again_at"], name="mails_to_sweep")]
        constraints = [
            models.UniqueConstraint(
                fields=["cause"], condition=~Q(cause=""), name="one_mail_a_cause"
            )
        ]

    def __str__(self) -> str:
        return self.subject
