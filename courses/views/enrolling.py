"""The door to a place in a course."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from courses import enrolment, offers
from courses.models import Course, CoursePage, Enrolment


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, code: str) -> HttpResponse:
    """Give the reader a place; who is not signed in is led to sign up, and back.

    Nobody is enrolled by a GET: it leads to the course's page, which has the form.
    """
    course = get_object_or_404(Course, code=code, is_hidden=False)
    address = course_address(course)
    if request.method != "POST":
        return redirect(address)
    if not isinstance(request.user, User):
        return redirect(f"{reverse('account_signup')}?{urlencode({'next': address})}")
    if own := Enrolment.objects.held_by(request.user).filter(course=course).first():
        return redirect("courses:show-course", own.public_id)
    profile = offers.profile_of(request.POST.get("profile", "").replace("\0", ""))
    if profile is None:
        messages.error(request, _("Please choose where you want to work first."))
        return redirect(address)
    try:
        place = enrolment.enrol(
            trainee=request.user, course=course, profile=profile, now=timezone.now()
        )
    except enrolment.Refused as refused:
        messages.error(request, str(refused))
        return redirect(address)
    messages.success(request, _("You have a place. Welcome."))
    return redirect("courses:show-course", place.public_id)


def course_address(course: Course) -> str:
    """Return the address of a course's page in the reader's language, or in the first one."""
    pages = CoursePage.objects.live().filter(translation_key=course.key).select_related("locale")
    by_language = {page.locale.language_code: page for page in pages}
    page = by_language.get(get_language() or "") or by_language.get(settings.LANGUAGE_CODE)
    page = page or next(iter(by_language.values()), None)
    if page is None:
        raise Http404
    return page.get_url() or "/"
