"""Studying a unit of the release: the page, its checks, its reflection, finishing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.requests import posted_from
from courses import crediting, studying
from courses.models import Enrolment, HourEntry, Progress, ReleaseUnit, Unit
from courses.showing import neighbours, parts_of, shown
from courses.templatetags.training import moment
from courses.views import scope
from courses.words import hours


def lesson_page(*, enrolment: UUID, unit: UUID, block: str = "finish") -> str:
    """Return the address of a unit's page, at one of its parts; at its end if none is named."""
    return f"{reverse('courses:study-unit', args=[enrolment, unit])}#{block}"


@login_required
def study_unit(request: HttpRequest, enrolment: UUID, unit: UUID) -> HttpResponse:
    """Show a lesson or a live unit as the release holds it."""
    place = scope.held(request.user, enrolment)
    found = scope.unit_of(place, unit)
    progress = studying.open_unit(enrolment=place, unit=found, now=timezone.now())
    language = get_language() or "en"
    entry = HourEntry.objects.standing().filter(enrolment=place, unit__key=found.key).first()
    blocks = shown(place, found, progress, language)
    context = {
        **frame(place, found, language),
        "blocks": blocks,
        "parts": parts_of(blocks),
        "progress": progress,
        "entry": entry,
        "instructors": list(place.course.instructors.all()),
        "text": found.text_in(language),
    }
    is_live = found.mode == Unit.Mode.LIVE
    return render(request, "courses/live_unit.html" if is_live else "courses/lesson.html", context)


def frame(place: Enrolment, unit: ReleaseUnit, language: str) -> dict[str, Any]:
    """Return what stands around a unit: its module, its place, what comes before and after."""
    units = list(place.release.units.defer("content"))
    module = place.release.outline["modules"][unit.module - 1]
    before, after = neighbours(units, unit)
    inside = [one for one in units if one.module == unit.module]
    return {
        "place": place,
        "unit": unit,
        "title": unit.title_in(language),
        "module_title": module["titles"].get(language) or next(iter(module["titles"].values())),
        "module_of": len(place.release.outline["modules"]),
        "number": next(number for number, one in enumerate(inside, start=1) if one.pk == unit.pk),
        "count": len(inside),
        "before": before and (before, before.title_in(language)),
        "after": after and (after, after.title_in(language)),
    }


@posted_from(lesson_page)
def answer_check(request: HttpRequest, enrolment: UUID, unit: UUID, block: str) -> HttpResponse:
    """Keep the answer to a knowledge check and say what there is to say to it."""
    place = scope.held(request.user, enrolment)
    found = scope.unit_of(place, unit)
    try:
        progress = studying.answer_check(
            enrolment=place,
            unit=found,
            block_id=block,
            chosen=request.POST.get("chosen", ""),
            now=timezone.now(),
        )
    except studying.Refused as refused:
        return _say(request, place, found, block, refused=str(refused))
    feedback = _feedback(found, block, progress)
    return _say(request, place, found, block, **feedback)


def _feedback(unit: ReleaseUnit, block: str, progress: Progress) -> dict[str, Any]:
    given = progress.checks[block]
    text = unit.text_in(get_language() or "en")
    for check in text["blocks"]:
        if check["id"] == block:
            words = next(
                one["feedback"] for one in check["options"] if one["id"] == given["chosen"]
            )
            return {"is_right": given["is_right"], "feedback": words}
    return {"is_right": given["is_right"], "feedback": ""}


@posted_from(lesson_page)
def write_reflection(request: HttpRequest, enrolment: UUID, unit: UUID, block: str) -> HttpResponse:
    """Keep what the trainee wrote for themselves."""
    place = scope.held(request.user, enrolment)
    found = scope.unit_of(place, unit)
    try:
        written = studying.write_reflection(
            enrolment=place,
            unit=found,
            block_id=block,
            text=request.POST.get("text", ""),
            now=timezone.now(),
        )
    except studying.Refused as refused:
        return _say(request, place, found, block, refused=str(refused))
    saved = _("Saved for you alone, %(moment)s.") % {"moment": moment(written.written_at)}
    return _say(request, place, found, block, saved=saved)


@posted_from(lesson_page)
def finish_lesson(request: HttpRequest, enrolment: UUID, unit: UUID) -> HttpResponse:
    """Count the lesson's minutes, once, and lead back to it."""
    place = scope.held(request.user, enrolment)
    found = scope.unit_of(place, unit)
    try:
        entry = crediting.finish_lesson(enrolment=place, unit_key=found.key, now=timezone.now())
    except crediting.Refused as refused:
        messages.warning(request, str(refused))
        return redirect(lesson_page(enrolment=enrolment, unit=unit))
    scope.look_at_completion(place)
    total = sum(place.hours.values_list("minutes", flat=True))
    messages.success(
        request,
        _("%(minutes)d minutes were added. You have %(total)s in all.")
        % {"minutes": entry.minutes, "total": hours(total)},
    )
    return redirect("courses:show-course", place.public_id)


def _say(
    request: HttpRequest, place: Enrolment, unit: ReleaseUnit, block: str, **what: Any
) -> HttpResponse:
    """Answer a script with JSON; lead a form back to the part that it stands in."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse(what, status=400 if "refused" in what else 200)
    if "refused" in what:
        messages.warning(request, what["refused"])
    return redirect(lesson_page(enrolment=place.public_id, unit=unit.key, block=block))
