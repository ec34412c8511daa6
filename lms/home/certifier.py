"""The certifier's start page: check a code, what was asked before, what the answers mean."""

from datetime import datetime
from typing import Any

from accounts.models import User
from certificates.models import Check

LATEST = 8


def read(person: User, now: datetime) -> dict[str, Any]:
    """Return what the certifier's page shows: their own checks, and nobody else's."""
    own = (
        Check.objects.filter(certifier=person)
        .select_related("certificate")
        .order_by("-checked_at", "-pk")
    )
    return {"checks": list(own[:LATEST])}
