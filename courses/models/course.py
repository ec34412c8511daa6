"""A course and its units, each one thing in all languages: what hours and tags hang on."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exams.models import Exam


class TagSet(models.Model):
    """A set of tags that a certifying body counts by. In an exclusive set a minute has one tag."""

    code = models.SlugField(max_length=20, unique=True)
    names = models.JSONField(default=dict)
    is_exclusive = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.names.get(get_language() or "en") or self.names.get("en") or self.code


class Tag(models.Model):
    """A domain, competency or category of a tag set."""

    tag_set = models.ForeignKey(TagSet, on_delete=models.PROTECT, related_name="tags")
    code = models.SlugField(max_length=20)
    names = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["tag_set", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["tag_set", "code"], name="one_tag_a_code")]

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        """Return the tag's name in a language, or in English, or its code."""
        return self.names.get(language) or self.names.get("en") or self.code


class Course(models.Model):
    """A course in all its languages. Its pages share `key` as their translation key."""

    key = models.UUIDField(unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    exam = models.ForeignKey(
        Exam,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="courses",
        verbose_name=_("exam"),
    )
    instructors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="courses_taught",
        verbose_name=_("instructors"),
    )
    is_hidden = models.BooleanField(
        _("hidden"), default=False, help_text=_("In no list; enrolment by the office only.")
    )
    is_specimen = models.BooleanField(
        _("specimen"),
        default=False,
        help_text=_("Its certificates say SPECIMEN and count nowhere."),
    )

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        permissions = [("teach_course", "May teach a course that names them as an instructor")]

    def __str__(self) -> str:
        return self.code

    def is_taught_by(self, person: Any) -> bool:
        """Say whether a person is among the instructors of this course."""
        return self.instructors.filter(pk=person.pk).exists()


class Unit(models.Model):
    """A lesson or live unit in all languages: its minutes, its mode, its tags."""

    class Mode(models.TextChoices):
        SELF_PACED = "self_paced", _("At your own pace")
        LIVE = "live", _("Live")

    key = models.UUIDField(
        unique=True, editable=False, help_text="The translation key of its pages."
    )
    mode = models.CharField(_("mode"), max_length=12, choices=Mode)
    minutes = models.PositiveIntegerField(_("minutes"), default=0)

    def __str__(self) -> str:
        return f"{self.key} ({self.minutes} min)"

    @staticmethod
    def of(key: UUID) -> "Unit | None":
        """Return the unit of a page's translation key, or None before it was saved."""
        return Unit.objects.filter(key=key).first()


class Allocation(models.Model):
    """Minutes of a unit that count for a tag; one unit counts in several sets at once."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="allocations")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="allocations")
    minutes = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "tag"], name="one_allocation_a_tag"),
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0), name="an_allocation_has_minutes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id}: {self.minutes}"
