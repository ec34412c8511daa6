"""Sitting an exam: windows, attempts, what was answered, what it scored."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from exams.models.exam import Exam, ExamForm


class Sitting(models.Model):
    """A window in which candidates take an exam, with its proctor."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="sittings")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    proctor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sittings_overseen",
    )
    candidates = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="sittings"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="a_sitting_closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return f"{self.exam} {self.opens_at:%Y-%m-%d}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def sat_by(self, person: Any) -> "AttemptQuerySet":
        """Those of one candidate: the look-up that is the permission."""
        return self.filter(candidate=person)

    def open(self) -> "AttemptQuerySet":
        """Those that are not closed yet, whatever the clock says."""
        return self.filter(closed_at=None)

    def over(self, now: datetime) -> "AttemptQuerySet":
        """Those still open although their time and the grace period are over."""
        return self.open().filter(closes_at__lt=now)

    def counted(self) -> "AttemptQuerySet":
        """Those that were not voided."""
        return self.filter(voided_at=None)


class Attempt(models.Model):
    """One candidate meeting one form. The rules in force are copied onto it at the start."""

    class Closing(models.TextChoices):
        SUBMITTED = "submitted", _("Handed in")
        EXPIRED = "expired", _("Time was over")

    frozen_columns = ("public_id", "exam", "candidate", "form", "number", "rules", "started_at")

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="attempts")
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts"
    )
    form = models.OneToOneField(ExamForm, on_delete=models.PROTECT, related_name="attempt")
    sitting = models.ForeignKey(
        Sitting, null=True, blank=True, on_delete=models.PROTECT, related_name="attempts"
    )
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8)
    rules = models.JSONField()
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    closes_at = models.DateTimeField(
        help_text="The deadline and the grace period: later answers do not count."
    )
    epoch = models.PositiveIntegerField(
        default=1, help_text="Counts the openings; an older one cannot overwrite."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closing = models.CharField(max_length=12, choices=Closing, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exam", "candidate"],
                condition=Q(closed_at=None),
                name="one_open_attempt_a_candidate",
            ),
            models.UniqueConstraint(
                fields=["exam", "candidate", "number"], name="one_attempt_a_number"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closing="")
                | Q(closed_at__isnull=False) & ~Q(closing=""),
                name="a_closed_attempt_says_how",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gte=F("deadline_at")),
                name="an_attempt_closes_after_its_deadline",
            ),
        ]
        indexes = [
            models.Index(
                fields=["closes_at"], condition=Q(closed_at=None), name="attempts_to_close"
            )
        ]

    def __str__(self) -> str:
        return f"{self.public_id}"


class Response(models.Model):
    """What stands as the answer at one position. Order is (epoch, sequence)."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="responses")
    position = models.PositiveSmallIntegerField()
    chosen = models.JSONField(default=list)
    flagged = models.BooleanField(default=False)
    epoch = models.PositiveIntegerField(default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_response_a_position")
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.position}"


class ResponseEntry(models.Model):
    """The journal behind the answers: everything that ever arrived, in the order of arrival."""

    append_only = True

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="journal")
    position = models.PositiveSmallIntegerField()
    chosen = models.JSONField()
    flagged = models.BooleanField(default=False)
    epoch = models.PositiveIntegerField()
    sequence = models.PositiveBigIntegerField()
    is_late = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.position} {self.received_at:%H:%M:%S}"


class Score(models.Model):
    """What an attempt scored. Scores are appended; the last one counts."""

    append_only = True

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="scores")
    raw = models.PositiveSmallIntegerField()
    maximum = models.PositiveSmallIntegerField()
    cut = models.PositiveSmallIntegerField()
    by_topic = models.JSONField()
    reason = models.CharField(max_length=40)
    scored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    scored_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        get_latest_by = "pk"
        constraints = [
            models.CheckConstraint(
                condition=Q(raw__lte=F("maximum")), name="a_score_within_its_maximum"
            ),
            models.CheckConstraint(
                condition=Q(cut__lte=F("maximum")), name="a_cut_within_its_maximum"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.raw}/{self.maximum}"

    @property
    def passed(self) -> bool:
        return self.raw >= self.cut
