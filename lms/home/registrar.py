"""The registrar's start page: enrolments and certificates, and what needs a person."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, When
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import User
from certificates.models import Certificate, CertificateEvent
from certificates.models.certificate import CertificateQuerySet
from certificates.standings import today, with_fate
from courses.models import Completion, Enrolment
from jobs.models import State
from lms import columns

LATEST = 6
STUCK = 6


@dataclass(frozen=True)
class Enrolments:
    """How many study toward one credential, and how many of them have completed."""

    name: str
    total: int
    completed: int

    @property
    def studying(self) -> int:
        return self.total - self.completed


def read(person: User, now: datetime) -> dict[str, Any]:
    """Return what the registrar's page shows. Specimens count nowhere."""
    counted = Certificate.objects.counted()
    months = columns.months_until(timezone.localdate(now), issued_by_month(counted, now))
    waiting = (
        counted.exclude(state=State.DONE)
        .select_related("printed")
        .order_by(Case(When(state=State.FAILED, then=0), default=1), "issued_at", "pk")
    )
    states = counted.aggregate(
        stopped=Count("pk", filter=Q(state=State.FAILED)),
        at_work=Count("pk", filter=Q(state__in=(State.WAITING, State.RUNNING))),
    )
    enrolments = enrolments_by_profile()
    return {
        "statuses": count_statuses(counted, now),
        "months": months,
        "issued_in_months": sum(month.count for month in months),
        "drawings": [columns.draw(months, box) for box in (columns.WIDE, columns.PHONE)],
        "states": states,
        "waiting": list(waiting[:STUCK]),
        "waiting_count": states["stopped"] + states["at_work"],
        "latest": list(latest_events()),
        "enrolments": enrolments,
        "trainees": sum(row.total for row in enrolments),
    }


def count_statuses(certificates: CertificateQuerySet, now: datetime) -> dict[str, int]:
    """Count certificates by status, with the rule of `certificates.status`: the gravest counts."""
    revoked = Q(was_revoked=True)
    superseded = ~revoked & Q(was_superseded=True)
    expired = Q(was_revoked=False, was_superseded=False, valid_until__lt=today(now))
    return with_fate(certificates, now).aggregate(
        all=Count("pk"),
        valid=Count("pk") - Count("pk", filter=revoked | superseded | expired),
        expired=Count("pk", filter=expired),
        superseded=Count("pk", filter=superseded),
        revoked=Count("pk", filter=revoked),
    )


def issued_by_month(certificates: CertificateQuerySet, now: datetime) -> dict[date, int]:
    """Count what was issued, by the first day of the month in the reader's time zone."""
    rows = (
        certificates.filter(issued_at__lte=now)
        .annotate(month=TruncMonth("issued_at"))
        .values_list("month")
        .annotate(count=Count("pk"))
        .order_by("month")
    )
    return {month.date(): count for month, count in rows}


def latest_events() -> Any:
    """Return what happened last to certificates, with the name that is printed on each."""
    return (
        CertificateEvent.objects.filter(certificate__is_specimen=False)
        .select_related("certificate__printed", "actor")
        .order_by("-recorded_at", "-pk")[:LATEST]
    )


def enrolments_by_profile() -> list[Enrolments]:
    """Count enrolments and completions by credential, the largest first."""
    version = "profile_version__profile__code"
    rows = (
        Enrolment.objects.counted()
        .annotate(is_complete=Exists(Completion.objects.filter(enrolment=OuterRef("pk"))))
        .values_list(version, "profile_version__names")
        .annotate(total=Count("pk"), completed=Count("pk", filter=Q(is_complete=True)))
        .order_by(version, "profile_version__number")
    )
    named: dict[str, Enrolments] = {}
    for code, names, total, completed in rows:  # the newest version of a profile names it
        seen = named.get(code, Enrolments(code, 0, 0))
        name = names.get(get_language() or "en") or names.get("en") or code
        named[code] = Enrolments(name, seen.total + total, seen.completed + completed)
    return sorted(named.values(), key=lambda row: (-row.total, row.name))
