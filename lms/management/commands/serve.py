"""Run the installation: web server, worker and beat, until Ctrl-C."""

import fcntl
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from lms import cast, health, parts, preparation
from lms.supervisor import Supervisor

ALONE = ("prepare", "web", "worker", "beat")


class Command(BaseCommand):
    help = "Bring the database up to date, then run web server, worker and beat until Ctrl-C."
    requires_system_checks: list[str] = []  # they are `make check`'s; a start should take no time

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only",
            choices=ALONE,
            help="On many machines: `prepare` once for each release, then one part on each machine.",
        )

    def handle(self, *args: Any, only: str | None, **options: Any) -> None:
        running: dict[str, Callable[[], object]] = {
            "web": parts.run_web,
            "worker": parts.run_worker if only else parts.run_worker_with_beat,
            "beat": parts.run_beat,
        }
        if only in (None, "prepare"):
            self.prepare()
        elif preparation.pending_migrations():
            raise CommandError("The database is not up to date: manage.py serve --only prepare")
        if only == "prepare":
            return
        if only in (None, "web"):
            preparation.collect_static()
            refuse_a_taken_port()
            parts.load_web()
        connections.close_all()
        chosen = [only] if only else ["web", "worker"]
        if "web" in chosen:
            self.greet()
        Supervisor({name: running[name] for name in chosen}).run()
        self.stdout.write("Stopped.")

    def prepare(self) -> None:
        """Do what has to be done once, and say what takes long."""
        hold_the_folder(settings.DATA_DIR)
        if preparation.pending_migrations():
            self.stdout.write("Laying the tables (about 20 seconds, once) ...")
            preparation.bring_up_to_date()
        call_command("load_reference", stdout=self.stdout)
        if settings.DEMO:
            call_command("load_demo", stdout=self.stdout)
        preparation.collect_static()
        health.forget_heartbeat()

    def greet(self) -> None:
        """Say where it is and, in a demo, who can sign in."""
        self.stdout.write(
            f"\n  {settings.SITE_NAME} is at {settings.SITE_URL}/  (Ctrl-C stops it)\n"
        )
        if settings.DEMO:
            self.stdout.write(f"\n  Sign in as one of these, with the password {cast.PASSWORD}")
            for address, what in cast.SHOWN:
                self.stdout.write(f"    {address:<18} {what}")
        self.stdout.write("")
        self.stdout.flush()


def hold_the_folder(folder: Path) -> None:
    """Keep a second copy out of the folder while this process or a part of it lives."""
    lock = os.open(folder / "serve.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        raise CommandError(
            f"Another copy runs on {folder}. Give this one its own: DATA_DIR=… PORT=… make run"
        ) from taken


def refuse_a_taken_port() -> None:
    """Say so in plain words when another program listens where we want to."""
    host, port = parts.address()
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise CommandError(
                f"Port {port} is taken. Choose another: PORT={port + 1} make run"
            ) from taken
