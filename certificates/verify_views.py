"""Checking a certificate: open to anyone, for whom the page is often the only one they ever see.

The address holds the code and nothing else. A typed name is sent by POST, compared, and forgotten;
what comes back in the address is a signed answer without the name.
"""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from certificates import limits, numbering, registry
from certificates.forms import SLIPS, CodeInput, NameInput
from certificates.matching import Match
from certificates.models import CertificateEvent
from certificates.registry import Finding
from certificates.status import Status

ANSWER_SALT = "certificates.name-match"
ANSWER_SECONDS = 900
HTTP_STATUS = {Status.UNKNOWN: 404, Status.MALFORMED: 404}
TEMPLATES = {Status.UNKNOWN: "verify/unknown.html", Status.MALFORMED: "verify/unknown.html"}


@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponseBase:
    """Ask for a code; with one in the address, lead to its page or say what is wrong with it."""
    form = CodeInput(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("verify:show", form.cleaned_data["code"])
    return quiet(render(request, "verify/start.html", {"form": form}))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say what can be said of a code; on POST, compare a typed name and lead back with the answer."""
    now, client = timezone.now(), limits.network_of(get_adapter(request).get_client_ip(request))
    if limits.is_spent(limits.MISSES, client, now) or not limits.take(limits.LOOK_UPS, client, now):
        return too_often(request)
    finding = registry.look_up(code, now)
    if not finding.is_found:
        limits.take(limits.MISSES, client, now)
    if request.method == "POST" and finding.is_found:
        return compare(request, finding, client)
    if is_certifier(request) and "answer" not in request.GET:
        registry.note_check(certifier=cast("User", request.user), finding=finding, now=now)
    template = TEMPLATES.get(finding.status, "verify/show.html")
    status = HTTP_STATUS.get(finding.status, 200)
    return quiet(render(request, template, words_for(request, finding), status=status))


def compare(request: HttpRequest, finding: Finding, client: str) -> HttpResponseBase:
    """Compare a typed name with the printed one; each client and each code has so many tries."""
    now, code = timezone.now(), finding.typed.code
    by_client = limits.take(limits.NAMES, f"{client} {code}", now)
    if not (limits.take(limits.NAMES_OF_A_CODE, code, now) and by_client):
        return too_often(request)
    form = NameInput(request.POST)
    if not form.is_valid():
        return quiet(
            render(request, "verify/show.html", {**words_for(request, finding), "name_form": form})
        )
    match = registry.compare_name(finding, form.cleaned_data["name"])
    if is_certifier(request):
        registry.note_check(
            certifier=cast("User", request.user), finding=finding, now=now, match=match
        )
    answer = signing.dumps([code, match.value], salt=ANSWER_SALT)
    return redirect(f"{reverse('verify:show', args=[code])}?answer={answer}#name-answer")


def words_for(request: HttpRequest, finding: Finding) -> dict[str, Any]:
    """Return what the page says: never the full name."""
    certificate = finding.certificate
    reason = finding.standing.reason
    return {
        "finding": finding,
        "status": finding.status.value,
        "certificate": certificate,
        "facts": certificate.facts if certificate else {},
        "groups": numbering.group(finding.typed.code),
        "reason": CertificateEvent.Reason(reason).label if reason else "",
        "slip": SLIPS[finding.typed.slip] if finding.typed.slip else "",
        "checked_at": timezone.now(),
        "code_form": CodeInput(
            initial={"code": finding.typed.code} if not finding.is_found else None
        ),
        "name_form": NameInput(),
        "match": answer_in(request, finding.typed.code),
    }


def answer_in(request: HttpRequest, code: str) -> str:
    """Return the answer about a name that the address carries, if we signed it for this code lately."""
    try:
        asked, match = signing.loads(
            request.GET.get("answer", ""), salt=ANSWER_SALT, max_age=ANSWER_SECONDS
        )
    except (signing.BadSignature, TypeError, ValueError):
        return ""
    return Match(match).value if asked == code else ""


def is_certifier(request: HttpRequest) -> bool:
    """Return whether a certifying body's person asks: their look-ups are kept for them."""
    return request.user.is_authenticated and request.user.has_perm("certificates.check_certificate")


def too_often(request: HttpRequest) -> HttpResponse:
    """Ask for patience, and say for how long."""
    seconds = limits.seconds_left(timezone.now())
    response = render(request, "verify/slower.html", {"minutes": -(-seconds // 60)}, status=429)
    response["Retry-After"] = str(seconds)
    return quiet(response)


def quiet(response: HttpResponse) -> HttpResponse:
    """Keep the page out of search engines, and its address out of other sites' logs.

    `same-origin` sends other sites nothing, as `no-referrer` does. Under `no-referrer` a browser
    also sends `Origin: null` with our own forms, which the CSRF check must refuse: neither a name
    could be compared on the page, nor its language changed.
    """
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "same-origin"
    return response
