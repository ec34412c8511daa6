"""The curriculum as frozen for those who enrol now: its own copy, whatever becomes of the pages."""

from typing import Any

from django.conf import settings
from django.db import models

from courses.models.course import Course, Unit
from exams.models import Exam


class Release(models.Model):
    """One frozen curriculum of a course: titles, modules and their order, in each language."""

    append_only = True

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    outline = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="releases"
    )

    class Meta:
        get_latest_by = "number"
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="one_release_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.course}, release {self.number}"

    def title_in(self, language: str) -> str:
        """Return the course's title as frozen, in a language or in the first one there is."""
        titles: dict[str, str] = self.outline["titles"]
        return titles.get(language) or next(iter(titles.values()))


class ReleaseUnit(models.Model):
    """One lesson or live unit of a release: minutes, allocations and the content it was read in."""

    append_only = True

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="units")
    key = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    module = models.PositiveSmallIntegerField(
        help_text="Position of its module in the outline, from 1."
    )
    mode = models.CharField(max_length=12, choices=Unit.Mode)
    minutes = models.PositiveIntegerField()
    titles = models.JSONField(help_text="language → title")
    allocations = models.JSONField(help_text="tag set code → tag code → minutes")
    content = models.JSONField(
        help_text="language → title, summary, blocks; in a live unit, the plan"
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "key"], name="a_unit_once_a_release"),
            models.UniqueConstraint(fields=["release", "position"], name="one_unit_a_position"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.position}"

    def text_in(self, language: str) -> dict[str, Any]:
        """Return title, summary and blocks in a language, or in the first one there is."""
        text: dict[str, Any] = self.content.get(language) or next(iter(self.content.values()))
        return text

    def title_in(self, language: str) -> str:
        """Return the unit's title in a language, or in the first one there is."""
        return str(self.titles.get(language) or next(iter(self.titles.values())))


class ReleaseFile(models.Model):
    """A picture, recording or document of a release: a copy of its own, named by its hash."""

    append_only = True

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=80, help_text="SHA-256 and suffix: its place under frozen/.")
    content_type = models.CharField(max_length=100)
    title = models.CharField(max_length=255, blank=True)
    size = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "name"], name="a_file_once_a_release")
        ]

    def __str__(self) -> str:
        return self.name


class ReleaseExam(models.Model):
    """The exam of a release with its rules and blueprint as they were frozen."""

    append_only = True

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="exams")
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="release_exams")
    rules = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "exam"], name="an_exam_once_a_release")
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.exam_id}"
