"""Whether the installation is well: web, database, broker and worker, each by a real question."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache as once
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms import preparation
from lms.celery import app

HEARTBEAT_KEY = "lms.heartbeat"
HEARTBEATS_MISSED = 4
BROKER_SECONDS = 1.0

Finding = dict[str, Any]


@require_safe
@never_cache
def show_health(request: HttpRequest) -> JsonResponse:
    """Answer with what is well, as JSON; status 200 if everything is, else 503."""
    findings = {
        "web": {"ok": True},
        "database": ask_database(),
        "broker": ask_broker(),
        "worker": ask_worker(now=timezone.now()),
    }
    well = all(finding["ok"] for finding in findings.values())
    return JsonResponse({"ok": well, **findings}, status=200 if well else 503)


def ask_database() -> Finding:
    """Say whether the database answers a query and has every table it needs."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM django_migrations")
        pending = 0 if is_up_to_date() else preparation.pending_migrations()
    except DatabaseError as failure:
        return {"ok": False, "error": type(failure).__name__}
    return {"ok": not pending, "kind": connection.vendor, "pending_migrations": pending}


_up_to_date: set[str] = set()


def is_up_to_date() -> bool:
    """Say whether no migration is missing; asks until that is so, and then remembers it."""
    name = str(connection.settings_dict["NAME"])
    if name not in _up_to_date and not preparation.pending_migrations():
        _up_to_date.add(name)
    return name in _up_to_date


@once
def broker_asker() -> ThreadPoolExecutor:
    """Return the one thread that asks the broker: a silent broker holds up no request."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="health")


def ask_broker() -> Finding:
    """Say whether the broker takes a connection within a second; nothing is sent."""
    try:
        broker_asker().submit(connect_to_broker).result(timeout=BROKER_SECONDS)
    except TimeoutError:
        return {"ok": False, "error": "no answer within a second"}
    except Exception as failure:  # noqa: BLE001  (each broker has its own errors)
        return {"ok": False, "error": type(failure).__name__}
    return {"ok": True}


def connect_to_broker() -> None:
    """Connect as for a message. Raises what the broker's library raises."""
    with app.connection_for_write() as broker:
        broker.connect()
    folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("data_folder_out")
    if folder and not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(folder)


def note_heartbeat(*, now: datetime) -> None:
    """Keep that a worker was there. For the worker alone."""
    cache.set(HEARTBEAT_KEY, now, timeout=None)


def forget_heartbeat() -> None:
    """Wait for a sign of the worker that is about to start, not of the one before it."""
    cache.delete(HEARTBEAT_KEY)


def ask_worker(*, now: datetime) -> Finding:
    """Say how many seconds ago a worker was last there; well if that is a few heartbeats at most."""
    last = cache.get(HEARTBEAT_KEY)
    if last is None:
        return {"ok": False, "seconds_since": None}
    seconds = max(0, round((now - last).total_seconds()))
    return {
        "ok": seconds <= HEARTBEATS_MISSED * settings.HEARTBEAT_SECONDS,
        "seconds_since": seconds,
    }
