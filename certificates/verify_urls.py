"""Addresses for strangers."""

from django.urls import path

from certificates import verify_views

app_name = "verify"
urlpatterns = [
    path("", verify_views.start, name="start"),
    path("<str:code>/", verify_views.show, name="show"),
]
