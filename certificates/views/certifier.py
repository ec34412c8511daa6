"""What a certifier checked: their own look-ups, to find again and to show."""

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certificates import numbering
from certificates.matching import Match
from certificates.models import Check
from certificates.status import Status
from certificates.wordbook import KINDS, MATCHES, STATUSES

PAGE = 25


@require_safe
@login_required
@permission_required("certificates.check_certificate", raise_exception=True)
def list_checks(request: HttpRequest) -> HttpResponse:
    """List the signed-in certifier's own checks, the newest first, with a search and a filter."""
    asked = " ".join(request.GET.get("q", "").replace("\0", "").split())  # PostgreSQL takes no NUL
    outcome = request.GET.get("outcome", "")
    checks = find(Check.objects.filter(certifier=request.user.pk), asked, outcome)
    page = Paginator(checks.select_related("certificate"), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "certificates/checks.html",
        {
            "page": page,
            "rows": [in_words(check) for check in page],
            "q": asked,
            "outcome": outcome,
            "outcomes": STATUSES.items(),
            "is_filtered": bool(asked or outcome),
        },
    )


def find(checks: QuerySet[Check], asked: str, outcome: str) -> QuerySet[Check]:
    """Narrow checks down to a number or a code, and to an answer."""
    if asked:
        code = numbering.read(asked).code
        checks = checks.filter(
            Q(certificate__number__icontains=asked)
            | Q(certificate__public_code__startswith=code or "-")
        )
    return checks.filter(outcome=outcome) if outcome in set(Status) else checks


def in_words(check: Check) -> dict[str, Any]:
    """Return a check with its answer and the answer about the name as people read them."""
    status = Status(check.outcome)
    return {
        "check": check,
        "certificate": check.certificate,
        "status": STATUSES[status],
        "kind": KINDS.get(status, ""),
        "match": MATCHES[Match(check.match)] if check.match else "",
    }
