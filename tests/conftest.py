"""What every test may ask for: the database, the cast, an empty cache."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as house
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from accounts.models import User
from tests import database, settings
from tests.factories import make_person
from tests.stack import Stack

# Playwright keeps an event loop running in the thread of the test that asks the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any
) -> Iterator[database.Snapshot]:
    """Lay the migrated database, and go back to it after each test that commits."""
    with (
        django_db_blocker.unblock(),
        database.laid(connection) as snapshot,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: snapshot.restore())
        with django_db_blocker.block():
            yield snapshot


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing of the run behind but the template."""
    shutil.rmtree(settings.RUN_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Let no test see the rate limits or the heartbeats of another."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Begin in English: a request in Spanish leaves its thread speaking Spanish."""
    with translation.override(house.LANGUAGE_CODE):
        yield


@pytest.fixture
def alice(db: None) -> User:
    """A trainee; a test that needs her in a course enrols her."""
    return make_person("Alice Rivera")


@pytest.fixture
def bob(db: None) -> User:
    """A stranger: a trainee who has nothing to do with what the test is about."""
    return make_person("Bob Stranger")


@pytest.fixture
def erin(db: None) -> User:
    """An instructor."""
    return make_person("Erin Okafor", role="instructor")


@pytest.fixture
def rita(db: None) -> User:
    """A registrar."""
    return make_person("Rita Sandoval", role="registrar")


@pytest.fixture
def carl(db: None) -> User:
    """Who works for a certifying body."""
    return make_person("Carl Lindqvist", role="certifier")


@pytest.fixture
def ada(db: None) -> User:
    """An administrator."""
    return make_person("Ada Moreau", role="administrator")


@pytest.fixture(scope="session")
def stack(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A real server and a real worker on the test database, for the whole session."""
    running = Stack(tmp_path_factory.mktemp("stack"))
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture(scope="session")
def demo_snapshots() -> list[database.Snapshot]:
    """Holds the database with the demo in it, once it was loaded."""
    return []


@pytest.fixture
def world(stack: Stack, transactional_db: None, demo_snapshots: list[database.Snapshot]) -> Stack:
    """The stack with the demo as it is when just loaded; each test has it fresh."""
    shutil.rmtree(stack.data_dir / "cache", ignore_errors=True)  # no rate limit of another test
    if demo_snapshots:
        demo_snapshots[0].restore()
        return stack
    stack.kill("worker")  # the demo's certificates are to wait for it in every test
    stack.manage("load_demo")
    demo_snapshots.append(database.snapshot_of(connection))
    stack.start_worker()
    return stack
