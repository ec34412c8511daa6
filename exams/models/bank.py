"""The item bank: topics, items in all their languages, and their frozen versions."""

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin


class Topic(models.Model):
    """A content area of an exam, mapped to a domain of the field (IC&RC: AD, ER, ME, RW)."""

    code = models.SlugField(max_length=40, unique=True)
    names = models.JSONField(default=dict)
    domain = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
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
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="items", verbose_name=_("topic"))
    level = models.CharField(_("cognitive level"), max_length=16, choices=Level, default=Level.APPLICATION)
    interaction = models.CharField(
        _("kind"), max_length=32, choices=Interaction, default=Interaction.SINGLE_CHOICE
    )
    definition = models.JSONField(default=dict)
    points = models.PositiveSmallIntegerField(default=1)

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


class ItemText(models.Model):
    """The words of an item in one language: stem, the text of each option, why the key is right."""

    item = ParentalKey(Item, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=8)
    stem = models.TextField(_("stem"))
    options = models.JSONField(default=dict)
    rationale = models.TextField(_("rationale"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "language"], name="one_item_text_a_language")]

    def __str__(self) -> str:
        return f"{self.item} ({self.language})"


class ItemVersion(models.Model):
    """An item as it stood when it became operational. Forms and responses refer to this alone."""

    append_only = True

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_item_version_a_number")]

    def __str__(self) -> str:
        return f"{self.item} v{self.number}"
