"""Signing: a versioned text, a typed name, a time. Only that it was signed, never a story."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts import naming
from accounts.fingerprints import new_salt, salted
from accounts.loading import load_agreements
from accounts.models import Agreement, AgreementText, Signature, SignatureName, User
from accounts.signals import person_changed
from jobs.mail import queue_mail, render_mail

__all__ = [
    "SigningRefused",
    "current_agreement",
    "current_agreements",
    "load_agreements",
    "sign",
    "signed_kinds",
    "text_in",
    "titles_in",
]


class SigningRefused(Exception):
    """The signature cannot be taken, with words for the person."""


def current_agreements(now: datetime | Now) -> list[Agreement]:
    """Return the newest version in force of each kind, in the order of the kinds; one query."""
    newest: dict[str, Agreement] = {}
    for agreement in Agreement.objects.filter(effective_at__lte=now).order_by("effective_at", "pk"):
        newest[agreement.kind] = agreement
    return [newest[kind] for kind in Agreement.Kind.values if kind in newest]


def current_agreement(*, kind: str, now: datetime) -> Agreement:
    """Return the version of a kind that is signed now. Raises `SigningRefused` where there is none."""
    for agreement in current_agreements(now):
        if agreement.kind == kind:
            return agreement
    raise SigningRefused(_("There is no such text to sign here."))


def text_in(agreement: Agreement, language: str) -> AgreementText:
    """Return an agreement's words in a language. Raises `SigningRefused` where they are missing.

    Nobody signs words in a language they did not choose, so there is no falling back.
    """
    text = agreement.texts.filter(language=language).first()
    if text is None:
        raise SigningRefused(
            _("We do not have this text in your language yet. Switch the language, or write to us.")
        )
    return text


def titles_in(agreements: list[Agreement], language: str) -> dict[int, str]:
    """Return the titles of agreements in a language, by agreement; one query."""
    texts = AgreementText.objects.filter(agreement__in=agreements, language=language)
    return {text.agreement_id: text.content["title"] for text in texts}


def signed_kinds(person: User, now: datetime | Now | None = None) -> set[str]:
    """Return the kinds whose version in force the person signed, by the database's clock if none is given.

    Two queries.
    """
    current = {agreement.pk: agreement.kind for agreement in current_agreements(now or Now())}
    signed = person.signatures.filter(agreement__in=current).values_list("agreement_id", flat=True)
    return {current[pk] for pk in signed}


@transaction.atomic
def sign(*, person: User, kind: str, typed_name: str, language: str, now: datetime) -> Signature:
    """Keep that a person signed the current version of a kind. A second call returns the first signature.

    Raises `SigningRefused`: unknown kind, no words in this language, no name, or another name than
    the one the person confirmed.
    """
    agreement = current_agreement(kind=kind, now=now)
    text = text_in(agreement, language)
    kept = User.objects.select_for_update().get(pk=person.pk)
    if before := Signature.objects.filter(person=kept, agreement=agreement).first():
        return before
    name = accepted_name(kept, typed_name)
    salt = new_salt()
    signature: Signature = Signature.objects.create(
        person=kept, agreement=agreement, text=text, name_sha256=salted(name, salt), signed_at=now
    )
    SignatureName.objects.create(signature=signature, name=name, salt=salt)
    send_copy(signature, name)
    person_changed.send(sender=User, person=kept)
    return signature


def accepted_name(person: User, typed: str) -> str:
    """Return the typed name as it is kept. Raises `SigningRefused`."""
    try:
        name = naming.tidy_name(typed)
    except naming.NamingRefused as exc:
        raise SigningRefused(str(exc)) from exc
    if person.legal_name_confirmed_at and not naming.same_name(name, person.legal_name):
        raise SigningRefused(
            _("This is not the name you confirmed: %(name)s. Type that name, or change it first.")
            % {"name": person.legal_name}
        )
    return name


def send_copy(signature: Signature, name: str) -> None:
    """Mail the signed words to the person, once."""
    person = signature.person
    subject, body = render_mail(
        "signed",
        {"text": signature.text.content, "signature": signature, "name": name},
        signature.text.language,
    )
    queue_mail(
        address=person.email,
        subject=subject,
        body=body,
        person=person,
        cause=f"signature-{signature.pk}",
    )
