"""What people type about themselves."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import naming
from accounts.models import User

AT_HAND = [
    ("America/Los_Angeles", _("Pacific")),
    ("America/Denver", _("Mountain")),
    ("America/Phoenix", _("Arizona")),
    ("America/Chicago", _("Central")),
    ("America/New_York", _("Eastern")),
    ("America/Anchorage", _("Alaska")),
    ("Pacific/Honolulu", _("Hawaii")),
    ("America/Puerto_Rico", _("Puerto Rico")),
]


def time_zones() -> list[Any]:
    """Return the zones to choose from: those of the country first, then all by name."""
    at_hand = dict(AT_HAND)
    places = sorted(
        zone
        for zone in available_timezones()
        if "/" in zone and zone.split("/")[0] not in {"Etc", "SystemV"}
    )
    return [
        (_("United States"), AT_HAND),
        (
            _("Everywhere"),
            [(zone, zone.replace("_", " ")) for zone in places if zone not in at_hand],
        ),
    ]


class SignupInput(forms.Form):
    """What we ask beside address and password when somebody signs up."""

    classroom_name = forms.CharField(
        label=_("What we call you"),
        max_length=80,
        help_text=_("Your first name or any name you like. Your class sees it."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    language = forms.ChoiceField(
        label=_("Your language"),
        choices=settings.LANGUAGES,
        help_text=_("For pages and mails. You can change it later."),
    )

    field_order = ["classroom_name", "email", "language", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep it with the new person; allauth calls this before it mails the link."""
        user.classroom_name = self.cleaned_data["classroom_name"]
        user.language = self.cleaned_data["language"]
        user.save(update_fields=["classroom_name", "language"])


class ProfileInput(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable while it runs
    """How the site speaks to a person: name, language, time zone."""

    class Meta:
        model = User
        fields = ["classroom_name", "language", "time_zone"]
        labels = {"classroom_name": _("What we call you")}
        help_texts = {
            "classroom_name": _("Your class sees this name. It is not printed on anything."),
            "language": _("For pages and mails."),
            "time_zone": _("So that dates and times are yours."),
        }
        widgets = {"classroom_name": forms.TextInput(attrs={"autocomplete": "nickname"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classroom_name"].required = True
        self.fields["time_zone"].widget = forms.Select(choices=time_zones())


class LegalNameInput(forms.Form):
    """The name as it is printed."""

    name = forms.CharField(
        label=_("Your name, as on your ID"),
        max_length=naming.LONGEST,
        help_text=_("This is the name on your certificate, letter by letter."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please type your name as it is on your ID.")},
    )
    is_right = forms.BooleanField(
        label=_("This is how my name is written on my ID."),
        error_messages={"required": _("Please tick this when the name is right.")},
    )

    def clean_name(self) -> str:
        try:
            return naming.tidy_name(self.cleaned_data["name"])
        except naming.NamingRefused as exc:
            raise forms.ValidationError(str(exc)) from exc


class SignatureInput(forms.Form):
    """A signature: that the words were read and are agreed to, and the typed name."""

    agrees = forms.BooleanField(
        error_messages={"required": _("Please tick this if it is so. If it is not, write to us.")}
    )
    typed_name = forms.CharField(
        label=_("Your name, as on your ID"),
        max_length=naming.LONGEST,
        help_text=_("Typing your name here is your signature."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please type your name as it is on your ID.")},
    )

    def __init__(self, *args: Any, statement: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agrees"].label = statement
