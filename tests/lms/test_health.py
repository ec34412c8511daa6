"""`/health/` asks each part a real question, and says which one is not well."""

import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from lms import health, preparation
from lms.celery import SWEEPERS, app

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_all_is_well(client: Client) -> None:
    health.note_heartbeat(now=timezone.now())
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (
        200,
        {
            "ok": True,
            "web": {"ok": True},
            "database": {"ok": True, "kind": connection.vendor, "pending_migrations": 0},
            "broker": {"ok": True},
            "worker": {"ok": True, "seconds_since": 0},
        },
    )
    assert "no-store" in response["Cache-Control"]


def test_it_only_reads(client: Client) -> None:
    assert client.post("/health/").status_code == 405
    assert client.head("/health/").status_code == 503


def test_a_worker_that_was_never_there_is_not_well(client: Client) -> None:
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json()["ok"] is False
    assert response.json()["worker"] == {"ok": False, "seconds_since": None}


@pytest.mark.parametrize(("seconds", "well"), [(0, True), (60, True), (61, False)])
def test_a_worker_is_well_while_it_was_there_a_minute_ago(seconds: int, well: bool) -> None:
    health.note_heartbeat(now=NOW - timedelta(seconds=seconds))
    assert health.ask_worker(now=NOW) == {"ok": well, "seconds_since": seconds}


def test_a_new_start_waits_for_a_new_sign() -> None:
    health.note_heartbeat(now=NOW)
    health.forget_heartbeat()
    assert cache.get(health.HEARTBEAT_KEY) is None


def test_missing_migrations_are_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")
    health._up_to_date.clear()
    pending = preparation.pending_migrations()
    assert pending >= 1
    assert health.ask_database() == {
        "ok": False,
        "kind": connection.vendor,
        "pending_migrations": pending,
    }


def test_a_database_that_is_away_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert health.ask_database() == {"ok": False, "error": "DatabaseError"}


def test_a_queue_that_cannot_be_written_is_not_well(settings: Any, tmp_path: Path) -> None:
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path / "gone")}
    assert health.ask_broker() == {"ok": False, "error": "PermissionError"}


def test_a_broker_that_is_silent_holds_nobody_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.MonkeyPatch.context() as patch:
        address = f"amqp://127.0.0.1:{silent.getsockname()[1]}//"
        patch.setitem(app.conf, "broker_write_url", address)
        begun = time.monotonic()
        assert health.ask_broker() == {"ok": False, "error": "no answer within a second"}
        assert time.monotonic() - begun < 1.5
    health.broker_asker.cache_clear()


def test_every_bell_of_the_timetable_is_a_task_and_dies_before_the_next() -> None:
    app.finalize()
    app.loader.import_default_modules()
    timetable = app.conf.beat_schedule
    assert set(timetable) == {*SWEEPERS, "lms.tasks.note_heartbeat"}
    assert set(timetable) <= set(app.tasks)
    assert all(bell["options"] == {"expires": bell["schedule"]} for bell in timetable.values())
