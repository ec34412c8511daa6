"""Releases: frozen whole, refused with reasons, the same when nothing changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry

from accounts.models import User
from courses import frozen_files
from courses.figures import Figures, write_figures
from courses.models import Course, Release, ReleaseUnit, Tag, Unit
from courses.publishing import Refused, changes_since, may_publish, publish_release
from tests.courses.conftest import NOW, Written, body, published

LATER = NOW + timedelta(days=1)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" width="20" height="10"><rect width="20" height="10"/></svg>'


@pytest.fixture
def release(written: Written, erin: User) -> Release:
    """The release as it is published from the pages."""
    assert written.pages
    return publish_release(course=written.course, by=erin, now=NOW)


def test_a_release_holds_titles_minutes_tags_and_words(
    release: Release, written: Written, erin: User
) -> None:
    assert (release.number, release.published_by, release.published_at) == (1, erin, NOW)
    assert release.outline["languages"] == ["en", "es"]
    assert release.outline["modules"] == [
        {
            "key": str(written.module_key),
            "titles": {"en": "Module (en)", "es": "Module (es)"},
            "summaries": {"en": "", "es": ""},
            "objectives": {"en": ["One", "Two"], "es": ["One", "Two"]},
        }
    ]
    lesson = release.units.get(key=written.lesson_key)
    assert (lesson.position, lesson.module, lesson.mode, lesson.minutes) == (
        1,
        1,
        Unit.Mode.SELF_PACED,
        30,
    )
    assert lesson.allocations == {"ca17": {"1": 30}, "icrc": {"ER": 10, "RW": 20}}
    assert lesson.titles == {"en": "Lesson (en)", "es": "Lesson (es)"}
    assert lesson.content["es"]["blocks"] == [
        {"id": "opening", "kind": "text", "html": "<h2>Hello es</h2><p>Read this.</p>"},
        {
            "id": "check-1",
            "kind": "knowledge_check",
            "question": "What first?",
            "options": [
                {"id": "a", "text": "Ask (es)", "feedback": "Yes."},
                {"id": "b", "text": "Tell (es)", "feedback": "Not so."},
            ],
            "key": "a",
        },
        {"id": "reflect-1", "kind": "reflection", "prompt": "What helps you?"},
    ]
    live = release.units.get(key=written.live_key)
    assert (live.mode, live.content["en"]["plan"], live.position) == (
        Unit.Mode.LIVE,
        "<p>Plan</p>",
        3,
    )


def test_twice_without_a_change_is_once(release: Release, written: Written, erin: User) -> None:
    assert publish_release(course=written.course, by=erin, now=LATER) == release
    assert changes_since(written.course).is_same
    assert ModelLogEntry.objects.filter(action="courses.publish_release").count() == 1


def test_a_change_makes_the_next_release_and_leaves_the_first(
    release: Release, written: Written, erin: User
) -> None:
    before = ReleaseUnit.objects.get(release=release, key=written.lesson_key).content
    page = written.pages["lesson", "en"]
    page.title, page.body = "Renamed", body("en", words="Goodbye")
    page.save_revision().publish()
    changes = changes_since(written.course)
    assert (changes.changed, changes.added, changes.removed) == ([("Renamed", ["text"])], [], [])
    second = publish_release(course=written.course, by=erin, now=LATER)
    assert second.number == 2
    assert second.units.get(key=written.lesson_key).title_in("en") == "Renamed"
    assert ReleaseUnit.objects.get(release=release, key=written.lesson_key).content == before


def test_a_draft_is_not_in_it(release: Release, written: Written) -> None:
    page = written.pages["lesson", "en"]
    page.title = "Only a draft"
    page.save_revision()
    changes = changes_since(written.course)
    assert (changes.is_same, changes.newer_drafts) == (True, ["Lesson (en)"])


def test_deleted_pages_leave_the_release_whole(release: Release, written: Written) -> None:
    for code in ("en", "es"):
        written.pages["course", code].delete()
    assert release.units.count() == 3
    assert (
        release.units.get(key=written.lesson_key)
        .text_in("es")["blocks"][0]["html"]
        .startswith("<h2>Hello es")
    )
    assert changes_since(written.course).problems == ["The course page is not published yet."]


@pytest.fixture
def written(written: Written) -> Written:
    """The small course with its pages."""
    assert written.pages
    return written


def refusals(course: Course) -> list[str]:
    with pytest.raises(Refused) as refused:
        publish_release(course=course, by=None, now=NOW)
    assert not course.releases.exists()
    return refused.value.reasons


def test_a_language_that_is_missing_is_named(written: Written) -> None:
    written.pages["second", "es"].unpublish()
    assert refusals(written.course) == ["“Second (en)” is not published in: Español."]


def test_a_unit_without_minutes_is_refused(written: Written) -> None:
    write_figures(key=written.live_key, figures=Figures("live", 0, {}))
    assert refusals(written.course) == ["“Live (en)” has no minutes yet."]


def test_an_exclusive_set_that_adds_up_to_more_is_refused(written: Written) -> None:
    tag = Tag.objects.get(tag_set__code="icrc", code="AD")
    Unit.objects.get(key=written.lesson_key).allocations.create(tag=tag, minutes=1)
    assert refusals(written.course) == ["“Lesson (en)”: IC&RC domains adds up to 31 of 30 minutes."]


def test_checks_that_differ_between_languages_are_refused(written: Written) -> None:
    page = written.pages["lesson", "es"]
    page.body = body("es")[:2]
    page.save_revision().publish()
    assert refusals(written.course) == [
        "“Lesson (en)”: the knowledge checks or reflections differ between the languages."
    ]


def test_an_empty_module_is_refused(written: Written) -> None:
    for name in ("lesson", "second", "live"):
        for code in ("en", "es"):
            written.pages[name, code].unpublish()
    assert refusals(written.course) == ["“Module (en)” has no published lesson or live unit."]


def test_a_picture_outlives_its_deletion(written: Written, erin: User) -> None:
    image = get_image_model().objects.create(title="Trail", file=ContentFile(SVG, "trail.svg"))
    picture = {
        "type": "image",
        "id": "pic",
        "value": {"image": image.pk, "alt": "A trail", "caption": ""},
    }
    for code in ("en", "es"):
        page = written.pages["lesson", code]
        page.body = [*body(code), picture]
        page.save_revision().publish()
    release = publish_release(course=written.course, by=erin, now=NOW)
    image.delete()
    block = release.units.get(key=written.lesson_key).text_in("en")["blocks"][-1]
    kept = release.files.get()
    assert (block["file"], block["alt"], block["width"], block["height"]) == (
        kept.name,
        "A trail",
        20,
        10,
    )
    assert (kept.content_type, kept.title) == ("image/svg+xml", "Trail")
    with frozen_files.opened(kept.name) as file:
        assert file.read() == SVG


def test_frozen_html_holds_no_script() -> None:
    from courses.freezing import html  # noqa: PLC0415

    dirty = '<p onclick="x()">Hi <script>alert(1)</script><a href="javascript:x">a</a> <a href="https://a.test/">b</a></p>'
    assert html(dirty) == '<p>Hi alert(1)<a>a</a> <a href="https://a.test/">b</a></p>'


@pytest.mark.parametrize("change", [{"number": 9}, {"outline": {}}])
def test_the_database_refuses_a_change(release: Release, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        release.units.update(minutes=999)


def test_who_may_publish(written: Written, erin: User, ada: User, alice: User, rita: User) -> None:
    assert [may_publish(person, written.course) for person in (erin, ada, alice, rita)] == [
        True,
        True,
        False,
        False,
    ]


def test_a_new_lesson_in_both_languages_is_met_in_both(
    release: Release, written: Written, erin: User
) -> None:
    """The second story's first half: write, translate, give minutes, release."""
    from uuid import uuid4  # noqa: PLC0415

    from courses.models import LessonPage  # noqa: PLC0415

    key = uuid4()
    module = written.pages["module", "en"]
    page = published(
        module,
        LessonPage(
            title="New", slug="new", locale=module.locale, translation_key=key, body=body("en")
        ),
        erin,
    )
    assert changes_since(written.course).problems == [
        "“New” is not published in: Español.",
        "“New” has no minutes yet.",
    ]
    translation = page.copy_for_translation(written.pages["module", "es"].locale)
    translation.title = "Nueva"
    translation.save_revision(user=erin).publish(user=erin, skip_permission_checks=True)
    write_figures(key=key, figures=Figures("self_paced", 20, {}))
    second = publish_release(course=written.course, by=erin, now=LATER)
    assert second.units.get(key=key).titles == {"en": "New", "es": "Nueva"}
    assert release.units.count() == 3
