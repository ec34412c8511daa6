"""How far a trainee has come, and which live units wait."""

from hypothesis import given
from hypothesis import strategies as st

from lms.stages import Stage, UnitOfRelease, stage_of, tally, waiting_live

UNITS = [UnitOfRelease(place, is_live=place % 2 == 0) for place in range(1, 7)]
COUNTED = st.sets(st.integers(1, 6))


def stage(
    counted: set[int], *, passed: bool = False, complete: bool = False, exam: bool = True
) -> Stage:
    return stage_of(UNITS, counted, needs_exam=exam, has_passed=passed, is_complete=complete)


def test_the_stages_in_their_order() -> None:
    everything = {1, 2, 3, 4, 5, 6}
    assert [
        stage(set()),
        stage({1}),
        stage({1, 3, 5}),
        stage(everything),
        stage(everything, passed=True),
        stage(everything, passed=True, complete=True),
    ] == list(Stage)


def test_a_course_without_an_exam_waits_for_none() -> None:
    assert stage({1, 2, 3, 4, 5, 6}, exam=False) == Stage.CLOSING


def test_a_completion_outweighs_what_the_hours_say() -> None:
    assert stage(set(), complete=True) == Stage.COMPLETED


def test_a_live_unit_waits_once_the_lessons_before_it_are_done() -> None:
    def waiting(counted: set[int]) -> list[int]:
        return [unit.position for unit in waiting_live(UNITS, counted)]

    assert waiting(set()) == []
    assert waiting({1}) == [2]
    assert waiting({1, 2}) == []
    assert waiting({1, 3}) == [2, 4]
    assert waiting({1, 5}) == [2]
    assert waiting({1, 2, 3, 4, 5, 6}) == []


def test_the_tally_names_every_stage() -> None:
    assert tally([Stage.EXAM, Stage.EXAM, Stage.BEGINNING]) == [
        (Stage.BEGINNING, 1),
        (Stage.STUDYING, 0),
        (Stage.LIVE, 0),
        (Stage.EXAM, 2),
        (Stage.CLOSING, 0),
        (Stage.COMPLETED, 0),
    ]


@given(COUNTED, st.integers(1, 6))
def test_counting_one_more_unit_never_leads_back(counted: set[int], more: int) -> None:
    order = list(Stage)
    assert order.index(stage(counted | {more})) >= order.index(stage(counted))


@given(COUNTED)
def test_what_waits_is_live_and_not_counted(counted: set[int]) -> None:
    assert all(
        unit.is_live and unit.position not in counted for unit in waiting_live(UNITS, counted)
    )
