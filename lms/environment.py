"""Reads the environment: every variable that the product knows is read in `settings.py` through these.

Pure: no Django, so that the settings file can import it before anything else is loaded.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """Return the variable's value, or `default` where it is not set or empty."""
    return os.environ.get(name, "") or default


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes-or-no variable. Raises `ValueError` for a word that is neither."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ValueError(f"{name} must be 1 or 0, not {value!r}")
    return value in TRUE


def number(name: str, default: int) -> int:
    """Return a whole number. Raises `ValueError` that names the variable."""
    value = os.environ.get(name, "").strip()
    try:
        return int(value) if value else default
    except ValueError as exc:
        raise ValueError(f"{name} must be a whole number, not {value!r}") from exc


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list, without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret(name: str, kept_in: Path) -> str:
    """Return the secret in the variable, else the one in the file, which is made once.

    The file is created exclusively and readable by its owner alone, so two processes that start
    at the same moment end up with the same secret.
    """
    if value := os.environ.get(name):
        return value
    kept_in.parent.mkdir(parents=True, exist_ok=True)
    part = kept_in.with_name(f"{kept_in.name}.{secrets.token_hex(8)}")
    if not kept_in.exists():
        part.touch(mode=0o600)
        part.write_text(secrets.token_urlsafe(64))
        try:
            kept_in.hardlink_to(part)
        except FileExistsError:  # another process was first: its secret is the one
            pass
        finally:
            part.unlink()
    return kept_in.read_text().strip()


def storage(url: str) -> dict[str, object]:
    """Return Django's storage entry for private files from a URL.

    `file:///srv/files` is a folder; `s3://KEY:SECRET@BUCKET?endpoint=https://host&region=…` is a
    bucket. Raises `ValueError` for any other scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": unquote(parts.path), "base_url": None},
        }
    if parts.scheme != "s3":
        raise ValueError(f"STORAGE_URL must start with file:// or s3://, not {parts.scheme}://")
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    options: dict[str, object] = {
        "bucket_name": parts.hostname,
        "access_key": unquote(parts.username or "") or None,
        "secret_key": unquote(parts.password or "") or None,
        "endpoint_url": query.get("endpoint"),
        "region_name": query.get("region"),
        "querystring_auth": True,
        "querystring_expire": 60,
        "default_acl": None,
        "file_overwrite": False,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
