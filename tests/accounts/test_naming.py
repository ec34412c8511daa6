"""The legal name: what is a name, when two are one, and that it is confirmed."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.naming import NamingRefused, confirm_legal_name, same_name, tidy_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Alice   Rivera ", "Alice Rivera"),
        ("Jose\u0301 Nu\u0301n\u0303ez", "José Núñez"),
        ("O’Brien-Smith, Jr.", "O’Brien-Smith, Jr."),
        ("יעל בן־דוד", "יעל בן־דוד"),
        ("王小明", "王小明"),
        ("Suharto", "Suharto"),
    ],
)
def test_a_name_is_kept_as_it_is_written(typed: str, kept: str) -> None:
    assert tidy_name(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "  ", "12345", "--", "A" * 121, "Al\u0007ice", "Al\ue000ice"]
)
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(NamingRefused):
        tidy_name(typed)


@given(st.text(max_size=130))
def test_a_tidy_name_stays_as_it_is(typed: str) -> None:
    try:
        name = tidy_name(typed)
    except NamingRefused:
        return
    assert tidy_name(name) == name
    assert same_name(typed, name)


def test_capitals_and_spaces_make_no_other_name() -> None:
    assert same_name("alice  RIVERA", "Alice Rivera")
    assert not same_name("Alicia Rivera", "Alice Rivera")


@pytest.mark.django_db
def test_confirming_keeps_the_name_and_the_first_time(alice: User, now: datetime) -> None:
    confirm_legal_name(person=alice, name="Alice  Rivera", now=now)
    confirm_legal_name(person=alice, name="Alice Rivera", now=now + timedelta(days=1))
    kept = User.objects.get(pk=alice.pk)
    assert (kept.legal_name, kept.legal_name_confirmed_at) == ("Alice Rivera", now)
    assert (alice.legal_name, alice.legal_name_confirmed_at) == ("Alice Rivera", now)


@pytest.mark.django_db
def test_another_name_is_confirmed_anew(alice: User, now: datetime) -> None:
    confirm_legal_name(person=alice, name="Alice Rivera", now=now)
    later = now + timedelta(days=1)
    confirm_legal_name(person=alice, name="Alice Moreno", now=later)
    kept = User.objects.get(pk=alice.pk)
    assert (kept.legal_name, kept.legal_name_confirmed_at) == ("Alice Moreno", later)
