"""What a certifying body asks, rule by rule, in words: met, missing, or for the body alone to say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.models import ProfileVersion
from courses.requirements import RuleResult, Status
from courses.standing import Standing
from courses.words import hours, sentence


@dataclass(frozen=True)
class Asked:
    """One rule: what it asks, where the trainee stands, and what is missing in words."""

    kind: str
    text: str
    status: Status
    missing: str = ""


@dataclass(frozen=True)
class Body:
    """What one certifying body asks, against the same hours."""

    name: str
    certifier: str
    checked_on: date
    have: int
    needed: int
    lines: tuple[Asked, ...]

    @property
    def gap(self) -> int:
        """Minutes that are missing to the hours in all."""
        return max(self.needed - self.have, 0)

    @property
    def has_short_domain(self) -> bool:
        """Whether hours in a domain are missing."""
        return any(line.kind == "hours_tagged" and line.status == Status.GAP for line in self.lines)

    @property
    def also(self) -> list[Asked]:
        """What is not met beside the hours in all."""
        return [
            line
            for line in self.lines
            if line.status in (Status.GAP, Status.NEEDS_REVIEW) and line.kind != "hours_total"
        ]

    @property
    def ours(self) -> list[Asked]:
        """What completion waits for, met or not."""
        return [line for line in self.lines if line.status != Status.EXTERNAL]

    @property
    def external(self) -> list[Asked]:
        """What only the body itself can know."""
        return [line for line in self.lines if line.status == Status.EXTERNAL]


def own_body(standing: Standing) -> Body:
    """Return what the enrolment's own profile asks: the one that gates completion."""
    return body(standing.enrolment.profile_version, standing.results, standing)


def other_bodies(standing: Standing, versions: Iterable[ProfileVersion]) -> list[Body]:
    """Ask the newest version of each other profile of the same hours; no query."""
    newest: dict[int, ProfileVersion] = {}
    for version in sorted(versions, key=lambda version: version.number):
        newest[version.profile_id] = version
    newest.pop(standing.enrolment.profile_version.profile_id, None)
    bodies = [body(version, standing.against(version), standing) for version in newest.values()]
    return sorted(bodies, key=lambda one: one.name)


def body(version: ProfileVersion, results: Iterable[RuleResult], standing: Standing) -> Body:
    """Put a profile version's answers into words, in the reader's language."""
    results = tuple(results)
    language = get_language() or "en"
    names = {tag.code: tag.name for tag in standing.tags}
    total = [result for result in results if result.kind == "hours_total"]
    return Body(
        name=version.name_in(language),
        certifier=version.certifier,
        checked_on=version.checked_on,
        have=standing.minutes,
        needed=max((result.needed for result in total), default=0),
        lines=tuple(asked(result, names, language) for result in results),
    )


def asked(result: RuleResult, names: dict[str, str], language: str) -> Asked:
    """Put one rule into words. What we do not understand is said to be so, and is never met."""
    known = result.status != Status.NEEDS_REVIEW
    text = sentence(result, language, names) if known else _("A rule that a person looks at.")
    missing = _("%(time)s to go") % {"time": hours(result.gap)} if result.gap else ""
    return Asked(result.kind, text, result.status, missing)
