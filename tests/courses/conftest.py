"""A small course in two languages, written as an instructor writes it, and a trainee in it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from wagtail.models import Locale, Page

from accounts.fingerprints import fingerprint
from accounts.models import User
from courses import enrolment as enrolling
from courses import studying
from courses.figures import Figures, write_figures
from courses.loading import load_reference
from courses.models import (
    CataloguePage,
    Course,
    CoursePage,
    Enrolment,
    LessonPage,
    LiveUnitPage,
    ModulePage,
    Profile,
    ProfileVersion,
    Release,
    ReleaseUnit,
    Tag,
)
from courses.publishing import publish_release

NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
LANGUAGES = ("en", "es")


def published(parent: Page, page: Any, by: User | None = None) -> Any:
    """Add a page as the editor does: a draft, then a revision that goes live."""
    page.live = False
    parent.add_child(instance=page)
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    page.refresh_from_db()
    return page


def body(language: str, *, words: str = "Hello") -> list[dict[str, Any]]:
    """Return a lesson's raw stream: text, one check, one reflection."""
    options = [
        {
            "type": "item",
            "id": "a",
            "value": {"text": f"Ask ({language})", "feedback": "Yes.", "is_key": True},
        },
        {
            "type": "item",
            "id": "b",
            "value": {"text": f"Tell ({language})", "feedback": "Not so.", "is_key": False},
        },
    ]
    return [
        {"type": "text", "id": "opening", "value": f"<h2>{words} {language}</h2><p>Read this.</p>"},
        {
            "type": "knowledge_check",
            "id": "check-1",
            "value": {"question": "What first?", "options": options},
        },
        {"type": "reflection", "id": "reflect-1", "value": {"prompt": "What helps you?"}},
    ]


class Written:
    """The pages of a small course: one module with two lessons and a live unit, in two languages."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.key, self.module_key = uuid4(), uuid4()
        self.lesson_key, self.second_key, self.live_key = uuid4(), uuid4(), uuid4()
        self.pages: dict[tuple[str, str], Any] = {}
        root = Page.get_first_root_node()
        for code in LANGUAGES:
            locale = Locale.objects.get_or_create(language_code=code)[0]
            catalogue = published(
                root, CataloguePage(title="Courses", slug=f"small-{code}", locale=locale)
            )
            course = published(
                catalogue,
                CoursePage(
                    title=f"Small ({code})", slug="small", locale=locale, translation_key=self.key
                ),
            )
            module = published(
                course,
                ModulePage(
                    title=f"Module ({code})",
                    slug="m",
                    locale=locale,
                    translation_key=self.module_key,
                    objectives="One\nTwo",
                ),
            )
            self.pages |= {
                ("course", code): course,
                ("module", code): module,
                ("catalogue", code): catalogue,
            }
            self.add_lesson("lesson", self.lesson_key, code)
            self.add_lesson("second", self.second_key, code)
            self.pages["live", code] = published(
                module,
                LiveUnitPage(
                    title=f"Live ({code})",
                    slug="live",
                    locale=locale,
                    translation_key=self.live_key,
                    plan="<p>Plan</p>",
                ),
            )
        self.course = Course.objects.create(key=self.key, code="small")
        self.course.instructors.add(by)
        self.write_figures()

    def add_lesson(self, name: str, key: UUID, code: str) -> None:
        module = self.pages["module", code]
        page = LessonPage(
            title=f"{name.title()} ({code})",
            slug=name,
            locale=module.locale,
            translation_key=key,
            body=body(code),
        )
        self.pages[name, code] = published(module, page, self.by)

    def write_figures(self) -> None:
        tags = {tag.code: tag.pk for tag in Tag.objects.filter(tag_set__code="icrc")}
        overlay = Tag.objects.get(tag_set__code="ca17", code="1").pk
        for key, mode, minutes in (
            (self.lesson_key, "self_paced", 30),
            (self.second_key, "self_paced", 45),
            (self.live_key, "live", 60),
        ):
            by_tag = {tags["ER"]: 10, tags["RW"]: minutes - 10, overlay: minutes}
            write_figures(key=key, figures=Figures(mode=mode, minutes=minutes, by_tag=by_tag))


@pytest.fixture
def reference(db: None) -> None:
    load_reference(now=NOW)


@pytest.fixture
def written(reference: None, erin: User) -> Written:
    """The pages of the small course; Erin teaches it."""
    return Written(erin)


@pytest.fixture
def release(written: Written, erin: User) -> Release:
    return publish_release(course=written.course, by=erin, now=NOW)


def make_profile(code: str, rules: list[dict[str, Any]]) -> Profile:
    """Make a profile with one version that asks these rules."""
    profile = Profile.objects.create(code=code)
    ProfileVersion.objects.create(
        profile=profile,
        number=1,
        names={"en": f"Profile {code}"},
        certifier="A board",
        rules={"all": rules},
        checked_on="2026-11-01",
        confidence="H",
        effective_on="2026-01-01",
        sha256=fingerprint(rules),
    )
    return profile


@pytest.fixture
def profile(reference: None) -> Profile:
    """Asks the hours of the whole small course, and no more."""
    return make_profile(
        "small", [{"kind": "hours_total", "minutes": 135}, {"kind": "external", "code": "state"}]
    )


@pytest.fixture
def place(release: Release, profile: Profile, alice: User) -> Enrolment:
    """Alice's place in the small course."""
    return enrolling.enrol(trainee=alice, course=release.course, profile=profile, now=NOW)


def unit(place: Enrolment, key: UUID) -> ReleaseUnit:
    return place.release.units.get(key=key)


def do_parts(place: Enrolment, key: UUID, now: datetime = NOW) -> None:
    """Answer the check and write the reflection of a lesson."""
    found = unit(place, key)
    studying.answer_check(enrolment=place, unit=found, block_id="check-1", chosen="b", now=now)
    studying.write_reflection(
        enrolment=place, unit=found, block_id="reflect-1", text="Quiet.", now=now
    )


Signed = Callable[[User], None]
