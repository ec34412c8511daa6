"""The fold of events."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from certificates.status import Happening, Standing, Status, status_of

START = datetime(2026, 5, 22, 18, tzinfo=UTC)


def happening(kind, day, recorded=None, reason=""):
    effective = START + timedelta(days=day)
    return Happening(
        kind, effective, START + timedelta(days=day if recorded is None else recorded), reason
    )


ISSUED = happening("issued", 0)


def at(day):
    return START + timedelta(days=day)


def test_before_it_was_issued_it_is_unknown():
    assert status_of([], None, at(1)) == Standing(Status.UNKNOWN)
    assert status_of([ISSUED], None, at(-1)) == Standing(Status.UNKNOWN)


def test_valid_then_revoked_with_its_reason():
    events = [ISSUED, happening("revoked", 10, reason="record_error")]
    assert status_of(events, None, at(9)) == Standing(Status.VALID, at(0))
    assert status_of(events, None, at(10)) == Standing(Status.REVOKED, at(10), "record_error")


def test_what_was_recorded_later_was_not_known_then():
    events = [ISSUED, happening("revoked", 10, recorded=20, reason="holder")]
    assert status_of(events, None, at(15), known_at=at(15)).status is Status.VALID
    assert status_of(events, None, at(15), known_at=at(20)).status is Status.REVOKED


def test_the_last_valid_day_is_valid_in_the_zone_of_the_question():
    last = date(2026, 6, 1)
    assert (
        status_of([ISSUED], last, datetime(2026, 6, 1, 23, 59, tzinfo=UTC)).status is Status.VALID
    )
    assert status_of([ISSUED], last, datetime(2026, 6, 2, tzinfo=UTC)) == Standing(Status.EXPIRED)


def test_the_gravest_is_what_one_hears():
    events = [ISSUED, happening("superseded", 5), happening("revoked", 6, reason="holder")]
    assert status_of(events, date(2026, 5, 23), at(7)).status is Status.REVOKED
    assert status_of(events, date(2026, 5, 23), at(5)).status is Status.SUPERSEDED


events = st.lists(
    st.builds(
        happening,
        st.sampled_from(["issued", "revoked", "superseded"]),
        st.integers(0, 30),
        st.integers(0, 60),
    )
)


@given(events, st.integers(-5, 60), st.randoms())
def test_the_order_of_rows_means_nothing(rows, day, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert status_of(rows, None, at(day)).status is status_of(shuffled, None, at(day)).status


@given(events, st.integers(-5, 60), st.integers(0, 60))
def test_what_no_longer_holds_never_holds_again(rows, day, later):
    ended = {Status.REVOKED, Status.SUPERSEDED}
    if status_of(rows, None, at(day)).status in ended:
        assert status_of(rows, None, at(day + later)).status in ended
