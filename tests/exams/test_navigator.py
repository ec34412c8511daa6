from hypothesis import given
from hypothesis import strategies as st

from exams.navigator import Place, first_open, minutes_left, places


def test_every_position_is_listed_with_what_is_kept() -> None:
    assert places(3, {2: (True, False), 3: (False, True)}) == [
        Place(1, is_answered=False, is_flagged=False),
        Place(2, is_answered=True, is_flagged=False),
        Place(3, is_answered=False, is_flagged=True),
    ]


def test_one_goes_on_at_the_first_item_without_an_answer() -> None:
    assert first_open(places(3, {1: (True, False)})) == 2
    assert first_open(places(2, {1: (True, False), 2: (True, True)})) == 1


def test_time_is_told_in_calm_steps() -> None:
    told = {80: 80, 79.9: 75, 31: 30, 14: 10, 11: 10, 10.5: 10, 9.99: 9, 1: 1, 0.9: 0, -5: 0}
    assert {minutes: minutes_left(minutes * 60) for minutes in told} == told


@given(st.floats(0, 100_000))
def test_nobody_is_promised_more_time_than_there_is(seconds: float) -> None:
    assert minutes_left(seconds) * 60 <= seconds
