"""The item bank: topics, items in all their languages, and their frozen versions."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from exams import interactions


class Topic(models.Model):  # type: ignore[django-manager-missing]  # Item: wagtail has no types
    """A content area of an exam, mapped to a domain of the field (IC&RC: AD, ER, ME, RW)."""

    class Domain(models.TextChoices):
        ADVOCACY = "AD", _("Advocacy")
        ETHICS = "ER", _("Ethical responsibility")
        MENTORING = "ME", _("Mentoring and education")
        RECOVERY = "RW", _("Recovery and wellness")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    names = models.JSONField(_("names"), default=dict)
    domain = models.CharField(_("domain"), max_length=40, blank=True, choices=Domain)
    position = models.PositiveSmallIntegerField(_("place in lists"), default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        """Return the topic's name in a language, or in English, or its code."""
        return self.names.get(language) or self.names.get("en") or self.code


class Item(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel
):
    """One question in all its languages. Option ids and key stand once; the words are children."""

    class Level(models.TextChoices):
        RECALL = "recall", _("Recall")
        COMPREHENSION = "comprehension", _("Comprehension")
        APPLICATION = "application", _("Application")

    class Interaction(models.TextChoices):
        SINGLE_CHOICE = "single_choice", _("One answer out of several")

    code = models.CharField(_("code"), max_length=40, unique=True)
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="items", verbose_name=_("topic")
    )
    level = models.CharField(
        _("cognitive level"), max_length=16, choices=Level, default=Level.APPLICATION
    )
    interaction = models.CharField(
        _("kind"), max_length=32, choices=Interaction, default=Interaction.SINGLE_CHOICE
    )
    definition = models.JSONField(default=dict)
    points = models.PositiveSmallIntegerField(
        _("points"), default=1, validators=[MinValueValidator(1)]
    )
    tags = models.JSONField(_("competency tags"), default=list, blank=True)

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="item",
        for_concrete_model=False,
    )
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="item")

    class Meta(DraftStateMixin.Meta):
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """One preview for each language: an item is looked at as a candidate sees it."""
        return list(settings.LANGUAGES)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "exams/preview_item.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """Return the stem and the options in the author's order. The key is no part of it."""
        text = next((one for one in self.texts.all() if one.language == mode_name), None)
        words = (
            {"stem": text.stem, "options": text.options} if text else {"stem": "", "options": {}}
        )
        order = [
            option for option in self.definition.get("options", ()) if option in words["options"]
        ]
        shown = interactions.of(self.interaction).present(words, order)
        return {"item": self, "language": mode_name, "stem": words["stem"], "options": shown}

    def content(self) -> dict[str, Any]:
        """Return everything that a frozen version keeps, as JSON. It needs `topic` and `texts`."""
        return {
            "code": self.code,
            "topic": self.topic.code,
            "domain": self.topic.domain,
            "level": self.level,
            "tags": self.tags,
            "interaction": self.interaction,
            "points": self.points,
            "definition": self.definition,
            "texts": {
                text.language: {
                    "stem": text.stem,
                    "options": text.options,
                    "rationale": text.rationale,
                }
                for text in self.texts.all()
            },
        }


class ItemText(models.Model):
    """The words of an item in one language: stem, the text of each option, why the key is right."""

    item = ParentalKey(Item, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=8)
    stem = models.TextField(_("stem"))
    options = models.JSONField(default=dict)
    rationale = models.TextField(_("rationale"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "language"], name="one_item_text_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.item} ({self.language})"


class ItemVersionQuerySet(models.QuerySet["ItemVersion"]):
    def current(self) -> "ItemVersionQuerySet":
        """Those that may be drawn: of each live item the newest."""
        newer = ItemVersion.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer), item__live=True)


class ItemVersion(models.Model):
    """An item as it stood when it became operational. Forms and responses refer to this alone.

    Topic and level stand beside the content too, so that a draw reads no content.
    """

    append_only = True

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=16)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    objects = ItemVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_item_version_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.item} v{self.number}"
