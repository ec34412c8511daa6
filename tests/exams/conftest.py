from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from exams import attempts
from exams.loading import load_bank, load_exam
from exams.models import Attempt, Exam, FormItem, Topic
from exams.publishing import rules_of
from exams.rules import Rules
from tests.factories import make_person

NOW = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)


@pytest.fixture
def exam(db: None) -> Exam:
    """The final exam of the product, over the product's own bank."""
    load_bank(now=NOW)
    return load_exam(now=NOW)


@pytest.fixture
def rules(exam: Exam) -> Rules:
    return rules_of(exam)


@pytest.fixture
def attempt(exam: Exam, rules: Rules, alice: User) -> Attempt:
    """Alice has just begun."""
    return attempts.start(candidate=alice, exam=exam, rules=rules, language="en", now=NOW)


@pytest.fixture
def one_step(settings: Any) -> None:
    """Staff sign in with one step: the second is not what these tests are about."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def ian(db: None) -> User:
    """A second instructor."""
    return make_person("Ian Novak", role="instructor")


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(
        code="m99", names={"en": "Listening", "es": "Escuchar"}, domain="ME"
    )


@pytest.fixture
def admin(client: Client, erin: User) -> Client:
    client.force_login(erin)
    return client


def key_of(attempt: Attempt, position: int) -> str:
    """Return the right option, which only the database knows."""
    placed = FormItem.objects.select_related("version").get(form=attempt.form_id, position=position)
    return str(placed.version.content["definition"]["key"])


def wrong_of(attempt: Attempt, position: int) -> str:
    """Return a distractor."""
    return next(option for option in "abcd" if option != key_of(attempt, position))
