"""The chart of hours over time: what counts, when the need is met, and where it is drawn."""

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms import burnup
from lms.burnup import Forecast, Line, Point

TODAY = date(2026, 11, 14)
DAYS = st.dates(date(2025, 1, 1), TODAY)
LEDGERS = st.lists(st.tuples(DAYS, st.integers(1, 900)), max_size=40).map(
    lambda rows: [Line(number, on, minutes) for number, (on, minutes) in enumerate(rows, 1)]
)
NEEDS = st.sampled_from([60, 90, 2400, 4800, 60000])
BOXES = st.sampled_from([burnup.WIDE, burnup.PHONE])


def weekly(*minutes: int) -> list[Line]:
    """A ledger with one line a week, the last of them today."""
    last = len(minutes) - 1
    return [Line(n, TODAY - timedelta(weeks=last - n), m) for n, m in enumerate(minutes) if m]


def places(path: str) -> list[tuple[float, float]]:
    """The coordinates of a path."""
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


def test_a_reversed_line_does_not_count() -> None:
    lines = [
        Line(1, date(2026, 11, 2), 60),
        Line(2, date(2026, 11, 3), 45),
        Line(3, date(2026, 11, 9), -60, reverses=1),
    ]
    assert burnup.counting(lines) == [Line(2, date(2026, 11, 3), 45)]


def test_lines_are_told_in_the_order_of_their_days() -> None:
    lines = [Line(1, date(2026, 11, 9), 60), Line(2, date(2026, 11, 3), 45)]
    assert [line.number for line in burnup.counting(lines)] == [2, 1]


def test_nothing_counted_is_a_flat_day() -> None:
    story = burnup.tell([], need=4800, today=TODAY)
    assert story == burnup.Story(
        points=(Point(date(2026, 11, 13), 0), Point(TODAY, 0)),
        minutes=0,
        need=4800,
        is_daily=True,
        met_on=None,
        forecast=None,
    )


def test_a_long_story_is_told_by_the_week() -> None:
    story = burnup.tell(weekly(360, 300, 0, 300), need=4800, today=TODAY)
    assert not burnup.tell(weekly(360, 300, 0, 0, 300), need=4800, today=TODAY).is_daily
    assert story.is_daily
    assert burnup.tell(weekly(60, 0, 0, 0, 30), need=4800, today=TODAY).points == (
        Point(date(2026, 10, 10), 0),
        Point(date(2026, 10, 17), 60),
        Point(date(2026, 10, 24), 60),
        Point(date(2026, 10, 31), 60),
        Point(date(2026, 11, 7), 60),
        Point(TODAY, 90),
    )


def test_lines_of_days_to_come_are_not_told_yet() -> None:
    lines = [Line(1, TODAY, 60), Line(2, TODAY + timedelta(days=1), 60)]
    assert burnup.tell(lines, need=4800, today=TODAY).minutes == 60


def test_an_even_pace_has_no_range() -> None:
    story = burnup.tell(weekly(300, 300, 300, 300), need=2400, today=TODAY)
    day = TODAY + timedelta(weeks=4)
    assert story.forecast == Forecast(day, day, day)


def test_an_uneven_pace_has_a_range_around_the_likely_day() -> None:
    story = burnup.tell(weekly(300, 420, 180, 300, 0, 600), need=4800, today=TODAY)
    assert story.forecast == Forecast(
        early=date(2027, 1, 8), likely=date(2027, 1, 23), late=date(2027, 2, 19)
    )


def test_weeks_long_ago_do_not_set_the_pace() -> None:
    lines = [Line(0, TODAY - timedelta(weeks=30), 2000), *weekly(0, 60, 60, 60, 60, 60, 60, 60, 60)]
    forecast = burnup.tell(lines, need=2960, today=TODAY).forecast
    assert forecast is not None
    assert forecast.likely == TODAY + timedelta(weeks=8)


def test_no_date_is_said_where_nobody_could_know() -> None:
    first_week = burnup.tell([Line(1, TODAY, 60)], need=4800, today=TODAY)
    away = burnup.tell([Line(1, TODAY - timedelta(weeks=20), 600)], need=4800, today=TODAY)
    very_slow = burnup.tell(weekly(5, 5, 5, 5), need=4800, today=TODAY)
    no_need = burnup.tell(weekly(300, 300), need=0, today=TODAY)
    assert [s.forecast for s in (first_week, away, very_slow, no_need)] == [None] * 4
    assert no_need.met_on is None


def test_the_day_on_which_the_need_was_met() -> None:
    story = burnup.tell(weekly(1200, 1200, 60), need=2400, today=TODAY)
    assert (story.met_on, story.forecast) == (TODAY - timedelta(weeks=1), None)


def test_the_drawing_of_a_story_in_full() -> None:
    drawing = burnup.draw(
        burnup.tell(weekly(1200, 0, 0, 0, 1200), need=4800, today=TODAY), burnup.WIDE
    )
    assert [(m.hours, m.y, m.is_goal) for m in drawing.hour_marks] == [
        (0, "304.0", False),
        (20, "235.5", False),
        (40, "167.0", False),
        (60, "98.5", False),
        (80, "30.0", True),
    ]
    assert [mark.on.isoformat() for mark in drawing.month_marks] == [
        "2026-11-01", "2026-12-01", "2027-01-01",
    ]  # fmt: skip
    assert places(drawing.counted)[0] == (46.0, 304.0)
    assert places(drawing.counted)[-1] == (float(drawing.today_x), 167.0)
    assert places(drawing.forecast)[1][1] == 30.0


def test_the_goal_has_its_line_where_it_is_no_even_step() -> None:
    drawing = burnup.draw(burnup.tell([], need=46 * 60, today=TODAY), burnup.WIDE)
    assert [(mark.hours, mark.is_goal) for mark in drawing.hour_marks] == [
        (0, False), (10, False), (20, False), (30, False), (40, False), (46, True),
    ]  # fmt: skip


def test_the_label_of_today_keeps_off_the_goal_and_the_edge() -> None:
    early = burnup.draw(
        burnup.tell(weekly(60, 60), need=4800, today=TODAY), burnup.WIDE
    ).today_label
    midway = burnup.draw(
        burnup.tell(weekly(*[300] * 9), need=4800, today=TODAY), burnup.WIDE
    ).today_label
    met = burnup.draw(
        burnup.tell(weekly(*[600] * 8), need=4800, today=TODAY), burnup.WIDE
    ).today_label
    assert [label.anchor for label in (early, midway, met)] == ["start", "end", "end"]
    assert met.y == "16.0"


@given(LEDGERS, NEEDS)
def test_what_counts_never_falls(lines: list[Line], need: int) -> None:
    story = burnup.tell(lines, need=need, today=TODAY)
    minutes = [point.minutes for point in story.points]
    assert minutes == sorted(minutes)
    assert (minutes[0], minutes[-1]) == (0, sum(line.minutes for line in lines))
    assert story.points[-1].on == TODAY


@given(LEDGERS, NEEDS)
def test_a_forecast_lies_ahead_and_in_order(lines: list[Line], need: int) -> None:
    story = burnup.tell(lines, need=need, today=TODAY)
    if story.forecast:
        assert TODAY < story.forecast.early <= story.forecast.likely <= story.forecast.late
        assert story.met_on is None


@given(LEDGERS, NEEDS, BOXES)
def test_all_that_is_drawn_stands_inside_the_box(
    lines: list[Line], need: int, box: burnup.Box
) -> None:
    drawing = burnup.draw(burnup.tell(lines, need=need, today=TODAY), box)
    paths = (drawing.counted, drawing.counted_area, drawing.forecast, drawing.forecast_area)
    drawn = [place for path in paths for place in places(path)]
    assert all(box.left <= x <= box.right and box.top <= y <= box.bottom for x, y in drawn)
    assert all(box.left <= float(mark.x) <= box.right for mark in drawing.month_marks)
    assert all(box.top <= float(mark.y) <= box.bottom for mark in drawing.hour_marks)
    label = drawing.today_label
    assert 0 <= float(label.x) <= box.width
    assert 0 <= float(label.y) <= box.height


@given(LEDGERS, NEEDS, BOXES)
def test_the_line_runs_to_the_right_and_never_down(
    lines: list[Line], need: int, box: burnup.Box
) -> None:
    drawn = places(burnup.draw(burnup.tell(lines, need=need, today=TODAY), box).counted)
    assert [x for x, _ in drawn] == sorted(x for x, _ in drawn)
    assert [y for _, y in drawn] == sorted((y for _, y in drawn), reverse=True)


@given(LEDGERS, st.data())
def test_a_line_and_its_reversal_leave_the_rest_as_it_was(
    lines: list[Line], data: st.DataObject
) -> None:
    before = burnup.tell(lines, need=4800, today=TODAY)
    added = Line(900, data.draw(DAYS), 45)
    undone = [*lines, added, Line(901, TODAY, -45, reverses=900)]
    assert burnup.tell(undone, need=4800, today=TODAY) == before
