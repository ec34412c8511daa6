"""Makes the cast: people with a name, an address that is confirmed, and a role."""

from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User

PASSWORD = "correct horse battery staple"


def make_person(name: str, *, role: str = "", **fields: Any) -> User:
    """Make a person who can sign in at once, with the role that is named (a trainee has none)."""
    person = User.objects.create_user(
        fields.pop("email", f"{name.split()[0].lower()}@example.test"),
        PASSWORD,
        **{"classroom_name": name.split()[0], "legal_name": name, **fields},
    )
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    if role:
        give_role(person, role)
    return person


def give_role(person: User, role: str) -> None:
    """Give a role as the product does."""
    from accounts import roles  # noqa: PLC0415  (app ready)

    roles.give_role(person=person, role=role, now=timezone.now())
