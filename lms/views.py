"""The doors that show all floors: each role's start page, the standing pages, the language switch."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from wagtail.models import Locale, Page

from accounts.models import User
from accounts.roles import Role, role_of
from lms.home import administrator, certifier, instructor, registrar, trainee

PAGES: dict[Role, Callable[[User, datetime], dict[str, Any]]] = {
    Role.TRAINEE: trainee.read,
    Role.INSTRUCTOR: instructor.read,
    Role.REGISTRAR: registrar.read,
    Role.CERTIFIER: certifier.read,
    Role.ADMINISTRATOR: administrator.read,
}


def show_home(request: HttpRequest) -> HttpResponse:
    """Show the start page of the person's role; who is not signed in is led to the courses."""
    person, now = request.user, timezone.now()
    if not person.is_authenticated:
        return redirect(f"/{translation.get_language()}/")
    role = role_of(person)
    return render(request, f"home/{role.value}.html", {"now": now, **PAGES[role](person, now)})


def show_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a standing page in the reader's language."""
    return render(
        request,
        "pages/page.html",
        {"body": f"pages/{name}.{translation.get_language()}.html", "name": name},
    )


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Go on in another language: kept in a cookie and, for who is signed in, with the person."""
    language = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    if language not in dict(settings.LANGUAGES):
        return redirect(back)
    response = HttpResponseRedirect(counterpart(request, back, language))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    if request.user.is_authenticated:
        request.user.language = language
        request.user.save(update_fields=["language"])
    return response


def counterpart(request: HttpRequest, address: str, language: str) -> str:
    """Return the same page in another language; its own words may stand in its address."""
    code, _, path = address.split("?")[0].strip("/").partition("/")
    if code not in dict(settings.LANGUAGES):
        return translate_url(address, language)
    with translation.override(code):
        page = Page.find_for_request(request, path)
    other = Locale.objects.filter(language_code=language).first()
    translated = page.get_translation_or_none(other) if page and other else None
    return (translated.get_url(request) if translated else None) or f"/{language}/"
