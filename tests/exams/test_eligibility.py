from datetime import UTC, datetime, timedelta
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from exams.eligibility import ClosedAttempt, Reason, Standing, standing
from exams.rules import Rules

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
RULES = cast("Rules", {"attempts_max": 3, "wait_hours": 24})


def ago(hours: float, *, passed: bool = False) -> ClosedAttempt:
    return ClosedAttempt(NOW - timedelta(hours=hours), passed)


def test_a_first_attempt_may_start_now() -> None:
    assert standing(RULES, [], NOW) == Standing(3, NOW, has_passed=False, reasons=())


def test_a_second_attempt_waits_a_day_after_the_last() -> None:
    assert standing(RULES, [ago(30), ago(1)], NOW) == Standing(
        1, NOW + timedelta(hours=23), has_passed=False, reasons=(Reason.TOO_SOON,)
    )


def test_after_exactly_a_day_it_may_start() -> None:
    assert standing(RULES, [ago(24)], NOW) == Standing(2, NOW, has_passed=False, reasons=())


def test_after_the_last_attempt_there_is_none_left() -> None:
    assert standing(RULES, [ago(100), ago(70), ago(40)], NOW) == Standing(
        0, None, has_passed=False, reasons=(Reason.NO_ATTEMPT_LEFT,)
    )


def test_a_passed_exam_is_not_sat_again() -> None:
    found = standing(RULES, [ago(100), ago(70, passed=True)], NOW)
    assert found == Standing(1, None, has_passed=True, reasons=(Reason.PASSED,))
    assert not found.may_start


@given(st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=5))
def test_a_start_is_allowed_exactly_when_nothing_stands_against_it(history: list[Any]) -> None:
    found = standing(RULES, [ago(hours, passed=passed) for hours, passed in history], NOW)
    allowed = (
        len(history) < 3
        and not any(passed for _, passed in history)
        and all(h >= 24 for h, _ in history)
    )
    assert found.may_start == allowed == (found.may_start_at == NOW)
