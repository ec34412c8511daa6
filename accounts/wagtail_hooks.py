"""What the editor's first page says about signing in."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component


class SecondStepPanel(Component):
    """Shows staff how a second step is set up, where this installation does not ask for it."""

    name = "second_step"
    template_name = "accounts/admin_second_step.html"
    order = 10

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"demo": settings.DEMO}


@hooks.register("construct_homepage_panels")
def offer_second_step(request: HttpRequest, panels: list[Any]) -> None:
    """Offer the second step to staff who have none. Where it is asked for, nobody gets here without."""
    if not settings.SECOND_FACTOR_REQUIRED and not is_mfa_enabled(request.user):
        panels.append(SecondStepPanel())
