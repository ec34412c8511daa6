"""The registrar's pages about one certificate, inside the editor's admin."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import posted_from
from certificates import issuing, numbering, rendering
from certificates.forms import RevokeInput
from certificates.models import Certificate, CertificateEvent
from certificates.standings import WORDS, Fate, fate_of, with_fate
from certificates.views.certifier import in_words
from jobs.bell import ring

may_see = permission_required("certificates.view_certificate", raise_exception=True)
may_revoke = permission_required("certificates.revoke_certificate", raise_exception=True)


def words_for(certificate: Any) -> dict[str, Any]:
    """Return what every page about a certificate says of it."""
    fate = fate_of(certificate, timezone.now())
    return {
        "certificate": certificate,
        "facts": certificate.facts,
        "groups": numbering.group(certificate.public_code),
        "fate": WORDS[fate],
        "is_good": fate is Fate.VALID,
        "is_stopped": fate is Fate.STOPPED,
        "is_revoked": fate is Fate.REVOKED,
    }


def one(public_id: UUID) -> Any:
    """Return a certificate with all that its page says, or 404."""
    rows = Certificate.objects.select_related("printed", "completion__enrolment__trainee")
    return get_object_or_404(with_fate(rows, timezone.now()), public_id=public_id)


@require_safe
@may_see
def show_record(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a certificate with everything that happened to it."""
    certificate = one(public_id)
    events = certificate.events.select_related("actor", "note")
    checks = certificate.checks.select_related("certifier")[:20]
    return render(
        request,
        "certificates/admin/record.html",
        {
            **words_for(certificate),
            "events": events,
            "checks": [in_words(check) for check in checks],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may_revoke
def revoke_certificate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for the reason, show what will happen, and revoke only when that was read."""
    certificate = one(public_id)
    form = RevokeInput(request.POST or None)
    words = {**words_for(certificate), "form": form}
    if not form.is_valid() or "back" in request.POST:
        return render(request, "certificates/admin/revoke.html", words)
    reason = CertificateEvent.Reason(form.cleaned_data["reason"])
    if "confirmed" not in request.POST:
        return render(
            request, "certificates/admin/revoke_confirm.html", {**words, "reason": reason.label}
        )
    try:
        issuing.revoke(
            certificate=certificate,
            by=cast("User", request.user),
            reason=reason,
            note=form.cleaned_data["note"],
            now=timezone.now(),
        )
    except issuing.Refused as exc:
        messages.error(request, str(exc))
    else:
        messages.success(
            request,
            _("%(number)s is revoked. Whoever checks it is told from now on.")
            % {"number": certificate.number},
        )
    return redirect("certificates_record", public_id)


def record_page(*, public_id: UUID) -> str:
    """Return the address of a certificate's record."""
    return reverse("certificates_record", args=[public_id])


@posted_from(record_page)
@may_revoke
def print_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a certificate whose printing stopped be printed again."""
    certificate = one(public_id)
    if rendering.retry(certificate=certificate, now=timezone.now()):
        ring("certificates.tasks.render_certificate", certificate.pk)
        messages.success(request, _("It is printed again now. Load the page again in a minute."))
    return redirect("certificates_record", public_id)
