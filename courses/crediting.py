"""The verbs of the hours ledger: credit a lesson, credit a live unit, take a line back.

Each locks all places of the trainee, so that one person's chain grows by one line at a time.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from courses import hours, studying
from courses.models import Enrolment, HourEntry, Progress, Reflection, ReleaseUnit, Unit

CREDITED = "courses.credit_unit"
REVERSED = "courses.reverse_entry"


class Refused(Exception):
    """No minutes were written. The text is for the person."""


def may_credit(person: Any, enrolment: Enrolment) -> bool:
    """Say whether a person may credit or take back hours here: an instructor of this very course."""
    return person.pk != enrolment.trainee_id and enrolment.course.is_taught_by(person)


def finish_lesson(*, enrolment: Enrolment, unit_key: UUID, now: datetime) -> HourEntry:
    """Credit a lesson's minutes once its checks are answered and its reflection is written.

    However often it is asked for, there is one line. Raises `Refused` with what is missing, and
    `ReleaseUnit.DoesNotExist` for a unit that the release does not hold.
    """
    unit = enrolment.release.units.get(key=unit_key)
    with transaction.atomic():
        _lock(enrolment.trainee_id)
        if there := _standing_entry(enrolment, unit):
            return there
        _refuse_lesson(enrolment, unit)
        progress = Progress.objects.get(enrolment=enrolment, unit_key=unit.key)
        entry = _append(
            enrolment,
            unit,
            cause=_cause(enrolment, unit),
            minutes=unit.minutes,
            interval=(min(progress.opened_at, now), now),
            evidence=_evidence(progress),
            by=None,
            now=now,
        )
        Progress.objects.filter(pk=progress.pk).update(finished_at=now)
    return entry


def _refuse_lesson(enrolment: Enrolment, unit: ReleaseUnit) -> None:
    if unit.mode != Unit.Mode.SELF_PACED:
        raise Refused(_("This is a live unit. Your instructor counts it after you took part."))
    if enrolment.hours.filter(unit__key=unit.key).exists():
        raise Refused(_("These minutes were taken back. Please talk with your instructor."))
    if left := studying.left_to_do(enrolment=enrolment, unit=unit):
        raise Refused(
            _("Almost there. Please do the parts that are still open first (%(count)d).")
            % {"count": len(left)}
        )
    if not Progress.objects.filter(enrolment=enrolment, unit_key=unit.key).exists():
        raise Refused(_("Please open the lesson first."))


def _evidence(progress: Progress) -> dict[str, Any]:
    """Return what shows that a lesson was done: ids, never what was written."""
    written = Reflection.objects.filter(
        enrolment_id=progress.enrolment_id, unit_key=progress.unit_key
    )
    return {
        "kind": "lesson",
        "progress": progress.pk,
        "checks": sorted(progress.checks),
        "reflections": sorted(written.values_list("pk", flat=True)),
    }


def credit_live_unit(
    *, enrolment: Enrolment, unit_key: UUID, by: User, started_at: datetime, now: datetime
) -> HourEntry:
    """Credit a unit that the instructor saw done: a live one, or a lesson done another way.

    Once only; who teaches the course says so. Raises `Refused` for anyone else, for a time that is
    not over yet or that overlaps other live hours of this person, and `ReleaseUnit.DoesNotExist`.
    """
    unit = enrolment.release.units.get(key=unit_key)
    interval = (started_at, started_at + timedelta(minutes=unit.minutes))
    if not may_credit(by, enrolment):
        raise Refused(_("Only an instructor of this course can count these minutes."))
    if interval[1] > now:
        raise Refused(
            _("At that time the unit is not over yet. Please check the date and the time.")
        )
    with transaction.atomic():
        _lock(enrolment.trainee_id)
        if there := _standing_entry(enrolment, unit):
            return there
        _refuse_overlap(enrolment, interval)
        entry = _append(
            enrolment,
            unit,
            cause=_cause(enrolment, unit),
            minutes=unit.minutes,
            interval=interval,
            evidence={"kind": "instructor", "instructor": str(by.public_id)},
            by=by,
            now=now,
        )
        log(
            instance=enrolment,
            action=CREDITED,
            user=by,
            data={"entry": entry.number, "unit": str(unit.key)},
        )
    return entry


def _refuse_overlap(enrolment: Enrolment, interval: tuple[datetime, datetime]) -> None:
    """One person cannot be in two live rooms at once."""
    others = (
        HourEntry.objects.earned_by(enrolment.trainee_id).standing().filter(mode=Unit.Mode.LIVE)
    )
    if others.filter(started_at__lt=interval[1], ended_at__gt=interval[0]).exists():
        raise Refused(
            _("This person has other live hours at that time. Please check the date and the time.")
        )


def reverse(*, entry: HourEntry, by: User, reason: str, now: datetime) -> HourEntry:
    """Take a line back with a line of its own; the first stays. `reason` is one of `HourEntry.Reason`.

    A line that was taken back already gives the reversal that is there. Raises `Refused` for anyone
    who does not teach the course, for a reversal, and for a reason that we do not know.
    """
    enrolment = entry.enrolment
    if not may_credit(by, enrolment):
        raise Refused(_("Only an instructor of this course can take minutes back."))
    if entry.reverses_id or reason not in HourEntry.Reason.values:
        raise Refused(_("This cannot be taken back."))
    with transaction.atomic():
        _lock(enrolment.trainee_id)
        if there := HourEntry.objects.filter(reverses=entry).first():
            return there
        reversal = _append(
            enrolment,
            entry.unit,
            cause=f"reversal:{entry.number}",
            minutes=-entry.minutes,
            interval=(entry.started_at, entry.ended_at),
            evidence={"kind": "reversal", "reason": reason},
            by=by,
            now=now,
            reverses=entry,
        )
        Progress.objects.filter(enrolment=enrolment, unit_key=entry.unit.key).update(
            finished_at=None
        )
        log(
            instance=enrolment,
            action=REVERSED,
            user=by,
            data={"entry": entry.number, "reason": reason},
        )
    return reversal


def _lock(trainee_id: int) -> None:
    """Hold all places of a trainee until the transaction ends."""
    list(
        Enrolment.objects.select_for_update()
        .filter(trainee_id=trainee_id)
        .order_by("pk")
        .values_list("pk")
    )


def _standing_entry(enrolment: Enrolment, unit: ReleaseUnit) -> HourEntry | None:
    """Return the line that credits a unit and was not taken back, if there is one."""
    return HourEntry.objects.standing().filter(enrolment=enrolment, unit__key=unit.key).first()


def _cause(enrolment: Enrolment, unit: ReleaseUnit) -> str:
    """Name what a line is for; after a reversal, the same unit is a new cause."""
    before = enrolment.hours.filter(unit__key=unit.key, reverses=None).count()
    return f"unit:{unit.key}" + (f":{before + 1}" if before else "")


def _append(
    enrolment: Enrolment,
    unit: ReleaseUnit,
    *,
    cause: str,
    minutes: int,
    interval: tuple[datetime, datetime],
    evidence: dict[str, Any],
    by: User | None,
    now: datetime,
    reverses: HourEntry | None = None,
) -> HourEntry:
    """Write the next line of a person's chain. The trainee's places are locked."""
    shares = hours.share_out(abs(minutes), unit.minutes, unit.allocations)
    sign = -1 if minutes < 0 else 1
    last = HourEntry.objects.earned_by(enrolment.trainee_id).last()
    entry = HourEntry(
        trainee_id=enrolment.trainee_id,
        enrolment=enrolment,
        number=last.number + 1 if last else 1,
        cause=cause,
        unit=unit,
        minutes=minutes,
        mode=unit.mode,
        started_at=interval[0],
        ended_at=interval[1],
        allocations={
            code: {tag: sign * part for tag, part in tags.items()} for code, tags in shares.items()
        },
        evidence=evidence,
        recorded_by=by,
        recorded_at=now,
        reverses=reverses,
        previous_sha256=last.sha256 if last else "",
    )
    entry.sha256 = hours.link_of(line_of(entry), entry.previous_sha256)
    entry.save(force_insert=True)
    return entry


def line_of(entry: HourEntry) -> hours.Line:
    """Return a ledger row as the hash knows it: public ids, no primary key of a person."""
    return hours.Line(
        number=entry.number,
        enrolment=str(entry.enrolment.public_id),
        release=entry.unit.release.number,
        unit=str(entry.unit.key),
        cause=entry.cause,
        minutes=entry.minutes,
        mode=entry.mode,
        started_at=hours.instant(entry.started_at),
        ended_at=hours.instant(entry.ended_at),
        allocations=entry.allocations,
        evidence=entry.evidence,
        recorded_by=str(entry.recorded_by.public_id) if entry.recorded_by else "",
        recorded_at=hours.instant(entry.recorded_at),
        reverses=entry.reverses.number if entry.reverses else 0,
    )


def chain_of(person: User) -> list[hours.Link]:
    """Return a person's whole chain as it stands in the ledger, ready to be verified."""
    rows = (
        HourEntry.objects.earned_by(person)
        .select_related("enrolment", "unit__release", "recorded_by", "reverses")
        .defer("unit__content", "unit__release__outline")
    )
    return [hours.Link(line_of(row), row.previous_sha256, row.sha256) for row in rows]
