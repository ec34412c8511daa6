"""Giving a trainee a place in a course, pinned to the latest release and to one profile version."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course, Enrolment, Profile


class Refused(Exception):
    """There is no place to be had. The text is for the person."""


def enrol(*, trainee: User, course: Course, profile: Profile, now: datetime) -> Enrolment:
    """Enrol a trainee in a course under the newest version of a profile; once is enough.

    A place that is there already is returned as it is, whatever was released since. Raises
    `Refused` if the course has no release or the profile no version, and for a specimen's profile in
    a course that counts (or the other way round).
    """
    if profile.is_specimen != course.is_specimen:
        raise Refused(_("These rules are not for this course."))
    with transaction.atomic():
        Course.objects.select_for_update().get(pk=course.pk)
        if there := Enrolment.objects.filter(trainee=trainee, course=course).first():
            return there
        release = course.releases.order_by("-number").first()
        if release is None:
            raise Refused(_("This course is not open yet. Nothing is published to study."))
        version = profile.versions.order_by("-number").first()
        if version is None:
            raise Refused(_("The rules of this certifying body are not loaded yet."))
        return Enrolment.objects.create(
            trainee=trainee,
            course=course,
            release=release,
            profile_version=version,
            enrolled_at=now,
        )
