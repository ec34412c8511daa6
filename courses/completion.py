"""Completion: the fact that nothing within our power is outstanding, with what it was met by.

`Completion.facts` (whole minutes, dates in the installation's time zone, ids instead of persons):

    schema       1
    course       key, code, titles by language
    release      number, sha256
    profile      code, number, names by language, certifier, sha256
    is_specimen  the course is one for trying out
    languages    the languages that the release is written in
    minutes      total; by_mode {live, self_paced}; by_tag {tag set: {tag: {total, live, self_paced}}}
    tags         {tag set: {names by language, tags: {tag: names by language}}}, in order
    first_on, last_on   the first and last day of the hours that count
    modules      number, titles by language, minutes, in order
    exam         code, titles, attempt (public id), raw, maximum, cut, scored_at; or null
    instructors  public ids of those who teach the course
    provider     name, street, city; who signs is named by the certificate, beside its frozen facts;
                 approvals in force on the day: certifier, number, valid_until
    attestations kind, version, signed_at
    rules        kind, status, needed, have, tag_set, tag, code of each rule of the profile
    ledger       entries, head_sha256: the chain as it stood
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.fingerprints import fingerprint
from courses import hours
from courses.models import Completion, Enrolment, HourEntry, Provider, ReleaseExam, TagSet, Unit
from courses.signals import course_completed
from courses.standing import Standing, earned, last_score, standing_of
from exams.models import Score


def record(*, enrolment: Enrolment, now: datetime) -> Completion | None:
    """Record the completion of an enrolment's release if nothing is outstanding; once only.

    Returns the completion that is there, the new one, or None while something is outstanding.
    """
    with transaction.atomic():
        locked = (
            Enrolment.objects.select_for_update(of=("self",))
            .select_related("trainee", "course", "release", "profile_version__profile")
            .get(pk=enrolment.pk)
        )
        if there := locked.completions.filter(release=locked.release_id).first():
            return there
        standing = standing_of(locked, now)
        if not standing.is_ready:
            Enrolment.objects.filter(pk=locked.pk).update(checked_at=now)
            return None
        facts = facts_of(standing, now)
        completion: Completion = Completion.objects.create(
            enrolment=locked,
            release=locked.release,
            profile_version=locked.profile_version,
            facts=facts,
            sha256=fingerprint(facts),
            completed_at=now,
        )
        course_completed.send(sender=Completion, completion=completion)
    return completion


def waiting(*, limit: int) -> list[int]:
    """Return enrolments that may be complete and were not asked for longest: what a sweeper rings.

    Those whose exam is passed, or whose release has none, and that have hours.
    """
    exams = ReleaseExam.objects.filter(release=OuterRef("release"))
    passed = Score.objects.filter(
        attempt__exam__release_exams__release=OuterRef("release"),
        attempt__candidate=OuterRef("trainee"),
        attempt__voided_at=None,
        raw__gte=F("cut"),
    )
    found = (
        Enrolment.objects.exclude(completions__release=F("release"))
        .filter(Exists(HourEntry.objects.filter(enrolment=OuterRef("pk"))))
        .filter(Q(Exists(passed)) | ~Q(Exists(exams)))
        .order_by(F("checked_at").asc(nulls_first=True), "pk")
    )
    return list(found.values_list("pk", flat=True)[:limit])


def facts_of(standing: Standing, now: datetime) -> dict[str, Any]:
    """Return what a completion freezes; the module's first lines say what stands where."""
    enrolment = standing.enrolment
    course, release, version = enrolment.course, enrolment.release, enrolment.profile_version
    first_on, last_on = hours.span(earned(standing.entries), timezone.get_default_timezone())
    return {
        "schema": 1,
        "course": {
            "key": str(course.key),
            "code": course.code,
            "titles": release.outline["titles"],
        },
        "release": {"number": release.number, "sha256": release.sha256},
        "profile": {
            "code": version.profile.code,
            "number": version.number,
            "names": version.names,
            "certifier": version.certifier,
            "sha256": version.sha256,
        },
        "is_specimen": course.is_specimen,
        "languages": release.outline["languages"],
        "minutes": {
            "total": standing.sums.total,
            "by_mode": {mode: standing.sums.by_mode.get(mode, 0) for mode in Unit.Mode.values},
            "by_tag": _by_tag(standing.sums),
        },
        "tags": _tag_names(standing.sums),
        "first_on": first_on.isoformat() if first_on else None,
        "last_on": last_on.isoformat() if last_on else None,
        "modules": _modules(standing),
        "exam": _exam(standing),
        "instructors": sorted(
            str(key) for key in course.instructors.values_list("public_id", flat=True)
        ),
        "provider": _provider(now),
        "attestations": _attestations(enrolment),
        "rules": [
            {
                name: getattr(result, name)
                for name in ("kind", "needed", "have", "tag_set", "tag", "code")
            }
            | {"status": result.status.value}
            for result in standing.results
        ],
        "ledger": _ledger(enrolment),
    }


def _by_tag(sums: hours.Sums) -> dict[str, dict[str, dict[str, int]]]:
    return {
        code: {
            tag: {"total": cell["total"], **{mode: cell.get(mode, 0) for mode in Unit.Mode.values}}
            for tag, cell in tags.items()
        }
        for code, tags in sums.by_tag.items()
    }


def _tag_names(sums: hours.Sums) -> dict[str, Any]:
    sets = TagSet.objects.filter(code__in=sums.by_tag).order_by("code").prefetch_related("tags")
    return {
        tag_set.code: {
            "names": tag_set.names,
            "tags": {
                tag.code: tag.names
                for tag in tag_set.tags.all()
                if tag.code in sums.by_tag[tag_set.code]
            },
        }
        for tag_set in sets
    }


def _modules(standing: Standing) -> list[dict[str, Any]]:
    titles = standing.enrolment.release.outline["modules"]
    return [
        {
            "number": module.number,
            "titles": titles[module.number - 1]["titles"],
            "minutes": module.minutes_done,
        }
        for module in standing.modules
    ]


def _exam(standing: Standing) -> dict[str, Any] | None:
    """Return the first attempt that passed, as it was scored last."""
    for attempt in standing.exam.attempts if standing.exam else []:
        score = last_score(attempt)
        if score and score.passed:
            return {
                "code": attempt.rules["code"],
                "titles": attempt.rules["titles"],
                "attempt": str(attempt.public_id),
                "raw": score.raw,
                "maximum": score.maximum,
                "cut": score.cut,
                "scored_at": score.scored_at.isoformat(),
            }
    return None


def _provider(now: datetime) -> dict[str, Any]:
    """Return the provider as it is on the day, with the approvals that are in force."""
    provider, today = Provider.load(), timezone.localdate(now)
    names = ("name", "street", "city")
    in_force = [
        {
            "certifier": approval.certifier,
            "number": approval.number,
            "valid_until": approval.valid_until.isoformat() if approval.valid_until else None,
        }
        for approval in (provider.approvals.order_by("pk") if provider.pk else [])
        if approval.valid_from <= today
        and (approval.valid_until is None or today <= approval.valid_until)
    ]
    return {**{name: getattr(provider, name) for name in names}, "approvals": in_force}


def _attestations(enrolment: Enrolment) -> list[dict[str, str]]:
    return [
        {
            "kind": signature.agreement.kind,
            "version": signature.agreement.version,
            "signed_at": signature.signed_at.isoformat(),
        }
        for signature in enrolment.trainee.signatures.select_related("agreement").order_by(
            "signed_at", "pk"
        )
    ]


def _ledger(enrolment: Enrolment) -> dict[str, Any]:
    last = HourEntry.objects.earned_by(enrolment.trainee).last()
    return {"entries": last.number if last else 0, "head_sha256": last.sha256 if last else ""}
