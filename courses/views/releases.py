"""The editor's door to a release: what would change, why it cannot be yet, publish."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from accounts.models import User
from courses import publishing
from courses.models import Course

PARTS = {
    "text": lambda: _("text"),
    "minutes": lambda: _("minutes"),
    "tags": lambda: _("tags"),
    "place": lambda: _("place in the course"),
}


def courses_of(person: User | AnonymousUser) -> Any:
    """Return the courses whose releases a person may publish."""
    if person.has_perm("courses.change_course"):
        return Course.objects.all()
    return Course.objects.filter(instructors=person.pk)


@require_admin_access
def list_courses(request: HttpRequest) -> HttpResponse:
    """List the courses that this person releases, each with its latest release."""
    courses = list(
        courses_of(request.user).prefetch_related("releases__published_by").order_by("code")
    )
    if not courses and not request.user.has_perm("courses.teach_course"):
        raise PermissionDenied
    rows = [
        {
            "course": course,
            "latest": max(course.releases.all(), key=lambda one: one.number, default=None),
        }
        for course in courses
    ]
    return render(request, "courses/admin/releases.html", {"rows": rows})


@require_admin_access
def show_release(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a release would change; on POST, publish it."""
    course = get_object_or_404(courses_of(request.user), code=code)
    if request.method == "POST":
        return _publish(request, course)
    changes = publishing.changes_since(course)
    context = {
        "course": course,
        "changes": changes,
        "changed": [
            (title, ", ".join(PARTS[part]() for part in parts)) for title, parts in changes.changed
        ],
        "history": course.releases.select_related("published_by").order_by("-number")[:20],
    }
    return render(request, "courses/admin/release.html", context)


def _publish(request: HttpRequest, course: Course) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101  (require_admin_access has asked)
    try:
        release = publishing.publish_release(course=course, by=request.user, now=timezone.now())
    except publishing.Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    else:
        text = _("Release %(number)d is what those who enrol from now on will study.")
        messages.success(request, text % {"number": release.number})
    return redirect("courses_release", code=course.code)
