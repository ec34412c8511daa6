"""The Celery app and beat's timetable. Tasks only ring: what is to be done stands in rows."""

import os

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

from lms import queue  # noqa: F401  (gives Celery the embedded:// transport)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")

SWEEPERS = (
    "exams.tasks.close_expired_attempts",
    "courses.tasks.sweep_completions",
    "certificates.tasks.sweep_certificates",
    "jobs.tasks.sweep_jobs",
    "jobs.tasks.sweep_mail",
)
HEARTBEAT = "lms.tasks.note_heartbeat"

app = Celery("peerway")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_django_logging(**kwargs: object) -> None:
    """Leave logging as Django's settings say."""


@app.on_after_finalize.connect
def lay_timetable(sender: Celery, **kwargs: object) -> None:
    """Every pipeline has a sweeper: a message may be lost with any broker, a row is not.

    A bell that nobody heard before the next one rings is thrown away: no pile waits for a worker
    that was away.
    """
    every = dict.fromkeys(SWEEPERS, settings.SWEEP_SECONDS) | {
        HEARTBEAT: settings.HEARTBEAT_SECONDS
    }
    sender.conf.beat_schedule = {
        name: {"task": name, "schedule": seconds, "options": {"expires": seconds}}
        for name, seconds in every.items()
    }
