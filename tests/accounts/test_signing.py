"""Signing: once, in words that are there, with the name one confirmed."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import naming, signing
from accounts.fingerprints import salted
from accounts.models import Agreement, AgreementText, Signature, SignatureName, User
from accounts.signals import person_changed
from jobs.models import OutgoingMail


def sign(person: User, now: datetime, **changed: Any) -> Signature:
    given = {"kind": "code_of_ethics", "typed_name": "Alice Rivera", "language": "en"}
    return signing.sign(person=person, now=now, **{**given, **changed})


def test_a_signature_keeps_the_words_the_time_and_the_name(
    alice: User, agreements: list[Agreement], now: datetime
) -> None:
    signature = sign(alice, now, typed_name="  Alice   Rivera ")
    typed = signature.typed
    assert (
        signature.person,
        signature.agreement.kind,
        signature.text.language,
        signature.signed_at,
    ) == (
        alice,
        "code_of_ethics",
        "en",
        now,
    )
    assert typed.name == "Alice Rivera"
    assert signature.name_sha256 == salted("Alice Rivera", typed.salt)


def test_signing_twice_is_signing_once(
    alice: User, agreements: list[Agreement], now: datetime
) -> None:
    first = sign(alice, now)
    second = sign(alice, now + timedelta(days=1), typed_name="Somebody Else", language="es")
    assert second == first
    assert (
        Signature.objects.count(),
        SignatureName.objects.count(),
        OutgoingMail.objects.count(),
    ) == (1, 1, 1)


def test_a_copy_of_the_words_is_mailed_in_their_language(
    alice: User, agreements: list[Agreement], now: datetime
) -> None:
    signature = sign(alice, now, language="es")
    mail = OutgoingMail.objects.get(cause=f"signature-{signature.pk}")
    assert mail.address == alice.email
    assert "Código de ética" in mail.subject
    assert "14. Me cuido y sigo aprendiendo." in mail.body
    assert "&" not in mail.body


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "blood_oath"}, "no such text"),
        ({"language": "fr"}, "do not have this text in your language"),
        ({"typed_name": "   "}, "type your name"),
        ({"typed_name": "12 34"}, "type your name"),
        ({"typed_name": "A" * 121}, "longer than we can print"),
        ({"typed_name": "Alice\u0000Rivera"}, "cannot print"),
    ],
)
def test_what_cannot_be_signed_leaves_nothing(
    alice: User, agreements: list[Agreement], now: datetime, changed: dict[str, str], words: str
) -> None:
    with pytest.raises(signing.SigningRefused, match=words):
        sign(alice, now, **changed)
    assert (Signature.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_only_the_confirmed_name_signs(
    alice: User, agreements: list[Agreement], now: datetime
) -> None:
    naming.confirm_legal_name(person=alice, name="Alice Rivera", now=now)
    with pytest.raises(signing.SigningRefused, match="Alice Rivera"):
        sign(alice, now, typed_name="Alicia Rivera")
    assert sign(alice, now, typed_name="ALICE RIVERA").typed.name == "ALICE RIVERA"


def test_a_text_that_is_not_in_force_yet_is_not_signed(
    alice: User, agreements: list[Agreement], now: datetime
) -> None:
    with pytest.raises(signing.SigningRefused, match="no such text"):
        sign(alice, datetime(2024, 1, 1, tzinfo=UTC))


def test_a_new_version_is_signed_anew(
    alice: User, agreements: list[Agreement], now: datetime
) -> None:
    first = sign(alice, now)
    newer = Agreement.objects.create(
        kind="code_of_ethics", version="2", effective_at=now + timedelta(days=10)
    )
    AgreementText.objects.create(
        agreement=newer, language="en", content=first.text.content, sha256=first.text.sha256
    )
    assert signing.signed_kinds(alice, now) == {"code_of_ethics"}
    later = now + timedelta(days=11)
    assert signing.signed_kinds(alice, later) == set()
    assert sign(alice, later).agreement == newer
    assert signing.signed_kinds(alice, later) == {"code_of_ethics"}


def test_signed_kinds_asks_twice_however_much_was_signed(
    alice: User, agreements: list[Agreement], now: datetime, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        assert signing.signed_kinds(alice) == set()
    for kind in Agreement.Kind.values:
        sign(alice, now, kind=kind)
    with django_assert_num_queries(2):
        assert signing.signed_kinds(alice) == {"code_of_ethics", "adult", "lived_experience"}


def test_the_roof_hears_of_a_signature_once(
    alice: User, agreements: list[Agreement], now: datetime
) -> None:
    heard: list[User] = []

    def hear(sender: Any, person: User, **kwargs: Any) -> None:
        heard.append(person)

    person_changed.connect(hear)
    try:
        sign(alice, now)
        sign(alice, now)
    finally:
        person_changed.disconnect(hear)
    assert heard == [alice]


def test_a_signature_is_never_changed(
    alice: User, agreements: list[Agreement], now: datetime
) -> None:
    signature = sign(alice, now)
    for rows in (Signature.objects.filter(pk=signature.pk), AgreementText.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.filter(pk=signature.pk).update(signed_at=now + timedelta(days=1))
    # the name under it can be redacted
    assert SignatureName.objects.filter(signature=signature).update(name="") == 1


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_sign_once(
    alice: User, agreements: list[Agreement], now: datetime
) -> None:
    together, signed = Barrier(2), []

    def one() -> None:
        together.wait()
        signed.append(sign(alice, now).pk)
        connection.close()

    threads = [Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert signed == [signed[0]] * 2
    assert Signature.objects.count() == 1
