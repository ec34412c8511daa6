"""The pages that instructors write: catalogue, course, module, lesson, live unit.

Trainees study a release, never these pages; strangers who come to a module's or a lesson's address
are led to the course.
"""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from courses.blocks import LessonBody
from courses.models.course import Course


class CataloguePage(Page):
    """The front of the house: what training there is."""

    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CoursePage"]
    template = "courses/catalogue.html"

    class Meta:
        verbose_name = _("catalogue")


class CoursePage(Page):
    """A course: what it is, who it is for, its modules. Minutes and exam stand in `Course`."""

    summary = models.TextField(_("summary"), blank=True)
    description = RichTextField(
        _("description"), blank=True, features=["h2", "h3", "bold", "italic", "ul", "ol", "link"]
    )

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("description")]
    parent_page_types = ["courses.CataloguePage"]
    subpage_types = ["courses.ModulePage"]
    template = "courses/course.html"

    class Meta:
        verbose_name = _("course page")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the course; a hidden one is not there for anyone who may not enrol others."""
        hidden = Course.objects.filter(key=self.translation_key, is_hidden=True).exists()
        if hidden and not request.user.has_perm("courses.enrol_trainee"):
            raise Http404
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response


class UnservedPage(Page):
    """A page that is a part of a course: its own address leads to the course."""

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the course; what is inside is for those who have a place."""
        course = CoursePage.objects.ancestor_of(self).live().first()
        if course is None:
            raise Http404
        return redirect(course.get_url(request))


class ModulePage(UnservedPage):
    """A module: its objectives, its lessons and live units."""

    summary = models.TextField(_("summary"), blank=True)
    objectives = models.TextField(_("objectives"), blank=True, help_text=_("One a line."))

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("objectives")]
    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage", "courses.LiveUnitPage"]
    preview_modes: list[Any] = []

    class Meta:
        verbose_name = _("module")


class LessonPage(UnservedPage):
    """A lesson as it is written. Trainees read it from their release."""

    summary = models.TextField(_("summary"), blank=True)
    body: Any = StreamField(LessonBody(), blank=True, use_json_field=True, verbose_name=_("lesson"))

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    template = "courses/lesson_preview.html"

    class Meta:
        verbose_name = _("lesson")


class LiveUnitPage(UnservedPage):
    """A unit that is taught live, with the instructor's plan. Its minutes are credited by a person."""

    summary = models.TextField(_("summary"), blank=True)
    plan = RichTextField(
        _("plan for the instructor"), blank=True, features=["h3", "bold", "italic", "ul", "ol"]
    )

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("plan")]
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    template = "courses/lesson_preview.html"

    class Meta:
        verbose_name = _("live unit")
