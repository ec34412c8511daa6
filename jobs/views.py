"""Shows people their long work: how far it is, what came of it, what stopped it."""

from pathlib import Path
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jobs.models import Job, State
from jobs.running import KINDS


@require_safe
@login_required
def list_jobs(request: HttpRequest) -> HttpResponse:
    """List the person's own jobs, the newest first."""
    page = Paginator(request.user.jobs.order_by("-pk"), 20).get_page(request.GET.get("page"))  # type: ignore[union-attr]
    return render(request, "jobs/list.html", {"page": page, "jobs": [facts(job) for job in page]})


@require_safe
@login_required
def show_job(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one job of the person; a stranger's job is not there."""
    job = get_object_or_404(Job, public_id=public_id, owner=request.user)
    return render(request, "jobs/show.html", {"job": job, **facts(job)})


@require_safe
@login_required
def show_progress(request: HttpRequest, public_id: UUID) -> JsonResponse:
    """Say how far a job is, for the page that asks every few seconds."""
    job = get_object_or_404(Job, public_id=public_id, owner=request.user)
    return JsonResponse({"state": job.state, "words": words(job), "percent": percent(job)})


@require_safe
@login_required
def download_result(request: HttpRequest, public_id: UUID) -> FileResponse:
    """Hand the result's file to the owner of the job, and to no one else."""
    job = get_object_or_404(
        Job.objects.exclude(result_file=""), public_id=public_id, owner=request.user
    )
    name = job.result.get("filename") or Path(job.result_file.name or "result").name
    return FileResponse(job.result_file.open("rb"), as_attachment=True, filename=name)


def facts(job: Job) -> dict[str, object]:
    """Return what a page says about a job, in the reader's language."""
    kind = KINDS.get(job.kind)
    return {
        "public_id": job.public_id,
        "label": kind.label if kind else job.kind,
        "words": words(job),
        "percent": percent(job),
        "is_open": job.state in (State.WAITING, State.RUNNING),
        "created_at": job.created_at,
        "tag": {State.DONE: "good", State.FAILED: "stop", State.RUNNING: "here"}.get(
            State(job.state), ""
        ),
        "state": job.get_state_display(),
    }


def percent(job: Job) -> int:
    """Return how far the job is, in whole percent."""
    if job.state == State.DONE:
        return 100
    return min(job.done * 100 // job.total, 100) if job.total else 0


def words(job: Job) -> str:
    """Say in a sentence how the job stands."""
    if job.state == State.WAITING:
        return _("It waits for its turn. You can leave this page; it goes on without you.")
    if job.state == State.RUNNING and job.total:
        return _("%(done)s of %(total)s done.") % {"done": job.done, "total": job.total}
    if job.state == State.RUNNING:
        return _("It is at work. You can leave this page; it goes on without you.")
    if job.state == State.DONE:
        return _("It is done.")
    if job.error == "broken":
        return _(
            "Something broke on our side. Nothing was changed half-way. Try again, or write to us."
        )
    return job.error
