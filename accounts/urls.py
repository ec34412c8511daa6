"""The addresses of pages about oneself."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.edit_profile, name="edit-profile"),
    path("name/", views.confirm_name, name="confirm-name"),
    path("agreements/", views.list_agreements, name="list-agreements"),
    path("agreements/<slug:kind>/", views.sign_agreement, name="sign-agreement"),
]
