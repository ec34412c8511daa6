"""The addresses of long work."""

from django.urls import path

from jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.list_jobs, name="list-jobs"),
    path("<uuid:public_id>/", views.show_job, name="show-job"),
    path("<uuid:public_id>/progress/", views.show_progress, name="show-progress"),
    path("<uuid:public_id>/result/", views.download_result, name="download-result"),
]
