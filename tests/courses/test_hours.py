"""Hours: shared out without losing a minute, added up in any order, chained."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses import hours

TAGS = st.dictionaries(
    st.sampled_from(["AD", "ER", "ME", "RW", "X"]), st.integers(1, 600), max_size=5
)
START = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)


@given(st.integers(1, 600), TAGS, st.data())
def test_shares_add_up_and_stay_near_their_part(
    of: int, tags: dict[str, int], data: st.DataObject
) -> None:
    minutes = data.draw(st.integers(0, of))
    shared = hours.share_out(minutes, of, {"icrc": tags}).get("icrc", {})
    assert sum(shared.values()) == minutes * sum(tags.values()) // of
    for tag, part in tags.items():
        assert abs(shared.get(tag, 0) * of - part * minutes) < of


@given(st.integers(1, 600), TAGS)
def test_full_credit_is_the_allocation_itself(of: int, tags: dict[str, int]) -> None:
    assert hours.share_out(of, of, {"icrc": tags}) == ({"icrc": tags} if tags else {})


def test_a_tie_goes_by_the_code_of_the_tag() -> None:
    assert hours.share_out(1, 2, {"icrc": {"RW": 1, "AD": 1}}) == {"icrc": {"AD": 1}}


@pytest.mark.parametrize(("minutes", "of"), [(-1, 30), (31, 30), (0, 0)])
def test_minutes_that_cannot_be_are_refused(minutes: int, of: int) -> None:
    with pytest.raises(ValueError, match="cannot be shared out"):
        hours.share_out(minutes, of, {})


def earned(minutes: int, mode: str = "live", *, is_reversed: bool = False) -> hours.Earned:
    shares = {"icrc": {"ER": minutes}}
    return hours.Earned(
        minutes, mode, shares, START, START + timedelta(minutes=abs(minutes)), is_reversed
    )


@given(
    st.lists(st.tuples(st.integers(1, 300), st.sampled_from(["live", "self_paced"]))), st.randoms()
)
def test_the_order_of_lines_does_not_matter(lines: list[tuple[int, str]], random: object) -> None:
    entries = [earned(*line) for line in lines]
    mixed = entries[:]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert hours.add_up(entries) == hours.add_up(mixed)


@given(st.lists(st.integers(1, 300)), st.integers(1, 300))
def test_a_reversal_restores_the_state_before(lines: list[int], wrong: int) -> None:
    before = hours.add_up([earned(minutes) for minutes in lines])
    after = hours.add_up([*[earned(minutes) for minutes in lines], earned(wrong), earned(-wrong)])
    assert (after.total, after.of_tag("icrc", "ER")) == (before.total, before.of_tag("icrc", "ER"))


def test_live_and_self_paced_are_told_apart_within_a_tag() -> None:
    sums = hours.add_up([earned(60, "live"), earned(30, "self_paced")])
    assert sums.by_tag == {"icrc": {"ER": {"total": 90, "live": 60, "self_paced": 30}}}
    assert sums.by_mode == {"live": 60, "self_paced": 30}


def test_days_are_those_of_the_time_zone_and_reversed_lines_have_none() -> None:
    late = replace(
        earned(30),
        started_at=datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
        ended_at=datetime(2026, 11, 1, 7, 5, tzinfo=UTC),
    )
    first, last = hours.span([late, earned(60, is_reversed=True)], ZoneInfo("America/Los_Angeles"))
    assert (str(first), str(last)) == ("2026-10-31", "2026-11-01")
    assert hours.span([], UTC) == (None, None)


def chain(count: int) -> list[hours.Link]:
    links: list[hours.Link] = []
    for number in range(1, count + 1):
        previous = links[-1].sha256 if links else ""
        line = hours.Line(
            number=number, enrolment="e", release=1, unit="u", cause=f"unit:{number}", minutes=30, mode="live",
            started_at="a", ended_at="b", allocations={}, evidence={}, recorded_by="", recorded_at="c", reverses=0,
        )  # fmt: skip
        links.append(hours.Link(line, previous, hours.link_of(line, previous)))
    return links


def test_a_whole_chain_holds() -> None:
    assert hours.verify_chain(chain(5)) == []
    assert hours.verify_chain([]) == []


def test_a_changed_line_is_found() -> None:
    links = chain(3)
    links[1] = replace(links[1], line=replace(links[1].line, minutes=31))
    assert hours.verify_chain(links) == ["line 2: was changed after it was written"]


def test_a_line_rewritten_with_its_hash_breaks_the_next_one() -> None:
    links = chain(3)
    line = replace(links[1].line, minutes=31)
    links[1] = hours.Link(
        line, links[1].previous_sha256, hours.link_of(line, links[1].previous_sha256)
    )
    assert hours.verify_chain(links) == ["line 3: does not follow the line before it"]


def test_a_line_that_is_missing_is_found() -> None:
    links = chain(3)
    del links[1]
    assert hours.verify_chain(links) == [
        "line 3: stands at place 2",
        "line 3: does not follow the line before it",
    ]


def test_touching_intervals_share_no_time() -> None:
    a, b, c = START, START + timedelta(hours=1), START + timedelta(hours=2)
    assert not hours.overlap((a, b), (b, c))
    assert hours.overlap((a, b + timedelta(seconds=1)), (b, c))
