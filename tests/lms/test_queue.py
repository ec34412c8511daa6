"""The embedded queue: a message is there whole or not at all, and comes out in the order it went in."""

import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError, OperationalError

from lms import queue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder, and by its name a queue: a process remembers the queues it has declared."""
    for name in ("messages", "control", "processed"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def broker(folder: Path) -> Iterator[Connection]:
    options = {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
        "processed_folder": str(folder / "processed"),
        "store_processed": True,
    }
    with Connection("embedded://", transport_options=options) as connection:
        yield connection


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow, as on a disk without space."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def messages(folder: Path) -> list[Path]:
    return sorted((folder / "messages").iterdir())


def test_the_transport_is_the_one_that_the_settings_name(broker: Connection) -> None:
    assert isinstance(broker.transport, queue.Transport)


def test_messages_come_out_in_the_order_they_went_in(broker: Connection, folder: Path) -> None:
    with broker.SimpleQueue(folder.name) as bells:
        for number in range(5):
            bells.put({"number": number})
        assert len(messages(folder)) == 5
        taken: list[Any] = []
        for _ in range(5):
            message = bells.get(timeout=5)
            taken.append(message.payload["number"])
            message.ack()
    assert (taken, messages(folder)) == ([0, 1, 2, 3, 4], [])


def test_on_a_full_disk_nothing_is_left_that_could_end_a_worker(
    broker: Connection, folder: Path
) -> None:
    with broker.SimpleQueue(folder.name) as bells:
        bells.put({"number": 1})
        with full_disk(), pytest.raises((ChannelError, OperationalError)):
            bells.put({"number": 2})
        (only,) = messages(folder)
        assert json.loads(only.read_text())["headers"] == {}
        bells.put({"number": 3})
    assert [path.suffix for path in messages(folder)] == [".msg", ".msg"]
