"""The registrar's doors: all places, enrolling someone, in a hidden course too."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from accounts.models import User
from courses.enrolment import enrol
from courses.models import Course, Enrolment, Profile, Release
from tests.courses.conftest import NOW
from tests.factories import make_person

LIST, NEW = reverse("courses_places"), reverse("courses_enrol")


@pytest.fixture
def as_rita(client: Client, rita: User) -> Client:
    client.force_login(rita)
    return client


def wanted(release: Release, profile: Profile, **more: Any) -> dict[str, Any]:
    return {"email": "BOB@example.test", "course": release.course.pk, "profile": profile.pk, **more}


def test_the_office_sees_all_places(as_rita: Client, place: Enrolment) -> None:
    assert "alice@example.test" in as_rita.get(LIST).content.decode()
    assert "alice@example.test" in as_rita.get(LIST + "?q=ALICE&stage=not_begun").content.decode()
    assert "alice@example.test" in as_rita.get(LIST + "?q=%00ali%00ce").content.decode()
    assert "Nobody fits." in as_rita.get(LIST + "?q=zed").content.decode()
    Course.objects.update(is_specimen=True)
    assert "alice@example.test" not in as_rita.get(LIST).content.decode()


def test_the_office_enrols_once_in_a_hidden_course_too(
    as_rita: Client, release: Release, profile: Profile, bob: User, rita: User
) -> None:
    Course.objects.update(is_hidden=True)
    for _time in range(2):
        assert as_rita.post(NEW, wanted(release, profile)).headers["Location"] == LIST
    place = Enrolment.objects.get()
    assert (place.trainee, place.release) == (bob, release)
    assert set(
        ModelLogEntry.objects.filter(action="courses.enrol_trainee").values_list("user", flat=True)
    ) == {rita.pk}


def test_an_unknown_address_is_said(as_rita: Client, release: Release, profile: Profile) -> None:
    page = as_rita.post(NEW, wanted(release, profile, email="who@example.test")).content.decode()
    assert "Nobody signs in with this address." in page
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("role", ["", "instructor", "certifier"])
def test_it_is_for_the_office(
    client: Client, release: Release, profile: Profile, bob: User, role: str
) -> None:
    client.force_login(make_person("Some One", role=role))
    assert [client.get(address).status_code for address in (LIST, NEW)] != [200, 200]
    client.post(NEW, wanted(release, profile))
    assert not Enrolment.objects.exists()


def test_instructors_alone_are_offered_to_teach_a_course(
    client: Client, release: Release, ada: User, bob: User, rita: User
) -> None:
    other = make_person("Ivan Brooks", role="instructor")
    client.force_login(ada)
    course = release.course
    edit = reverse("wagtailsnippets_courses_course:edit", args=[course.pk])
    offered = client.get(edit).context["form"].fields["instructors"].queryset
    assert set(offered) == {*course.instructors.all(), other}
    assert client.post(edit, {"instructors": [bob.pk]}).status_code == 200
    assert not course.is_taught_by(bob)
    assert client.post(edit, {"instructors": [other.pk]}).status_code == 302
    assert list(course.instructors.all()) == [other]


def test_who_teaches_a_course_already_stays_offered(
    client: Client, release: Release, ada: User, erin: User
) -> None:
    erin.groups.clear()
    client.force_login(ada)
    edit = reverse("wagtailsnippets_courses_course:edit", args=[release.course.pk])
    assert list(client.get(edit).context["form"].fields["instructors"].queryset) == [erin]


def test_the_list_asks_the_same_for_one_and_three(
    as_rita: Client,
    place: Enrolment,
    profile: Profile,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    as_rita.get(LIST)
    with django_assert_num_queries(11):
        as_rita.get(LIST)
    for name in ("Bo One", "Cy Two"):
        enrol(trainee=make_person(name), course=place.course, profile=profile, now=NOW)
    with django_assert_num_queries(11):
        as_rita.get(LIST)
