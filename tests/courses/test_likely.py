"""The band around a share of few items."""

from hypothesis import given
from hypothesis import strategies as st

from courses.likely import Share, share


def test_worked_examples() -> None:
    assert share(5, 10) == Share(50, 31, 69)
    assert share(13, 19) == Share(68, 54, 80)
    assert share(0, 0) == Share(0, 0, 100)


@given(st.integers(1, 200), st.data())
def test_the_band_holds_the_share(of: int, data: st.DataObject) -> None:
    found = share(data.draw(st.integers(0, of)), of)
    assert 0 <= found.low <= found.percent <= found.high <= 100
