"""The components that draw forms and amounts."""

from typing import Any

import pytest
from django import forms
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from accounts.templatetags.look import shares


def draw(source: str, **context: Any) -> str:
    return engines["django"].from_string("{% load look %}" + source).render(context)


class Some(forms.Form):
    name = forms.CharField(
        help_text="As on your ID.", widget=forms.TextInput(attrs={"placeholder": "Name"})
    )
    agrees = forms.BooleanField(label="I agree")
    nick = forms.CharField(required=False)
    way = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_a_form_draws_its_fields_with_label_hint_and_error() -> None:
    text = " ".join(draw("{{ form }}", form=Some({"nick": ""})).split())
    assert text.count('<a class="alone" href="#id_') == 3
    assert '<label for="id_name">Name</label>' in text
    assert 'id="id_name_helptext"> As on your ID. </div>' in text
    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert 'id="id_name_error"' in text
    assert 'aria-invalid="true"' in text
    assert "(if you like)" in text
    assert "placeholder" not in text
    assert "<legend>Way</legend>" in text


def test_a_form_without_errors_has_no_summary() -> None:
    text = draw("{{ form }}", form=Some())
    assert "note stop" not in text
    assert "aria-invalid" not in text


@pytest.mark.parametrize(
    ("have", "need", "scale", "expected"),
    [
        (3, 10, 20, {"counted": "15", "gap": "35", "gap_at": "15", "need_at": "50", "met": False}),
        (17, 16, 20, {"counted": "85", "gap": "", "gap_at": "85", "need_at": "80", "met": True}),
        (0, 10, 20, {"counted": "", "gap": "50", "gap_at": "0", "need_at": "50", "met": False}),
        (5, 0, 20, {"counted": "25", "gap": "", "gap_at": "25", "need_at": "", "met": False}),
        (0, 0, 0, {"counted": "", "gap": "", "gap_at": "0", "need_at": "", "met": False}),
    ],
)
def test_a_bar_is_drawn_in_percent(
    have: int, need: int, scale: int, expected: dict[str, Any]
) -> None:
    assert shares(have, need, scale) == expected


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_bar_never_leaves_its_ground(have: int, need: int, scale: int) -> None:
    it = shares(have, need, scale)
    for name in ("counted", "gap", "gap_at", "need_at"):
        assert 0 <= float(it[name] or 0) <= 100


def test_a_bar_says_its_amount_in_words() -> None:
    text = draw(
        '{% bar label="Advocacy" have=3 need=10 scale=20 words="3 of 10 hours" note="7 to go." %}'
    )
    assert "3 of 10 hours" in text
    assert 'width="15%"' in text
    assert "style" not in text
