"""Addresses of the holder and of the certifier. The registrar's pages stand in the editor."""

from django.urls import path
from django.views.generic import RedirectView

from certificates.views import certifier, holder

app_name = "certificates"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="certificates_office"), name="list-certificates"),
    path("checks/", certifier.list_checks, name="list-checks"),
    path("<uuid:public_id>/", holder.show_certificate, name="show-certificate"),
    path("<uuid:public_id>/progress/", holder.show_progress, name="show-progress"),
    path("<uuid:public_id>/pdf/", holder.download_pdf, name="download-pdf"),
    path(
        "<uuid:public_id>/revoke/",
        RedirectView.as_view(pattern_name="certificates_revoke"),
        name="revoke-certificate",
    ),
]
