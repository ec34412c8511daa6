"""What a trainee did and earned: the enrolment, progress, the hours ledger, the completion."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.course import Course, Unit
from courses.models.profile import ProfileVersion
from courses.models.release import Release, ReleaseUnit


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def held_by(self, person: Any) -> "EnrolmentQuerySet":
        """A trainee's own: the look-up that is the permission."""
        return self.filter(trainee=person)

    def taught_by(self, person: Any) -> "EnrolmentQuerySet":
        """Those in the courses that an instructor teaches, and no others."""
        return self.filter(course__instructors=person)

    def counted(self) -> "EnrolmentQuerySet":
        """Those that reports count: none in a specimen course."""
        return self.filter(course__is_specimen=False)


class Enrolment(models.Model):
    """A trainee's place in a course, pinned to a release and to one version of a profile."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    trainee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments"
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="enrolments")
    profile_version = models.ForeignKey(
        ProfileVersion, on_delete=models.PROTECT, related_name="enrolments"
    )
    enrolled_at = models.DateTimeField()
    checked_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When completion was last asked for and something was outstanding.",
    )

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        permissions = [("enrol_trainee", "May enrol a trainee in a course, hidden ones too")]
        constraints = [
            models.UniqueConstraint(fields=["trainee", "course"], name="one_place_a_trainee")
        ]

    def __str__(self) -> str:
        return f"{self.public_id}"


class Progress(models.Model):
    """How far a trainee is in one unit, and what was answered at its knowledge checks."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="progress")
    unit_key = models.UUIDField()
    opened_at = models.DateTimeField()
    checks = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "unit_key"], name="one_progress_a_unit")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.unit_key}"


class Reflection(models.Model):
    """What a trainee wrote for themselves. Private: evidence says only that one was written."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="reflections")
    unit_key = models.UUIDField()
    block = models.CharField(max_length=60)
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "unit_key", "block"], name="one_reflection_a_block"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.block}"


class HourEntryQuerySet(models.QuerySet["HourEntry"]):
    def earned_by(self, person: Any) -> "HourEntryQuerySet":
        """A person's whole chain, over all enrolments, in its order."""
        return self.filter(trainee=person).order_by("number")

    def standing(self) -> "HourEntryQuerySet":
        """The lines that gave minutes and were not taken back."""
        return self.filter(reverses=None, reversed_by=None)


class HourEntry(models.Model):
    """One line of the hours ledger. Never edited, never deleted: a reversal is a line of its own.

    A person's lines are one chain, over all enrolments: each holds the hash of the one before it.
    """

    class Reason(models.TextChoices):
        """Why a line was taken back."""

        WRONG_PERSON = "wrong_person", _("It was for someone else")
        WRONG_UNIT = "wrong_unit", _("It was another unit")
        WRONG_TIME = "wrong_time", _("The date or the time was wrong")
        NOT_ATTENDED = "not_attended", _("They did not take part")
        INTEGRITY = "integrity", _("The work was not their own")

    append_only = True

    trainee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hours"
    )
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="hours")
    number = models.PositiveIntegerField(help_text="Place in the trainee's chain, from 1.")
    cause = models.CharField(max_length=120, help_text="What it is for; once only in an enrolment.")
    unit = models.ForeignKey(ReleaseUnit, on_delete=models.PROTECT, related_name="hours")
    minutes = models.IntegerField(help_text="Whole credited minutes; below zero in a reversal.")
    mode = models.CharField(max_length=12, choices=Unit.Mode)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    allocations = models.JSONField(help_text="tag set code → tag code → minutes of this entry")
    evidence = models.JSONField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="hours_recorded"
    )
    recorded_at = models.DateTimeField()
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)

    objects = HourEntryQuerySet.as_manager()

    class Meta:
        ordering = ["trainee", "number"]
        verbose_name = _("hour entry")
        verbose_name_plural = _("hour entries")
        constraints = [
            models.UniqueConstraint(fields=["trainee", "number"], name="one_hour_entry_a_number"),
            models.UniqueConstraint(fields=["enrolment", "cause"], name="one_hour_entry_a_cause"),
            models.CheckConstraint(
                condition=Q(reverses=None, minutes__gt=0)
                | Q(reverses__isnull=False, minutes__lt=0),
                name="only_a_reversal_is_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__gte=F("started_at")), name="an_interval_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee_id}/{self.number}: {self.minutes} min"


class Completion(models.Model):
    """The fact that all requirements within our power were met, with what they were met by."""

    append_only = True

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="completions")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="completions")
    profile_version = models.ForeignKey(
        ProfileVersion, on_delete=models.PROTECT, related_name="completions"
    )
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    completed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "release"], name="one_completion_a_release"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.completed_at:%Y-%m-%d}"
