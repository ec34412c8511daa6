"""The sign-in form: allauth's, in our words. Apart from `forms`, which allauth itself imports."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class LoginInput(LoginForm):  # type: ignore[misc]  # allauth has no types
    """Address, password, and whether this device is the person's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # the page links to a new password beside its button
        self.fields["remember"].label = _("Keep me signed in on this device")
        self.fields["remember"].help_text = _("Leave it empty on a shared computer.")
