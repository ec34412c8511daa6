"""What people type: a code, a name, a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates import numbering
from certificates.models import CertificateEvent
from certificates.numbering import Slip

SLIPS = {
    Slip.EMPTY: _("Please type the code that stands beside the QR code."),
    Slip.LENGTH: _(
        "A code has 21 letters and numbers. Please count again: something is missing, or too much."
    ),
    Slip.CHARACTER: _(
        "A code has only letters and numbers, and never the letter U. Please look again."
    ),
    Slip.CHECK: _(
        "One character is not right. Please compare the code with the paper, letter by letter."
    ),
}


class CodeInput(forms.Form):
    """A code as somebody reads it from paper."""

    code = forms.CharField(
        label=_("Code on the certificate"),
        help_text=_("21 letters and numbers. Spaces and small letters are fine."),
        max_length=200,
        error_messages={"required": SLIPS[Slip.EMPTY]},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_code(self) -> str:
        """Return the plain code. The error says what is wrong with it, so that it can be mended."""
        typed = numbering.read(self.cleaned_data["code"])
        if typed.slip:
            raise forms.ValidationError(SLIPS[typed.slip], code=typed.slip)
        return typed.code


class NameInput(forms.Form):
    """A name that somebody was given."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class RevokeInput(forms.Form):
    """Why a certificate is revoked: the class is public, the note is not."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        help_text=_("Everyone who checks the certificate reads this line."),
        choices=[("", _("Please choose"))]
        + [choice for choice in CertificateEvent.Reason.choices if choice[0]],
    )
    note = forms.CharField(
        label=_("Note for the office"),
        help_text=_("Only the office reads this. Leave out health facts."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
