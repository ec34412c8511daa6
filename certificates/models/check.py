"""A look-up by a certifier who was signed in: theirs to list, the holder's to know of."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.models.certificate import Certificate


class Check(models.Model):
    """That a certifier asked about a code, when, and what the answer was."""

    append_only = True

    certifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="checks"
    )
    certificate = models.ForeignKey(
        Certificate, null=True, on_delete=models.PROTECT, related_name="checks"
    )
    outcome = models.CharField(_("answer"), max_length=12)
    match = models.CharField(
        _("name"),
        max_length=8,
        blank=True,
        help_text="How the typed name compared; empty when none was typed.",
    )
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.checked_at:%Y-%m-%d}"
