"""The look-ups that are the permission: what is not yours is not there."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from courses.models import Enrolment, ReleaseUnit
from jobs.bell import ring

WITH = ("trainee", "course", "release", "profile_version__profile")


def held(person: Any, public_id: UUID) -> Enrolment:
    """Return a trainee's own place, or raise 404."""
    return get_object_or_404(
        Enrolment.objects.held_by(person).select_related(*WITH), public_id=public_id
    )


def taught_places(person: Any) -> QuerySet[Enrolment]:
    """Return the places in the courses that a person teaches; a trainee of their own course is not theirs."""
    if not person.has_perm("courses.teach_course"):
        return Enrolment.objects.none()
    return Enrolment.objects.taught_by(person).exclude(trainee=person).select_related(*WITH)


def taught(person: Any, public_id: UUID) -> Enrolment:
    """Return the place of a trainee whom a person teaches, or raise 404."""
    return get_object_or_404(taught_places(person), public_id=public_id)


def unit_of(enrolment: Enrolment, key: UUID) -> ReleaseUnit:
    """Return a unit of the release that the trainee studies, or raise 404."""
    return get_object_or_404(ReleaseUnit, release=enrolment.release_id, key=key)


def look_at_completion(enrolment: Enrolment) -> None:
    """Ring for the completion once what was written is durable; a broker that is away stops nobody."""
    ring("courses.tasks.recheck_completion", enrolment.pk)
