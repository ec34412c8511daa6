"""The app's name."""

from django.apps import AppConfig


class ExamsConfig(AppConfig):
    name = "exams"
