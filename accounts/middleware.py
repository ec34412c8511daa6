"""Each signed-in person's own language and time zone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def personal_settings(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Placeholder."""
    return get_response
