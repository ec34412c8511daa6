"""The app's name, and what it lays onto Wagtail's edit forms before they are built."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        from courses import editing  # noqa: PLC0415  (app ready)

        editing.attach()
