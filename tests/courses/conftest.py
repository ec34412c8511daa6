"""A small course in two languages, written as an instructor writes it, and a trainee in it."""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

import pytest
from wagtail.models import Locale, Page

from accounts.fingerprints import fingerprint
from accounts.models import User
from courses import crediting, studying
from courses import enrolment as enrolling
from courses.drafting import allocations_of
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
    ReleaseExam,
    ReleaseUnit,
    Tag,
    Unit,
)
from exams.publishing import rules_of

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
    """A small course: one module with two lessons and a live unit, in two languages.

    Its pages are written when they are first asked for: that takes a second or two.
    """

    def __init__(self, by: User) -> None:
        self.by = by
        self.key, self.module_key, self.catalogue_key = uuid4(), uuid4(), uuid4()
        self.lesson_key, self.second_key, self.live_key = uuid4(), uuid4(), uuid4()
        self.course = Course.objects.create(key=self.key, code="small")
        self.course.instructors.add(by)
        self.write_figures()

    @cached_property
    def pages(self) -> dict[tuple[str, str], Any]:
        """The pages by name and language, as an instructor writes them."""
        self._pages: dict[tuple[str, str], Any] = {}
        for code in LANGUAGES:
            self.write_pages(Locale.objects.get_or_create(language_code=code)[0], code)
        return self._pages

    def write_pages(self, locale: Locale, code: str) -> None:
        catalogue = CataloguePage(
            title="Courses", slug=f"small-{code}", locale=locale, translation_key=self.catalogue_key
        )
        published(Page.get_first_root_node(), catalogue)
        course = published(
            catalogue,
            CoursePage(
                title=f"Small ({code})", slug="small", locale=locale, translation_key=self.key
            ),
        )
        module = ModulePage(
            title=f"Module ({code})",
            slug="m",
            locale=locale,
            translation_key=self.module_key,
            objectives="One\nTwo",
        )
        self._pages |= {("course", code): course, ("catalogue", code): catalogue}
        self._pages["module", code] = published(course, module)
        self.add_lesson("lesson", self.lesson_key, code)
        self.add_lesson("second", self.second_key, code)
        live = LiveUnitPage(
            title=f"Live ({code})",
            slug="live",
            locale=locale,
            translation_key=self.live_key,
            plan="<p>Plan</p>",
        )
        self._pages["live", code] = published(module, live)

    def add_lesson(self, name: str, key: UUID, code: str) -> None:
        module = self._pages["module", code]
        page = LessonPage(
            title=f"{name.title()} ({code})",
            slug=name,
            locale=module.locale,
            translation_key=key,
            body=body(code),
        )
        self._pages[name, code] = published(module, page, self.by)

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


def frozen_body(code: str) -> list[dict[str, Any]]:
    """Return what `body` is once it is frozen."""
    options = [
        {"id": "a", "text": f"Ask ({code})", "feedback": "Yes."},
        {"id": "b", "text": f"Tell ({code})", "feedback": "Not so."},
    ]
    return [
        {"id": "opening", "kind": "text", "html": f"<h2>Hello {code}</h2><p>Read this.</p>"},
        {
            "id": "check-1",
            "kind": "knowledge_check",
            "question": "What first?",
            "options": options,
            "key": "a",
        },
        {"id": "reflect-1", "kind": "reflection", "prompt": "What helps you?"},
    ]


def freeze(written: Written, exam: Any = None) -> Release:
    """Write the release of the small course as publishing does, without its pages."""
    module = {
        "key": str(written.module_key),
        "titles": {code: f"Module ({code})" for code in LANGUAGES},
        "summaries": dict.fromkeys(LANGUAGES, ""),
        "objectives": {code: ["One", "Two"] for code in LANGUAGES},
    }
    outline = {
        "languages": list(LANGUAGES),
        "titles": {code: f"Small ({code})" for code in LANGUAGES},
        "summaries": dict.fromkeys(LANGUAGES, ""),
        "modules": [module],
    }
    release = Release.objects.create(
        course=written.course,
        number=1,
        outline=outline,
        sha256="x",
        published_at=NOW,
        published_by=written.by,
    )
    names = {written.lesson_key: "Lesson", written.second_key: "Second", written.live_key: "Live"}
    for position, (key, name) in enumerate(names.items(), start=1):
        figures = Unit.objects.get(key=key)
        is_live = figures.mode == Unit.Mode.LIVE
        content = {
            code: {"title": f"{name} ({code})", "summary": ""}
            | ({"blocks": [], "plan": "<p>Plan</p>"} if is_live else {"blocks": frozen_body(code)})
            for code in LANGUAGES
        }
        ReleaseUnit.objects.create(
            release=release, key=key, position=position, module=1, mode=figures.mode, minutes=figures.minutes,
            titles={code: content[code]["title"] for code in LANGUAGES},
            allocations=allocations_of(figures), content=content,
        )  # fmt: skip
    if exam:
        ReleaseExam.objects.create(release=release, exam=exam, rules=rules_of(exam))
    return release


@pytest.fixture
def release(written: Written) -> Release:
    """The small course as it is frozen."""
    return freeze(written)


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


@pytest.fixture(autouse=True)
def _one_step_to_sign_in(settings: Any) -> None:
    """Let staff in by a password alone: the second step has tests of its own."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def exam(db: None) -> Any:
    """An exam of two topics, without items: its attempts are written by hand."""
    from exams.models import BlueprintLine, Exam, ExamText, Topic  # noqa: PLC0415

    exam = Exam.objects.create(code="small", attempts_max=3, wait_hours=24, is_practice_length=True)
    for code in LANGUAGES:
        ExamText.objects.create(
            exam=exam, language=code, title=f"Exam ({code})", instructions="Take your time."
        )
    for position, (code, domain) in enumerate((("t1", "ER"), ("t2", "RW"))):
        topic = Topic.objects.create(
            code=code,
            names={"en": f"Topic {code}", "es": f"Tema {code}"},
            domain=domain,
            position=position,
        )
        BlueprintLine.objects.create(exam=exam, topic=topic, count=5)
    return exam


def sat(person: User, place: Enrolment, *, raw: int, at: datetime = NOW, number: int = 1) -> Any:
    """Write an attempt that is closed and scored: `raw` of 10 points, 7 pass."""
    from exams.models import Attempt, ExamForm, Score  # noqa: PLC0415

    line = place.release.exams.select_related("exam").get()
    form = ExamForm.objects.create(exam=line.exam, seed="s", inputs={}, sha256="x", drawn_at=at)
    attempt = Attempt.objects.create(
        exam=line.exam, candidate=person, form=form, number=number, language="en", rules=line.rules,
        started_at=at, deadline_at=at, closes_at=at, closed_at=at, closing="submitted",
    )  # fmt: skip
    by_topic = [
        {"topic": "t1", "raw": min(raw, 5), "maximum": 5},
        {"topic": "t2", "raw": max(raw - 5, 0), "maximum": 5},
    ]
    Score.objects.create(
        attempt=attempt,
        raw=raw,
        maximum=10,
        cut=7,
        by_topic=by_topic,
        reason="submitted",
        scored_at=at,
    )
    return attempt


def finish_all(place: Enrolment, written: Written) -> None:
    """Earn every minute of the small course."""
    for key in (written.lesson_key, written.second_key):
        do_parts(place, key)
        crediting.finish_lesson(enrolment=place, unit_key=key, now=NOW)
    crediting.credit_live_unit(
        enrolment=place,
        unit_key=written.live_key,
        by=written.by,
        started_at=NOW - timedelta(hours=3),
        now=NOW,
    )
