"""What the editor's admin knows of certificates: the registrar's list, record and verbs."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from certificates import issuing
from certificates.reports import CertificatesReport
from certificates.views import office, replacing


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Say in the audit log, in words, what the registrar did."""
    actions.register_action(
        issuing.REVOKE_ACTION, _("Revoke a certificate"), _("A certificate was revoked")
    )
    actions.register_action(
        issuing.SUPERSEDE_ACTION, _("Replace a certificate"), _("A certificate was replaced")
    )


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    return [
        path("certificates/", CertificatesReport.as_view(), name="certificates_office"),
        path(
            "certificates/results/",
            CertificatesReport.as_view(results_only=True),
            name="certificates_office_results",
        ),
        path("certificates/<uuid:public_id>/", office.show_record, name="certificates_record"),
        path(
            "certificates/<uuid:public_id>/revoke/",
            office.revoke_certificate,
            name="certificates_revoke",
        ),
        path(
            "certificates/<uuid:public_id>/replace/",
            replacing.replace_certificate,
            name="certificates_replace",
        ),
        path("certificates/<uuid:public_id>/again/", office.print_again, name="certificates_again"),
    ]


class CertificatesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may see certificates."""
        return request.user.has_perm("certificates.view_certificate")


@hooks.register("register_admin_menu_item")
def register_certificates_menu() -> MenuItem:
    return CertificatesMenuItem(
        _("Certificates"),
        reverse("certificates_office"),
        name="certificates",
        icon_name="doc-full-inverse",
        order=250,
    )
