"""The house's own task: the worker says that it is there."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from lms import health


@shared_task
def note_heartbeat() -> None:
    """Say that a worker took a message just now."""
    health.note_heartbeat(now=timezone.now())


@worker_ready.connect
def note_start(**kwargs: Any) -> None:
    """Say so at the start as well, before the timetable's first bell."""
    health.note_heartbeat(now=timezone.now())
