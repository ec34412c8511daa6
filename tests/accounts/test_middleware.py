"""Each person's language and time zone, and staff's second step."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.middleware import zone_of
from accounts.models import User
from tests.accounts.conftest import read
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def language_of(response: Any) -> str:
    return str(response.content.decode().split('<html lang="')[1][:2])


def test_a_person_reads_the_language_they_chose(as_person: Any, alice: User) -> None:
    client = as_person(alice)
    assert language_of(client.get("/help/", headers={"accept-language": "es"})) == "en"
    User.objects.filter(pk=alice.pk).update(language="es")
    assert language_of(client.get("/help/", headers={"accept-language": "en"})) == "es"


def test_a_stranger_reads_the_language_of_the_browser(client: Client) -> None:
    assert language_of(client.get("/help/", headers={"accept-language": "es"})) == "es"


def test_an_address_that_names_a_language_is_in_it(as_person: Any, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(language="es")
    assert as_person(alice).get("/en/")["Content-Language"] == "en"


def test_one_person_leaves_nothing_to_the_next_request(as_person: Any, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(language="es", time_zone="Pacific/Honolulu")
    as_person(alice).get("/me/")
    assert language_of(Client().get("/help/", headers={"accept-language": "en"})) == "en"


def test_times_are_in_the_persons_zone(as_person: Any, alice: User, now: Any) -> None:
    User.objects.filter(pk=alice.pk).update(
        legal_name="Alice Rivera",
        legal_name_confirmed_at=now.replace(hour=3),
        time_zone="Pacific/Honolulu",
    )
    assert "March 1, 2026" in read(as_person(alice).get("/me/"))


def test_a_zone_that_nobody_knows_is_the_houses(settings: Any) -> None:
    assert str(zone_of("Mars/Olympus_Mons")) == settings.TIME_ZONE
    assert str(zone_of("")) == settings.TIME_ZONE


@pytest.mark.parametrize("role", ["instructor", "registrar", "certifier", "administrator"])
def test_staff_without_a_second_step_is_led_to_set_it_up(
    as_person: Any, settings: Any, role: str
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = as_person(make_person("Some One", role=role))
    for path in ("/admin/", "/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    page = client.get(reverse("mfa_index"))
    assert page.status_code == 200
    assert "signing in needs a second step" in read(page)


def test_staff_with_a_second_step_goes_on(as_person: Any, settings: Any, erin: User) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    Authenticator.objects.create(user=erin, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert as_person(erin).get("/admin/").status_code == 200


def test_trainees_and_strangers_need_no_second_step(
    as_person: Any, settings: Any, alice: User
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    assert Client().get("/help/").status_code == 200
    assert as_person(alice).get("/me/").status_code == 200


def test_the_demo_locks_nobody_out_and_shows_how(as_person: Any, settings: Any, erin: User) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    page = as_person(erin).get("/admin/")
    assert page.status_code == 200
    assert reverse("mfa_index") in page.content.decode()


@pytest.mark.parametrize("path", ["/me/nowhere/", "/nowhere/", "/en/nowhere/", "/es/nowhere/"])
def test_what_is_not_there_is_a_404_and_leads_nowhere(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
