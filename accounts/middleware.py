"""What each request knows of the person: language, time zone, and whether staff has its second step."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from accounts.roles import Role, role_of

Handler = Callable[[HttpRequest], HttpResponse]

# Where staff may go before the second step is set up: to set it up, and where everybody may go.
OPEN_TO_STAFF = (
    "account_",
    "mfa_",
    "accounts:",
    "page-",
    "set-language",
    "health",
    "verify:",
    "wagtail_serve",
)


class Languages(LocaleMiddleware):
    """Reads the language out of the address, the cookie or the browser, and sends nobody elsewhere.

    Django's own answers 404 by leading to `/en/…`, if that is an address: the pages' tree answers
    for every address, so a thing that is not yours would be a redirect and not a 404.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        language = translation.get_language()
        if translation.get_language_from_path(request.path_info) is None:
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", language)
        return response


def personal_settings(get_response: Handler) -> Handler:
    """Speak the signed-in person's language in the person's time zone.

    An address that names a language (`/es/…`) is in that language for everybody: it was followed
    for what it says.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        if translation.get_language_from_path(request.path_info) is None:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        with timezone.override(zone_of(request.user.time_zone)):
            return get_response(request)

    return middleware


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its name, or the house's where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


def second_factor(get_response: Handler) -> Handler:
    """Lead staff without a second step to where it is set up, before anything of others is shown."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and needs_second_factor(request):
            return led_to_second_factor(request)
        return get_response(request)

    return middleware


def needs_second_factor(request: HttpRequest) -> bool:
    """Say whether this request is staff's, goes where only staff with a second step may go, and has none."""
    if not request.user.is_authenticated:
        return False
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return False
    if name.startswith(OPEN_TO_STAFF) or role_of(request.user) == Role.TRAINEE:
        return False
    return not is_mfa_enabled(request.user)


def led_to_second_factor(request: HttpRequest) -> HttpResponseRedirect:
    """Go to the page where the second step is set up, saying why."""
    messages.warning(
        request,
        _(
            "You can see other people's records, so signing in needs a second step. Set it up here, and go on."
        ),
    )
    return redirect("mfa_index")
