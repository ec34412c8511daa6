"""What the tests of people need beside the cast: the texts that are signed, and a moment in time."""

from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from accounts.loading import load_agreements
from accounts.models import Agreement, User


@pytest.fixture
def now() -> datetime:
    """A moment at which the texts are in force."""
    return datetime(2026, 3, 2, 17, 30, tzinfo=UTC)


@pytest.fixture
def agreements(db: None) -> list[Agreement]:
    """The texts that are signed, as shipped."""
    return load_agreements()


@pytest.fixture
def as_person(client: Client) -> Callable[[User], Client]:
    """Return a client that is signed in as somebody."""

    def sign_in(person: User) -> Client:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


class Words(HTMLParser):
    """The words of a page, without its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(response: Any) -> str:
    """Return what a page says, in one line."""
    page = Words()
    page.feed(response.content.decode())
    return " ".join(" ".join(page.words).split())
