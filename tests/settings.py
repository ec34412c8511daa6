"""The product's settings, on a database and folders that one test run has for itself.

The run's folder and database are put into the environment before anything is read from it, so that
every process that a test starts (web server, worker, command) works on the same ones.
"""

import os
from pathlib import Path

from tests import database

RUN_DIR = Path(os.environ.setdefault("TEST_RUN_DIR", str(database.KEPT_IN / f"run-{os.getpid()}")))
os.environ["DATA_DIR"] = str(RUN_DIR)
os.environ["DATABASE_URL"] = database.url_of_run(RUN_DIR, os.environ.get("DATABASE_URL", ""))
os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("LOG_LEVEL", "WARNING")

# The tests' own process rings the embedded queue, whose folder they look into; a running stack has
# the broker that was asked for.
_broker = os.environ.pop("BROKER_URL", None)

from lms.settings import *  # noqa: E402, F403
from lms.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

if _broker:
    os.environ["BROKER_URL"] = _broker

if "init_command" in DATABASES["default"].get("OPTIONS", {}):
    DATABASES["default"]["OPTIONS"] = DATABASES["default"]["OPTIONS"] | {
        "init_command": DATABASES["default"]["OPTIONS"]["init_command"].replace(
            "synchronous=FULL", "synchronous=OFF"
        )
    }
# Emptied after each test, which must not take the heartbeat or the limits of a running stack.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
