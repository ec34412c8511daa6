"""What people type about themselves."""

from django import forms


class SignupInput(forms.Form):
    """Placeholder."""

    def signup(self, request: object, user: object) -> None:
        """Nothing more to keep."""
