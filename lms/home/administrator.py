"""The administrator's start page: people by role, what the provider still lacks, how things run."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import HIGHEST_FIRST, Role
from courses.models import Approval, Provider
from jobs.models import Job, OutgoingMail, State

SOON = timedelta(days=60)
OPENING_KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Lacks:
    """What the provider's settings still need: plain words are in the template."""

    fields: tuple[str, ...]
    expired: tuple[Approval, ...]
    expiring: tuple[Approval, ...]
    standing: tuple[Approval, ...]
    has_valid_approval: bool

    @property
    def any(self) -> bool:
        return bool(self.fields or self.expired or not self.has_valid_approval)


def read(person: User, now: datetime) -> dict[str, Any]:
    """Return what the administrator's page shows."""
    provider = Provider.load()
    return {
        "roles": people_by_role(),
        "printed": provider,
        "provider_url": reverse("wagtailsettings:edit", args=("courses", "provider")),
        "lacks": lacks(
            provider,
            list(provider.approvals.order_by("valid_until", "pk")),
            timezone.localdate(now),
        ),
        "without_second_step": staff_without_second_step(),
        "second_step_required": settings.SECOND_FACTOR_REQUIRED,
        "has_second_step": Authenticator.objects.filter(
            user=person, type__in=OPENING_KINDS
        ).exists(),
        "stopped": stopped_work(),
    }


def lacks(provider: Provider, approvals: list[Approval], today: date) -> Lacks:
    """Say what is missing or past its date in what is printed on certificates."""
    needed = ("name", "street", "city", "signatory_name", "signatory_title")
    fields = [name for name in needed if not getattr(provider, name)]
    if not provider.contact_email and not provider.contact_phone:
        fields.append("contact")
    ended = [a for a in approvals if a.valid_until and a.valid_until < today]
    ending = [a for a in approvals if a.valid_until and today <= a.valid_until <= today + SOON]
    others = [a for a in approvals if a not in ended and a not in ending and a.valid_from <= today]
    return Lacks(tuple(fields), tuple(ended), tuple(ending), tuple(others), bool(ending or others))


def people_by_role() -> list[tuple[Role, int]]:
    """Count the active people by their highest role, in the order of the table of roles."""
    active = User.objects.filter(is_active=True)
    highest: dict[int, Role] = {}
    for person, is_superuser, group in staff(active).values_list(
        "pk", "is_superuser", "groups__name"
    ):
        role = Role.ADMINISTRATOR if is_superuser else Role(group)
        before = highest.get(person, role)
        highest[person] = min(role, before, key=HIGHEST_FIRST.index)
    counts = Counter(highest.values())
    counts[Role.TRAINEE] = active.count() - len(highest)
    return [(role, counts[role]) for role in Role]


def staff(people: QuerySet[User]) -> QuerySet[User]:
    """Return who holds a role above trainee: a row for each of a person's roles."""
    groups = [role.value for role in HIGHEST_FIRST]
    return people.filter(Q(is_superuser=True) | Q(groups__name__in=groups)).order_by("pk")


def staff_without_second_step() -> int:
    """Count the staff whose account a password alone opens."""
    opened = Authenticator.objects.filter(user=OuterRef("pk"), type__in=OPENING_KINDS)
    people = staff(User.objects.filter(is_active=True)).exclude(Exists(opened))
    return people.values("pk").distinct().count()


def stopped_work() -> dict[str, int]:
    """Count long work and mails that stopped with an error."""
    return {
        "jobs": Job.objects.filter(state=State.FAILED).count(),
        "mails": OutgoingMail.objects.filter(state=State.FAILED).count(),
    }
