"""The app's name, and what it hears of Wagtail: an item that goes live is frozen."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ExamsConfig(AppConfig):
    name = "exams"

    def ready(self) -> None:
        from wagtail.signals import published  # noqa: PLC0415  (app ready)

        from exams import policies  # noqa: PLC0415  (app ready)
        from exams.models import Item  # noqa: PLC0415  (app ready)
        from exams.reviewing import lay_review  # noqa: PLC0415  (app ready)

        policies.register()
        published.connect(freeze_published, sender=Item)
        post_migrate.connect(lay_review, sender=self)


def freeze_published(instance: Any, **kwargs: Any) -> None:
    """Keep what went live. `published` is sent on every way to publish, so none goes round this."""
    from django.utils import timezone  # noqa: PLC0415  (app ready)

    from exams.publishing import freeze  # noqa: PLC0415  (app ready)

    freeze(item=instance, now=timezone.now())
