"""What people sign: that they signed it, which text, when. Never a story or a diagnosis."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Agreement(models.Model):
    """One version of a text that is signed: the code of ethics, or an attestation."""

    class Kind(models.TextChoices):
        CODE_OF_ETHICS = "code_of_ethics", _("Code of ethics")
        ADULT = "adult", _("18 or older")
        LIVED_EXPERIENCE = "lived_experience", _("Lived experience")

    append_only = True

    kind = models.CharField(max_length=32, choices=Kind)
    version = models.CharField(max_length=20)
    effective_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="one_agreement_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"


class AgreementText(models.Model):
    """The words of an agreement in one language: title, intro, pledges, statement."""

    append_only = True

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=8)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "language"], name="one_text_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.agreement} ({self.language})"


class Signature(models.Model):
    """That a person signed an agreement, in which words, and when. The typed name is beside it."""

    append_only = True

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatures"
    )
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    text = models.ForeignKey(AgreementText, on_delete=models.PROTECT, related_name="signatures")
    name_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "agreement"], name="one_signature_an_agreement"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.signed_at:%Y-%m-%d}"


class SignatureName(models.Model):
    """The name as it was typed under a signature; can be redacted, the signature stays."""

    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="typed")
    name = models.CharField(max_length=120, blank=True)
    salt = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.name
