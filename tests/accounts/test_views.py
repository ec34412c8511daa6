"""The pages about oneself: what they show, what they keep, what they refuse."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agreement, AgreementText, Signature, User
from tests.accounts.conftest import read

pytestmark = pytest.mark.django_db

SIGN = {"agrees": "on", "typed_name": "Alice Rivera"}


def sign_url(kind: str = "code_of_ethics") -> str:
    return reverse("accounts:sign-agreement", args=[kind])


@pytest.mark.parametrize(
    "path",
    [
        reverse("accounts:edit-profile"),
        reverse("accounts:confirm-name"),
        reverse("accounts:list-agreements"),
        sign_url(),
    ],
)
def test_a_stranger_signs_in_first(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={path}")


def test_the_profile_is_kept_and_said_in_the_new_language(as_person: Any, alice: User) -> None:
    words = {"classroom_name": "Ali", "language": "es", "time_zone": "America/Denver"}
    answer = as_person(alice).post(reverse("accounts:edit-profile"), words, follow=True)
    alice.refresh_from_db()
    assert (alice.classroom_name, alice.language, alice.time_zone) == (
        "Ali",
        "es",
        "America/Denver",
    )
    assert '<html lang="es">' in answer.content.decode()


@pytest.mark.parametrize(
    "changed", [{"classroom_name": ""}, {"language": "xx"}, {"time_zone": "Mars/Olympus"}]
)
def test_a_profile_that_cannot_be_is_not_kept(
    as_person: Any, alice: User, changed: dict[str, str]
) -> None:
    words = {"classroom_name": "Ali", "language": "en", "time_zone": "America/Denver", **changed}
    page = as_person(alice).post(reverse("accounts:edit-profile"), words)
    assert page.status_code == 200
    assert 'aria-invalid="true"' in page.content.decode()
    alice.refresh_from_db()
    assert alice.classroom_name == "Alice"


def test_a_name_is_confirmed_and_leads_back_to_who_asked(as_person: Any, alice: User) -> None:
    words = {"name": " Alice  Rivera ", "is_right": "on", "next": "/my/"}
    answer = as_person(alice).post(reverse("accounts:confirm-name"), words)
    assert answer["Location"] == "/my/"
    alice.refresh_from_db()
    assert alice.legal_name == "Alice Rivera"
    assert alice.legal_name_confirmed_at is not None


def test_a_name_leads_to_no_other_site(as_person: Any, alice: User) -> None:
    words = {"name": "Alice Rivera", "is_right": "on", "next": "https://evil.example/"}
    answer = as_person(alice).post(reverse("accounts:confirm-name"), words)
    assert answer["Location"] == reverse("accounts:list-agreements")


@pytest.mark.parametrize("changed", [{"name": ""}, {"name": "123"}, {"is_right": ""}])
def test_a_name_that_is_not_confirmed_stays_open(
    as_person: Any, alice: User, changed: dict[str, str]
) -> None:
    words = {"name": "Alice Rivera", "is_right": "on", **changed}
    assert as_person(alice).post(reverse("accounts:confirm-name"), words).status_code == 200
    alice.refresh_from_db()
    assert alice.legal_name_confirmed_at is None


def test_a_text_is_read_signed_and_read_again(
    as_person: Any, alice: User, agreements: list[Agreement]
) -> None:
    client = as_person(alice)
    before = read(client.get(sign_url()))
    assert "Version 1, in force since" in before
    assert "I look after myself and keep learning." in before
    answer = client.post(sign_url(), SIGN)
    assert answer["Location"] == reverse("accounts:list-agreements")
    assert "Signed" in read(client.get(reverse("accounts:list-agreements")))
    after = read(client.get(sign_url()))
    assert "You signed this on" in after
    assert "Alice Rivera" in after


def test_a_second_signature_is_the_first(
    as_person: Any, alice: User, agreements: list[Agreement]
) -> None:
    client = as_person(alice)
    client.post(sign_url(), SIGN)
    assert client.post(sign_url(), {**SIGN, "typed_name": "Somebody Else"}).status_code == 302
    assert [row.typed.name for row in Signature.objects.all()] == ["Alice Rivera"]


def test_what_is_left_is_said(as_person: Any, alice: User, agreements: list[Agreement]) -> None:
    page = as_person(alice).post(sign_url(), {"typed_name": ""})
    text = page.content.decode()
    assert '<a class="alone" href="#id_agrees">' in text
    assert '<a class="alone" href="#id_typed_name">' in text
    assert Signature.objects.count() == 0


def test_another_name_than_the_confirmed_one_is_refused_in_words(
    as_person: Any, alice: User, agreements: list[Agreement], now: Any
) -> None:
    User.objects.filter(pk=alice.pk).update(legal_name="Alice Rivera", legal_name_confirmed_at=now)
    page = as_person(alice).post(sign_url(), {**SIGN, "typed_name": "Alicia"})
    assert page.status_code == 200
    assert "This is not the name you confirmed: Alice Rivera" in read(page)
    assert Signature.objects.count() == 0


def test_a_kind_that_nobody_knows_is_not_there(as_person: Any, alice: User) -> None:
    assert as_person(alice).get(sign_url("blood_oath")).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_missing_text_says_so_and_signs_nothing(
    as_person: Any, alice: User, now: Any, method: str
) -> None:
    Agreement.objects.create(kind="adult", version="99", effective_at=now)
    page = getattr(as_person(alice), method)(sign_url("adult"), SIGN if method == "post" else None)
    assert page.status_code == 409
    assert "We do not have this text in your language yet." in read(page)
    assert Signature.objects.count() == 0


def test_a_language_without_words_is_not_signed_in_another(
    as_person: Any, alice: User, now: Any
) -> None:
    newer = Agreement.objects.create(kind="adult", version="99", effective_at=now)
    AgreementText.objects.create(agreement=newer, language="en", content={}, sha256="0" * 64)
    User.objects.filter(pk=alice.pk).update(language="es")
    assert as_person(alice).get(sign_url("adult")).status_code == 409


def test_the_list_asks_no_more_for_more_signatures(
    as_person: Any, alice: User, agreements: list[Agreement], django_assert_max_num_queries: Any
) -> None:
    client, path = as_person(alice), reverse("accounts:list-agreements")
    client.get(path)
    with django_assert_max_num_queries(20) as unsigned:
        client.get(path)
    for kind in Agreement.Kind.values:
        client.post(sign_url(kind), SIGN)
    client.get(path)
    with django_assert_max_num_queries(20) as signed:
        client.get(path)
    assert len(signed) == len(unsigned)


def test_error_pages_speak_and_lead_on(as_person: Any, alice: User) -> None:
    page = as_person(alice).get("/me/nowhere/")
    assert page.status_code == 404
    assert "There is no such page" in read(page)
