"""The columns of the months: which months, and where each column stands."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lms import columns
from lms.burnup import Box
from lms.columns import Month

TODAY = date(2026, 2, 14)


def test_the_last_twelve_months_run_over_the_turn_of_the_year() -> None:
    months = columns.months_until(TODAY, {date(2025, 12, 1): 3, date(2024, 12, 1): 9})
    assert months[0] == Month(date(2025, 3, 1), 0)
    assert months[9:] == (
        Month(date(2025, 12, 1), 3),
        Month(date(2026, 1, 1), 0),
        Month(date(2026, 2, 1), 0),
    )
    assert len(months) == 12


def test_a_phone_names_every_third_month_and_the_last() -> None:
    months = columns.months_until(TODAY, {})
    named = [c.on.month for c in columns.draw(months, columns.PHONE).columns if c.is_named]
    assert named == [5, 8, 11, 2]
    assert all(column.is_named for column in columns.draw(months, columns.WIDE).columns)


def test_no_month_at_all_is_an_empty_drawing() -> None:
    assert columns.draw((), columns.WIDE).columns == ()


@given(
    st.lists(st.integers(0, 500), min_size=1, max_size=24),
    st.sampled_from([columns.WIDE, columns.PHONE]),
)
def test_columns_stand_inside_the_box_and_in_proportion(counts: list[int], box: Box) -> None:
    months = tuple(
        Month(date(2020 + n // 12, n % 12 + 1, 1), count) for n, count in enumerate(counts)
    )
    drawn = columns.draw(months, box).columns
    for column, count in zip(drawn, counts, strict=True):
        assert (
            box.left <= float(column.x) <= float(column.x) + float(column.width) <= box.right + 0.1
        )
        assert box.top <= float(column.y) <= box.bottom
        assert float(column.height) == round(count / (max(counts) or 1) * (box.bottom - box.top), 1)
