"""The holder's own certificate: how far it is, the PDF, who asked about it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.storage import Storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates import numbering, registry
from certificates.models import Certificate, CertificateEvent
from certificates.tracking import before_issue, progress_of
from courses.models import Enrolment
from courses.standing import standing_of
from jobs.models import State

CHECKS_SHOWN = 10
LINK_SECONDS = 60


def own(request: HttpRequest, public_id: UUID) -> Certificate:
    """Return a certificate of the person who asks; anybody else's is not there."""
    mine = Certificate.objects.held_by(request.user).select_related(
        "printed", "completion__enrolment"
    )
    return get_object_or_404(mine, public_id=public_id)


@require_safe
@login_required
@never_cache
def show_certificate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the way to the certificate, or the certificate; send the office to its own page."""
    try:
        certificate = own(request, public_id)
    except Http404:
        if request.user.has_perm("certificates.view_certificate"):
            return redirect("certificates_record", public_id)
        raise
    now = timezone.now()
    standing = registry.standing_of(certificate, registry.events_of(certificate.pk), now)
    return render(
        request,
        "certificates/show.html",
        {
            "certificate": certificate,
            "facts": certificate.facts,
            "progress": progress_of(certificate),
            "standing": standing,
            "reason": reason_in_words(standing.reason),
            "groups": numbering.group(certificate.public_code),
            "checks": certificate.checks.order_by("-pk")[:CHECKS_SHOWN],
            "enrolment": certificate.completion.enrolment,
        },
    )


@require_safe
@login_required
@never_cache
def follow_certificate(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Show the way from the moment nothing is left to do; lead to the certificate once there is one."""
    mine = Enrolment.objects.held_by(request.user).select_related("course", "release", "trainee")
    place = get_object_or_404(mine, public_id=enrolment)
    completion = place.completions.order_by("-pk").first()
    certificate = completion.certificates.order_by("-pk").first() if completion else None
    if certificate:
        return redirect("certificates:show-certificate", certificate.public_id)
    if completion is None and not standing_of(place, timezone.now()).is_ready:
        return redirect("courses:show-course", place.public_id)
    progress = before_issue(completion.completed_at if completion else None)
    return render(request, "certificates/show.html", {"progress": progress, "enrolment": place})


@require_safe
@login_required
@never_cache
def show_progress(request: HttpRequest, public_id: UUID) -> JsonResponse:
    """Tell the page's script how far it is; it reads the page again when `mark` has changed."""
    progress = progress_of(own(request, public_id))
    return JsonResponse(
        {
            "mark": progress.mark,
            "is_ready": progress.is_ready,
            "is_stopped": progress.is_stopped,
            "steps": [
                {
                    "stage": step.stage,
                    "state": step.state,
                    "at": step.at.isoformat() if step.at else None,
                }
                for step in progress.steps
            ],
        }
    )


@require_safe
@login_required
@never_cache
def download_pdf(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Hand the PDF to its holder or to the office; from a bucket by a link that works for a minute."""
    certificate = own_or_office(request, public_id)
    if certificate.state != State.DONE or not certificate.pdf:
        raise Http404
    name = f"{certificate.number}.pdf"
    storage: Any = certificate.pdf.storage
    if is_elsewhere(storage):
        disposition = {"ResponseContentDisposition": f'attachment; filename="{name}"'}
        return redirect(
            storage.url(certificate.pdf.name, parameters=disposition, expire=LINK_SECONDS)
        )
    return FileResponse(
        certificate.pdf.open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/pdf",
    )


def own_or_office(request: HttpRequest, public_id: UUID) -> Certificate:
    """Return the person's own certificate, or any one to whom the office's pages are open."""
    if request.user.has_perm("certificates.view_certificate"):
        return get_object_or_404(Certificate, public_id=public_id)
    return own(request, public_id)


def is_elsewhere(storage: Storage) -> bool:
    """Return whether the files of a storage are not on a disk of ours."""
    try:
        storage.path("x")
    except NotImplementedError:
        return True
    return False


def reason_in_words(reason: str) -> str:
    """Return the public reason class as people read it."""
    return str(CertificateEvent.Reason(reason).label) if reason else ""
