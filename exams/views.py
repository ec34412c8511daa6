"""The candidate's doors: sit an item, look everything over, hand in.

Whose attempt it is, the look-up says: another person's is not found. A closed attempt leads to its result.
"""

import json
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import posted_from
from exams import attempts, sheet
from exams.forms.response import ResponseInput
from exams.models import Attempt, FormItem

BIGGEST_BODY = 4096  # bytes: an answer is far smaller


@never_cache
@require_http_methods(["GET", "POST"])
def sit_item(request: HttpRequest, attempt: UUID, position: int) -> HttpResponseBase:
    """Show one item; or save its answer, sent by the page's form or, as JSON, by its script."""
    if request.method == "POST" and request.content_type == "application/json":
        return _save_from_script(request, attempt, position)
    return _sit_by_page(request, attempt, position)


@login_required
def _sit_by_page(request: HttpRequest, attempt: UUID, position: int) -> HttpResponse:
    mine = _own(request, attempt)
    if request.method == "POST":
        return _save_from_page(request, mine, position)
    if attempts.close_if_over(attempt=mine, now=timezone.now()):
        return redirect("exam-result", mine.public_id)
    return _show_item(request, mine, position)


def _show_item(request: HttpRequest, attempt: Attempt, position: int) -> HttpResponse:
    context = _context(attempt)
    response = context["responses"].get(position)
    try:
        item = sheet.item_sheet(
            attempt=attempt,
            position=position,
            response=response,
            language=translation.get_language(),
        )
    except FormItem.DoesNotExist:
        raise Http404 from None
    return render(request, "exams/sit_item.html", {**context, "item": item})


def _save_from_page(request: HttpRequest, attempt: Attempt, position: int) -> HttpResponse:
    """Save what the form of a page sends, and go where its button says.

    A form sends no sequence: pages come one after the other, so what arrives now is the newest. No
    choice at all leaves a saved one alone: it may have been made in another window since.
    """
    sent = ResponseInput(request.POST)
    if not sent.is_valid():
        return _refuse_page(request, attempt, _("This page was not whole. Please load it again."))
    before = attempt.responses.filter(position=position).first()
    chosen = request.POST.getlist("chosen") or (before.chosen if before else [])
    flagged = (
        request.POST["flag"] == "on" if "flag" in request.POST else sent.cleaned_data["flagged"]
    )
    if (chosen, flagged) != ((before.chosen, before.flagged) if before else ([], False)):
        try:
            attempts.answer(
                attempt=attempt,
                position=position,
                chosen=chosen,
                flagged=flagged,
                epoch=sent.cleaned_data["epoch"],
                sequence=before.sequence + 1 if before else 1,
                now=timezone.now(),
            )
        except attempts.Refused as refusal:
            attempts.close_if_over(attempt=attempt, now=timezone.now())
            return _refuse_page(request, attempt, str(refusal))
    return redirect(_next_address(request, attempt, position))


def _next_address(request: HttpRequest, attempt: Attempt, position: int) -> str:
    goal = request.POST.get("go", "")
    if goal == "review":
        return _review_page(attempt=attempt.public_id)
    wanted = int(goal) if goal.isascii() and goal.isdigit() and len(goal) < 6 else position
    return reverse("exams:sit-item", args=[attempt.public_id, wanted])


def _refuse_page(request: HttpRequest, attempt: Attempt, words: str) -> HttpResponse:
    """Say plainly why nothing was changed: 409, with the way on."""
    answered = attempt.responses.exclude(chosen=[]).count()
    context = {"attempt": attempt, "words": words, "answered": answered}
    return render(request, "exams/refused.html", context, status=409)


def _save_from_script(request: HttpRequest, public_id: UUID, position: int) -> JsonResponse:
    """Save an answer that a script sends. The reply comes after the commit, or says what is wrong."""
    if not request.user.is_authenticated:
        login = f"{reverse('account_login')}?next={request.path}"
        words = _(
            "You were signed out. Your answers wait on this device. Sign in, and they go on their way."
        )
        return JsonResponse({"error": "signed-out", "words": words, "next": login}, status=401)
    if int(request.headers.get("Content-Length") or 0) > BIGGEST_BODY:
        return JsonResponse(
            {"error": "too-big", "words": _("This is too big for an answer.")}, status=413
        )
    attempt = _own(request, public_id)
    sent = ResponseInput(_json(request))
    if not sent.is_valid() or sent.cleaned_data["sequence"] is None:
        return JsonResponse({"error": "refused", "words": _("This is not an answer.")}, status=400)
    now = timezone.now()
    try:
        told = attempts.answer(attempt=attempt, position=position, now=now, **sent.cleaned_data)
    except attempts.Late as refusal:
        address = reverse("exams:resume-attempt", args=[attempt.public_id])
        return JsonResponse({"error": "late", "words": str(refusal), "next": address}, status=409)
    except attempts.NotTaken as refusal:
        facts = {"error": "not-taken", "words": str(refusal), "stands": refusal.stands}
        return JsonResponse(facts, status=409)
    except attempts.Refused as refusal:
        return JsonResponse({"error": "refused", "words": str(refusal)}, status=400)
    return JsonResponse(
        {
            "saved_at": told.saved_at.isoformat(),
            "sequence": told.sequence,
            "saved_count": told.saved_count,
            "words": sheet.words_of_saved(told.saved_count, told.saved_at),
            "seconds_left": int((attempt.deadline_at - now).total_seconds()),
        }
    )


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


@never_cache
@login_required
@require_GET
def resume_attempt(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Go on where no answer is yet; or, when it is over, to the result."""
    mine = _own(request, attempt)
    if attempts.close_if_over(attempt=mine, now=timezone.now()):
        return redirect("exam-result", mine.public_id)
    return redirect("exams:sit-item", mine.public_id, attempts.first_unanswered(attempt=mine))


@never_cache
@login_required
@require_GET
def review_attempt(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Show what has no answer and what was flagged; with `?confirm=1`, ask once more before handing in."""
    mine = _own(request, attempt)
    if attempts.close_if_over(attempt=mine, now=timezone.now()):
        return redirect("exam-result", mine.public_id)
    page = "confirm_submit" if "confirm" in request.GET else "review_attempt"
    return render(request, f"exams/{page}.html", _context(mine))


def _review_page(*, attempt: UUID) -> str:
    return reverse("exams:review-attempt", args=[attempt])


@posted_from(_review_page)
def submit_attempt(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Hand in, and go to the result. A second time leads to the same result."""
    mine = _own(request, attempt)
    attempts.submit(attempt=mine, now=timezone.now())
    return redirect("exam-result", mine.public_id)


def _own(request: HttpRequest, public_id: UUID) -> Attempt:
    return get_object_or_404(Attempt.objects.sat_by(request.user), public_id=public_id)


def _context(attempt: Attempt) -> dict[str, Any]:
    responses = list(attempt.responses.all())
    whole = sheet.sheet_of(
        attempt=attempt,
        responses=responses,
        language=translation.get_language(),
        now=timezone.now(),
    )
    return {
        "attempt": attempt,
        "sheet": whole,
        "clock": sheet.CLOCK,
        "deadline": sheet.time_of_day(attempt.deadline_at),
        "responses": {response.position: response for response in responses},
    }
