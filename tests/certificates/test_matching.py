"""Typed names against printed names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.matching import Match, compare


@pytest.mark.parametrize(
    ("typed", "printed", "match"),
    [
        ("Alice Moreno", "Alice Moreno", Match.EXACT),
        ("  alice   MORENO ", "Alice Moreno", Match.EXACT),
        ("Mari\u0301a Pen\u0303a", "María Peña", Match.EXACT),
        ("Ａｌｉｃｅ Moreno", "Alice Moreno", Match.EXACT),
        ("Strasse", "Straße", Match.EXACT),
        ("Maria Pena", "María Peña", Match.CLOSE),
        ("Moreno, Alice", "Alice Moreno", Match.CLOSE),
        ("Mary Ann O'Brien", "Mary-Ann O’Brien", Match.CLOSE),
        ("Maryann OBrien", "Mary-Ann O'Brien", Match.CLOSE),
        ("Nguyen Van Minh", "Nguyễn Văn Minh", Match.CLOSE),
        ("Soren Odegard", "Søren Ødegård", Match.CLOSE),
        ("Alice", "Alice Moreno", Match.NO),
        ("A M", "Alice Moreno", Match.NO),
        ("Alice Morena", "Alice Moreno", Match.NO),
        ("", "Alice Moreno", Match.NO),
        ("Alice", "", Match.NO),
        ("", "", Match.NO),
        ("--", "!!", Match.NO),
        ("فاطمة", "فاطمة", Match.EXACT),
    ],
)
def test_exact_close_or_no(typed, printed, match):
    assert compare(typed, printed) is match


@given(st.text(max_size=120), st.text(max_size=120))
def test_it_does_not_matter_who_is_compared_with_whom(one, other):
    assert compare(one, other) is compare(other, one)


@given(st.text(max_size=120).filter(lambda name: bool(name.strip())))
def test_a_name_is_itself(name):
    assert compare(name, f" {name} ") is Match.EXACT
