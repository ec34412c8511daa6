"""The roof: when everything is loaded, the wiring is done and the append-only triggers are laid."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LmsConfig(AppConfig):
    name = "lms"

    def ready(self) -> None:
        from lms import append_only, wiring  # noqa: PLC0415  (app ready)

        wiring.connect()
        post_migrate.connect(append_only.lay_triggers)
