"""Masked names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.masking import COVER, Masked, mask


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Alice Moreno", Masked("A···· M····", ("A", "M"))),
        ("Cher", Masked("C····", ("C",))),
        ("María Fernanda Vásquez de la Torre", Masked("M···· T····", ("M", "T"))),
        ("María Fernanda Vásquez de la O", Masked("M···· ····", ("M",))),
        ("élodie o'brien", Masked("É···· O····", ("É", "O"))),
        ("'Abd al-Rahman", Masked("A···· A····", ("A", "A"))),
        ("فاطمة الزهراء", Masked("ف···· ا····", ("ف", "ا"))),
        ("שרה כהן", Masked("ש···· כ····", ("ש", "כ"))),
        ("王小明", Masked("王····", ("王",))),
        ("Nguye\u0302\u0303n", Masked("N····", ("N",))),
        ("ßen Ott", Masked("ß···· O····", ("ß", "O"))),
        ("🌲 X", Masked("···· ····", ())),
        ("", Masked("····", ())),
        ("  Alice   Moreno ", Masked("A···· M····", ("A", "M"))),
    ],
)
def test_initials_and_a_cover(name, masked):
    assert mask(name) == masked


@given(st.text(max_size=120))
def test_no_word_of_the_name_stands_whole_in_it(name):
    shown = mask(name).shown.split()
    assert len(shown) <= 2
    letters = [w for w in unicodedata.normalize("NFC", name).split() if any(c.isalpha() for c in w)]
    assert not {part.replace(COVER, "") for part in shown} & set(letters)


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=2, max_size=60))
def test_the_cover_hides_how_long_a_name_is(name):
    assert mask(name).shown == mask(name + name[1:]).shown
