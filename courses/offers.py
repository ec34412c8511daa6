"""What is offered to who looks at the catalogue: the latest release of each course, in words and hours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import get_language

from courses.models import (
    Course,
    CoursePage,
    Enrolment,
    Profile,
    ProfileVersion,
    Release,
    ReleaseUnit,
    Unit,
)


@dataclass(frozen=True)
class ModuleOffer:
    """A module as a stranger may see it: no lesson, but what one learns and how long it takes."""

    title: str
    summary: str
    objectives: list[str]
    minutes: int


@dataclass(frozen=True)
class Offer:
    """A course page with what its latest release holds."""

    page: CoursePage
    course: Course
    release: Release | None
    modules: list[ModuleOffer] = field(default_factory=list)
    minutes_live: int = 0
    minutes_alone: int = 0
    items: int = 0
    profiles: Sequence[ProfileVersion] = ()
    enrolment: Enrolment | None = None

    @property
    def minutes(self) -> int:
        """All minutes."""
        return self.minutes_live + self.minutes_alone

    @property
    def weeks(self) -> int:
        """How many weeks it takes at four hours a week, rounded up."""
        return -(-self.minutes // 240)

    @property
    def languages(self) -> list[str]:
        """The names of the languages that it can be studied in."""
        names = dict(settings.LANGUAGES)
        codes = self.release.outline["languages"] if self.release else []
        return [str(names.get(code, code)) for code in codes]


def of_catalogue(catalogue: Any) -> list[Offer]:
    """Return the offers of a catalogue page, in its order; the hidden ones are not there. Four queries."""
    return _offers(
        list(CoursePage.objects.live().child_of(catalogue).order_by("path")), hidden=False
    )


def of_page(page: CoursePage, person: Any) -> Offer | None:
    """Return what one course page offers, with the profiles to choose from and the reader's own place."""
    found = next(iter(_offers([page], hidden=True)), None)
    if found is None:
        return None
    own = person if person and person.is_authenticated else None
    enrolment = Enrolment.objects.filter(trainee=own, course=found.course).first() if own else None
    return Offer(**{**vars(found), "profiles": latest_profiles(), "enrolment": enrolment})


def latest_profiles() -> list[ProfileVersion]:
    """Return the newest version of each profile, by name. Two queries."""
    newest: dict[int, ProfileVersion] = {}
    offered = ProfileVersion.objects.filter(profile__is_specimen=False).select_related("profile")
    for version in offered.order_by("profile_id", "number"):
        newest[version.profile_id] = version
    return sorted(newest.values(), key=str)


def _offers(pages: Iterable[CoursePage], *, hidden: bool) -> list[Offer]:
    found = Course.objects.filter(key__in=[page.translation_key for page in pages])
    courses = {
        course.key: course for course in (found if hidden else found.filter(is_hidden=False))
    }
    releases: dict[int, Release] = {}
    for release in (
        Release.objects.filter(course__in=courses.values())
        .order_by("number")
        .prefetch_related("exams")
    ):
        releases[release.course_id] = release
    minutes = _minutes(releases.values())
    return [
        _offer(page, course, releases.get(course.pk), minutes)
        for page in pages
        if (course := courses.get(page.translation_key))
    ]


def _minutes(releases: Iterable[Release]) -> dict[tuple[int, int, str], int]:
    """Return minutes by release, module and mode."""
    rows = ReleaseUnit.objects.filter(release__in=releases).values_list("release", "module", "mode")
    return {
        (row[0], row[1], row[2]): row[3] for row in rows.annotate(sum=Sum("minutes")).order_by()
    }


def _offer(
    page: CoursePage,
    course: Course,
    release: Release | None,
    minutes: dict[tuple[int, int, str], int],
) -> Offer:
    if release is None:
        return Offer(page=page, course=course, release=None)
    language = get_language() or settings.LANGUAGE_CODE
    own = {key[1:]: total for key, total in minutes.items() if key[0] == release.pk}
    return Offer(
        page=page,
        course=course,
        release=release,
        modules=[
            ModuleOffer(
                title=_in(module["titles"], language),
                summary=_in(module["summaries"], language),
                objectives=_in(module["objectives"], language),
                minutes=sum(total for (of, _mode), total in own.items() if of == number),
            )
            for number, module in enumerate(release.outline["modules"], start=1)
        ],
        minutes_live=sum(total for (_of, mode), total in own.items() if mode == Unit.Mode.LIVE),
        minutes_alone=sum(total for (_of, mode), total in own.items() if mode != Unit.Mode.LIVE),
        items=sum(
            cell["count"] for exam in release.exams.all() for cell in exam.rules["blueprint"]
        ),
    )


def _in(texts: dict[str, Any], language: str) -> Any:
    return texts.get(language) or next(iter(texts.values()), "")


def profile_of(code: str) -> Profile | None:
    """Return a profile that may be chosen, by its code."""
    return Profile.objects.offered().filter(code=code).first()
