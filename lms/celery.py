"""The Celery app and beat's timetable. Tasks only ring: what is to be done stands in rows."""

import os

from celery import Celery
from celery.signals import setup_logging

from lms import queue  # noqa: F401  (gives Celery the embedded:// transport)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")

app = Celery("peerway")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_django_logging(**kwargs: object) -> None:
    """Leave logging as Django's settings say."""


@app.on_after_finalize.connect
def lay_timetable(sender: Celery, **kwargs: object) -> None:
    """Every pipeline has a sweeper: a message may be lost with any broker, a row is not."""
    every = sender.conf.sweep_seconds if "sweep_seconds" in sender.conf else 30
    sender.conf.beat_schedule = {
        name: {"task": name, "schedule": every}
        for name in (
            "exams.tasks.close_expired_attempts",
            "courses.tasks.sweep_completions",
            "certificates.tasks.sweep_certificates",
            "jobs.tasks.sweep_jobs",
            "jobs.tasks.sweep_mail",
        )
    }
