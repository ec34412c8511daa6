"""An exam: its rules, its blueprint, and the frozen forms that were drawn by it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from exams.models.bank import ItemVersion, Topic


class Exam(ClusterableModel):
    """The rules of an exam. They are copied onto each attempt at its start."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=30, validators=[MinValueValidator(1)]
    )
    grace_seconds = models.PositiveSmallIntegerField(_("grace period in seconds"), default=120)
    cut_percent = models.PositiveSmallIntegerField(
        _("least share of points that passes, in percent"),
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    attempts_max = models.PositiveSmallIntegerField(
        _("attempts"), default=3, validators=[MinValueValidator(1)]
    )
    wait_hours = models.PositiveSmallIntegerField(_("hours between attempts"), default=24)
    is_practice_length = models.BooleanField(
        _("practice length"),
        default=False,
        help_text=_("Shorter than an exam that certifies should be; said on its page."),
    )

    class Meta:
        verbose_name = _("exam")
        verbose_name_plural = _("exams")

    def __str__(self) -> str:
        return self.title_in(get_language() or "en")

    def title_in(self, language: str) -> str:
        """Return the exam's title in a language, or in English, or its code."""
        titles = {text.language: text.title for text in self.texts.all()}
        return titles.get(language) or titles.get("en") or self.code


class ExamText(models.Model):
    """The words of an exam in one language."""

    exam = ParentalKey(Exam, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=120)
    instructions = models.TextField(_("instructions"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exam", "language"], name="one_exam_text_a_language")
        ]

    def __str__(self) -> str:
        return self.title


class BlueprintLine(models.Model):
    """How many items one cell (topic and cognitive level; an empty level is any) gives a form."""

    exam = ParentalKey(Exam, on_delete=models.CASCADE, related_name="blueprint")
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic")
    )
    level = models.CharField(_("cognitive level"), max_length=16, blank=True)
    count = models.PositiveSmallIntegerField(
        _("items"), default=1, validators=[MinValueValidator(1)]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exam", "topic", "level"], name="one_line_a_cell")
        ]

    def __str__(self) -> str:
        return f"{self.topic} × {self.count}"


class ExamForm(models.Model):
    """A form as it was drawn: seed and inputs are kept, so that the draw can be repeated.

    `inputs`: the algorithm, the blueprint and the versions that could be drawn. `sha256` is the
    fingerprint of what came out: versions and option orders, position by position.
    """

    append_only = True

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="forms")
    seed = models.CharField(max_length=64)
    inputs = models.JSONField()
    sha256 = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.exam_id}/{self.pk}"


class FormItem(models.Model):
    """One item of a form: which frozen version, in which place, its options in which order."""

    append_only = True

    form = models.ForeignKey(ExamForm, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="form_items")
    option_order = models.JSONField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["form", "position"], name="one_item_a_position"),
            models.UniqueConstraint(fields=["form", "version"], name="an_item_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.version_id}"
