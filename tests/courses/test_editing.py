"""The editor: minutes and tags under the lesson, previews that write nothing, the door to a release."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from accounts.models import User
from courses.editing import FiguresInput
from courses.models import Course, CoursePage, Enrolment, Release, Tag, Unit
from tests.courses.conftest import Written
from tests.factories import make_person


@pytest.fixture
def as_erin(client: Client, erin: User) -> Client:
    client.force_login(erin)
    return client


@pytest.fixture
def written(written: Written) -> Written:
    """The small course with its pages."""
    assert written.pages
    return written


def tag(code: str) -> int:
    return Tag.objects.get(tag_set__code="icrc", code=code).pk


def figures(minutes: int, **tags: int) -> dict[str, Any]:
    return {
        "figures-minutes": minutes,
        **{f"figures-tag_{tag(code)}": share for code, share in tags.items()},
    }


def lesson_form(**more: Any) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": "Lesson",
            "slug": "lesson",
            "summary": "",
            "body": streamfield([("text", rich_text("<p>Hi</p>"))]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    ) | {**more}


def edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_the_form_shows_minutes_and_sums(as_erin: Client, written: Written) -> None:
    page = as_erin.get(edit(written.pages["lesson", "es"])).content.decode()
    assert 'name="figures-minutes" value="30"' in page
    assert "IC&amp;RC domains: <output data-sum>30</output>" in page
    assert f'name="figures-tag_{tag("RW")}" value="20"' in page


def test_saving_keeps_them_once_for_all_languages(as_erin: Client, written: Written) -> None:
    sent = as_erin.post(
        edit(written.pages["lesson", "es"]), lesson_form(**figures(40, ER=15, RW=25))
    )
    assert sent.status_code == 302
    unit = Unit.objects.get(key=written.lesson_key)
    assert (unit.minutes, unit.mode) == (40, "self_paced")
    assert dict(unit.allocations.values_list("tag__code", "minutes")) == {"ER": 15, "RW": 25}


def test_publishing_keeps_them_too(as_erin: Client, written: Written) -> None:
    form = lesson_form(**figures(35, RW=35), **{"action-publish": "1"})
    assert as_erin.post(edit(written.pages["lesson", "en"]), form).status_code == 302
    assert Unit.objects.get(key=written.lesson_key).minutes == 35


def test_too_much_in_an_exclusive_set_is_refused(as_erin: Client, written: Written) -> None:
    sent = as_erin.post(
        edit(written.pages["lesson", "en"]), lesson_form(**figures(30, ER=16, RW=15))
    )
    assert sent.status_code == 200
    assert "IC&amp;RC domains adds up to 31 minutes." in sent.content.decode()
    assert Unit.objects.get(key=written.lesson_key).allocations.get(tag__code="RW").minutes == 20


def test_one_tag_cannot_have_more_than_the_minutes(written: Written) -> None:
    overlay = Tag.objects.get(tag_set__code="ca17", code="2")
    form = FiguresInput(
        {"figures-minutes": "30", f"figures-tag_{overlay.pk}": "31"},
        key=written.lesson_key,
        mode="live",
    )
    assert form.non_field_errors() == [
        "The role of advocacy: 31 minutes are more than the 30 of the unit."
    ]


def test_a_preview_looks_like_the_lesson_and_writes_nothing(
    as_erin: Client, written: Written
) -> None:
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[written.pages["lesson", "en"].pk])
    sent = as_erin.post(address, lesson_form(**figures(99, RW=99)))
    assert sent.json()["is_valid"]
    page = as_erin.get(address + "?in_preview_panel=true&mode=").content.decode()
    assert "This is how trainees will read it" in page
    assert "<p>Hi</p>" in page
    assert Unit.objects.get(key=written.lesson_key).minutes == 30


def test_a_new_course_page_gets_its_record_and_its_instructor(
    as_erin: Client, written: Written, erin: User
) -> None:
    parent = written.pages["catalogue", "en"]
    address = reverse("wagtailadmin_pages:add", args=["courses", "coursepage", parent.pk])
    form = nested_form_data(
        {
            "title": "New",
            "slug": "small",
            "summary": "",
            "description": rich_text(""),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )
    as_erin.post(address, form | {"slug": "brand-new"})
    page = CoursePage.objects.get(slug="brand-new")
    course = Course.objects.get(key=page.translation_key)
    assert (course.code, list(course.instructors.all())) == ("brand-new", [erin])


def test_the_door_shows_changes_and_publishes_once(
    as_erin: Client, written: Written, erin: User
) -> None:
    address = reverse("courses_release", args=["small"])
    page = as_erin.get(address).content.decode()
    assert "This is the first release" in page
    assert not Release.objects.exists()
    for _time in range(2):
        assert as_erin.post(address).status_code == 302
    release = Release.objects.get()
    assert (release.number, release.published_by) == (1, erin)
    assert "Nothing has changed since the last release" in as_erin.get(address).content.decode()
    assert ModelLogEntry.objects.filter(action="courses.publish_release", user=erin).count() == 1


def test_the_door_says_what_is_in_the_way(as_erin: Client, written: Written) -> None:
    written.pages["lesson", "es"].unpublish()
    address = reverse("courses_release", args=["small"])
    assert "is not published in: Español." in as_erin.get(address).content.decode()
    assert "is not published in: Español." in as_erin.post(address, follow=True).content.decode()
    assert not Release.objects.exists()


def test_the_door_is_for_those_who_teach_it(
    client: Client, written: Written, alice: User, ada: User
) -> None:
    address = reverse("courses_release", args=["small"])
    for person, status in ((make_person("Ivan Brooks", role="instructor"), 404), (ada, 200)):
        client.force_login(person)
        assert client.get(address).status_code == status
    client.force_login(alice)
    assert client.get(address).status_code in (302, 403)
    assert not Release.objects.exists()


def test_a_document_is_not_for_strangers(
    client: Client, written: Written, erin: User, alice: User
) -> None:
    document = get_document_model().objects.create(
        title="Plan", file=ContentFile(b"plan", "plan.txt")
    )
    assert client.get(document.url).status_code == 404
    client.force_login(alice)
    assert client.get(document.url).status_code == 404
    client.force_login(erin)
    sent = client.get(document.url)
    assert (sent.status_code, sent.getvalue()) == (200, b"plan")
    sent.close()


def test_the_librarys_pictures_are_for_those_who_write(
    client: Client, written: Written, erin: User, alice: User
) -> None:
    name = default_storage.save("original_images/mark.svg", ContentFile(b"<svg/>"))
    address = reverse("courses_media", args=[name])
    client.force_login(alice)
    assert client.get(address).status_code in (302, 403)
    client.force_login(erin)
    sent = client.get(address)
    assert (sent.status_code, sent.getvalue()) == (200, b"<svg/>")
    for nowhere in ("nothing.svg", "../db.sqlite3", "original_images"):
        assert client.get(reverse("courses_media", args=["x"])[:-1] + nowhere).status_code == 404


def test_the_second_story(
    client: Client, place: Enrolment, written: Written, erin: User, bob: User, profile: Any
) -> None:
    """An instructor changes a lesson in both languages and releases it; who enrols then meets it."""
    from courses.enrolment import enrol  # noqa: PLC0415
    from tests.courses.conftest import NOW  # noqa: PLC0415

    client.force_login(erin)
    for code in ("en", "es"):
        form = lesson_form(**figures(50, RW=50), **{"action-publish": "1"})
        client.post(edit(written.pages["lesson", code]), form | {"title": f"Anew ({code})"})
    page = client.get(reverse("courses_release", args=["small"])).content.decode()
    assert "Anew (en): text, minutes, tags" in page
    client.post(reverse("courses_release", args=["small"]))
    later = enrol(trainee=bob, course=place.course, profile=profile, now=NOW)
    for person, own, words in ((bob, later, "Anew (en)"), (place.trainee, place, "Lesson (en)")):
        client.force_login(person)
        address = reverse("courses:study-unit", args=[own.public_id, written.lesson_key])
        assert f"<h1>{words}</h1>" in client.get(address).content.decode()
