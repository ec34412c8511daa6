"""A certificate of completion: what is printed is frozen; its status is a fold of events."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from courses.models import Completion
from jobs.models import Leased, State, private_storage


class NumberSeries(models.Model):
    """The last number given in a series and year. The row is the lock: numbers have no gaps and no twins."""

    series = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="one_number_series_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.series}-{self.year}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def held_by(self, person: Any) -> "CertificateQuerySet":
        """A trainee's own: the look-up that is the permission."""
        return self.filter(completion__enrolment__trainee=person)

    def unannounced(self) -> "CertificateQuerySet":
        """Those that are printed, neither revoked nor replaced, and whose holder has not been written to."""
        over = CertificateEvent.objects.filter(
            certificate=OuterRef("pk"), kind__in=["revoked", "superseded"]
        )
        return self.filter(~Exists(over), state=State.DONE, announced_at=None)

    def counted(self) -> "CertificateQuerySet":
        """Those that reports count: no specimen."""
        return self.filter(is_specimen=False)


class Certificate(Leased):
    """A record of completion. The lease columns are those of its rendering."""

    frozen_columns = (
        "public_id",
        "public_code",
        "number",
        "completion",
        "language",
        "facts",
        "facts_sha256",
        "is_specimen",
        "supersedes",
        "issued_at",
        "valid_until",
    )

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    public_code = models.CharField(
        max_length=21,
        unique=True,
        help_text="20 Crockford base32 characters (100 bits) and a check character.",
    )
    number = models.CharField(max_length=24, unique=True)
    completion = models.ForeignKey(
        Completion, on_delete=models.PROTECT, related_name="certificates"
    )
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    language = models.CharField(max_length=8)
    facts = models.JSONField(help_text="Everything printed, without the names.")
    facts_sha256 = models.CharField(max_length=64)
    is_specimen = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    valid_until = models.DateField(null=True, blank=True)

    pdf = models.FileField(storage=private_storage, upload_to="certificates/", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    rendered_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(
        null=True, blank=True, help_text="When the mail with the link was queued."
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["completion"],
                condition=Q(supersedes=None),
                name="one_first_certificate_a_completion",
            )
        ]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="certificates_to_sweep"),
            models.Index(
                fields=["id"], condition=Q(announced_at=None), name="certificates_to_announce"
            ),
        ]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        permissions = [
            ("revoke_certificate", _("Can revoke a certificate")),
            ("check_certificate", _("Can check certificates for a certifying body")),
        ]

    def __str__(self) -> str:
        return self.number


class CertificateName(models.Model):
    """The names as printed, beside the frozen facts.

    These hold the holder's and that of who signs as salted hashes, and the instructors' ids.
    """

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="printed"
    )
    name = models.CharField(max_length=120, blank=True)
    salt = models.CharField(max_length=32)
    instructors = models.JSONField(default=list, blank=True)
    signatory = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name


class CertificateEvent(models.Model):
    """Something that happened to a certificate. Its status at any time is a fold of these."""

    class Kind(models.TextChoices):
        ISSUED = "issued", _("Issued")
        REVOKED = "revoked", _("Revoked")
        SUPERSEDED = "superseded", _("Replaced by a newer one")

    class Reason(models.TextChoices):
        NONE = "", "—"
        RECORD_ERROR = "record_error", _("An error in our record")
        REQUIREMENTS = "requirements", _("The requirements were not met")
        INTEGRITY = "integrity", _("A breach of exam or training rules")
        HOLDER = "holder", _("The holder asked for it")
        SPECIMEN = "specimen", _("It was a specimen")

    append_only = True

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(kind="issued"),
                name="a_certificate_is_issued_once",
            ),
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(kind="revoked"),
                name="a_certificate_is_revoked_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind="revoked") | ~Q(reason=""), name="a_revocation_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.effective_at:%Y-%m-%d}"


class CertificateNote(models.Model):
    """A registrar's own words about an event; can be redacted, the event stays."""

    event = models.OneToOneField(CertificateEvent, on_delete=models.PROTECT, related_name="note")
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text[:40]
