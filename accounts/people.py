"""Makes people: by code, so that they can sign in at once, as if they had signed up."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import User
from jobs.mail import queue_mail, render_mail


class Taken(Exception):
    """Somebody signs in with this address already."""


@transaction.atomic
def register(
    *,
    email: str,
    password: str | None,
    classroom_name: str,
    language: str,
    role: str | None = None,
    verified: bool = True,
    now: datetime,
) -> User:
    """Make a person with an address that is confirmed, and a role. Raises `Taken`.

    Without a password the person sets one by the link of "forgotten password".
    """
    address = User.objects.normalize_email(email.strip())
    if User.objects.filter(email__iexact=address).exists():
        raise Taken(_("Somebody signs in with this address already."))
    person = User.objects.create_user(
        address, password, classroom_name=classroom_name, language=language, date_joined=now
    )
    EmailAddress.objects.create(user=person, email=address.lower(), primary=True, verified=verified)
    if role:
        roles.give_role(person=person, role=role, now=now)
    return person


@transaction.atomic
def follow_address(*, person: User) -> None:
    """Bring the address that is confirmed in line with one that the office has typed for a person."""
    rows = EmailAddress.objects.filter(user=person)
    if not rows.filter(email__iexact=person.email, primary=True).exists():
        rows.delete()
        EmailAddress.objects.create(
            user=person, email=person.email.lower(), primary=True, verified=True
        )


def password_link(person: User) -> str:
    """Return the address where a person sets a password, once, within three days. Whole, with the site."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(person),
            "key": default_token_generator.make_token(person),
        },
    )
    return f"{settings.SITE_URL}{path}"


def invite(*, person: User) -> None:
    """Mail a person whom the office has added the link where the password is set."""
    subject, body = render_mail(
        "invited", {"person": person, "link": password_link(person)}, person.language
    )
    queue_mail(address=person.email, subject=subject, body=body, person=person)
