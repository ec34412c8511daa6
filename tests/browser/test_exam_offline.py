"""An exam in a browser whose connection goes and comes: nothing that was answered is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import User
from exams import attempts
from exams.loading import load_bank, load_exam
from exams.models import Attempt, Exam, Response
from exams.publishing import rules_of
from tests.stack import Stack

pytestmark = pytest.mark.django_db(transaction=True)


def begin(person: User) -> Attempt:
    """Start, or open again, as the door of the course does."""
    exam = Exam.objects.get()
    now = timezone.now()
    return attempts.start(candidate=person, exam=exam, rules=rules_of(exam), language="en", now=now)


def address(stack: Stack, attempt: Attempt, position: int) -> str:
    return f"{stack.url}/exams/attempts/{attempt.public_id}/{position}/"


def signed_in(context: BrowserContext, stack: Stack, person: User) -> Page:
    client = Client()
    client.force_login(person)
    cookie: Any = {
        "name": "sessionid",
        "value": client.cookies["sessionid"].value,
        "url": stack.url,
    }
    context.add_cookies([cookie])
    return context.new_page()


def kept(attempt: Attempt) -> list[tuple[int, int]]:
    return list(Response.objects.filter(attempt=attempt).values_list("position", "epoch"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own for each test."""
    with browser.new_context() as fresh:
        yield fresh


@pytest.fixture
def attempt(transactional_db: None, alice: User) -> Attempt:
    load_bank(now=timezone.now())
    load_exam(now=timezone.now())
    return begin(alice)


def test_answers_given_offline_go_out_when_the_connection_is_back(
    stack: Stack, context: BrowserContext, attempt: Attempt
) -> None:
    page = signed_in(context, stack, attempt.candidate)
    page.goto(address(stack, attempt, 1))
    context.set_offline(True)
    page.locator("[name=chosen]").nth(2).check()
    expect(page.get_by_text("You are offline.")).to_be_visible()
    expect(page.locator("[data-saved]")).to_contain_text("not sent yet: 1")
    page.get_by_role("button", name="Save and go on").click()
    assert page.url == address(stack, attempt, 1)
    assert kept(attempt) == []
    context.set_offline(False)
    expect(page.get_by_text("You are back. All your answers are saved.")).to_be_visible()
    expect(page.locator("[data-saved]")).to_contain_text("1 answer saved at")
    assert kept(attempt) == [(1, 1)]


def test_an_answer_of_a_closed_tab_is_kept_and_offered_and_not_applied_by_itself(
    stack: Stack, context: BrowserContext, attempt: Attempt
) -> None:
    page = signed_in(context, stack, attempt.candidate)
    page.goto(address(stack, attempt, 1))
    context.set_offline(True)
    page.locator("[name=chosen]").nth(1).check()
    expect(page.get_by_text("You are offline.")).to_be_visible()
    page.close()
    context.set_offline(False)
    begin(attempt.candidate)
    again = context.new_page()
    again.goto(address(stack, attempt, 2))
    expect(again.get_by_text("This device has answers from before")).to_be_visible()
    assert kept(attempt) == []
    # journalled as often as it arrived: a browser that hears no reply sends again
    assert set(attempt.journal.values_list("position", "epoch")) == {(1, 1)}
    again.get_by_role("button", name="Use these answers").click()
    expect(again.locator("[data-saved]")).to_contain_text("1 answer saved at")
    assert kept(attempt) == [(1, 2)]


def test_without_a_script_each_page_saves_by_its_button(
    stack: Stack, browser: Browser, attempt: Attempt
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = signed_in(context, stack, attempt.candidate)
    page.goto(address(stack, attempt, 1))
    page.locator("[name=chosen]").nth(3).check()
    page.get_by_role("button", name="Flag for later").click()
    expect(page.get_by_role("button", name="Flagged")).to_be_visible()
    expect(page.locator("[name=chosen]").nth(3)).to_be_checked()
    page.get_by_role("button", name="Save and go on").click()
    assert page.url == address(stack, attempt, 2)
    assert kept(attempt) == [(1, 1)]
    context.close()


def test_the_time_can_be_hidden_and_stays_hidden(
    stack: Stack, context: BrowserContext, attempt: Attempt
) -> None:
    page = signed_in(context, stack, attempt.candidate)
    page.goto(address(stack, attempt, 1))
    expect(page.get_by_text("About 25 min left")).to_be_visible()
    page.get_by_text("Hide time").click()
    page.goto(address(stack, attempt, 2))
    expect(page.get_by_text("About 25 min left")).to_be_hidden()
    page.get_by_text("Show time").click()
    expect(page.get_by_text("About 25 min left")).to_be_visible()
