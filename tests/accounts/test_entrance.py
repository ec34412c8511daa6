"""Signing up, in and out, as a person without JavaScript meets it."""

import os
import secrets
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as house
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from jobs.mail import send
from jobs.models import OutgoingMail
from tests.accounts.conftest import read
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

SIGNUP = {
    "email": "noor@example.test",
    "classroom_name": "Noor",
    "language": "es",
    "password1": "three-trees-in-wind",
    "password2": "three-trees-in-wind",
}


def links(text: str) -> list[str]:
    return [word for word in text.split() if word.startswith("http://testserver")]


def test_somebody_signs_up_confirms_and_is_in(client: Client) -> None:
    sent = client.post(reverse("account_signup"), SIGNUP, follow=True)
    assert sent.redirect_chain[-1][0] == reverse("account_email_verification_sent")
    person = User.objects.get(email="noor@example.test")
    assert (person.classroom_name, person.language, person.legal_name) == ("Noor", "es", "")

    row = OutgoingMail.objects.get(person=person)
    assert send(row.pk, timezone.now()) is True
    assert [message.to for message in mail.outbox] == [["noor@example.test"]]
    (link,) = links(str(mail.outbox[0].body))
    path = link.removeprefix("http://testserver")

    page = client.get(path)
    assert (page.status_code, "noor@example.test" in read(page)) == (200, True)
    done = client.post(path)
    assert (done.status_code, done["Location"]) == (302, reverse("home"))
    assert int(client.session["_auth_user_id"]) == person.pk


def test_the_link_is_mailed_in_the_language_that_was_chosen(client: Client) -> None:
    client.post(reverse("account_signup"), SIGNUP, headers={"accept-language": "en"})
    body = OutgoingMail.objects.get().body
    assert body.startswith("Hello Noor,") is ("Hola" not in body)
    assert "Hello Noor," in body or "Noor" in body


def test_nobody_is_in_before_the_address_is_confirmed(client: Client) -> None:
    client.post(reverse("account_signup"), SIGNUP)
    other = Client()
    answer = other.post(
        reverse("account_login"), {"login": SIGNUP["email"], "password": SIGNUP["password1"]}
    )
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in other.session


def test_an_address_that_is_taken_is_not_given_away(client: Client, alice: User) -> None:
    fresh = client.post(reverse("account_signup"), SIGNUP)
    taken = Client().post(reverse("account_signup"), {**SIGNUP, "email": alice.email.upper()})
    assert (taken.status_code, taken["Location"]) == (fresh.status_code, fresh["Location"])
    assert OutgoingMail.objects.filter(address__iexact=alice.email).count() == 1
    assert User.objects.filter(email__iexact=alice.email).count() == 1


def test_what_is_missing_is_said_under_the_field_and_in_the_summary(client: Client) -> None:
    page = client.post(
        reverse("account_signup"), {**SIGNUP, "classroom_name": "", "password2": "other"}
    )
    text = page.content.decode()
    assert page.status_code == 200
    assert '<a class="alone" href="#id_classroom_name">' in text
    assert 'id="id_classroom_name_error"' in text
    assert 'aria-describedby="id_classroom_name_helptext id_classroom_name_error"' in text
    assert "placeholder=" not in text
    assert User.objects.count() == 0


def test_a_password_is_set_anew_by_mail(client: Client, alice: User) -> None:
    client.post(reverse("account_reset_password"), {"email": alice.email})
    (link,) = links(OutgoingMail.objects.get(person=alice).body)[:1]
    page = client.get(link.removeprefix("http://testserver"), follow=True)
    words = {"password1": "three-trees-in-wind", "password2": "three-trees-in-wind"}
    client.post(page.redirect_chain[-1][0], words)
    alice.refresh_from_db()
    assert alice.check_password("three-trees-in-wind")


def test_an_address_is_not_case_sensitive(client: Client, alice: User) -> None:
    answer = client.post(
        reverse("account_login"), {"login": "ALICE@example.test", "password": PASSWORD}
    )
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))


def test_signing_out_is_a_post(client: Client, alice: User) -> None:
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_the_demo_shows_whom_one_can_be_and_nothing_else_does(
    client: Client, settings: Any
) -> None:
    settings.DEMO = False
    assert "alice@demo.test" not in read(client.get(reverse("account_login")))
    settings.DEMO = True
    assert "alice@demo.test" in read(client.get(reverse("account_login")))


GUESS = """
import sys
import django
from django.conf import settings
from lms.settings import CACHES
settings.CACHES = {"default": {**CACHES["default"], "KEY_PREFIX": sys.argv[2]}}
django.setup()
from django.test import Client
wrong = {"login": "alice@example.test", "password": "a guess"}
answers = [Client().post("/accounts/login/", wrong) for _ in range(int(sys.argv[1]))]
print(*["Too many" in answer.content.decode() for answer in answers])
"""


def guess(times: int, prefix: str) -> str:
    """Guess in a process of its own, on the cache that an installation has, in a corner of it."""
    done = subprocess.run(
        [sys.executable, "-c", GUESS, str(times), prefix],
        cwd=house.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or done.stderr


@pytest.mark.django_db(transaction=True)
def test_guesses_in_one_process_count_in_another(alice: User) -> None:
    prefix = secrets.token_hex(8)
    assert guess(6, prefix) == "False False False False False True"
    assert guess(1, prefix) == "True"
