"""The addresses of an exam that is being sat."""

from django.urls import path

from exams import views

app_name = "exams"
urlpatterns = [
    path("<uuid:attempt>/", views.resume_attempt, name="resume-attempt"),
    path("<uuid:attempt>/<int:position>/", views.sit_item, name="sit-item"),
    path("<uuid:attempt>/review/", views.review_attempt, name="review-attempt"),
    path("<uuid:attempt>/submit/", views.submit_attempt, name="submit-attempt"),
]
