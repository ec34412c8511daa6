"""The bank in the editor: items, topics and exams, under one heading."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.contrib import messages
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.models import WorkflowState
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from exams.forms.exam import LanguageChoice, LevelChoice, TopicInput
from exams.forms.item import LANGUAGES, OPTION_IDS, ItemInput
from exams.models import Exam, Item, Topic

STATUSES = [
    ("draft", gettext_lazy("Draft")),
    ("review", gettext_lazy("In review")),
    ("live", pgettext_lazy("status of an item", "Live")),
    ("changed", gettext_lazy("Live, with changes waiting")),
]


def in_review() -> Exists:
    """Return whether an item's workflow is running, as a condition of its row."""
    return Exists(
        WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS,
            base_content_type__app_label="exams",
            base_content_type__model="item",
            object_id=Cast(OuterRef("pk"), CharField()),
        )
    )


class ItemFilters(WagtailFilterSet):
    """Topic, level, and where in its life an item is."""

    status = django_filters.ChoiceFilter(
        label=gettext_lazy("Status"), choices=STATUSES, method="by_status"
    )

    class Meta:
        model = Item
        fields = ["topic", "level"]

    def by_status(self, items: QuerySet[Item], _name: str, status: str) -> QuerySet[Item]:
        """Keep the items of one status."""
        return items.filter(
            {
                "draft": Q(live=False),
                "review": Q(is_in_review=True),
                "live": Q(live=True),
                "changed": Q(live=True, has_unpublished_changes=True),
            }[status]
        )


def status_of(item: Any) -> str:
    """Say in words where an item is in its life."""
    if item.is_in_review:
        return _("In review")
    if not item.live:
        return _("Draft")
    if item.has_unpublished_changes:
        return _("Live, with changes waiting")
    return pgettext("status of an item", "Live")


def stem_of(item: Item) -> str:
    """Return how the question begins, in English where there is any."""
    stems = {text.language: text.stem for text in item.texts.all()}
    stem = stems.get("en") or next(iter(stems.values()), "")
    return stem if len(stem) <= 90 else f"{stem[:88]}…"


def side_by_side(name: str) -> FieldRowPanel:
    """Return one row: the same field in every language."""
    return FieldRowPanel([FieldPanel(f"{name}_{language}") for language in LANGUAGES])


class ItemViewSet(SnippetViewSet):
    """Items: what an author writes, what a second person reviews."""

    model = Item
    icon = "help"
    menu_label = gettext_lazy("Items")
    add_to_reference_index = False
    list_per_page = 50
    ordering = ["topic__position", "code"]
    list_display = [
        "code",
        Column("stem", label=gettext_lazy("Question"), accessor=stem_of),
        Column("topic", label=gettext_lazy("Topic"), sort_key="topic__position"),
        Column(
            "level", label=gettext_lazy("Level"), accessor="get_level_display", sort_key="level"
        ),
        Column("status", label=gettext_lazy("Status"), accessor=status_of),
        UpdatedAtColumn(),
    ]
    filterset_class = ItemFilters
    search_fields = ["code", "texts__stem"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("topic")]),
            FieldRowPanel([FieldPanel("level"), FieldPanel("tag_words")]),
            MultiFieldPanel([side_by_side("stem")], heading=gettext_lazy("Question")),
            MultiFieldPanel(
                [
                    HelpPanel(
                        gettext_lazy(
                            "Three or four options. Leave option D empty for three. Candidates see them in random order."
                        )
                    ),
                    *(side_by_side(f"option_{option}") for option in OPTION_IDS),
                    FieldPanel("key"),
                ],
                heading=gettext_lazy("Options"),
            ),
            MultiFieldPanel(
                [side_by_side("rationale")],
                heading=gettext_lazy("Why it is right (candidates never see this)"),
            ),
        ],
        base_form_class=ItemInput,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Item]:
        """Return items with all that a line of the list shows: a constant number of queries."""
        shown: QuerySet[Item] = Item.objects.annotate(is_in_review=in_review())
        return shown.select_related("topic").prefetch_related("texts")


class TopicViewSet(SnippetViewSet):
    """The content areas of exams."""

    model = Topic
    icon = "tag"
    menu_label = gettext_lazy("Topics")
    list_display = ["__str__", "code", "domain", "position"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name_en"), FieldPanel("name_es")]),
            FieldRowPanel([FieldPanel("code"), FieldPanel("domain"), FieldPanel("position")]),
        ],
        base_form_class=TopicInput,
    )


class ExamViewSet(SnippetViewSet):
    """Exams: rules, words and blueprint. A running attempt keeps the rules that it began with."""

    model = Exam
    icon = "form"
    menu_label = gettext_lazy("Exams")
    list_display = ["__str__", "code", "minutes", "cut_percent", "attempts_max"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("is_practice_length")]),
            FieldRowPanel(
                [FieldPanel("minutes"), FieldPanel("grace_seconds"), FieldPanel("cut_percent")]
            ),
            FieldRowPanel([FieldPanel("attempts_max"), FieldPanel("wait_hours")]),
            InlinePanel(
                "texts",
                heading=gettext_lazy("Words, one for each language"),
                panels=[
                    FieldPanel("language", widget=LanguageChoice),
                    FieldPanel("title"),
                    FieldPanel("instructions"),
                ],
                min_num=len(LANGUAGES),
            ),
            InlinePanel(
                "blueprint",
                heading=gettext_lazy("Blueprint: how many items of each topic and level"),
                panels=[
                    FieldRowPanel(
                        [
                            FieldPanel("topic"),
                            FieldPanel("level", widget=LevelChoice),
                            FieldPanel("count"),
                        ]
                    )
                ],
                min_num=1,
            ),
        ]
    )


class BankGroup(SnippetViewSetGroup):
    """The editor's menu entry for all of it."""

    menu_label = gettext_lazy("Exam bank")
    menu_icon = "help"
    menu_order = 250
    items = (ItemViewSet, ExamViewSet, TopicViewSet)


register_snippet(BankGroup)


@hooks.register("before_delete_snippet")
def keep_used_items(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """Say plainly why an item that was live is kept, instead of a bare refusal."""
    used = [item for item in instances if isinstance(item, Item) and item.versions.exists()]
    if not used:
        return None
    codes = ", ".join(item.code for item in used)
    words = ngettext(
        "%(codes)s was live, so exams and results stand on it. It is kept. You can write a better version of it.",
        "%(codes)s were live, so exams and results stand on them. They are kept. You can write better versions of them.",
        len(used),
    )
    messages.warning(request, words % {"codes": codes})
    return redirect("wagtailsnippets_exams_item:list")
