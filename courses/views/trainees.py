"""An instructor's own trainees: the list, one of them, counting a unit, taking minutes back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from courses import crediting, words
from courses.forms import LiveTimeInput, ReversalInput, TraineeFilters
from courses.models import Completion, Course, Enrolment, HourEntry, ReleaseUnit
from courses.standing import last_score, standing_of
from courses.views import scope
from courses.views.ledger import rows_of
from exams.models import Score

QUIET = timedelta(days=14)
PAGE = 50
may_teach = permission_required("courses.teach_course", raise_exception=True)


@login_required
@may_teach
def list_trainees(request: HttpRequest) -> HttpResponse:
    """List the trainees of one's own courses, filtered."""
    filters = TraineeFilters(
        request.GET, courses=Course.objects.filter(instructors=request.user.pk).order_by("code")
    )
    filters.is_valid()
    places = with_figures(scope.taught_places(request.user))
    found = filtered(places, filters.cleaned_data).order_by("trainee__classroom_name", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "is_filtered": any(filters.cleaned_data.values()),
        "language": get_language() or "en",
    }
    return render(request, "courses/trainees.html", context)


def with_figures(places: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Add minutes, the minutes of the release, the last entry, and how far the exam and completion are."""
    hours = HourEntry.objects.filter(enrolment=OuterRef("pk")).order_by().values("enrolment")
    units = ReleaseUnit.objects.filter(release=OuterRef("release")).order_by().values("release")
    passed = Score.objects.filter(
        attempt__candidate=OuterRef("trainee"),
        attempt__exam__release_exams__release=OuterRef("release"),
        attempt__voided_at=None,
        raw__gte=F("cut"),
    )
    return places.annotate(
        minutes=Coalesce(Subquery(hours.annotate(sum=Sum("minutes")).values("sum")), 0),
        minutes_offered=Coalesce(Subquery(units.annotate(sum=Sum("minutes")).values("sum")), 0),
        last_at=Subquery(hours.annotate(last=Max("recorded_at")).values("last")),
        has_passed=Exists(passed),
        is_complete=Exists(
            Completion.objects.filter(enrolment=OuterRef("pk"), release=OuterRef("release"))
        ),
    )


def filtered(places: QuerySet[Enrolment], wanted: dict[str, Any]) -> QuerySet[Enrolment]:
    """Keep what the filters ask for."""
    if wanted.get("course"):
        places = places.filter(course=wanted["course"])
    if wanted.get("q"):
        places = places.filter(trainee__classroom_name__icontains=wanted["q"].strip())
    quiet_since = timezone.now() - QUIET
    stages = {
        "not_begun": Q(minutes=0),
        "studying": Q(minutes__gt=0, is_complete=False),
        "quiet": Q(is_complete=False)
        & (Q(last_at__lt=quiet_since) | Q(last_at=None, enrolled_at__lt=quiet_since)),
        "passed": Q(has_passed=True, is_complete=False),
        "complete": Q(is_complete=True),
    }
    stage = stages.get(wanted.get("stage") or "")
    return places.filter(stage) if stage else places


@login_required
@may_teach
def show_trainee(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Show one trainee: where they stand, what can be counted, every line of their hours."""
    place = scope.taught(request.user, enrolment)
    language = get_language() or "en"
    standing = standing_of(place, timezone.now(), language)
    context = {
        "place": place,
        "standing": standing,
        "title": place.release.title_in(language),
        "profile": place.profile_version.name_in(language),
        "asked": [(result, words.sentence(result, language)) for result in standing.results],
        "to_count": [unit for unit in standing.units if unit.is_live and not unit.is_done],
        "lessons_open": [unit for unit in standing.units if not unit.is_live and not unit.is_done],
        "rows": rows_of(standing, language),
        "attempts": [
            (attempt, last_score(attempt))
            for attempt in (standing.exam.attempts if standing.exam else [])
        ],
    }
    return render(request, "courses/trainee.html", context)


@login_required
@may_teach
def credit_live(request: HttpRequest, enrolment: UUID, unit: UUID) -> HttpResponse:
    """Ask when the unit was, and count it."""
    assert isinstance(request.user, User)  # noqa: S101  (permission_required has asked)
    place = scope.taught(request.user, enrolment)
    found = scope.unit_of(place, unit)
    there = HourEntry.objects.standing().filter(enrolment=place, unit__key=found.key).first()
    form = LiveTimeInput(
        request.POST if request.method == "POST" else None,
        initial={"started_at": _suggested(found)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            entry = crediting.credit_live_unit(
                enrolment=place,
                unit_key=found.key,
                by=request.user,
                started_at=form.moment(),
                now=timezone.now(),
            )
        except crediting.Refused as refused:
            form.add_error(None, str(refused))
        else:
            scope.look_at_completion(place)
            text = _("%(minutes)d minutes were counted for %(name)s.")
            messages.success(request, text % {"minutes": entry.minutes, "name": place.trainee})
            return redirect("courses:show-trainee", place.public_id)
    context = {
        "place": place,
        "unit": found,
        "title": found.title_in(get_language() or "en"),
        "form": form,
        "there": there,
    }
    context["plan"] = found.text_in(get_language() or "en").get("plan", "")
    return render(request, "courses/credit_live.html", context)


def _suggested(unit: ReleaseUnit) -> Any:
    """Suggest that the unit has just ended."""
    began = timezone.localtime() - timedelta(minutes=unit.minutes)
    return began.replace(minute=began.minute // 15 * 15, second=0, microsecond=0)


@login_required
@may_teach
def reverse_entry(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """Ask why a line is taken back, and write the line that does it."""
    assert isinstance(request.user, User)  # noqa: S101  (permission_required has asked)
    place = scope.taught(request.user, enrolment)
    entry = get_object_or_404(
        place.hours.select_related("unit", "enrolment__course"), number=number, reverses=None
    )
    if request.method != "POST" and hasattr(entry, "reversed_by"):
        raise Http404
    form = ReversalInput(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        crediting.reverse(
            entry=entry, by=request.user, reason=form.cleaned_data["reason"], now=timezone.now()
        )
        messages.success(
            request,
            _("Line %(number)d was taken back. Both lines stay in the record.")
            % {"number": number},
        )
        return redirect("courses:show-trainee", place.public_id)
    context = {
        "place": place,
        "entry": entry,
        "title": entry.unit.title_in(get_language() or "en"),
        "form": form,
    }
    return render(request, "courses/reverse_entry.html", context)
