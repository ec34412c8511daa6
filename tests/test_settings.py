"""The settings as the environment makes them: safe with nothing set, production by URLs alone."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.sources import ROOT

ASK = """
import json, sys
from lms import settings
names = sys.argv[1:]
print(json.dumps({name: getattr(settings, name, None) for name in names}, default=str))
"""
PRODUCTION = {
    "SITE_URL": "https://peerway.example",
    "ALLOWED_HOSTS": "peerway.example, www.peerway.example",
    "DATABASE_URL": "postgres://who:secret@db.example:5433/peerway",
    "CACHE_URL": "redis://cache.example:6379/1",
    "BROKER_URL": "amqp://who:secret@broker.example//",
    "STORAGE_URL": "s3://KEY:SECRET@files?region=us-west-2",
    "EMAIL_URL": "smtp+tls://who:secret@mail.example:587",
    "SECRET_KEY": "given",
    "BEHIND_PROXY": "1",
}


def settings_with(data_dir: Path, *names: str, **variables: str) -> dict[str, Any]:
    """Return settings as a process sees them that starts with these variables alone."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", ASK, *names],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_with_nothing_set_all_is_in_one_folder_and_nothing_is_open(tmp_path: Path) -> None:
    names = ("DEBUG", "DEMO", "DATABASES", "CACHES", "CELERY_BROKER_URL", "SITE_URL", "STATIC_ROOT")
    found = settings_with(tmp_path, *names, "STORAGES", "SECOND_FACTOR_REQUIRED", "EMAIL_FILE_PATH")
    database = found["DATABASES"]["default"]
    assert (found["DEBUG"], found["DEMO"], found["SECOND_FACTOR_REQUIRED"]) == (False, False, True)
    assert (database["ENGINE"], database["NAME"]) == (
        "django.db.backends.sqlite3",
        str(tmp_path / "peerway.sqlite3"),
    )
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]
    assert database["ATOMIC_REQUESTS"] is False
    assert found["CACHES"]["default"]["LOCATION"] == str(tmp_path / "cache")
    assert found["CELERY_BROKER_URL"] == "embedded://"
    assert found["SITE_URL"] == "http://localhost:8000"
    assert found["STATIC_ROOT"] == str(tmp_path / "static")
    assert found["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    assert found["STORAGES"]["private"]["OPTIONS"]["location"] == str(tmp_path / "private")
    assert (tmp_path / "keys" / "secret_key").exists()


def test_urls_alone_make_the_production_shape(tmp_path: Path) -> None:
    names = (
        "DATABASES",
        "CACHES",
        "CELERY_BROKER_URL",
        "STORAGES",
        "EMAIL_BACKEND",
        "EMAIL_HOST",
        "EMAIL_PORT",
    )
    more = (
        "EMAIL_USE_TLS",
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "SESSION_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
    )
    found = settings_with(tmp_path, *names, *more, "SECURE_PROXY_SSL_HEADER", **PRODUCTION)
    database = found["DATABASES"]["default"]
    assert (database["ENGINE"], database["HOST"], database["PORT"], database["NAME"]) == (
        "django.db.backends.postgresql",
        "db.example",
        5433,
        "peerway",
    )
    assert found["CACHES"]["default"]["BACKEND"].endswith("RedisCache")
    assert found["CELERY_BROKER_URL"] == PRODUCTION["BROKER_URL"]
    assert {found["STORAGES"][name]["BACKEND"] for name in ("default", "private")} == {
        "storages.backends.s3.S3Storage"
    }
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (
        "mail.example",
        587,
        True,
    )
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert found["SECRET_KEY"] == "given"
    assert found["ALLOWED_HOSTS"] == ["peerway.example", "www.peerway.example"]
    assert found["SESSION_COOKIE_SECURE"] is found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


@pytest.mark.parametrize(
    "name", ["DATABASE_URL", "BROKER_URL", "CACHE_URL", "STORAGE_URL", "EMAIL_URL"]
)
def test_an_empty_variable_is_as_good_as_none(tmp_path: Path, name: str) -> None:
    asked = ("DATABASES", "CACHES", "CELERY_BROKER_URL", "STORAGES", "EMAIL_BACKEND")
    assert settings_with(tmp_path, *asked, **{name: ""}) == settings_with(tmp_path, *asked)


def test_loading_everything_warns_of_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-c",
            "import django; django.setup(); import lms.urls, weasyprint",
        ],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "lms.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
