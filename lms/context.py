"""What every template knows about the installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from courses.models import Provider
from lms import cast


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the product's name, the provider and whether this is a demo."""
    known = {
        "site_name": settings.SITE_NAME,
        "provider": Provider.load(request_or_site=request),
        "demo": settings.DEMO,
    }
    if settings.DEMO:  # the sign-in page shows whom one can be
        known |= {"demo_people": cast.SHOWN, "demo_password": cast.PASSWORD}
    return known
