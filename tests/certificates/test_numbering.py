"""Codes and numbers: what is forgiven, what is found out."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.numbering import (
    ALPHABET,
    WEIGHTS,
    Slip,
    Typed,
    check_character,
    group,
    human_number,
    new_code,
    read,
)

data = st.text(alphabet=ALPHABET, min_size=20, max_size=20)
codes = data.map(lambda text: text + check_character(text))


def test_a_new_code_is_well_formed_and_never_the_same():
    made = {new_code() for _ in range(500)}
    assert len(made) == 500
    assert all(read(code) == Typed(code, None) for code in made)
    assert set("".join(made)) == set(ALPHABET)


def test_each_place_has_a_weight_of_its_own():
    assert len(set(WEIGHTS)) == 21
    assert 0 not in WEIGHTS


def test_the_check_character_of_a_printed_code_stays_what_it_is():
    assert check_character("7K3QD9VXR2M4HTBW8ECN") == "K"
    assert [check_character(sign * 20) for sign in "01Z"] == ["0", "M", "V"]


@given(codes, st.integers(0, 20), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(code, place, other):
    wrong = code[:place] + other + code[place + 1 :]
    assert read(wrong).is_well_formed is (other == code[place])


@given(codes, st.integers(0, 20), st.integers(0, 20))
def test_two_exchanged_characters_are_always_found(code, one, two):
    signs = list(code)
    signs[one], signs[two] = signs[two], signs[one]
    assert read("".join(signs)).is_well_formed is ("".join(signs) == code)


@given(codes, st.data())
def test_typing_is_forgiven(code, draw):
    signs = []
    for character in code:
        variants = {"0": "0Oo", "1": "1IiLl"}.get(character, character + character.lower())
        signs.append(
            draw.draw(st.sampled_from(variants))
            + draw.draw(st.sampled_from(["", " ", "-", "\u2013", "\u00a0"]))
        )
    assert read(" " + "".join(signs) + "\n") == Typed(code, None)


@given(codes)
def test_groups_of_five_read_as_the_code(code):
    groups = group(code)
    assert [len(part) for part in groups] == [5, 5, 5, 5, 1]
    assert read(" ".join(groups)).code == code


@pytest.mark.parametrize(
    ("typed", "slip"),
    [
        ("", Slip.EMPTY),
        (" - ", Slip.EMPTY),
        ("7K3QD", Slip.LENGTH),
        ("7K3QD" * 9, Slip.LENGTH),
        ("7K3QD-9VXR2-M4HTB-W8ECN-U", Slip.CHARACTER),
        ("<script>", Slip.CHARACTER),
        ("\u0667" * 21, Slip.CHARACTER),
        ("0" * 20 + "1", Slip.CHECK),
    ],
)
def test_a_slip_is_named(typed, slip):
    assert read(typed).slip is slip


@given(st.text())
def test_anything_can_be_typed(text):
    typed = read(text)
    assert typed.is_well_formed is (typed.slip is None)


def test_a_number_is_one_that_people_can_say():
    assert human_number("PSS", 2026, 123) == "PSS-2026-000123"
    assert set(human_number("SPECIMEN", 2026, 1)) <= set(
        string.ascii_uppercase + string.digits + "-"
    )
