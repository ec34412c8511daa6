"""A candidate's answer as a browser sends it."""

from typing import Any

from django import forms

BIGGEST_COUNT = 2**31 - 1
BIGGEST_SEQUENCE = 2**53 - 1  # the biggest whole number that every browser counts to


class ResponseInput(forms.Form):
    """What goes with an answer, from a page's form or a script's JSON. What was chosen is judged by the item's kind."""

    epoch = forms.IntegerField(min_value=1, max_value=BIGGEST_COUNT)
    sequence = forms.IntegerField(min_value=1, max_value=BIGGEST_SEQUENCE, required=False)
    flagged = forms.BooleanField(required=False)
    chosen = forms.Field(required=False)

    def clean_chosen(self) -> Any:
        """Take a script's list as it is."""
        return self.data.get("chosen", [])
