"""Makes a small course that is taught, studied and completed: what the start pages tell of."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import User
from accounts.signing import sign
from certificates.models import Certificate, CertificateEvent, CertificateName
from certificates.numbering import new_code
from courses import crediting, studying
from courses.models import (
    Completion,
    Course,
    Enrolment,
    HourEntry,
    Profile,
    ProfileVersion,
    Release,
    ReleaseExam,
    ReleaseUnit,
    Unit,
)
from exams.models import Attempt, Exam, ExamForm, Score
from jobs.models import State

NOW = datetime(2026, 11, 14, 20, tzinfo=UTC)
RULES = {
    "code": "final",
    "titles": {"en": "The final exam", "es": "El examen final"},
    "instructions": {},
    "minutes": 30,
    "grace_seconds": 120,
    "cut_percent": 70,
    "attempts_max": 3,
    "wait_hours": 24,
    "is_practice_length": True,
    "blueprint": [{"topic": "ethics", "level": "", "count": 20}],
    "topics": {},
}
ASKED: list[dict[str, Any]] = [
    {"kind": "hours_total", "minutes": 240},
    {"kind": "exam"},
    {"kind": "attestation", "agreement": "code_of_ethics"},
    {
        "kind": "external",
        "code": "state_exam",
        "sentences": {"en": "The state exam.", "es": "El examen estatal."},
    },
]
OTHER = [
    {"kind": "hours_total", "minutes": 120},
    {"kind": "hours_tagged", "tag_set": "icrc", "tag": "AD", "minutes": 90},
]
UNITS = [
    ("Listening", False, 60),
    ("Practice in pairs", True, 60),
    ("Boundaries", False, 60),
    ("Circle", True, 60),
]


def make_profile(code: str, name: str, rules: list[dict[str, Any]]) -> ProfileVersion:
    profile = Profile.objects.create(code=code)
    version: ProfileVersion = ProfileVersion.objects.create(
        profile=profile,
        number=1,
        names={"en": name, "es": name},
        certifier="The Body",
        rules={"all": rules},
        checked_on=date(2026, 11, 1),
        confidence="H",
        effective_on=date(2026, 1, 1),
        sha256="0" * 64,
    )
    return version


def make_course(code: str, title: str, *, exam: Exam | None = None, **fields: Any) -> Release:
    """A course with one release of four units, live and at one's own pace in turn."""
    course = Course.objects.create(key=uuid4(), code=code, exam=exam, **fields)
    outline = {
        "titles": {"en": title, "es": f"{title} (es)"},
        "languages": ["en", "es"],
        "modules": [{"titles": {"en": f"Module {n}", "es": f"Módulo {n}"}} for n in (1, 2)],
    }
    release: Release = Release.objects.create(
        course=course,
        number=1,
        outline=outline,
        sha256=uuid4().hex,
        published_at=NOW - timedelta(days=200),
    )
    for place, (name, is_live, minutes) in enumerate(UNITS, start=1):
        ReleaseUnit.objects.create(
            release=release,
            key=uuid4(),
            position=place,
            module=(place + 1) // 2,
            mode=Unit.Mode.LIVE if is_live else Unit.Mode.SELF_PACED,
            minutes=minutes,
            titles={"en": name, "es": f"{name} (es)"},
            allocations={"icrc": {"AD": 30, "ER": 30}},
            content={"en": {"title": name, "summary": "", "blocks": []}},
        )
    if exam:
        ReleaseExam.objects.create(release=release, exam=exam, rules=RULES)
    return release


def enrolled(
    person: User, release: Release, version: ProfileVersion, *, days: int = 40
) -> Enrolment:
    place: Enrolment = Enrolment.objects.create(
        trainee=person,
        course=release.course,
        release=release,
        profile_version=version,
        enrolled_at=NOW - timedelta(days=days),
    )
    return place


def study(
    place: Enrolment, units: int, *, by: User, first: datetime = NOW - timedelta(days=30)
) -> list[HourEntry]:
    """Credit the first units of a place, one every five days."""
    entries = []
    for unit in place.release.units.all()[:units]:
        then = first + timedelta(days=5 * (unit.position - 1))
        if unit.mode == Unit.Mode.LIVE:
            started = then - timedelta(minutes=unit.minutes)
            entry = crediting.credit_live_unit(
                enrolment=place, unit_key=unit.key, by=by, started_at=started, now=then
            )
        else:
            studying.open_unit(
                enrolment=place, unit=unit, now=then - timedelta(minutes=unit.minutes)
            )
            entry = crediting.finish_lesson(enrolment=place, unit_key=unit.key, now=then)
        entries.append(entry)
    return entries


def sat(
    person: User, exam: Exam, raw: int, *, number: int = 1, at: datetime = NOW - timedelta(days=3)
) -> Attempt:
    """An attempt that was handed in and scored, with 14 of 20 as the cut score."""
    form = ExamForm.objects.create(exam=exam, seed="seed", inputs={}, drawn_at=at)
    closed_at = at + timedelta(minutes=20)
    attempt: Attempt = Attempt.objects.create(
        exam=exam,
        candidate=person,
        form=form,
        number=number,
        language="en",
        rules=RULES,
        started_at=at,
        deadline_at=at + timedelta(minutes=30),
        closes_at=at + timedelta(minutes=32),
        closed_at=closed_at,
        closing=Attempt.Closing.SUBMITTED,
    )
    Score.objects.create(
        attempt=attempt,
        raw=raw,
        maximum=20,
        cut=14,
        by_topic=[],
        reason="submitted",
        scored_at=closed_at,
    )
    return attempt


def completed(place: Enrolment, *, at: datetime = NOW - timedelta(days=2)) -> Completion:
    completion: Completion = Completion.objects.create(
        enrolment=place,
        release=place.release,
        profile_version=place.profile_version,
        facts={},
        sha256="0" * 64,
        completed_at=at,
    )
    return completion


def certificate_of(
    completion: Completion,
    number: str,
    *,
    name: str = "Alice Rivera",
    state: str = State.DONE,
    at: datetime = NOW - timedelta(days=2),
    events: Sequence[tuple[str, str]] = (),
    **fields: Any,
) -> Certificate:
    """A certificate that was issued, and what happened to it since: kinds and reasons."""
    certificate: Certificate = Certificate.objects.create(
        public_code=new_code(),
        number=number,
        completion=completion,
        language="en",
        facts={},
        facts_sha256="0" * 64,
        is_specimen=completion.enrolment.course.is_specimen,
        issued_at=at,
        state=state,
        **fields,
    )
    CertificateName.objects.create(certificate=certificate, name=name, salt="salt")
    for kind, reason in [("issued", ""), *events]:
        CertificateEvent.objects.create(
            certificate=certificate, kind=kind, reason=reason, effective_at=at, recorded_at=at
        )
    return certificate


def sign_ethics(person: User) -> None:
    sign(person=person, kind="code_of_ethics", typed_name=person.legal_name, language="en", now=NOW)
