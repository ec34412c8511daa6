"""Who a request is from, and where one that came too late is led."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User

Door = Callable[..., HttpResponse]


def person_of(request: HttpRequest) -> User:
    """Return the signed-in person. Raises `TypeError` in a view that forgot to ask for one."""
    if not isinstance(request.user, User):
        raise TypeError("This view needs a signed-in person.")
    return request.user


def posted_from(page: Callable[..., str]) -> Callable[[Door], Door]:
    """Take the POST of a signed-in person; lead a GET to the page that posts here.

    Who was signed out meanwhile comes back from the sign-in page by a GET, and what was posted is
    gone: they are told so. `page` makes the page's address from the parts of this one.
    """

    def decorate(door: Door) -> Door:
        @login_required
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(door)
        def posted(request: HttpRequest, **parts: Any) -> HttpResponse:
            if request.method == "POST":
                return door(request, **parts)
            messages.warning(
                request, _("You were signed out before this was saved. Please do it again.")
            )
            return redirect(page(**parts))

        return posted

    return decorate
