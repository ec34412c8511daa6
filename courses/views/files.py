"""The files of a release, for those who study it and those who teach it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import require_admin_access

from courses import frozen_files
from courses.freezing import content_type_of
from courses.models import Enrolment, ReleaseFile

SHOWN = ("image/", "video/", "audio/", "text/vtt")


@login_required
def show_file(request: HttpRequest, enrolment: UUID, name: str) -> HttpResponseBase:
    """Send a picture, recording or document of the release; anyone else's is not there."""
    if "\0" in name:  # PostgreSQL takes none
        raise Http404
    own = Q(trainee=request.user)
    if request.user.has_perm("courses.teach_course"):
        own |= Q(course__instructors=request.user)
    place = get_object_or_404(Enrolment.objects.filter(own).distinct(), public_id=enrolment)
    kept = get_object_or_404(ReleaseFile, release=place.release_id, name=name)
    try:
        content = frozen_files.opened(kept.name)
    except FileNotFoundError as lost:
        raise Http404 from lost
    response = FileResponse(
        content,
        content_type=kept.content_type,
        as_attachment=not kept.content_type.startswith(SHOWN),
        filename=kept.title or kept.name,
    )
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


@require_admin_access
def show_media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a picture of the library to those who write; trainees get the copy of their release."""
    try:
        content = default_storage.open(name)
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation) as lost:
        raise Http404 from lost
    return FileResponse(content, content_type=content_type_of(name))
