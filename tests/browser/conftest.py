"""The browser's fixtures: a whole stack, and Chromium as the system has it."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests.database import Snapshot, snapshot_of
from tests.stack import Stack, chromium


@pytest.fixture(scope="session")
def stack(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A real server and a real worker on the test database, for the whole session."""
    running = Stack(tmp_path_factory.mktemp("stack"))
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing, and CI must run the browser tests.")
        pytest.skip("Chromium is not installed: apt-get install -y chromium")
    quiet = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": [*quiet, *sandbox]}


@pytest.fixture
def base_url(stack: Stack) -> str:
    return stack.url


@pytest.fixture(scope="session")
def demo_snapshots() -> list[Snapshot]:
    """Holds the database with the demo in it, once it was loaded."""
    return []


@pytest.fixture
def world(stack: Stack, transactional_db: None, demo_snapshots: list[Snapshot]) -> Stack:
    """The stack with the demo as it is when just loaded; each test has it fresh."""
    shutil.rmtree(stack.data_dir / "cache", ignore_errors=True)  # no rate limit from the test before
    if demo_snapshots:
        demo_snapshots[0].restore()
    else:
        stack.manage("load_demo")
        demo_snapshots.append(snapshot_of(connection))
    return stack
