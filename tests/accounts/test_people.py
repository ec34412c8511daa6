"""People made by code: they sign in at once, with the role they were given."""

from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.people import Taken, follow_address, invite, password_link, register
from accounts.roles import Role, role_of
from jobs.models import OutgoingMail

pytestmark = pytest.mark.django_db


def given(now: datetime, **changed: Any) -> User:
    words = {
        "email": "Noor@Example.Test",
        "password": "walk-beside-me",
        "classroom_name": "Noor",
        "language": "es",
    }
    return register(now=now, **{**words, **changed})


def test_a_registered_person_signs_in_at_once(client: Client, now: datetime) -> None:
    person = given(now)
    assert (person.classroom_name, person.language, person.date_joined) == ("Noor", "es", now)
    answer = client.post(
        reverse("account_login"), {"login": "noor@example.test", "password": "walk-beside-me"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert int(client.session["_auth_user_id"]) == person.pk


def test_the_address_is_there_once_and_confirmed(now: datetime) -> None:
    person = given(now)
    rows = EmailAddress.objects.filter(user=person).values_list("email", "primary", "verified")
    assert list(rows) == [("noor@example.test", True, True)]


def test_a_role_is_given(now: datetime) -> None:
    assert role_of(given(now, role="certifier")) == Role.CERTIFIER


def test_an_address_is_taken_whatever_its_capitals(now: datetime) -> None:
    given(now)
    with pytest.raises(Taken):
        given(now, email="NOOR@example.test")
    assert User.objects.count() == 1


def test_who_is_invited_sets_a_password_by_the_link(client: Client, now: datetime) -> None:
    person = given(now, password=None)
    assert not person.has_usable_password()
    invite(person=person)
    mail = OutgoingMail.objects.get(person=person)
    link = next(word for word in mail.body.split() if "/accounts/password/reset/key/" in word)
    page = client.get(link.removeprefix("http://testserver"), follow=True)
    assert page.status_code == 200
    done = client.post(
        page.redirect_chain[-1][0],
        {"password1": "three-trees-in-wind", "password2": "three-trees-in-wind"},
    )
    assert done.status_code == 302
    person.refresh_from_db()
    assert person.check_password("three-trees-in-wind")
    again = client.get(link.removeprefix("http://testserver"), follow=True)
    assert (
        "does not work any more" in again.content.decode()
        or "password1" not in again.content.decode()
    )


def test_a_changed_address_is_confirmed_by_the_office(alice: User) -> None:
    alice.email = "alice@new.example.test"
    alice.save(update_fields=["email"])
    follow_address(person=alice)
    follow_address(person=alice)
    rows = EmailAddress.objects.filter(user=alice).values_list("email", "primary", "verified")
    assert list(rows) == [("alice@new.example.test", True, True)]


def test_the_first_administrator_comes_by_a_command(capsys: Any) -> None:
    call_command("create_administrator", "ada@example.test", "--link", "--name", "Ada")
    person = User.objects.get(email="ada@example.test")
    assert (role_of(person), person.classroom_name, person.is_superuser) == (
        Role.ADMINISTRATOR,
        "Ada",
        False,
    )
    said = capsys.readouterr().out
    assert password_link(person).rsplit("/", 2)[0] in said
    call_command("create_administrator", "ADA@example.test")
    assert "The password is as it was." in capsys.readouterr().out
    assert User.objects.count() == 1


def test_who_is_there_becomes_an_administrator(alice: User, capsys: Any) -> None:
    call_command("create_administrator", alice.email)
    assert role_of(alice) == Role.ADMINISTRATOR
