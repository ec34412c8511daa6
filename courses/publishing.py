"""Publishing a release: the live pages frozen for those who enrol from now on."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from courses.drafting import Draft, draft_of
from courses.frozen_files import Kept, Ledger
from courses.models import Course, Release, ReleaseExam, ReleaseFile, ReleaseUnit
from exams.models import Exam

LOG_ACTION = "courses.publish_release"


class Refused(Exception):
    """The course cannot be released as it is. `reasons` are words for the person."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Changes:
    """What a release published now would change for those who enrol after it."""

    latest: Release | None
    is_same: bool
    problems: list[str]
    newer_drafts: list[str]
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[tuple[str, list[str]]] = field(default_factory=list)
    course_changed: bool = False
    exam_changed: bool = False
    minutes_before: int = 0
    minutes_now: int = 0


def may_publish(person: Any, course: Course) -> bool:
    """Say whether a person may publish a release: an instructor of this course, or an administrator."""
    if not person.is_authenticated or not person.is_active:
        return False
    return (
        person.is_superuser
        or person.has_perm("courses.change_course")
        or course.is_taught_by(person)
    )


def publish_release(*, course: Course, by: User | None, now: datetime) -> Release:
    """Freeze the live pages of a course in all its languages.

    Returns the latest release if nothing changed since. Raises `Refused` with what stands in the way.
    """
    ledger = Ledger(store=True)
    draft = draft_of(course, ledger)
    if draft.problems or not draft.units:
        raise Refused(draft.problems)
    sha256 = draft.sha256()
    with transaction.atomic():
        Course.objects.select_for_update().get(pk=course.pk)
        latest = course.releases.order_by("-number").first()
        if latest and latest.sha256 == sha256:
            return latest
        release = Release.objects.create(
            course=course,
            number=latest.number + 1 if latest else 1,
            outline=draft.outline,
            sha256=sha256,
            published_at=now,
            published_by=by,
        )
        _write(release, draft, ledger.kept)
        log(
            instance=course,
            action=LOG_ACTION,
            user=by,
            data={"release": release.number, "sha256": sha256},
        )
    return release


def _write(release: Release, draft: Draft, files: dict[str, Kept]) -> None:
    ReleaseUnit.objects.bulk_create([ReleaseUnit(release=release, **unit) for unit in draft.units])
    ReleaseFile.objects.bulk_create(
        [
            ReleaseFile(
                release=release,
                name=file.name,
                content_type=file.content_type,
                title=file.title,
                size=file.size,
            )
            for file in files.values()
        ]
    )
    for line in draft.exams:
        ReleaseExam.objects.create(
            release=release, exam=Exam.objects.get(code=line["exam"]), rules=line["rules"]
        )


def changes_since(course: Course) -> Changes:
    """Compare what is live now with the latest release, for a person who is about to publish."""
    draft = draft_of(course, Ledger(store=False))
    latest = course.releases.order_by("-number").first()
    before = {str(unit.key): unit for unit in latest.units.all()} if latest else {}
    after = {unit["key"]: unit for unit in draft.units}
    changed = [
        (_title(after[key]), parts)
        for key in after
        if key in before and (parts := _parts(before[key], after[key]))
    ]
    return Changes(
        latest=latest,
        is_same=bool(latest and latest.sha256 == draft.sha256()),
        problems=draft.problems,
        newer_drafts=sorted(set(draft.newer_drafts)),
        added=[_title(unit) for key, unit in after.items() if key not in before],
        removed=[
            next(iter(unit.titles.values())) for key, unit in before.items() if key not in after
        ],
        changed=changed,
        course_changed=bool(latest and latest.outline != draft.outline),
        exam_changed=_exam_changed(latest, draft),
        minutes_before=sum(unit.minutes for unit in before.values()),
        minutes_now=sum(unit["minutes"] for unit in draft.units),
    )


def _title(unit: dict[str, Any]) -> str:
    return str(next(iter(unit["titles"].values())))


def _parts(before: ReleaseUnit, after: dict[str, Any]) -> list[str]:
    """Name what differs in a unit: text, minutes, tags, place."""
    pairs = {
        "text": (before.content, after["content"]),
        "minutes": (before.minutes, after["minutes"]),
        "tags": (before.allocations, after["allocations"]),
        "place": ((before.module, before.position), (after["module"], after["position"])),
    }
    return [part for part, (old, new) in pairs.items() if old != new]


def _exam_changed(latest: Release | None, draft: Draft) -> bool:
    if latest is None:
        return False
    before = [
        {"exam": line.exam.code, "rules": line.rules}
        for line in latest.exams.select_related("exam")
    ]
    return before != draft.exams
