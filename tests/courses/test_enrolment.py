"""A place in a course: once, pinned, refused with a reason; the public pages around it."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Site

from accounts.models import User
from courses.enrolment import Refused, enrol
from courses.models import Course, Enrolment, Profile, Release
from courses.offers import profile_of
from courses.publishing import publish_release
from tests.courses.conftest import NOW, Written, make_profile


@pytest.fixture
def release(written: Written, erin: User) -> Release:
    """The release as it is published from the pages."""
    assert written.pages
    return publish_release(course=written.course, by=erin, now=NOW)


def test_a_place_is_pinned_to_release_and_version(
    place: Enrolment, release: Release, profile: Profile
) -> None:
    assert (place.release, place.profile_version, place.enrolled_at) == (
        release,
        profile.versions.get(),
        NOW,
    )


def test_a_second_time_is_the_same_place_even_after_a_new_release(
    place: Enrolment, written: Written, profile: Profile, erin: User
) -> None:
    page = written.pages["lesson", "en"]
    page.title = "Changed"
    page.save_revision().publish()
    publish_release(course=written.course, by=erin, now=NOW)
    again = enrol(trainee=place.trainee, course=written.course, profile=profile, now=NOW)
    assert (again, again.release.number) == (place, 1)


def test_nothing_to_study_is_no_place(written: Written, profile: Profile, alice: User) -> None:
    with pytest.raises(Refused, match="not open yet"):
        enrol(trainee=alice, course=written.course, profile=profile, now=NOW)


def test_a_profile_without_rules_is_no_place(release: Release, alice: User) -> None:
    with pytest.raises(Refused, match="not loaded"):
        enrol(
            trainee=alice,
            course=release.course,
            profile=Profile.objects.create(code="none"),
            now=NOW,
        )


@pytest.fixture
def site(written: Written) -> Written:
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "testserver", "root_page": written.pages["catalogue", "en"]},
    )
    return written


def address(written: Written, name: str = "course", language: str = "en") -> str:
    found: str = written.pages[name, language].get_url()
    return found


def test_a_stranger_sees_what_there_is(client: Client, site: Written, release: Release) -> None:
    catalogue = client.get(address(site, "catalogue")).content.decode()
    assert "Small (en)" in catalogue
    assert "2 hours 15 minutes" in catalogue
    course = client.get(address(site)).content.decode()
    assert "1. Module (en)" in course
    assert "Lesson (en)" not in course
    assert "Module (es)" in client.get(address(site, language="es")).content.decode()


@pytest.mark.parametrize("name", ["module", "lesson", "live"])
def test_a_stranger_at_a_lesson_is_led_to_the_course(
    client: Client, site: Written, name: str
) -> None:
    sent = client.get(address(site, name))
    assert (sent.status_code, sent.headers["Location"]) == (302, address(site))


def test_a_hidden_course_is_in_no_list_and_not_there(
    client: Client, site: Written, release: Release, alice: User, rita: User
) -> None:
    Course.objects.update(is_hidden=True)
    assert "Small (en)" not in client.get(address(site, "catalogue")).content.decode()
    assert client.get(address(site)).status_code == 404
    assert client.post(reverse("courses:enrol", args=["small"])).status_code == 404
    client.force_login(alice)
    assert client.get(address(site)).status_code == 404
    assert (
        client.post(reverse("courses:enrol", args=["small"]), {"profile": "small"}).status_code
        == 404
    )
    client.force_login(rita)
    assert client.get(address(site)).status_code == 200


def test_who_is_not_signed_in_is_led_to_sign_up_and_back(
    client: Client, site: Written, release: Release
) -> None:
    sent = client.post(reverse("courses:enrol", args=["small"]))
    assert sent.status_code == 302
    assert sent.headers["Location"].startswith(reverse("account_signup") + "?next=")
    assert not Enrolment.objects.exists()


def test_the_door_gives_one_place(
    client: Client, site: Written, release: Release, profile: Profile, alice: User
) -> None:
    client.force_login(alice)
    assert "Profile small" in client.get(address(site)).content.decode()
    first = client.post(reverse("courses:enrol", args=["small"]), {"profile": "small"})
    second = client.post(reverse("courses:enrol", args=["small"]), {"profile": "small"})
    place = Enrolment.objects.get()
    assert first.headers["Location"] == reverse("courses:show-course", args=[place.public_id])
    assert second.headers["Location"] == first.headers["Location"]
    assert "Go to my training" in client.get(address(site)).content.decode()


def test_enrolling_is_never_a_get(
    client: Client, site: Written, release: Release, alice: User
) -> None:
    door = reverse("courses:enrol", args=["small"])
    assert client.get(door).headers["Location"] == address(site)
    client.force_login(alice)
    assert client.get(door).headers["Location"] == address(site)
    assert not Enrolment.objects.exists()


def test_the_door_asks_for_a_body(
    client: Client, site: Written, release: Release, alice: User
) -> None:
    client.force_login(alice)
    for chosen in ({}, {"profile": "nowhere"}, {"profile": "\0"}):
        sent = client.post(reverse("courses:enrol", args=["small"]), chosen, follow=True)
        assert "Please choose where you want to work first." in sent.content.decode()
    assert not Enrolment.objects.exists()


def test_an_address_without_a_course_is_not_there(client: Client, db: None) -> None:
    assert client.post(reverse("courses:enrol", args=["nothing"])).status_code == 404


def test_more_courses_ask_no_more(
    client: Client,
    site: Written,
    release: Release,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    from uuid import uuid4  # noqa: PLC0415

    from courses.models import CoursePage  # noqa: PLC0415
    from courses.offers import of_catalogue  # noqa: PLC0415
    from tests.courses.conftest import published  # noqa: PLC0415

    catalogue = site.pages["catalogue", "en"]
    with django_assert_num_queries(5):
        assert len(of_catalogue(catalogue)) == 1
    for number in (2, 3):
        key = uuid4()
        published(
            catalogue,
            CoursePage(
                title=f"Course {number}",
                slug=f"c{number}",
                locale=catalogue.locale,
                translation_key=key,
            ),
        )
        other = Course.objects.create(key=key, code=f"c{number}")
        Release.objects.create(
            course=other,
            number=1,
            outline=release.outline,
            sha256="x",
            published_at=NOW,
            published_by=None,
        )
    with django_assert_num_queries(5):
        assert len(of_catalogue(catalogue)) == 3


def test_the_first_profile_of_many_is_offered(
    client: Client, site: Written, release: Release, alice: User
) -> None:
    make_profile("another", [])
    client.force_login(alice)
    page = client.get(address(site)).content.decode()
    assert page.count('name="profile"') == 3


def test_a_specimen_is_for_specimens_only(place: Enrolment, bob: User, written: Written) -> None:
    specimen = make_profile("trial", [{"kind": "hours_total", "minutes": 10}])
    Profile.objects.filter(pk=specimen.pk).update(is_specimen=True)
    specimen.refresh_from_db()
    with pytest.raises(Refused, match="not for this course"):
        enrol(trainee=bob, course=written.course, profile=specimen, now=NOW)
    assert specimen not in Profile.objects.offered()
    assert profile_of(specimen.code) is None
    assert Enrolment.objects.filter(trainee=bob).count() == 0
