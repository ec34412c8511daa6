"""What the editor knows of courses: minutes and tags of units, releases, private documents."""

from typing import Any

from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from courses import crediting, publishing
from courses.editing import keep_course, keep_figures
from courses.forms import CourseInput
from courses.models import Course, CoursePage, LessonPage, LiveUnitPage
from courses.views import files, office, releases


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Say in the audit log, in words, what our staff verbs did."""
    actions.register_action(
        publishing.LOG_ACTION, _("Publish a release"), _("A release was published")
    )
    actions.register_action(
        crediting.CREDITED, _("Count a unit"), _("A unit was counted by an instructor")
    )
    actions.register_action(
        crediting.REVERSED, _("Take minutes back"), _("An hour entry was taken back")
    )
    actions.register_action(office.LOG_ACTION, _("Enrol a trainee"), _("The office gave a place"))


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    return [
        path("releases/", releases.list_courses, name="courses_releases"),
        path("releases/<slug:code>/", releases.show_release, name="courses_release"),
        path("enrolments/", office.list_places, name="courses_places"),
        path("media/<path:name>", files.show_media, name="courses_media"),
        path("enrolments/new/", office.enrol_trainee, name="courses_enrol"),
    ]


@hooks.register("register_admin_menu_item")
def register_releases_menu() -> MenuItem:
    return ReleasesMenuItem(_("Releases"), reverse("courses_releases"), icon_name="tag", order=310)


class ReleasesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who teach and to administrators."""
        return request.user.has_perm("courses.teach_course") or request.user.has_perm(
            "courses.change_course"
        )


@hooks.register("register_admin_menu_item")
def register_places_menu() -> MenuItem:
    return PlacesMenuItem(_("Enrolments"), reverse("courses_places"), icon_name="group", order=305)


class PlacesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to the office."""
        return bool(request.user.has_perm("courses.view_enrolment"))


@hooks.register("register_page_header_buttons")
def release_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    """Offer the door to a release on the course page itself."""
    if isinstance(page.specific_deferred, CoursePage):
        course = Course.objects.filter(key=page.translation_key).first()
        if course and publishing.may_publish(user, course):
            url = reverse("courses_release", args=[course.code])
            yield Button(_("Publish a release"), url, icon_name="tag", priority=60)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def keep_what_hangs_on_keys(request: HttpRequest, page: Page) -> None:
    """Keep minutes and tags of a unit, and the record of a course, under the translation key."""
    if isinstance(page, LessonPage | LiveUnitPage):
        keep_figures(page, request.POST)
    if isinstance(page, CoursePage):
        keep_course(page, request.user)


@hooks.register("before_serve_document")
def refuse_strangers(document: Any, request: HttpRequest) -> None:
    """Documents are for those who write; trainees get the copies of their release from their own page."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404


@hooks.register("insert_editor_js")
def load_sums() -> str:
    """Keep the sums of a unit's tags in sight while minutes are typed."""
    return format_html(
        '<script type="module" src="{}"></script>', versioned_static("js/lesson-figures.js")
    )


class CourseViewSet(SnippetViewSet):
    """What stands about a course beside its pages: exam, instructors, whether it is hidden."""

    model = Course
    icon = "folder-open-inverse"
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["code", "exam", "is_hidden"]
    edit_handler = ObjectList(
        [
            FieldPanel("exam"),
            FieldPanel("instructors", widget=CheckboxSelectMultiple),
            FieldPanel("is_hidden"),
            FieldPanel("is_specimen"),
        ],
        base_form_class=CourseInput,
    )


register_snippet(CourseViewSet)
