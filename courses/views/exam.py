"""The exam of a course, seen from the training: its rules, the attempts, the way in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Enrolment
from courses.standing import ExamStanding, Standing, last_score, standing_of
from courses.views import scope
from courses.words import hours
from exams import attempts
from exams.rules import in_language


@login_required
def show_exam(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Show rules, attempts left and when; on POST, start an attempt or go on with the open one."""
    place = scope.held(request.user, enrolment)
    language = get_language() or "en"
    standing = standing_of(place, timezone.now(), language)
    if standing.exam is None:
        raise Http404
    if request.method == "POST":
        return _start(request, place, standing.exam, language)
    rules = standing.exam.rules
    context = {
        "place": place,
        "standing": standing,
        "exam": standing.exam,
        "rules": rules,
        "title": in_language(rules["titles"], language),
        "instructions": in_language(rules["instructions"], language),
        "items": sum(cell["count"] for cell in rules["blueprint"]),
        "reasons": reasons_against(standing),
        "attempts": [(attempt, last_score(attempt)) for attempt in standing.exam.attempts],
        "instructors": list(place.course.instructors.all()),
    }
    return render(request, "courses/exam.html", context)


def reasons_against(standing: Standing) -> list[str]:
    """Say why an attempt cannot start now; nothing if it can."""
    exam = standing.exam
    if exam is None or exam.may_start:
        return []
    found = []
    if not exam.hours_are_met:
        gap = max(
            (result.gap for result in standing.outstanding if result.kind == "hours_total"),
            default=0,
        )
        words = _("The exam opens when your hours are complete. %(hours)s to go.") % {
            "hours": hours(gap)
        }
        found.append(
            words if gap else _("The exam opens when your hours are complete in each topic.")
        )
    if against := attempts.words_against(exam.standing):
        found.append(against)
    return found


def _start(
    request: HttpRequest, place: Enrolment, exam: ExamStanding, language: str
) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101  (login_required has asked)
    if not exam.may_start:
        return redirect("courses:show-exam", place.public_id)
    rules: Any = exam.rules
    try:
        attempt = attempts.start(
            candidate=request.user,
            exam=exam.exam,
            rules=rules,
            language=language,
            now=timezone.now(),
        )
    except attempts.Refused as refused:
        messages.warning(request, str(refused))
        return redirect("courses:show-exam", place.public_id)
    position = attempts.first_unanswered(attempt=attempt) if exam.open_attempt else 1
    return redirect("exams:sit-item", attempt.public_id, position)
