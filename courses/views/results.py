"""What an attempt gave: passed and what comes next, or not yet and what to study. No item is shown."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from courses import likely, words
from courses.models import Enrolment, ReleaseUnit
from courses.standing import standing_of
from courses.views import scope
from exams import attempts
from exams.models import Attempt, Score
from exams.rules import in_language


@login_required
def show_result(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Show one's own result by topic; an attempt that is open leads back to the exam."""
    found = get_object_or_404(
        Attempt.objects.sat_by(request.user).select_related("exam"), public_id=attempt
    )
    if not attempts.close_if_over(attempt=found, now=timezone.now()):
        return redirect("exams:review-attempt", found.public_id)
    score = found.scores.latest()
    language = get_language() or "en"
    place = _place_of(found)
    standing = standing_of(place, timezone.now(), language) if place else None
    context = {
        "attempt": found,
        "score": score,
        "missing": max(score.cut - score.raw, 0),
        "cut_percent": found.rules["cut_percent"],
        "areas": areas(found, score, language),
        "study": to_study(found, score, place, language) if place and not score.passed else [],
        "place": place,
        "standing": standing,
        "step": words.next_step(standing) if standing else None,
        "instructors": list(place.course.instructors.all()) if place else [],
    }
    return render(
        request,
        "courses/result_pass.html" if score.passed else "courses/result_not_yet.html",
        context,
    )


def _place_of(attempt: Attempt) -> Enrolment | None:
    """Return the newest place of the candidate whose release has this exam."""
    places = Enrolment.objects.held_by(attempt.candidate_id).filter(
        release__exams__exam=attempt.exam_id
    )
    return places.select_related(*scope.WITH).order_by("-enrolled_at").first()


def areas(attempt: Attempt, score: Score, language: str) -> list[dict[str, Any]]:
    """Return the result by domain of the field, the one where most can be won first.

    With few items a topic, single topics would say more than we know.
    """
    topics, names = attempt.rules["topics"], words.tag_names(language)
    sums: dict[str, list[int]] = {}
    for line in score.by_topic:
        facts = topics.get(line["topic"], {"names": {}, "domain": ""})
        cell = sums.setdefault(facts["domain"] or line["topic"], [0, 0])
        cell[0] += line["raw"]
        cell[1] += line["maximum"]
    found = [
        {
            "name": names.get(("icrc", code))
            or in_language(topics.get(code, {}).get("names", {}), language, code),
            "raw": raw,
            "maximum": maximum,
            "share": likely.share(raw, maximum),
            "reaches": raw * 100 >= maximum * attempt.rules["cut_percent"],
        }
        for code, (raw, maximum) in sums.items()
    ]
    return sorted(found, key=lambda area: (area["share"].percent, -area["maximum"]))


def to_study(
    attempt: Attempt, score: Score, place: Enrolment, language: str
) -> list[dict[str, Any]]:
    """Return the topics with points to win, each with the units that teach it."""
    topics = attempt.rules["topics"]
    units = list(place.release.units.defer("content"))
    found = [
        {
            "name": in_language(topics[line["topic"]]["names"], language, line["topic"]),
            "lost": line["maximum"] - line["raw"],
            "units": [
                (unit, unit.title_in(language))
                for unit in teaching(topics[line["topic"]], place, units)
            ],
        }
        for line in score.by_topic
        if line["raw"] < line["maximum"] and line["topic"] in topics
    ]
    return sorted(found, key=lambda topic: -topic["lost"])


def teaching(
    topic: dict[str, Any], place: Enrolment, units: list[ReleaseUnit]
) -> list[ReleaseUnit]:
    """Return the units of the module that bears the topic's name, or those with most minutes in its domain."""
    names = set(topic["names"].values())
    for number, module in enumerate(place.release.outline["modules"], start=1):
        if names & set(module["titles"].values()):
            return [unit for unit in units if unit.module == number]
    held = [unit for unit in units if topic["domain"] in unit.allocations.get("icrc", {})]
    return sorted(held, key=lambda unit: -unit.allocations["icrc"][topic["domain"]])[:2]
