"""The exam seen from the training: gate, rules, attempts, results by topic; nobody else's."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from courses.enrolment import enrol
from courses.models import Enrolment
from tests.courses.conftest import Written, finish_all, freeze, make_profile, sat


@pytest.fixture
def candidate(written: Written, exam: Any, alice: User) -> Enrolment:
    freeze(written, exam)
    profile = make_profile("exam", [{"kind": "hours_total", "minutes": 135}, {"kind": "exam"}])
    return enrol(trainee=alice, course=written.course, profile=profile, now=timezone.now())


@pytest.fixture
def as_alice(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def door(place: Enrolment) -> str:
    return reverse("courses:show-exam", args=[place.public_id])


def test_the_rules_are_those_that_were_frozen(
    as_alice: Client, candidate: Enrolment, exam: Any
) -> None:
    exam.minutes = 5
    exam.save(update_fields=["minutes"])
    page = as_alice.get(door(candidate)).content.decode()
    for words in (
        "Exam (en)",
        "10 items",
        "You have 30 minutes",
        "You need 70%",
        "3 attempts",
        "Practice length",
    ):
        assert words in page


def test_it_opens_when_the_hours_are_complete(
    as_alice: Client, candidate: Enrolment, written: Written
) -> None:
    page = as_alice.get(door(candidate)).content.decode()
    assert "The exam opens when your hours are complete. 2 hours 15 minutes to go." in page
    assert "Start now" not in page
    assert as_alice.post(door(candidate)).headers["Location"] == door(candidate)
    assert not candidate.trainee.attempts.exists()
    finish_all(candidate, written)
    assert "Start now" in as_alice.get(door(candidate)).content.decode()


def test_without_items_it_says_so_and_uses_no_attempt(
    as_alice: Client, candidate: Enrolment, written: Written
) -> None:
    finish_all(candidate, written)
    sent = as_alice.post(door(candidate), follow=True)
    assert "No attempt was used" in sent.content.decode()
    assert not candidate.trainee.attempts.exists()


def test_after_a_first_try_it_says_when(
    as_alice: Client, candidate: Enrolment, written: Written
) -> None:
    finish_all(candidate, written)
    sat(candidate.trainee, candidate, raw=6, at=timezone.now() - timedelta(hours=1))
    page = as_alice.get(door(candidate)).content.decode()
    assert "You can start the next attempt from" in page
    assert "2 attempts left." in page
    assert "not yet, 6 of 10" in " ".join(page.split())


def test_a_course_without_an_exam_has_no_such_page(as_alice: Client, place: Enrolment) -> None:
    assert as_alice.get(door(place)).status_code == 404


def result(attempt: Any) -> str:
    return reverse("exam-result", args=[attempt.public_id])


def test_not_yet_names_topics_when_and_whom(
    as_alice: Client, candidate: Enrolment, written: Written
) -> None:
    finish_all(candidate, written)
    attempt = sat(candidate.trainee, candidate, raw=6, at=timezone.now() - timedelta(hours=25))
    page = as_alice.get(result(attempt)).content.decode()
    for words in (
        "Not yet. You are 1 item away.",
        "6 of 10 right. You need 7. All your hours still count.",
        "Recovery and wellness",
        "Topic t2",
        "You can sit it again now",
        "You have 2 attempts left.",
        "erin@example.test",
    ):
        assert words in page
    assert "Topic t1" not in page
    assert reverse("courses:study-unit", args=[candidate.public_id, written.live_key]) in page


def test_a_pass_says_what_comes_next(
    as_alice: Client, candidate: Enrolment, written: Written
) -> None:
    finish_all(candidate, written)
    attempt = sat(candidate.trainee, candidate, raw=9)
    page = as_alice.get(result(attempt)).content.decode()
    assert "You passed, Alice" in page
    assert "9 of 10 right. You needed 7." in page
    assert reverse("accounts:confirm-name") in page


def test_a_result_is_ones_own(client: Client, candidate: Enrolment, bob: User, erin: User) -> None:
    attempt = sat(candidate.trainee, candidate, raw=9)
    assert client.get(result(attempt)).status_code == 302
    for person in (bob, erin):
        client.force_login(person)
        assert client.get(result(attempt)).status_code == 404


def test_after_three_it_leads_to_a_person(
    as_alice: Client, candidate: Enrolment, written: Written
) -> None:
    finish_all(candidate, written)
    for number in (1, 2, 3):
        attempt = sat(
            candidate.trainee,
            candidate,
            raw=5,
            at=timezone.now() - timedelta(days=4 - number),
            number=number,
        )
    page = as_alice.get(result(attempt)).content.decode()
    assert "No attempts are left now" in page
    assert "You have used all your attempts" in as_alice.get(door(candidate)).content.decode()
