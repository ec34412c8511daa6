"""A certifying body's rules, asked of the facts about one trainee. Pure.

What only the body can know is `external`: shown, never declared met, never waited for. A rule that
we do not understand is `needs_review`: it is never taken for met.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Rule = Mapping[str, Any]


class Status(StrEnum):
    """What can be said about a rule."""

    MET = "met"
    GAP = "gap"
    NEEDS_REVIEW = "needs_review"
    EXTERNAL = "external"


@dataclass(frozen=True)
class Facts:
    """What is known: minutes in all and by tag (set → tag → minutes), the exam, what was signed."""

    minutes: int = 0
    by_tag: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    passed_exam: bool = False
    signed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RuleResult:
    """The answer to one rule. `needed` and `have` are whole minutes where the rule is about hours."""

    kind: str
    status: Status
    needed: int = 0
    have: int = 0
    tag_set: str = ""
    tag: str = ""
    code: str = ""
    sentences: Mapping[str, str] = field(default_factory=dict)

    @property
    def gap(self) -> int:
        """How much is missing."""
        return max(self.needed - self.have, 0)

    @property
    def is_ours(self) -> bool:
        """Whether completion waits for it."""
        return self.status != Status.EXTERNAL


def _hours_total(rule: Rule, facts: Facts) -> RuleResult:
    return _amount(
        RuleResult("hours_total", Status.GAP, needed=rule["minutes"], have=facts.minutes)
    )


def _hours_tagged(rule: Rule, facts: Facts) -> RuleResult:
    have = facts.by_tag.get(rule["tag_set"], {}).get(rule["tag"], 0)
    return _amount(
        RuleResult(
            "hours_tagged",
            Status.GAP,
            needed=rule["minutes"],
            have=have,
            tag_set=rule["tag_set"],
            tag=rule["tag"],
        )
    )


def _amount(result: RuleResult) -> RuleResult:
    """Met at the last minute, not one before: 39 h 59 min is not 40 h."""
    if type(result.needed) is not int or result.needed < 0:
        raise TypeError("Minutes are whole and not below zero.")
    return RuleResult(**{**vars(result), "status": Status.GAP if result.gap else Status.MET})


def _exam(rule: Rule, facts: Facts) -> RuleResult:
    return RuleResult("exam", Status.MET if facts.passed_exam else Status.GAP)


def _attestation(rule: Rule, facts: Facts) -> RuleResult:
    signed = rule["agreement"] in facts.signed
    return RuleResult("attestation", Status.MET if signed else Status.GAP, code=rule["agreement"])


def _external(rule: Rule, facts: Facts) -> RuleResult:
    return RuleResult(
        "external", Status.EXTERNAL, code=rule["code"], sentences=rule.get("sentences", {})
    )


KINDS: dict[str, Callable[[Rule, Facts], RuleResult]] = {
    "hours_total": _hours_total,
    "hours_tagged": _hours_tagged,
    "exam": _exam,
    "attestation": _attestation,
    "external": _external,
}


def evaluate(rules: Mapping[str, Any], facts: Facts) -> tuple[RuleResult, ...]:
    """Answer each rule of a profile version (`{"all": [rule, …]}`), in its order."""
    return tuple(_answer(rule, facts) for rule in rules.get("all", []))


def _answer(rule: Rule, facts: Facts) -> RuleResult:
    kind = str(rule.get("kind", ""))
    try:
        return KINDS[kind](rule, facts)
    except (KeyError, TypeError):
        return RuleResult(kind, Status.NEEDS_REVIEW, code=str(rule.get("code", "")))


def outstanding(results: Iterable[RuleResult]) -> list[RuleResult]:
    """Return the rules within our power that are not met: what completion still waits for."""
    return [result for result in results if result.is_ours and result.status != Status.MET]


def hours_are_met(results: Iterable[RuleResult]) -> bool:
    """Say whether no rule about hours is outstanding: when the exam opens."""
    return not any(result.kind.startswith("hours_") for result in outstanding(results))
