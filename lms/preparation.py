"""What has to be in place before an installation answers: tables, reference data, static files.

Each step looks first whether there is anything to do, so that a second start takes no time.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

FINGERPRINT = ".sources"


def pending_migrations() -> int:
    """Return how many migrations the database still needs."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def bring_up_to_date() -> bool:
    """Migrate if the database needs it. Returns whether it did."""
    if not pending_migrations():
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


def static_fingerprint() -> str:
    """Return a hash of the names, times and sizes of all static sources."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_mtime_ns} {status.st_size}\n".encode())
    return digest.hexdigest()


def collect_static() -> bool:
    """Collect the static files if a source has changed since. Returns whether it did."""
    wanted, kept = static_fingerprint(), Path(settings.STATIC_ROOT, FINGERPRINT)
    if kept.exists() and kept.read_text() == wanted:
        return False
    kept.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=kept.parent.exists())
    kept.write_text(wanted)
    return True
