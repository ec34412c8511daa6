"""Where a trainee stands in a course: one read of the records, in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from accounts.signing import signed_kinds
from courses import hours, requirements
from courses.models import Completion, Enrolment, HourEntry, ProfileVersion, Progress, ReleaseUnit, Tag, Unit
from exams import access, eligibility
from exams.models import Attempt, Exam


class State(StrEnum):
    """How far something is; the trail's own words."""

    DONE = "done"
    HERE = "here"
    AHEAD = ""


class Step(StrEnum):
    """The one thing to do next."""

    GO_ON_WITH_EXAM = "go_on_with_exam"
    LESSON = "lesson"
    LIVE_UNIT = "live_unit"
    SIGN = "sign"
    EXAM = "exam"
    WAIT_FOR_EXAM = "wait_for_exam"
    TALK = "talk"
    CONFIRM_NAME = "confirm_name"
    READS_ITEMS = "reads_items"
    CERTIFICATE = "certificate"


@dataclass(frozen=True)
class UnitStanding:
    """One unit of the release, and how far the trainee is in it."""

    key: UUID
    title: str
    mode: str
    minutes: int
    module: int
    position: int
    is_done: bool
    is_begun: bool

    @property
    def is_live(self) -> bool:
        """Whether an instructor counts it."""
        return self.mode == Unit.Mode.LIVE


@dataclass(frozen=True)
class ModuleStanding:
    """A module with its units; `state` is a step of the trail."""

    number: int
    title: str
    state: State
    units: list[UnitStanding]

    @property
    def minutes(self) -> int:
        """All minutes of the module."""
        return sum(unit.minutes for unit in self.units)

    @property
    def minutes_done(self) -> int:
        """The minutes of its units that are credited."""
        return sum(unit.minutes for unit in self.units if unit.is_done)


@dataclass(frozen=True)
class TagStanding:
    """Minutes that count for a tag; `needed` by the profile, `offered` by the release."""

    tag_set: str
    set_name: str
    code: str
    name: str
    minutes: int
    needed: int
    offered: int

    @property
    def line(self) -> int:
        """Where the bar's line stands: what is needed or, where nothing is, what the course holds."""
        return self.needed or self.offered

    @property
    def gap(self) -> int:
        """The minutes up to that line."""
        return max(self.line - self.minutes, 0)


@dataclass(frozen=True)
class ExamStanding:
    """The exam of the release as this trainee meets it."""

    exam: Exam
    rules: dict[str, Any]
    attempts: list[Attempt]
    standing: eligibility.Standing
    hours_are_met: bool

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt that is not handed in yet."""
        return next((attempt for attempt in self.attempts if attempt.closed_at is None), None)

    @property
    def may_start(self) -> bool:
        """Whether a new attempt may begin, or an open one go on, now."""
        return self.open_attempt is not None or (self.hours_are_met and self.standing.may_start)


@dataclass(frozen=True)
class NextStep:
    """What to do next: its kind, and the unit or the agreement that it is about."""

    kind: Step
    unit: UnitStanding | None = None
    agreement: str = ""


@dataclass
class Standing:
    """All that the pages say about an enrolment."""

    enrolment: Enrolment
    sums: hours.Sums
    entries: list[HourEntry]
    modules: list[ModuleStanding]
    tags: list[TagStanding]
    facts: requirements.Facts
    results: tuple[requirements.RuleResult, ...]
    exam: ExamStanding | None
    completion: Completion | None
    name_is_confirmed: bool
    reads_items: bool

    @property
    def minutes(self) -> int:
        """The credited minutes."""
        return self.sums.total

    @property
    def units(self) -> list[UnitStanding]:
        """All units in order."""
        return [unit for module in self.modules for unit in module.units]

    @property
    def minutes_offered(self) -> int:
        """All minutes of the release."""
        return sum(module.minutes for module in self.modules)

    @property
    def minutes_needed(self) -> int:
        """What the profile asks in all; what the release holds, where it asks nothing."""
        asked = [result.needed for result in self.results if result.kind == "hours_total"]
        return max(asked) if asked else self.minutes_offered

    @property
    def trail(self) -> list[str]:
        """The modules as steps of a trail."""
        return [module.state.value for module in self.modules]

    @cached_property
    def outstanding(self) -> list[requirements.RuleResult]:
        """The rules within our power that are not met."""
        return requirements.outstanding(self.results)

    @property
    def hours_are_met(self) -> bool:
        """Whether no rule about hours is outstanding."""
        return requirements.hours_are_met(self.results)

    @property
    def is_ready(self) -> bool:
        """Whether nothing within our power is outstanding: what completion waits for."""
        return not self.outstanding and self.name_is_confirmed and not self.reads_items

    @cached_property
    def next_step(self) -> NextStep:
        """The one thing to do next."""
        return _next_step(self)

    def against(self, version: ProfileVersion) -> tuple[requirements.RuleResult, ...]:
        """Ask the rules of any other profile of the same facts; no query."""
        return requirements.evaluate(version.rules, self.facts)


def standing_of(enrolment: Enrolment, now: datetime, language: str = "en") -> Standing:
    """Return where an enrolment stands. Names are in `language`, or in the first one there is."""
    entries = list(
        HourEntry.objects.filter(enrolment=enrolment)
        .select_related("unit", "reverses", "recorded_by", "reversed_by")
        .defer("unit__content")
        .order_by("number")
    )
    sums = hours.add_up(earned(entries))
    exams = list(enrolment.release.exams.select_related("exam"))
    exam_rules = {line.exam_id: line.rules for line in exams}
    attempts = list(
        Attempt.objects.sat_by(enrolment.trainee_id)
        .counted()
        .filter(exam__in=exam_rules)
        .order_by("number")
        .prefetch_related("scores")
    )
    facts = requirements.Facts(
        minutes=sums.total,
        by_tag={code: {tag: cell["total"] for tag, cell in tags.items()} for code, tags in sums.by_tag.items()},
        passed_exam=bool(exams) and all(has_passed(attempts, line.exam_id) for line in exams),
        signed=frozenset(signed_kinds(enrolment.trainee, now)),
    )
    results = requirements.evaluate(enrolment.profile_version.rules, facts)
    units = list(enrolment.release.units.defer("content"))
    return Standing(
        enrolment=enrolment,
        sums=sums,
        entries=entries,
        modules=_modules(enrolment, units, entries, language),
        tags=_tags(units, sums, results, language),
        facts=facts,
        results=results,
        exam=_exam(exams[0].exam, exams[0].rules, attempts, results, now) if exams else None,
        completion=enrolment.completions.filter(release=enrolment.release_id).first(),
        name_is_confirmed=enrolment.trainee.legal_name_confirmed_at is not None,
        reads_items=access.reads_items(enrolment.trainee),
    )


def earned(entries: Sequence[HourEntry]) -> list[hours.Earned]:
    """Return ledger rows as the pure module knows them. `reversed_by` is loaded."""
    return [
        hours.Earned(
            minutes=entry.minutes,
            mode=entry.mode,
            allocations=entry.allocations,
            started_at=entry.started_at,
            ended_at=entry.ended_at,
            is_reversed=hasattr(entry, "reversed_by"),
        )
        for entry in entries
    ]


def last_score(attempt: Attempt) -> Any:
    """Return the score that counts, or None; the scores are loaded."""
    scores = list(attempt.scores.all())
    return scores[-1] if scores else None


def has_passed(attempts: Sequence[Attempt], exam_id: int) -> bool:
    """Say whether one of the attempts at an exam passed."""
    return any(
        score.passed for attempt in attempts if attempt.exam_id == exam_id and (score := last_score(attempt))
    )


def _modules(
    enrolment: Enrolment, units: list[ReleaseUnit], entries: list[HourEntry], language: str
) -> list[ModuleStanding]:
    done = {entry.unit.key for entry in entries if entry.minutes > 0 and not hasattr(entry, "reversed_by")}
    begun = set(Progress.objects.filter(enrolment=enrolment).values_list("unit_key", flat=True))
    standings = [
        UnitStanding(
            key=unit.key,
            title=unit.title_in(language),
            mode=unit.mode,
            minutes=unit.minutes,
            module=unit.module,
            position=unit.position,
            is_done=unit.key in done,
            is_begun=unit.key in begun,
        )
        for unit in units
    ]
    here = next((unit.module for unit in standings if not unit.is_done), 0)
    found = []
    for number, module in enumerate(enrolment.release.outline["modules"], start=1):
        held = [unit for unit in standings if unit.module == number]
        all_done = all(unit.is_done for unit in held)
        state = State.DONE if all_done else State.HERE if number == here else State.AHEAD
        titles: dict[str, str] = module["titles"]
        title = titles.get(language) or next(iter(titles.values()))
        found.append(ModuleStanding(number=number, title=title, state=state, units=held))
    return found


def _tags(
    units: list[ReleaseUnit], sums: hours.Sums, results: Sequence[requirements.RuleResult], language: str
) -> list[TagStanding]:
    offered = hours.add_up(
        hours.Earned(unit.minutes, unit.mode, unit.allocations, started_at=datetime.min, ended_at=datetime.min)
        for unit in units
    )
    needed = {(result.tag_set, result.tag): result.needed for result in results if result.kind == "hours_tagged"}
    return [
        TagStanding(
            tag_set=tag.tag_set.code,
            set_name=tag.tag_set.names.get(language) or str(tag.tag_set),
            code=tag.code,
            name=tag.name_in(language),
            minutes=sums.of_tag(tag.tag_set.code, tag.code),
            needed=needed.get((tag.tag_set.code, tag.code), 0),
            offered=offered.of_tag(tag.tag_set.code, tag.code),
        )
        for tag in Tag.objects.select_related("tag_set").order_by("tag_set__code", "position")
    ]


def _exam(
    exam: Exam,
    rules: dict[str, Any],
    attempts: list[Attempt],
    results: Sequence[requirements.RuleResult],
    now: datetime,
) -> ExamStanding:
    own = [attempt for attempt in attempts if attempt.exam_id == exam.pk]
    closed = [
        eligibility.ClosedAttempt(attempt.closed_at, bool((score := last_score(attempt)) and score.passed))
        for attempt in own
        if attempt.closed_at
    ]
    return ExamStanding(
        exam=exam,
        rules=rules,
        attempts=own,
        standing=eligibility.standing(rules, closed, now),  # type: ignore[arg-type]  (frozen by rules_of)
        hours_are_met=requirements.hours_are_met(results),
    )


def _next_step(standing: Standing) -> NextStep:  # noqa: PLR0911  (one return a step)
    if standing.completion:
        return NextStep(Step.CERTIFICATE)
    exam = standing.exam
    if exam and exam.open_attempt:
        return NextStep(Step.GO_ON_WITH_EXAM)
    if not standing.hours_are_met and (unit := _next_unit(standing)):
        return NextStep(Step.LIVE_UNIT if unit.is_live else Step.LESSON, unit=unit)
    unsigned = [result.code for result in standing.outstanding if result.kind == "attestation"]
    if unsigned:
        return NextStep(Step.SIGN, agreement=unsigned[0])
    if any(result.kind == "exam" for result in standing.outstanding):
        if exam is None or not exam.standing.attempts_left or not exam.hours_are_met:
            return NextStep(Step.TALK)
        return NextStep(Step.EXAM if exam.may_start else Step.WAIT_FOR_EXAM)
    if standing.outstanding:
        return NextStep(Step.TALK)
    if not standing.name_is_confirmed:
        return NextStep(Step.CONFIRM_NAME)
    return NextStep(Step.READS_ITEMS if standing.reads_items else Step.CERTIFICATE)


def _next_unit(standing: Standing) -> UnitStanding | None:
    """Return the next lesson, as it needs nobody else; if there is none, the next live unit."""
    ahead = [unit for unit in standing.units if not unit.is_done]
    return next((unit for unit in ahead if not unit.is_live), ahead[0] if ahead else None)
