"""The registrar's page where a certificate is replaced by a newer one, as after a change of name."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import person_of
from certificates import issuing
from certificates.views.office import may_revoke, one, words_for
from jobs.bell import ring


@require_http_methods(["GET", "HEAD", "POST"])
@may_revoke
def replace_certificate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show both names and what will happen; replace when a person has read the name that is printed.

    The form carries that name: one that was changed meanwhile is shown first.
    """
    certificate = one(public_id)
    name = issuing.printed_name(certificate.completion.enrolment.trainee.legal_name)
    words = {
        **words_for(certificate),
        "name": name,
        "is_same_name": name == certificate.printed.name,
        "is_replaced": certificate.was_superseded,
    }
    has_read = "confirmed" in request.POST
    if has_read and request.POST.get("name", "") != name:
        messages.warning(request, _("The legal name has changed meanwhile. Please look again."))
        has_read = False
    if not has_read:
        return render(request, "certificates/admin/replace.html", words)
    try:
        newer = issuing.supersede(
            certificate=certificate, by=person_of(request), now=timezone.now()
        )
    except issuing.Refused as exc:
        messages.error(request, str(exc))
        return redirect("certificates_record", public_id)
    ring("certificates.tasks.render_certificate", newer.pk)
    messages.success(
        request,
        _("%(newer)s replaces %(older)s. It is printed now, and the holder gets a mail.")
        % {"newer": newer.number, "older": certificate.number},
    )
    return redirect("certificates_record", newer.public_id)
