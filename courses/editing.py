"""Minutes and tags on the edit form of a lesson or live unit, with the sums in sight.

They are no part of the page: they stand once for all languages, under the translation key, and are
kept when the page is saved, not when it is previewed.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import Panel

from courses.figures import Figures, faults, write_figures
from courses.models import Course, CoursePage, LessonPage, LiveUnitPage, Tag, TagSet, Unit

PREFIX = "figures"
MINUTES_MAX = 100 * 60


class FiguresInput(forms.Form):
    """The minutes of a unit, and how many of them count for each tag of each set."""

    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=0, max_value=MINUTES_MAX, required=False
    )

    def __init__(self, data: Mapping[str, Any] | None, *, key: UUID, mode: str) -> None:
        super().__init__(data, prefix=PREFIX)
        self.mode = mode
        self.key = key
        self.tags = list(
            Tag.objects.select_related("tag_set").order_by("tag_set__code", "position")
        )
        unit = Unit.of(key)
        self.initial["minutes"] = unit.minutes if unit else 0
        kept = dict(unit.allocations.values_list("tag_id", "minutes")) if unit else {}
        for tag in self.tags:
            self.fields[f"tag_{tag.pk}"] = forms.IntegerField(
                label=str(tag),
                min_value=0,
                max_value=MINUTES_MAX,
                required=False,
                initial=kept.get(tag.pk),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse minutes that would count twice in an exclusive set."""
        cleaned = super().clean() or {}
        for fault in faults(self.figures(), self.tags):
            self.add_error(None, fault)
        return cleaned

    def figures(self) -> Figures:
        """Return what was filled in."""
        by_tag = {tag.pk: self.cleaned_data.get(f"tag_{tag.pk}") or 0 for tag in self.tags}
        return Figures(mode=self.mode, minutes=self.cleaned_data.get("minutes") or 0, by_tag=by_tag)

    def by_set(self) -> Iterator[tuple[TagSet, list[Any], int]]:
        """Yield each tag set with its fields and what they add up to now."""
        sets = {tag.tag_set_id: tag.tag_set for tag in self.tags}
        for pk, tag_set in sets.items():
            fields = [self[f"tag_{tag.pk}"] for tag in self.tags if tag.tag_set_id == pk]
            yield (
                tag_set,
                fields,
                sum(
                    int(field.value() or 0) for field in fields if str(field.value() or 0).isdigit()
                ),
            )


class UnitPageInput(WagtailAdminPageForm):
    """The page's own form, and the figures of its unit beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        data = self.data if f"{PREFIX}-minutes" in self.data else None
        self.figures = FiguresInput(
            data, key=self.instance.translation_key, mode=mode_of(self.instance)
        )

    def clean(self) -> dict[str, Any]:
        """Refuse the page while its figures cannot be."""
        cleaned: dict[str, Any] = super().clean()
        if self.figures.is_bound and not self.figures.is_valid():
            self.add_error(
                None, _("Minutes and tags do not fit together. Please look at them below.")
            )
        return cleaned


class FiguresPanel(Panel):
    """Draws the figures of a unit."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/admin/figures_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "figures": self.form.figures}


def mode_of(page: Any) -> str:
    """Return how a page's unit is taken part in: its type says it."""
    return Unit.Mode.LIVE if isinstance(page, LiveUnitPage) else Unit.Mode.SELF_PACED


def attach() -> None:
    """Put the figures on the edit forms, before Wagtail builds them."""
    for model in (LessonPage, LiveUnitPage):
        model.base_form_class = UnitPageInput
        model.content_panels = [
            *model.content_panels,
            FiguresPanel(heading=_("Minutes and tags (for all languages)")),
        ]


def keep_figures(page: Any, data: Mapping[str, Any]) -> None:
    """Keep the figures that came with a saved page; a form without them changes nothing."""
    if f"{PREFIX}-minutes" not in data:
        return
    figures = FiguresInput(data, key=page.translation_key, mode=mode_of(page))
    if figures.is_valid():
        write_figures(key=page.translation_key, figures=figures.figures())


def keep_course(page: CoursePage, by: Any) -> Course:
    """Make the record of a new course page; who wrote the page teaches the course."""
    course = Course.objects.filter(key=page.translation_key).first()
    if course is None:
        code, number = slugify(page.slug)[:32] or "course", 1
        while Course.objects.filter(code=code if number == 1 else f"{code}-{number}").exists():
            number += 1
        course = Course.objects.create(
            key=page.translation_key, code=code if number == 1 else f"{code}-{number}"
        )
        course.instructors.add(by)
    return course
