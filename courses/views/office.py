"""The registrar's door to places: who is enrolled where, and enrolling someone, in hidden courses too."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from accounts.models import User
from courses import enrolment
from courses.models import Course, Enrolment, Profile
from courses.views.trainees import PAGE, filtered, with_figures

LOG_ACTION = "courses.enrol_trainee"


class EnrolInput(forms.Form):
    """Whom to enrol, in which course, under whose rules."""

    email = forms.EmailField(label=gettext_lazy("E-mail address of the trainee"))
    course = forms.ModelChoiceField(
        label=gettext_lazy("Course"),
        queryset=Course.objects.filter(releases__isnull=False, is_specimen=False).distinct(),
    )
    profile = forms.ModelChoiceField(
        label=gettext_lazy("Certifying body"),
        queryset=Profile.objects.offered(),
    )

    def clean_email(self) -> User:
        """Return the person who signs in with this address."""
        person = User.objects.filter(
            email__iexact=self.cleaned_data["email"], is_active=True
        ).first()
        if person is None:
            raise forms.ValidationError(
                _("Nobody signs in with this address. Ask them to sign up first.")
            )
        return person


@permission_required("courses.view_enrolment", raise_exception=True)
def list_places(request: HttpRequest) -> HttpResponse:
    """List all places, with a search by name, address or course."""
    wanted = request.GET.get("q", "").replace("\0", "").strip()  # PostgreSQL takes no NUL
    places = Enrolment.objects.counted().select_related(
        "trainee", "course", "release", "profile_version__profile"
    )
    if wanted:
        places = places.filter(
            Q(trainee__classroom_name__icontains=wanted)
            | Q(trainee__email__icontains=wanted)
            | Q(trainee__legal_name__icontains=wanted)
            | Q(course__code__icontains=wanted)
        )
    stage = request.GET.get("stage", "")
    found = filtered(with_figures(places), {"stage": stage}).order_by("-enrolled_at", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "wanted": wanted, "stage": stage, "form": EnrolInput()}
    return render(request, "courses/admin/places.html", context)


@permission_required("courses.enrol_trainee", raise_exception=True)
def enrol_trainee(request: HttpRequest) -> HttpResponse:
    """Ask whom to enrol, and give them a place."""
    form = EnrolInput(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        place = _enrol(request, form)
        if place is not None:
            return redirect("courses_places")
    return render(request, "courses/admin/enrol.html", {"form": form})


def _enrol(request: HttpRequest, form: EnrolInput) -> Enrolment | None:
    wanted: dict[str, Any] = form.cleaned_data
    try:
        place = enrolment.enrol(
            trainee=wanted["email"],
            course=wanted["course"],
            profile=wanted["profile"],
            now=timezone.now(),
        )
    except enrolment.Refused as refused:
        form.add_error(None, str(refused))
        return None
    log(instance=place, action=LOG_ACTION, user=request.user)
    messages.success(
        request,
        _("%(name)s has a place in %(course)s.") % {"name": place.trainee, "course": place.course},
    )
    return place
