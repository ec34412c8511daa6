"""A course that Erin teaches, a place in it, and a start page to look at."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page

from accounts.models import User
from certificates.models import Certificate
from courses.models import (
    CataloguePage,
    CoursePage,
    Enrolment,
    ProfileVersion,
    Release,
)
from exams.models import Exam, ExamText
from tests.factories import make_person
from tests.lms.makers import (
    ASKED,
    NOW,
    certificate_of,
    completed,
    enrolled,
    make_course,
    make_profile,
)


@pytest.fixture
def exam(db: None) -> Exam:
    exam: Exam = Exam.objects.create(code="small")
    ExamText.objects.create(exam=exam, language="en", title="The final exam")
    return exam


@pytest.fixture
def profile(db: None) -> ProfileVersion:
    return make_profile("own", "The Body: peer support", ASKED)


@pytest.fixture
def release(exam: Exam, erin: User) -> Release:
    """A course that Erin teaches."""
    release = make_course("core", "Core training", exam=exam)
    release.course.instructors.add(erin)
    return release


@pytest.fixture(autouse=True)
def _a_password_is_enough(settings: Any) -> None:
    """Staff reach their start page; that a second step is asked for is tested with the accounts."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def tree(db: None) -> Callable[..., CoursePage]:
    """Return what writes a course's page in the catalogue, live, and a lesson under it."""
    locale, _made = Locale.objects.get_or_create(language_code="en")
    root = Page.objects.filter(depth=2, locale=locale).first() or Page.get_first_root_node()
    catalogue = root.add_child(
        instance=CataloguePage(title="Courses", slug="catalogue", locale=locale)
    )

    def write(release: Release, title: str, summary: str) -> CoursePage:
        page: CoursePage = catalogue.add_child(
            instance=CoursePage(
                title=title,
                slug=release.course.code,
                summary=summary,
                locale=locale,
                translation_key=release.course.key,
            )
        )
        return page

    return write


@pytest.fixture
def place(alice: User, release: Release, profile: ProfileVersion) -> Enrolment:
    """Alice's place in the course that Erin teaches."""
    return enrolled(alice, release, profile)


@pytest.fixture
def show(client: Client, alice: User, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return the start page of a person (Alice) as it is on November 14, 2026, at noon in California."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)

    def page(person: User = alice) -> str:
        client.force_login(person)
        return client.get("/").content.decode()

    return page


@pytest.fixture
def issue(release: Release, profile: ProfileVersion) -> Callable[..., Certificate]:
    """Return what gives one more trainee a certificate."""

    def one(name: str, number: str, *, release: Release = release, **what: Any) -> Certificate:
        place = enrolled(make_person(name, email=f"{number}@example.test"), release, profile)
        return certificate_of(completed(place), number, name=name, **what)

    return one
