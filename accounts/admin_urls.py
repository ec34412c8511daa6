"""Stands before the editor's own addresses, and takes those of its doors. Names stay Wagtail's."""

from django.urls import path

from accounts import doors

urlpatterns = [
    path("login/", doors.staff_door, name="wagtailadmin_login"),
    path("logout/", doors.leave_door, name="wagtailadmin_logout"),
    path("password_reset/", doors.password_door, name="wagtailadmin_password_reset"),
    path("password_reset/done/", doors.password_door),
    path("password_reset/confirm/<str:uidb64>/<str:token>/", doors.password_door),
    path("password_reset/complete/", doors.password_door),
    path("account/", doors.account_door, name="wagtailadmin_account"),
]
