"""The instructor's start page: their own courses, who waits for them, what is not released yet."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState

from accounts.models import User
from courses.models import Completion, Enrolment, HourEntry, ReleaseUnit, Unit
from exams.models import Attempt, Item, Score
from lms.home.curriculum import own_courses
from lms.stages import Stage, UnitOfRelease, stage_of, tally, waiting_live

LATELY = timedelta(days=30)
SHOWN = 6
STAGES = {
    Stage.BEGINNING: _("Enrolled, nothing counted yet"),
    Stage.STUDYING: _("Studying"),
    Stage.LIVE: _("Lessons done, live hours open"),
    Stage.EXAM: _("All hours counted, exam ahead"),
    Stage.CLOSING: _("Exam passed, a signature or the name open"),
    Stage.COMPLETED: _("Completed"),
}


@dataclass(frozen=True)
class Trainee:
    """One trainee of one course, as far as the start page tells."""

    enrolment: Any
    stage: Stage
    waiting: tuple[UnitOfRelease, ...]

    @property
    def others(self) -> int:
        """How many live units wait beside the first."""
        return len(self.waiting) - 1


@dataclass(frozen=True)
class NotYet:
    """The last attempt of someone who is below the cut so far: how many items are missing."""

    enrolment: Any
    closed_at: datetime
    away: int
    attempts_left: int


def read(person: User, now: datetime) -> dict[str, Any]:
    """Return what the instructor's page shows: their own courses' trainees, and no others."""
    enrolments = list(own_enrolments(person))
    attempts = attempts_of(person)
    trainees = place(person, enrolments, attempts)
    waiting = [trainee for trainee in trainees if trainee.waiting]
    below = not_yet(enrolments, attempts, now)
    return {
        "courses": own_courses(person),
        "stages": stages(trainees),
        "trainees": len(trainees),
        "waiting": sorted(waiting, key=lambda t: (t.enrolment.last_counted_at, t.enrolment.pk))[
            :SHOWN
        ],
        "waiting_count": len(waiting),
        "not_yet": below[:SHOWN],
        "not_yet_count": len(below),
        "reviews": waiting_reviews(person),
    }


@dataclass(frozen=True)
class StageLine:
    """How many trainees are at one stage, as a line of the bar chart."""

    stage: Stage
    label: Any
    count: int
    words: str


def stages(trainees: list[Trainee]) -> list[StageLine]:
    """Count the trainees by stage; a course with no exam has nobody before one."""
    return [
        StageLine(
            stage,
            STAGES[stage],
            count,
            ngettext("%(count)d person", "%(count)d people", count) % {"count": count},
        )
        for stage, count in tally(trainee.stage for trainee in trainees)
    ]


def waiting_reviews(person: User) -> list[TaskState]:
    """Return the items that wait for a person's review, the oldest first.

    Nobody approves a draft that they wrote on: `exams.models.review.wrote` says it of one item.
    """
    is_item = {"content_type__app_label": "exams", "content_type__model": "item"}
    live = Item.objects.annotate(key=Cast("pk", CharField())).filter(key=OuterRef("object_id"))
    drafts = Revision.objects.filter(user=person, **is_item).annotate(
        live=Coalesce(Subquery(live.values("live_revision")[:1]), 0)
    )
    written = drafts.filter(pk__gt=F("live")).values("object_id")
    states = TaskState.objects.reviewable_by(user=person).filter(
        **{f"revision__{name}": value for name, value in is_item.items()}
    )
    rows = states.exclude(revision__object_id__in=written).select_related("revision")
    return list(rows.order_by("started_at", "pk"))


def own_enrolments(person: User) -> QuerySet[Enrolment]:
    """Return the enrolments in the courses that a person teaches, without specimens."""
    return (
        Enrolment.objects.taught_by(person)
        .counted()
        .select_related("trainee", "course")
        .annotate(
            is_complete=Exists(Completion.objects.filter(enrolment=OuterRef("pk"))),
            last_counted_at=Max("hours__ended_at"),
        )
        .order_by("pk")
    )


def place(
    person: User, enrolments: list[Any], attempts: dict[tuple[int, int], list[Any]]
) -> list[Trainee]:
    """Say for each enrolment which stage it is at and which live units wait."""
    units, counted = units_of(enrolments), counted_positions(person)
    found = []
    for enrolment in enrolments:
        own, done = units[enrolment.release_id], counted[enrolment.pk]
        tries = attempts.get((enrolment.course.exam_id, enrolment.trainee_id), [])
        stage = stage_of(
            own,
            done,
            needs_exam=enrolment.course.exam_id is not None,
            has_passed=any(attempt.raw >= attempt.cut for attempt in tries),
            is_complete=enrolment.is_complete,
        )
        waiting = () if enrolment.is_complete else tuple(waiting_live(own, done))
        found.append(Trainee(enrolment, stage, waiting))
    return found


def units_of(enrolments: list[Any]) -> dict[int, list[UnitOfRelease]]:
    """Return the units of each release with their titles in the reader's language."""
    language = get_language() or "en"
    rows = ReleaseUnit.objects.filter(
        release__in={enrolment.release_id for enrolment in enrolments}
    )
    units: dict[int, list[UnitOfRelease]] = defaultdict(list)
    for unit in rows.defer("content", "allocations").order_by("release", "position"):
        is_live = unit.mode == Unit.Mode.LIVE
        units[unit.release_id].append(
            UnitOfRelease(unit.position, is_live, unit.title_in(language), str(unit.key))
        )
    return units


def counted_positions(person: User) -> dict[int, set[int]]:
    """Return, for each enrolment that is not completed, the positions of the units that count."""
    rows = HourEntry.objects.standing().filter(
        enrolment__course__instructors=person,
        enrolment__course__is_specimen=False,
        enrolment__completions=None,
    )
    counted: dict[int, set[int]] = defaultdict(set)
    for enrolment, position in rows.order_by().values_list("enrolment_id", "unit__position"):
        counted[enrolment].add(position)
    return counted


def attempts_of(person: User) -> dict[tuple[int, int], list[Any]]:
    """Return the scored attempts at the courses' exams by exam and candidate, with the last score."""
    last = Score.objects.filter(attempt=OuterRef("pk")).order_by("-pk")
    rows = (
        Attempt.objects.counted()
        .filter(
            candidate__enrolments__course__instructors=person,
            candidate__enrolments__course__exam=F("exam"),
            candidate__enrolments__course__is_specimen=False,
        )
        .annotate(raw=Subquery(last.values("raw")[:1]), cut=Subquery(last.values("cut")[:1]))
        .filter(closed_at__isnull=False, raw__isnull=False)
        .distinct()
        .order_by("closed_at")
    )
    found: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for attempt in rows:
        found[attempt.exam_id, attempt.candidate_id].append(attempt)
    return found


def not_yet(
    enrolments: list[Any], attempts: dict[tuple[int, int], list[Any]], now: datetime
) -> list[NotYet]:
    """Return who sat the exam in the last 30 days and has not passed so far, the latest first."""
    found = []
    for enrolment in enrolments:
        tries = attempts.get((enrolment.course.exam_id, enrolment.trainee_id), [])
        if not tries or any(a.raw >= a.cut for a in tries) or now - tries[-1].closed_at > LATELY:
            continue
        last = tries[-1]
        left = max(last.rules.get("attempts_max", 0) - len(tries), 0)
        found.append(NotYet(enrolment, last.closed_at, last.cut - last.raw, left))
    return sorted(found, key=lambda row: row.closed_at, reverse=True)
