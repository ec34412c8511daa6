"""The test database: copied from a migrated template, and put back after a test that commits.

Migrating an empty database takes about 25 seconds, copying a migrated one a few milliseconds. The
template is made once for each state of what goes into it. Flushing, Django's own way back, does not
work here: append-only triggers refuse to empty their tables, and what migrations laid down is lost.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.db import OperationalError

ROOT = Path(__file__).resolve().parent.parent
KEPT_IN = ROOT / ".test-data"
GOES_IN = (
    "uv.lock",
    "*/migrations/*.py",
    "lms/append_only.py",
    "accounts/roles.py",
    "accounts/signing.py",
    "*/loading.py",
    "*/management/commands/load_reference.py",
    "accounts/agreements/*.toml",
    "courses/reference/**/*.toml",
    "courses/profiles/**/*.toml",
)
MAKE_TEMPLATE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_reference")
"""


class Snapshot(Protocol):
    """What the database was like before the first test."""

    def restore(self) -> None:
        """Put every row back, whatever was committed since."""


def url_of_run(run_dir: Path, url: str) -> str:
    """Return the database of this run: beside the one that was asked for, never that one itself."""
    if not url or url.startswith("sqlite"):
        return f"sqlite:///{run_dir / 'peerway.sqlite3'}"
    return urlsplit(url)._replace(path=f"/peerway_{run_dir.name.replace('-', '_')}").geturl()


def state() -> str:
    """Return a short hash of all that shapes a migrated database with its reference data."""
    from lms import append_only  # noqa: PLC0415  (app ready)

    digest = hashlib.sha256()
    for path in sorted({path for pattern in GOES_IN for path in ROOT.glob(pattern)}):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    for model in append_only.guarded_models():
        digest.update("\n".join(append_only.statements(model, "postgresql")).encode())
    return digest.hexdigest()[:12]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let the first of several runs make the template while the others wait."""
    KEPT_IN.mkdir(exist_ok=True)
    with (KEPT_IN / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_template(url: str) -> None:
    """Migrate an empty database and load the reference data, in a process of its own."""
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lms.settings"}
    made = subprocess.run(
        [sys.executable, "-c", MAKE_TEMPLATE],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    if made.returncode:
        raise RuntimeError(f"The template database could not be made:\n{made.stdout}{made.stderr}")


@contextmanager
def laid(connection: Any) -> Iterator[Snapshot]:
    """Lay the run's database down for as long as the tests run."""
    with (on_postgresql if connection.vendor == "postgresql" else on_sqlite)(
        connection
    ) as snapshot:
        yield snapshot
    connection.close()


@contextmanager
def on_sqlite(connection: Any) -> Iterator[Snapshot]:
    template = KEPT_IN / f"template-{state()}.sqlite3"
    with one_at_a_time():
        if not template.exists():
            part = template.with_suffix(f".{os.getpid()}")
            make_template(f"sqlite:///{part}")
            for old in sorted(KEPT_IN.glob("template-*.sqlite3"), key=lambda p: p.stat().st_mtime)[
                :-3
            ]:
                old.unlink()
            part.replace(template)
    name = connection.settings_dict["NAME"]
    shutil.copyfile(template, name)
    yield SqliteSnapshot(name, connection)


def snapshot_of(connection: Any) -> Snapshot:
    """Keep the database as it is now, whatever is in it."""
    if connection.vendor == "postgresql":
        return PostgresSnapshot(connection)
    return SqliteSnapshot(connection.settings_dict["NAME"], connection)


class SqliteSnapshot:
    """A copy in memory, written back over the file with SQLite's backup interface.

    This goes round the triggers, and it works while other processes have the file open.
    """

    def __init__(self, name: str, connection: Any) -> None:
        self.name, self.connection = name, connection
        self.kept = sqlite3.connect(":memory:")
        source = sqlite3.connect(name)
        source.backup(self.kept)
        source.close()

    def restore(self) -> None:
        self.connection.close()
        target = sqlite3.connect(self.name, timeout=20)
        self.kept.backup(target)
        target.close()


@contextmanager
def on_postgresql(connection: Any) -> Iterator[Snapshot]:
    import psycopg  # noqa: PLC0415  (slow import)

    template, url = f"peerway_template_{state()}", os.environ["DATABASE_URL"]
    name = connection.settings_dict["NAME"]
    with psycopg.connect(
        urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True
    ) as server:
        with one_at_a_time():
            there = {row[0] for row in server.execute("SELECT datname FROM pg_database")}
            if template not in there:
                for old in there:
                    if old.startswith("peerway_template_"):
                        server.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
                part = f"peerway_part_{os.getpid()}"
                server.execute(f'DROP DATABASE IF EXISTS "{part}"')
                server.execute(f'CREATE DATABASE "{part}"')
                make_template(urlsplit(url)._replace(path=f"/{part}").geturl())
                server.execute(f'ALTER DATABASE "{part}" RENAME TO "{template}"')
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield PostgresSnapshot(connection)
        finally:
            connection.close()
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class PostgresSnapshot:
    """Every row as COPY gives it. Going back needs a superuser, for it silences the triggers."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            self.tables = [row[0] for row in cursor.fetchall()]
            cursor.execute(
                "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
            )
            self.sequences = cursor.fetchall()
            self.rows = {}
            for table in self.tables:
                with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                    self.rows[table] = b"".join(bytes(part) for part in copy)
        connection.close()

    def restore(self) -> None:
        """Put every row back. A worker that runs beside may stand in the way for a moment."""
        for tries_left in reversed(range(20)):
            self.connection.close()
            try:
                self.put_back()
            except OperationalError as exc:
                self.connection.close()
                if "deadlock" not in str(exc) or not tries_left:
                    raise
                time.sleep(0.2)
            else:
                self.connection.close()
                return

    def put_back(self) -> None:
        tables = ", ".join(f'"{table}"' for table in self.tables)
        with self.connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")
            for table in self.tables:
                cursor.execute(f'DELETE FROM "{table}"')
                if self.rows[table]:
                    with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                        copy.write(self.rows[table])
            for sequence, last in self.sequences:
                cursor.execute(
                    "SELECT setval(%s::regclass, %s, %s)", [sequence, last or 1, last is not None]
                )
            cursor.execute("COMMIT")
