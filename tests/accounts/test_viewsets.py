"""Wagtail's people screens with our kind of person."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User
from accounts.roles import Role, role_of
from jobs.models import OutgoingMail
from tests.accounts.conftest import read
from tests.factories import make_person

pytestmark = pytest.mark.django_db

NEW = {
    "email": "greta@example.test",
    "classroom_name": "Greta",
    "language": "es",
    "time_zone": "America/Denver",
    "role": "registrar",
}


@pytest.fixture
def office(as_person: Any, settings: Any, ada: User) -> Client:
    """An administrator at the people screens."""
    settings.SECOND_FACTOR_REQUIRED = False
    client: Client = as_person(ada)
    return client


def test_people_are_listed_with_their_role(office: Client, erin: User, alice: User) -> None:
    words = read(office.get("/admin/users/"))
    assert "erin@example.test" in words
    assert "Instructor" in words
    assert "Trainee" in words


def test_the_list_asks_no_more_for_more_people(
    office: Client, django_assert_max_num_queries: Any
) -> None:
    office.get("/admin/users/")
    with django_assert_max_num_queries(60) as few:
        office.get("/admin/users/")
    for number in range(3):
        make_person(f"Person{number} Some", role="instructor")
    with django_assert_max_num_queries(60) as many:
        office.get("/admin/users/")
    assert len(many) == len(few)


def test_people_are_found_by_any_of_their_names(office: Client, alice: User, bob: User) -> None:
    User.objects.filter(pk=alice.pk).update(legal_name="Zephyrine")
    words = read(office.get("/admin/users/?q=zephyr"))
    assert ("alice@example.test" in words, "bob@example.test" in words) == (True, False)


def test_a_new_person_is_confirmed_has_a_role_and_is_invited(office: Client) -> None:
    answer = office.post("/admin/users/new/", NEW)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/users/")
    person = User.objects.get(email="greta@example.test")
    assert (person.classroom_name, person.language, role_of(person)) == (
        "Greta",
        "es",
        Role.REGISTRAR,
    )
    assert not person.has_usable_password()
    assert EmailAddress.objects.get(user=person).verified
    assert "/accounts/password/reset/key/" in OutgoingMail.objects.get(person=person).body


def test_an_address_that_is_taken_is_refused(office: Client, alice: User) -> None:
    answer = office.post("/admin/users/new/", {**NEW, "email": "ALICE@example.test"})
    assert answer.status_code == 200
    assert "Somebody signs in with this address already." in read(answer)
    assert OutgoingMail.objects.count() == 0


def test_a_role_and_an_address_are_changed(office: Client, alice: User) -> None:
    words = {**NEW, "email": "alice@new.example.test", "role": "instructor", "is_active": "on"}
    office.post(f"/admin/users/edit/{alice.pk}/", words)
    alice.refresh_from_db()
    assert (alice.email, role_of(alice)) == ("alice@new.example.test", Role.INSTRUCTOR)
    assert EmailAddress.objects.get(user=alice).email == "alice@new.example.test"


def test_nobody_takes_their_own_role_away(office: Client, ada: User) -> None:
    assert 'name="role"' not in office.get(f"/admin/users/edit/{ada.pk}/").content.decode()
    words = {**NEW, "email": ada.email, "role": "trainee"}
    office.post(f"/admin/users/edit/{ada.pk}/", words)
    ada.refresh_from_db()
    assert (role_of(ada), ada.is_active) == (Role.ADMINISTRATOR, True)


def test_nobody_is_made_a_superuser_or_deleted_here(office: Client, alice: User) -> None:
    words = {**NEW, "email": alice.email, "is_superuser": "on", "is_active": "on"}
    office.post(f"/admin/users/edit/{alice.pk}/", words)
    alice.refresh_from_db()
    assert alice.is_superuser is False
    office.post(f"/admin/users/delete/{alice.pk}/")
    assert User.objects.filter(pk=alice.pk).exists()


def test_a_registrar_looks_and_changes_nothing(
    as_person: Any, settings: Any, rita: User, alice: User
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    office = as_person(rita)
    office.post(
        f"/admin/users/edit/{alice.pk}/", {**NEW, "email": alice.email, "role": "administrator"}
    )
    assert role_of(User.objects.get(pk=alice.pk)) == Role.TRAINEE
