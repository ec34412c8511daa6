"""The bells and the sweepers, with the real queue."""

import json
from base64 import b64decode
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as outgoing

from jobs import tasks
from jobs.mail import queue_mail
from jobs.models import Job, OutgoingMail, State

pytestmark = pytest.mark.django_db


def rung(queue: Path) -> list[tuple[str, Any]]:
    messages = [json.loads(path.read_text()) for path in sorted(queue.glob("*.msg"))]
    return [(m["headers"]["task"], json.loads(b64decode(m["body"]))[0]) for m in messages]


def test_a_bell_does_its_row(now: datetime) -> None:
    row = queue_mail(address="a@example.test", subject="Hello", body="Hello")
    tasks.send_mail(row.pk)
    assert len(outgoing.outbox) == 1
    assert OutgoingMail.objects.get().state == State.DONE


def test_the_sweepers_ring_for_what_nobody_heard(queue: Path) -> None:
    row = queue_mail(address="a@example.test", subject="Hello", body="Hello")
    job = Job.objects.create(kind="import")
    tasks.sweep_mail()
    tasks.sweep_jobs()
    assert rung(queue) == [("jobs.tasks.send_mail", [row.pk]), ("jobs.tasks.run_job", [job.pk])]


def test_every_sweeper_is_in_the_timetable() -> None:
    from lms.celery import app  # noqa: PLC0415  (the app is made when it is first asked for)

    app.finalize()
    assert {"jobs.tasks.sweep_mail", "jobs.tasks.sweep_jobs"} <= set(app.conf.beat_schedule)
