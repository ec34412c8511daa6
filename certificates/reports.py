"""The registrar's list of certificates: search, filters, and a file for the spreadsheet."""

from typing import Any

import django_filters  # type: ignore[import-untyped]  # Wagtail brings it
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from certificates import numbering
from certificates.models import Certificate
from certificates.standings import CHOICES, WORDS, Fate, fate_of, narrow, with_fate
from courses.models import Course

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def is_good(certificate: Certificate) -> bool:
    """Return whether the tag of a row stands out as fine."""
    return fate_of(certificate, timezone.now()) is Fate.VALID


def courses(request: HttpRequest) -> QuerySet[Course]:
    """Return the courses whose certificates count."""
    return Course.objects.filter(is_specimen=False).order_by("code")


class CertificateFilters(WagtailFilterSet):
    """Status, course, and when it was issued."""

    status = django_filters.ChoiceFilter(label=_("Status"), choices=CHOICES, method="by_status")
    course = django_filters.ModelChoiceFilter(
        label=_("Course"),
        field_name="completion__enrolment__course",
        queryset=courses,
    )
    issued_at = django_filters.DateFromToRangeFilter(
        label=_("Issued"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Certificate
        fields: list[str] = []

    def by_status(
        self, queryset: QuerySet[Certificate], name: str, value: str
    ) -> QuerySet[Certificate]:
        """Keep those of a status."""
        return narrow(queryset, value, timezone.now())


class CertificatesReport(ReportView):
    """All certificates but specimens, the newest first."""

    model = Certificate
    permission_policy = ModelPermissionPolicy(Certificate)
    permission_required = "view"
    page_title = _("Certificates")
    header_icon = "doc-full-inverse"
    index_url_name = "certificates_office"
    index_results_url_name = "certificates_office_results"
    results_template_name = "certificates/admin/list_results.html"
    filterset_class = CertificateFilters
    is_searchable = True
    default_ordering = "-issued_at"
    verbose_name_plural = _("certificates")
    export_filename = "certificates"
    list_export = ["name", "number", "training", "hours", "completed", "issued", "status", "reason"]
    export_headings = {
        "name": _("Name as printed"),
        "number": _("Number"),
        "training": _("Training"),
        "hours": _("Minutes"),
        "completed": _("Completed"),
        "issued": _("Issued"),
        "status": _("Status"),
        "reason": _("What stopped it"),
    }
    columns = [
        TitleColumn(
            "name",
            label=_("Name as printed"),
            get_url=lambda row: reverse("certificates_record", args=[row.public_id]),
            accessor=lambda row: row.printed.name or _("Name removed"),
        ),
        Column("number", label=_("Number"), sort_key="number", width="15%"),
        Column(
            "training", label=_("Training"), accessor=lambda row: row.facts["training"]["title"]
        ),
        Column(
            "issued",
            label=_("Issued"),
            sort_key="issued_at",
            width="15%",
            accessor=lambda row: formats.date_format(
                timezone.localtime(row.issued_at), "DATE_FORMAT"
            ),
        ),
        StatusTagColumn(
            "status",
            label=_("Status"),
            primary=is_good,
            accessor=lambda row: WORDS[fate_of(row, timezone.now())],
        ),
    ]

    def get_base_queryset(self) -> QuerySet[Certificate]:
        """Return the rows with all that a line of the list says."""
        rows = Certificate.objects.counted().select_related("printed")
        return with_fate(rows, timezone.now())

    def search_queryset(self, queryset: QuerySet[Certificate]) -> QuerySet[Certificate]:
        """Find by a part of the name or number, or by a code however it is typed."""
        if not self.is_searching:
            return queryset
        asked = self.search_query.strip()
        found = Q(printed__name__icontains=asked) | Q(number__icontains=asked)
        typed = numbering.read(asked)
        return queryset.filter(found | Q(public_code=typed.code) if typed.is_well_formed else found)

    def to_row_dict(self, item: Certificate) -> dict[str, Any]:
        """Return a line of the file; every cell is harmless to a spreadsheet."""
        cells = {
            "name": item.printed.name,
            "number": item.number,
            "training": item.facts["training"]["title"],
            "hours": item.facts["minutes"]["total"],
            "completed": item.facts["completed_on"],
            "issued": item.facts["issued_on"],
            "status": WORDS[fate_of(item, timezone.now())],
            "reason": item.error,
        }
        return {name: harmless(value) for name, value in cells.items()}
