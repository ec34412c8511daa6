"""Rules of a certifying body: boundaries, unknown rules, what is only theirs to say."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from courses.requirements import Facts, RuleResult, Status, evaluate, hours_are_met, outstanding

CALIFORNIA = {
    "all": [
        {"kind": "hours_total", "minutes": 4800},
        {"kind": "exam"},
        {"kind": "attestation", "agreement": "code_of_ethics"},
        {"kind": "external", "code": "state_exam", "sentences": {"en": "The state exam."}},
    ]
}


def statuses(rules: Mapping[str, object], facts: Facts) -> list[Status]:
    return [result.status for result in evaluate(rules, facts)]


def test_one_minute_short_is_short() -> None:
    rules = {"all": [{"kind": "hours_total", "minutes": 2400}]}
    [short] = evaluate(rules, Facts(minutes=2399))
    assert (short.status, short.needed, short.have, short.gap) == (Status.GAP, 2400, 2399, 1)
    assert statuses(rules, Facts(minutes=2400)) == [Status.MET]


def test_a_tagged_minimum_counts_its_own_tag_only() -> None:
    rules = {"all": [{"kind": "hours_tagged", "tag_set": "icrc", "tag": "ER", "minutes": 960}]}
    assert statuses(rules, Facts(minutes=9999, by_tag={"icrc": {"ER": 959, "RW": 5000}})) == [
        Status.GAP
    ]
    assert statuses(rules, Facts(by_tag={"icrc": {"ER": 960}})) == [Status.MET]
    assert statuses(rules, Facts(by_tag={"other": {"ER": 960}})) == [Status.GAP]


def test_what_only_they_know_is_never_met_and_never_awaited() -> None:
    facts = Facts(minutes=4800, passed_exam=True, signed=frozenset({"code_of_ethics"}))
    results = evaluate(CALIFORNIA, facts)
    assert [result.status for result in results] == [
        Status.MET,
        Status.MET,
        Status.MET,
        Status.EXTERNAL,
    ]
    assert outstanding(results) == []


def test_an_unknown_or_broken_rule_needs_a_person() -> None:
    rules = {
        "all": [
            {"kind": "horoscope"},
            {"kind": "hours_total"},
            {"kind": "hours_total", "minutes": 39.98},
            {},
        ]
    }
    results = evaluate(rules, Facts(minutes=10**6, passed_exam=True))
    assert [result.status for result in results] == [Status.NEEDS_REVIEW] * 4
    assert len(outstanding(results)) == 4


def test_the_exam_opens_when_hours_are_met() -> None:
    assert hours_are_met(evaluate(CALIFORNIA, Facts(minutes=4800)))
    assert not hours_are_met(evaluate(CALIFORNIA, Facts(minutes=4799, passed_exam=True)))


@given(st.integers(0, 6000), st.integers(0, 600))
def test_more_minutes_never_turn_met_into_gap(minutes: int, more: int) -> None:
    before = {
        id(rule): result
        for rule, result in zip(
            CALIFORNIA["all"], evaluate(CALIFORNIA, Facts(minutes)), strict=True
        )
    }
    after = evaluate(CALIFORNIA, Facts(minutes + more))
    for rule, result in zip(CALIFORNIA["all"], after, strict=True):
        assert not (before[id(rule)].status == Status.MET and result.status == Status.GAP)


def test_nothing_asked_is_nothing_outstanding() -> None:
    assert evaluate({}, Facts()) == ()
    assert RuleResult("exam", Status.GAP).gap == 0
