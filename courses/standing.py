"""Where a trainee stands in a course: one read of the records, in a constant number of queries."""

from collections.abc import Sequence
from datetime import UTC, datetime

from accounts.signing import signed_kinds
from courses import hours, requirements
from courses.models import Enrolment, HourEntry, Progress, ReleaseUnit, Tag
from courses.tracking import (
    ExamStanding,
    ModuleStanding,
    NextStep,
    Standing,
    State,
    Step,
    TagStanding,
    UnitStanding,
)
from exams import access, eligibility
from exams.models import Attempt, Exam, Score
from exams.rules import Rules

__all__ = [
    "ExamStanding",
    "ModuleStanding",
    "NextStep",
    "Standing",
    "State",
    "Step",
    "TagStanding",
    "UnitStanding",
    "earned",
    "has_passed",
    "last_score",
    "standing_of",
]
NO_TIME = datetime.min.replace(tzinfo=UTC)


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
        by_tag={
            code: {tag: cell["total"] for tag, cell in tags.items()}
            for code, tags in sums.by_tag.items()
        },
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


def last_score(attempt: Attempt) -> Score | None:
    """Return the score that counts, or None; the scores are loaded."""
    scores = list(attempt.scores.all())
    return scores[-1] if scores else None


def has_passed(attempts: Sequence[Attempt], exam_id: int) -> bool:
    """Say whether one of the attempts at an exam passed."""
    return any(
        score.passed
        for attempt in attempts
        if attempt.exam_id == exam_id and (score := last_score(attempt))
    )


def _modules(
    enrolment: Enrolment, units: list[ReleaseUnit], entries: list[HourEntry], language: str
) -> list[ModuleStanding]:
    done = {
        entry.unit.key
        for entry in entries
        if entry.minutes > 0 and not hasattr(entry, "reversed_by")
    }
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
    units: list[ReleaseUnit],
    sums: hours.Sums,
    results: Sequence[requirements.RuleResult],
    language: str,
) -> list[TagStanding]:
    offered = hours.add_up(
        hours.Earned(
            unit.minutes,
            unit.mode,
            unit.allocations,
            started_at=NO_TIME,
            ended_at=NO_TIME,
        )
        for unit in units
    )
    needed = {
        (result.tag_set, result.tag): result.needed
        for result in results
        if result.kind == "hours_tagged"
    }
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
    rules: Rules,
    attempts: list[Attempt],
    results: Sequence[requirements.RuleResult],
    now: datetime,
) -> ExamStanding:
    own = [attempt for attempt in attempts if attempt.exam_id == exam.pk]
    closed = [
        eligibility.ClosedAttempt(
            attempt.closed_at, bool((score := last_score(attempt)) and score.passed)
        )
        for attempt in own
        if attempt.closed_at
    ]
    return ExamStanding(
        exam=exam,
        rules=rules,
        attempts=own,
        standing=eligibility.standing(rules, closed, now),
        hours_are_met=requirements.hours_are_met(results),
    )
