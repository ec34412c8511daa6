"""The pages that instructors write: catalogue, course, module, lesson, live unit."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from courses.blocks import LessonBody


class CataloguePage(Page):
    """The front of the house: what training there is."""

    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CoursePage"]
    template = "courses/catalogue.html"


class CoursePage(Page):
    """A course: what it is, who it is for, its modules. Minutes and exam stand in `Course`."""

    summary = models.TextField(_("summary"), blank=True)
    description = RichTextField(_("description"), blank=True, features=["h2", "h3", "bold", "italic", "ul", "ol", "link"])

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("description")]
    parent_page_types = ["courses.CataloguePage"]
    subpage_types = ["courses.ModulePage"]
    template = "courses/course.html"


class ModulePage(Page):
    """A module: its objectives, its lessons and live units."""

    summary = models.TextField(_("summary"), blank=True)
    objectives = models.TextField(_("objectives"), blank=True, help_text=_("One a line."))

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("objectives")]
    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage", "courses.LiveUnitPage"]


class LessonPage(Page):
    """A lesson as it is written. Trainees read it from their release."""

    summary = models.TextField(_("summary"), blank=True)
    body: Any = StreamField(LessonBody(), blank=True, use_json_field=True, verbose_name=_("lesson"))

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    template = "courses/lesson_preview.html"


class LiveUnitPage(Page):
    """A unit that is taught live, with the instructor's plan. Its minutes are credited by a person."""

    summary = models.TextField(_("summary"), blank=True)
    plan = RichTextField(_("plan for the instructor"), blank=True, features=["h3", "bold", "italic", "ul", "ol"])

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("plan")]
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    template = "courses/lesson_preview.html"
