"""The legal name: as on the ID, as it is printed, confirmed by the person."""

import unicodedata
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.signals import person_changed

LONGEST = 120


class NamingRefused(Exception):
    """The name cannot be kept, with words for the person."""


def tidy_name(typed: str) -> str:
    """Return a name as it is kept: one form of each letter, single spaces, none around it.

    Raises `NamingRefused` for what cannot be a name: no letter, a sign that is not written, too
    long. One word is enough, and so is any script: names follow no rule of ours.
    """
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not any(char.isalpha() for char in name):
        raise NamingRefused(_("Please type your name as it is on your ID."))
    if len(name) > LONGEST:
        raise NamingRefused(
            _("This name is longer than we can print. Write to us, and we find a way.")
        )
    if any(unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} for char in name):
        raise NamingRefused(_("There is a sign in this name that we cannot print."))
    return name


def same_name(one: str, other: str) -> bool:
    """Say whether two names are one, whatever their capitals and spaces."""

    def plain(name: str) -> str:
        return " ".join(unicodedata.normalize("NFKC", name).casefold().split())

    return plain(one) == plain(other)


@transaction.atomic
def confirm_legal_name(*, person: User, name: str, now: datetime) -> User:
    """Keep the name that is printed, and that the person confirmed it. Raises `NamingRefused`.

    Confirming the same name again changes nothing. What was printed before stays as it was: a
    certificate with a new name is a new certificate.
    """
    tidy = tidy_name(name)
    kept = User.objects.select_for_update().get(pk=person.pk)
    if kept.legal_name != tidy or kept.legal_name_confirmed_at is None:
        kept.legal_name, kept.legal_name_confirmed_at = tidy, now
        kept.save(update_fields=["legal_name", "legal_name_confirmed_at"])
        person_changed.send(sender=User, person=kept)
    person.legal_name, person.legal_name_confirmed_at = (
        kept.legal_name,
        kept.legal_name_confirmed_at,
    )
    return kept
