"""The trainee's start page: the next step, the hours, what is asked, what happened lately."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course, CoursePage, Enrolment, ProfileVersion, Release, TagSet
from courses.standing import Standing, Step, TagStanding, standing_of
from courses.words import AGREEMENTS
from lms import burnup
from lms.home.asked import other_bodies, own_body
from lms.home.held import own_certificates
from lms.home.next_steps import words_for

LATELY = 5
DOMAINS = "icrc"  # the four domains that everyone in the field knows stand first


def read(person: User, now: datetime) -> dict[str, Any]:
    """Return what the trainee's page shows: of this person, and of nobody else."""
    places = list(own_places(person))
    certificates = own_certificates(person, now)
    if not places:
        return {"open_courses": open_courses(), "certificates": certificates}
    here, *others = places
    language = get_language() or "en"
    standing = standing_of(here, now, language)
    held = [one for one in certificates if one.certificate.completion.enrolment_id == here.pk]
    return {
        "place": here,
        "title": here.release.title_in(language),
        "standing": standing,
        "next": words_for(standing, held[0] if held else None),
        "open_things": open_things(standing),
        "modules_done": sum(1 for step in standing.trail if step == "done"),
        **hours_over_time(standing, now),
        **hours_by_domain(standing.tags),
        "own": own_body(standing),
        "bodies": other_bodies(
            standing,
            ProfileVersion.objects.filter(profile__is_specimen=False).select_related("profile"),
        ),
        "lately": [
            (entry, entry.unit.title_in(language)) for entry in standing.entries[: -LATELY - 1 : -1]
        ],
        "others": [(place, place.release.title_in(language)) for place in others],
        "certificates": certificates,
    }


def open_things(standing: Standing) -> list[tuple[str, Any]]:
    """Return what the certificate waits for beside the next step: where it is done, and what it is."""
    step = standing.next_step
    unsigned = [result.code for result in standing.outstanding if result.kind == "attestation"]
    things: list[tuple[str, Any]] = [
        (reverse("accounts:sign-agreement", args=[kind]), AGREEMENTS[kind][1])
        for kind in unsigned
        if kind in AGREEMENTS and kind != step.agreement
    ]
    if not standing.name_is_confirmed and step.kind != Step.CONFIRM_NAME:
        things.append((reverse("accounts:confirm-name"), _("Confirm your legal name")))
    return things


def own_places(person: User) -> Any:
    """Return a person's enrolments, the most recent first, with the minutes of each."""
    return (
        Enrolment.objects.held_by(person)
        .select_related("trainee", "course", "release", "profile_version__profile")
        .annotate(minutes=Sum("hours__minutes", default=0))
        .order_by("-enrolled_at", "-pk")
    )


def hours_over_time(standing: Standing, now: datetime) -> dict[str, Any]:
    """Return the story of the hours, drawn wide and for a phone; by the days of the reader's time zone."""
    lines = [
        burnup.Line(
            number=entry.number,
            on=timezone.localdate(entry.ended_at),
            minutes=entry.minutes,
            reverses=entry.reverses.number if entry.reverses else None,
        )
        for entry in standing.entries
    ]
    story = burnup.tell(lines, need=standing.minutes_needed, today=timezone.localdate(now))
    return {
        "story": story,
        "drawings": [burnup.draw(story, box) for box in (burnup.WIDE, burnup.PHONE)],
    }


def hours_by_domain(tags: Iterable[TagStanding]) -> dict[str, Any]:
    """Return the tags that the profile asks for, or else the field's four domains, and the other lists."""
    names = {tag_set.code: str(tag_set) for tag_set in TagSet.objects.order_by("code")}
    sets: dict[str, list[TagStanding]] = {}
    for tag in tags:
        if tag.offered or tag.needed:
            sets.setdefault(tag.tag_set, []).append(tag)
    first = next(
        (code for code, found in sets.items() if any(tag.needed for tag in found)), DOMAINS
    )
    shown = sets.pop(first, [])
    return {
        "domains": shown,
        "other_lists": [(names.get(code, code), found) for code, found in sets.items()],
    }


def open_courses() -> list[tuple[CoursePage, int]]:
    """Return the courses that one can enrol in, each in the reader's language, with their minutes."""
    released = Release.objects.filter(course=OuterRef("pk"))
    courses = Course.objects.filter(Exists(released), is_hidden=False, is_specimen=False)
    minutes = dict(
        Release.objects.filter(course__in=courses)
        .annotate(minutes=Sum("units__minutes", default=0))
        .order_by("number")
        .values_list("course__key", "minutes")
    )
    pages = CoursePage.objects.live().filter(translation_key__in=minutes).select_related("locale")
    language = get_language() or "en"
    chosen: dict[Any, CoursePage] = {}
    for page in sorted(pages, key=lambda page: page.locale.language_code == language):
        chosen[page.translation_key] = page
    return [
        (page, minutes[key]) for key, page in sorted(chosen.items(), key=lambda one: one[1].title)
    ]
