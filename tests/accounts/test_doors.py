"""The editor's own doors lead to the one sign-in there is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_step(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def test_a_stranger_is_led_to_the_sign_in_page_and_back(client: Client) -> None:
    first = client.get("/admin/pages/")
    assert first["Location"] == "/admin/login/?next=/admin/pages/"
    assert client.get(first["Location"])["Location"] == "/accounts/login/?next=/admin/pages/"


def test_the_door_leads_to_no_other_site(client: Client) -> None:
    answer = client.get("/admin/login/?next=https://evil.example/")
    assert answer["Location"] == "/accounts/login/?next=/admin/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_own_form_is_nowhere(client: Client, method: str) -> None:
    answer = getattr(client, method)("/admin/login/", {"username": "a", "password": "b"})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_a_trainee_reads_why_and_is_not_led_in_circles(as_person: Any, alice: User) -> None:
    answer = as_person(alice).get("/admin/", follow=True)
    assert answer.status_code == 403
    assert [status for _, status in answer.redirect_chain] == [302]
    assert "This is for staff" in read(answer)
    assert "permission to access the admin" not in read(answer)


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("", "/admin/"),
        ("?next=/admin/pages/", "/admin/pages/"),
        ("?next=https://evil.example/", "/admin/"),
        ("?next=//evil.example/", "/admin/"),
    ],
)
def test_staff_who_are_signed_in_are_led_straight_on(
    as_person: Any, erin: User, asked: str, led: str
) -> None:
    answer = as_person(erin).get(f"/admin/login/{asked}")
    assert (answer.status_code, answer["Location"]) == (302, led)


def test_an_instructor_comes_in(as_person: Any, erin: User) -> None:
    assert as_person(erin).get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/admin/password_reset/", "account_reset_password"),
        ("/admin/password_reset/done/", "account_reset_password"),
        ("/admin/password_reset/confirm/MQ/abc-def/", "account_reset_password"),
        ("/admin/password_reset/complete/", "account_reset_password"),
        ("/admin/account/", "accounts:edit-profile"),
    ],
)
def test_password_and_address_are_kept_at_one_place(
    as_person: Any, erin: User, path: str, leads_to: str
) -> None:
    answer = as_person(erin).get(path)
    assert (answer.status_code, answer["Location"]) == (302, reverse(leads_to))


def test_signing_out_of_the_editor_is_signing_out(as_person: Any, erin: User) -> None:
    client = as_person(erin)
    answer = client.post(reverse("wagtailadmin_logout"), follow=True)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
