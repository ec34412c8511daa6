"""Every line of a trainee's hours: to read, to print, to take along as CSV."""

import csv
from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.models import HourEntry
from courses.standing import Standing, standing_of
from courses.views import scope

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@login_required
def list_hours(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Show the ledger of a place; with `?format=csv`, send it."""
    place = scope.held(request.user, enrolment)
    language = get_language() or "en"
    standing = standing_of(place, timezone.now(), language)
    if request.GET.get("format") == "csv":
        return as_csv(standing, language)
    context = {
        "place": place,
        "standing": standing,
        "title": place.release.title_in(language),
        "rows": rows_of(standing, language),
        "tags": [tag for tag in standing.tags if tag.minutes],
    }
    return render(request, "courses/hours.html", context)


def rows_of(standing: Standing, language: str) -> list[dict[str, object]]:
    """Return the lines of the ledger in their order, with the words around them."""
    return [
        {
            "entry": entry,
            "title": entry.unit.title_in(language),
            "how": how(entry),
            "is_reversed": hasattr(entry, "reversed_by"),
        }
        for entry in standing.entries
    ]


def how(entry: HourEntry) -> str:
    """Say how a line came to be."""
    if entry.reverses:
        reason = HourEntry.Reason(entry.evidence["reason"]).label
        return _("Takes back line %(number)d: %(reason)s") % {
            "number": entry.reverses.number,
            "reason": reason,
        }
    if entry.evidence["kind"] == "instructor":
        return _("Counted by %(name)s") % {"name": entry.recorded_by}
    return _("Finished by you: %(count)d checks answered") % {
        "count": len(entry.evidence["checks"])
    }


def as_csv(standing: Standing, language: str) -> HttpResponse:
    """Send the ledger as a table that a spreadsheet opens, without a cell that it would compute."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="hours.csv"'
    response.write("\ufeff")  # spreadsheets take it for another encoding otherwise
    sheet = csv.writer(response)
    sheet.writerow(
        [
            _("Line"),
            _("Began"),
            _("Ended"),
            _("Unit"),
            _("Mode"),
            _("Minutes"),
            _("How"),
            _("Fingerprint"),
        ]
    )
    for row in rows_of(standing, language):
        entry = row["entry"]
        assert isinstance(entry, HourEntry)  # noqa: S101  (rows_of puts it there)
        began, ended = (
            timezone.localtime(at).isoformat(timespec="minutes")
            for at in (entry.started_at, entry.ended_at)
        )
        words = [str(row["title"]), str(entry.get_mode_display())]
        sheet.writerow(
            [
                entry.number,
                began,
                ended,
                *safe(words),
                entry.minutes,
                *safe([str(row["how"])]),
                entry.sha256,
            ]
        )
    return response


def safe(cells: Iterable[str]) -> list[str]:
    """Return texts that no spreadsheet takes for a formula."""
    return [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells]
