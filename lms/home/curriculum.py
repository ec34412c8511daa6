"""The courses that an instructor teaches: where they are edited, and what no release holds yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import get_language
from wagtail.models import Page

from accounts.models import User
from courses.models import Course, CoursePage, Release


@dataclass(frozen=True)
class Taught:
    """One course of an instructor: its page in the editor, its last release, what came since."""

    code: str
    title: str
    page_id: int | None
    release: int | None
    released_at: datetime | None
    published_since: int
    drafts: int


def own_courses(person: User) -> list[Taught]:
    """Return the courses that a person teaches, without specimens, by title."""
    last = Release.objects.filter(course=OuterRef("pk")).order_by("-number")
    courses = list(
        Course.objects.filter(instructors=person, is_specimen=False).annotate(
            release_number=Subquery(last.values("number")[:1]),
            released_at=Subquery(last.values("published_at")[:1]),
        )
    )
    roots = list(
        CoursePage.objects.filter(translation_key__in=[course.key for course in courses])
        .select_related("locale")
        .order_by("path")
    )
    inside = Q(pk__in=[])
    for root in roots:
        inside |= Q(path__startswith=root.path)
    pages = list(
        Page.objects.filter(inside).values_list(
            "path", "last_published_at", "has_unpublished_changes"
        )
    )
    return sorted((taught(course, roots, pages) for course in courses), key=lambda one: one.title)


def taught(course: Any, roots: list[Any], pages: list[tuple[str, datetime | None, bool]]) -> Taught:
    """Put together what is known of one course."""
    language = get_language() or "en"
    own = [root for root in roots if root.translation_key == course.key]
    here = next(
        (root for root in own if root.locale.language_code == language), own[0] if own else None
    )
    of_course = [page for page in pages if any(page[0].startswith(root.path) for root in own)]
    since = [
        at for _, at, _ in of_course if at and (not course.released_at or at > course.released_at)
    ]
    return Taught(
        code=course.code,
        title=here.title if here else course.code,
        page_id=here.pk if here else None,
        release=course.release_number,
        released_at=course.released_at,
        published_since=len(since),
        drafts=sum(1 for _, _, has_draft in of_course if has_draft),
    )
