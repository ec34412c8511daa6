"""The trainee's doors to lessons: happy, twice, out of order, as a stranger; without and with a script."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.images import get_image_model

from accounts.models import User
from courses.models import Enrolment, Profile, Progress, Reflection
from courses.publishing import publish_release
from tests.courses.conftest import NOW, Written, body, do_parts

pytestmark = pytest.mark.django_db
JSON: dict[str, Any] = {"headers": {"accept": "application/json"}}


@pytest.fixture
def as_alice(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def at(name: str, place: Enrolment, *more: object) -> str:
    return reverse(f"courses:{name}", args=[place.public_id, *more])


def test_the_course_says_where_one_is(as_alice: Client, place: Enrolment, written: Written) -> None:
    page = as_alice.get(at("show-course", place)).content.decode()
    assert "Small (en)" in page
    assert "Lesson (en)" in page
    assert "2 h 15 min to go" in page.replace("\xa0", " ")
    assert at("study-unit", place, written.lesson_key) in page


def test_a_lesson_is_read_in_ones_language(
    as_alice: Client, place: Enrolment, written: Written
) -> None:
    address = at("study-unit", place, written.lesson_key)
    assert "<h2>Hello en</h2>" in as_alice.get(address).content.decode()
    spanish = as_alice.get(address, headers={"accept-language": "es"}, follow=True)
    place.trainee.language = "es"
    place.trainee.save(update_fields=["language"])
    spanish = as_alice.get(address)
    assert "<h2>Hello es</h2>" in spanish.content.decode()
    assert "Ask (es)" in spanish.content.decode()


def test_opening_is_noted_once(as_alice: Client, place: Enrolment, written: Written) -> None:
    for _time in range(2):
        as_alice.get(at("study-unit", place, written.lesson_key))
    assert Progress.objects.count() == 1


def test_a_check_works_as_a_plain_form(
    as_alice: Client, place: Enrolment, written: Written
) -> None:
    answer = at("answer-check", place, written.lesson_key, "check-1")
    sent = as_alice.post(answer, {"chosen": "b"})
    assert sent.headers["Location"] == at("study-unit", place, written.lesson_key) + "#check-1"
    page = as_alice.get(sent.headers["Location"]).content.decode()
    assert "Not B." in page
    assert "Not so." in page
    as_alice.post(answer, {"chosen": "a"})
    page = as_alice.get(sent.headers["Location"]).content.decode()
    assert "A is right." in page
    assert "Not so." not in page


def test_a_check_answers_a_script_with_the_chosen_feedback_alone(
    as_alice: Client, place: Enrolment, written: Written
) -> None:
    address = at("answer-check", place, written.lesson_key, "check-1")
    assert as_alice.post(address, {"chosen": "b"}, **JSON).json() == {
        "is_right": False,
        "feedback": "Not so.",
    }
    refused = as_alice.post(address, {"chosen": "x"}, **JSON)
    assert (refused.status_code, refused.json()) == (
        400,
        {"refused": "Please choose one of the answers first."},
    )


def test_a_reflection_is_kept_and_shown_to_its_writer_alone(
    as_alice: Client, place: Enrolment, written: Written, erin: User
) -> None:
    address = at("write-reflection", place, written.lesson_key, "reflect-1")
    as_alice.post(address, {"text": "My grandmother's kitchen"})
    assert (
        "grandmother" in as_alice.get(at("study-unit", place, written.lesson_key)).content.decode()
    )
    as_alice.force_login(erin)
    trainee = as_alice.get(reverse("courses:show-trainee", args=[place.public_id]))
    assert "grandmother" not in trainee.content.decode()
    assert "Saved for you alone" in saved_words(as_alice, place, address)


def saved_words(client: Client, place: Enrolment, address: str) -> str:
    client.force_login(place.trainee)
    words: str = client.post(address, {"text": "Again"}, **JSON).json()["saved"]
    return words


def test_finishing_counts_once_and_says_so(
    as_alice: Client, place: Enrolment, written: Written
) -> None:
    do_parts(place, written.lesson_key)
    address = at("finish-lesson", place, written.lesson_key)
    first = as_alice.post(address, follow=True).content.decode()
    assert "30 minutes were added. You have 30 minutes in all." in first
    as_alice.post(address)
    assert place.hours.count() == 1
    assert (
        "were counted on"
        in as_alice.get(at("study-unit", place, written.lesson_key)).content.decode()
    )


def test_finishing_too_early_says_what_is_left(
    as_alice: Client, place: Enrolment, written: Written
) -> None:
    sent = as_alice.post(at("finish-lesson", place, written.lesson_key), follow=True)
    assert "still open first (2)" in sent.content.decode()
    assert not place.hours.exists()


def test_a_live_unit_says_who_counts_it(
    as_alice: Client, place: Enrolment, written: Written
) -> None:
    page = as_alice.get(at("study-unit", place, written.live_key)).content.decode()
    assert "your instructor counts 1 hour for you" in page
    assert "<p>Plan</p>" not in page


def test_a_lesson_whose_page_is_gone_is_still_read(
    as_alice: Client, place: Enrolment, written: Written
) -> None:
    written.pages["lesson", "en"].unpublish()
    written.pages["lesson", "es"].delete()
    assert "Hello en" in as_alice.get(at("study-unit", place, written.lesson_key)).content.decode()


def test_strangers_find_nothing(
    client: Client, place: Enrolment, written: Written, bob: User, erin: User
) -> None:
    reads = [
        at("show-course", place),
        at("study-unit", place, written.lesson_key),
        at("list-hours", place),
        at("show-exam", place),
        at("show-file", place, "x.svg"),
    ]
    posts = [
        at("answer-check", place, written.lesson_key, "check-1"),
        at("write-reflection", place, written.lesson_key, "reflect-1"),
        at("finish-lesson", place, written.lesson_key),
    ]
    for address in reads:
        assert client.get(address).status_code == 302
    for person in (bob, erin):
        client.force_login(person)
        assert [client.get(address).status_code for address in reads] == [404] * len(reads)
        assert [client.post(address).status_code for address in posts] == [404] * len(posts)
    assert not Progress.objects.exists()
    assert not Reflection.objects.exists()


def test_a_unit_of_no_release_is_not_there(
    as_alice: Client, place: Enrolment, written: Written
) -> None:
    assert as_alice.get(at("study-unit", place, written.key)).status_code == 404


@pytest.mark.parametrize(
    ("name", "block"),
    [("answer-check", "check-1"), ("write-reflection", "reflect-1"), ("finish-lesson", "finish")],
)
def test_who_was_signed_out_while_posting_comes_back_to_the_part_and_is_told(
    client: Client, place: Enrolment, written: Written, name: str, block: str
) -> None:
    parts = [written.lesson_key] if block == "finish" else [written.lesson_key, block]
    address = at(name, place, *parts)
    sent = client.post(address, {"chosen": "a", "text": "Lost"})
    assert sent.headers["Location"] == f"{reverse('account_login')}?next={address}"
    client.force_login(place.trainee)
    back = client.get(address)
    assert back.headers["Location"] == f"{at('study-unit', place, written.lesson_key)}#{block}"
    words = "You were signed out before this was saved. Please do it again."
    assert words in client.get(back.headers["Location"]).content.decode()
    assert not place.hours.exists()
    assert not Reflection.objects.exists()
    assert client.put(address).status_code == 405


def test_a_picture_is_for_those_who_study_it(
    client: Client, written: Written, erin: User, alice: User, bob: User, profile: Profile
) -> None:
    from courses.enrolment import enrol  # noqa: PLC0415

    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4" width="4" height="4"><rect/></svg>'
    image = get_image_model().objects.create(title="T", file=ContentFile(svg, "t.svg"))
    value = {"image": image.pk, "alt": "Two marks", "caption": ""}
    for code in ("en", "es"):
        page = written.pages["lesson", code]
        page.body = [*body(code), {"type": "image", "id": "pic", "value": value}]
        page.save_revision().publish()
    release = publish_release(course=written.course, by=erin, now=NOW)
    place = enrol(trainee=alice, course=written.course, profile=profile, now=NOW)
    image.delete()
    address = at("show-file", place, release.files.get().name)
    client.force_login(alice)
    lesson = client.get(at("study-unit", place, written.lesson_key)).content.decode()
    assert f'src="{address}"' in lesson
    assert 'alt="Two marks"' in lesson
    sent = client.get(address)
    assert (sent.status_code, sent.headers["Content-Type"]) == (200, "image/svg+xml")
    assert sent.getvalue() == svg
    assert client.get(f"{address}%00").status_code == 404
    client.force_login(bob)
    assert client.get(address).status_code == 404


def test_the_pages_ask_the_same_number_of_questions(
    as_alice: Client,
    place: Enrolment,
    written: Written,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for done in ((written.lesson_key,), (written.second_key,)):
        for key in done:
            do_parts(place, key)
            as_alice.post(at("finish-lesson", place, key))
        as_alice.get(at("show-course", place))
        with django_assert_num_queries(17):
            as_alice.get(at("show-course", place))
        with django_assert_num_queries(17):
            as_alice.get(at("list-hours", place))
        with django_assert_num_queries(12):
            as_alice.get(at("study-unit", place, written.lesson_key))
