"""What the tests of long work and mail need beside the cast."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def now() -> datetime:
    """A moment."""
    return datetime(2026, 3, 2, 17, 30, tzinfo=UTC)


@pytest.fixture
def queue() -> Path:
    """The folder in which messages wait, empty."""
    folder = Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])
    for message in folder.iterdir():
        message.unlink()
    return folder


@pytest.fixture
def no_broker(queue: Path) -> Iterator[None]:
    """Take the broker away: where its folder was there is a file, and nothing can be written."""
    aside = queue.with_name("messages-aside")
    queue.rename(aside)
    queue.write_text("not a folder")
    yield
    queue.unlink()
    aside.rename(queue)
