"""How far a trainee is on the trail: units, modules, tags, exam, and the one thing to do next."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from courses import hours, requirements
from courses.models import Completion, Enrolment, HourEntry, ProfileVersion, Unit
from exams import eligibility
from exams.models import Attempt, Exam
from exams.rules import Rules


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
    rules: Rules
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


def _next_step(standing: Standing) -> NextStep:
    """Return what to do now: the exam that is open, then hours, signatures, exam, name."""
    if standing.completion:
        return NextStep(Step.CERTIFICATE)
    if standing.exam and standing.exam.open_attempt:
        return NextStep(Step.GO_ON_WITH_EXAM)
    if not standing.hours_are_met and (unit := _next_unit(standing)):
        return NextStep(Step.LIVE_UNIT if unit.is_live else Step.LESSON, unit=unit)
    return _step_after_hours(standing)


def _step_after_hours(standing: Standing) -> NextStep:
    unsigned = [result.code for result in standing.outstanding if result.kind == "attestation"]
    if unsigned:
        return NextStep(Step.SIGN, agreement=unsigned[0])
    if any(result.kind == "exam" for result in standing.outstanding):
        return NextStep(_exam_step(standing.exam))
    if standing.outstanding:
        return NextStep(Step.TALK)
    if not standing.name_is_confirmed:
        return NextStep(Step.CONFIRM_NAME)
    return NextStep(Step.READS_ITEMS if standing.reads_items else Step.CERTIFICATE)


def _exam_step(exam: ExamStanding | None) -> Step:
    if exam is None or not exam.standing.attempts_left or not exam.hours_are_met:
        return Step.TALK
    return Step.EXAM if exam.may_start else Step.WAIT_FOR_EXAM


def _next_unit(standing: Standing) -> UnitStanding | None:
    """Return the next lesson, as it needs nobody else; if there is none, the next live unit."""
    ahead = [unit for unit in standing.units if not unit.is_done]
    return next((unit for unit in ahead if not unit.is_live), ahead[0] if ahead else None)
