"""Pages about oneself: how the site speaks to me, the name that is printed, what I sign."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import naming, signing
from accounts.forms import LegalNameInput, ProfileInput, SignatureInput
from accounts.models import Agreement, User
from accounts.requests import person_of

GET_AND_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_AND_POST)
@login_required
def edit_profile(request: HttpRequest) -> HttpResponse:
    """Show and keep what we call the person, the language and the time zone."""
    person = person_of(request)
    form = ProfileInput(request.POST or None, instance=User.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        kept = form.save()
        with override(kept.language):
            messages.success(request, _("Saved."))
        return redirect("accounts:edit-profile")
    return render(request, "accounts/profile.html", {"form": form, "person": person})


@require_http_methods(GET_AND_POST)
@login_required
def confirm_name(request: HttpRequest) -> HttpResponse:
    """Show the name as it is printed, and keep it once the person says that it is right."""
    person = person_of(request)
    form = LegalNameInput(request.POST or None, initial={"name": person.legal_name})
    if request.method == "POST" and form.is_valid():
        naming.confirm_legal_name(person=person, name=form.cleaned_data["name"], now=timezone.now())
        messages.success(
            request, _("Your name is confirmed: %(name)s") % {"name": person.legal_name}
        )
        return redirect(next_page(request, "accounts:list-agreements"))
    return render(
        request,
        "accounts/name.html",
        {"form": form, "person": person, "next": request.GET.get("next", "")},
    )


@require_safe
@login_required
def list_agreements(request: HttpRequest) -> HttpResponse:
    """List what there is to sign, and what the person has signed, with the name that is printed."""
    person = person_of(request)
    now, language = timezone.now(), get_language()
    current = signing.current_agreements(now)
    signed = {row.agreement_id: row for row in person.signatures.filter(agreement__in=current)}
    titles = signing.titles_in(current, language)
    lines = [
        {
            "kind": each.kind,
            "title": titles.get(each.pk, each.get_kind_display()),
            "signature": signed.get(each.pk),
        }
        for each in current
    ]
    return render(request, "accounts/agreements.html", {"lines": lines, "person": person})


@require_http_methods(GET_AND_POST)
@login_required
def sign_agreement(request: HttpRequest, kind: str) -> HttpResponse:
    """Show one text and take its signature. A kind that is not there is 404; missing words say so."""
    if kind not in Agreement.Kind.values:
        raise Http404
    person, now, language = person_of(request), timezone.now(), get_language()
    try:
        agreement = signing.current_agreement(kind=kind, now=now)
        text = signing.text_in(agreement, language)
    except signing.SigningRefused as exc:
        return render(request, "accounts/no_text.html", {"reason": str(exc)}, status=409)
    signature = (
        person.signatures.filter(agreement=agreement).select_related("typed", "text").first()
    )
    form = SignatureInput(request.POST or None, statement=text.content["statement"])
    if request.method == "POST" and form.is_valid():
        try:
            signing.sign(
                person=person,
                kind=kind,
                typed_name=form.cleaned_data["typed_name"],
                language=language,
                now=now,
            )
        except signing.SigningRefused as exc:
            form.add_error("typed_name", str(exc))
        else:
            messages.success(
                request,
                _("Signed. A copy is on its way to %(address)s.") % {"address": person.email},
            )
            return redirect(next_page(request, "accounts:list-agreements"))
    context = {
        "agreement": agreement,
        "text": text.content,
        "form": form,
        "person": person,
        "signature": signature,
    }
    return render(request, "accounts/sign.html", context | {"next": request.GET.get("next", "")})


def next_page(request: HttpRequest, otherwise: str) -> str:
    """Return the page that asked for this step, if it is one of ours, else `otherwise`."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return otherwise
