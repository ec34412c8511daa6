"""The editor's own doors for signing in, out and for passwords: each leads to the one there is.

Wagtail's form at `/admin/login/` has no second step and no rate limit, so nobody may meet it.
"""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def staff_door(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page, and who is signed in already straight on.

    Who is signed in and has no business here reads so, and is not led in circles.
    """
    is_staff = request.user.has_perm("wagtailadmin.access_admin")
    if request.user.is_authenticated and not is_staff:
        list(messages.get_messages(request))  # read, so that they come no more: our page says it
        raise PermissionDenied
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    ):
        target = reverse("wagtailadmin_home")
    if is_staff:
        return redirect(target)
    return redirect_to_login(target, reverse("account_login"))


def leave_door(request: HttpRequest) -> HttpResponse:
    """Lead to the page where one signs out; a POST goes on as a POST."""
    return redirect("account_logout", preserve_request=True)


def password_door(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Lead to the page that mails a link for a new password."""
    return redirect("account_reset_password")


def account_door(request: HttpRequest) -> HttpResponse:
    """Lead to the person's own page: name, language and time zone are kept there."""
    return redirect("accounts:edit-profile")
