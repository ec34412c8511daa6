"""The home of a trainee's place in a course."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from courses import words
from courses.standing import standing_of
from courses.views import scope
from courses.views.ledger import rows_of

DOMAINS = "icrc"


@login_required
def show_course(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Show where the trainee stands: the next step, the modules, the hours, what the profile asks."""
    place = scope.held(request.user, enrolment)
    language = get_language() or "en"
    standing = standing_of(place, timezone.now(), language)
    names = {tag.code: tag.name for tag in standing.tags}
    context = {
        "place": place,
        "standing": standing,
        "title": place.release.title_in(language),
        "profile": place.profile_version.name_in(language),
        "step": words.next_step(standing),
        "domains": [
            tag for tag in standing.tags if tag.tag_set == DOMAINS and (tag.offered or tag.needed)
        ],
        "asked": [(result, words.sentence(result, language, names)) for result in standing.results],
        "done_count": sum(module.state == "done" for module in standing.modules),
        "lately": rows_of(standing, language)[:-6:-1],
    }
    return render(request, "courses/course_home.html", context)
