"""A trainee's start page: of this person and of nobody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client

from accounts.models import User
from courses.models import Enrolment, ProfileVersion, Release
from exams.models import Exam
from jobs.models import State
from tests.lms.makers import (
    NOW,
    OTHER,
    certificate_of,
    completed,
    enrolled,
    make_course,
    make_profile,
    sat,
    sign_ethics,
    study,
)
from tests.lms.reading import has, section


def test_the_next_step_is_the_next_lesson(show: Any, place: Enrolment, erin: User) -> None:
    study(place, 2, by=erin)
    page = show()
    unit = place.release.units.get(position=3)
    assert section(page, "next-h") == (
        "Your next step Boundaries Module 2. About 60 minutes, at your own pace. "
        "Open the lesson See the whole course"
    )
    assert f"/my/{place.public_id}/units/{unit.key}/" in page
    assert 'aria-label="1 of 2 modules done"' in page


def test_what_is_open_beside_the_next_step(show: Any, place: Enrolment) -> None:
    page = show()
    assert section(page, "open-h") == (
        "Before the certificate, when it suits you Sign the code of ethics Confirm your legal name"
    )
    assert 'href="/me/agreements/code_of_ethics/"' in page


def test_the_exam_comes_once_hours_and_signature_are_there(
    show: Any, place: Enrolment, erin: User, alice: User
) -> None:
    study(place, 4, by=erin)
    sign_ethics(alice)
    page = show()
    assert section(page, "next-h") == (
        "Your next step Sit the exam 20 items, 30 minutes. You have 3 attempts left. "
        "See the rules of the exam See the whole course"
    )
    assert section(page, "hours-h").startswith(
        "Your hours 4 of 4 hours You reached 4 hours on October 30. They are yours, whatever comes."
    )
    assert section(page, "open-h").endswith("Confirm your legal name")


def test_below_the_cut_is_not_yet_with_the_day_of_the_next_attempt(
    show: Any, place: Enrolment, erin: User, alice: User, exam: Exam
) -> None:
    study(place, 4, by=erin)
    sign_ethics(alice)
    attempt = sat(alice, exam, 11, at=NOW - timedelta(hours=4))
    page = show()
    assert section(page, "next-h") == (
        "Your next step Not yet. See what to study for the next attempt Your hours still count. You "
        "have 2 attempts left, from November 15 at 8:20 AM. See what to study See the whole course"
    )
    assert f'href="/my/attempts/{attempt.public_id}/result/"' in page


def test_certificates_with_what_became_of_them(show: Any, place: Enrolment) -> None:
    completion = completed(place)
    first = certificate_of(completion, "PW-2026-00001", events=[("superseded", "")])
    second = certificate_of(completion, "PW-2026-00002", supersedes=first, state=State.WAITING)
    page = show()
    assert section(page, "held-h") == (
        "Your certificates Core training Valid PW-2026-00002, issued November 12 See how far it is: "
        "PW-2026-00002 Core training Replaced by a newer one PW-2026-00001, issued November 12 Open it: "
        "PW-2026-00001"
    )
    assert section(page, "next-h").startswith("Your next step Your certificate is being made")
    assert f'href="/certificates/{second.public_id}/"' in page


def test_a_revoked_certificate_is_said_plainly(show: Any, place: Enrolment) -> None:
    certificate_of(completed(place), "PW-2026-00001", events=[("revoked", "record_error")])
    page = show()
    assert section(page, "held-h").startswith(
        "Your certificate Core training Revoked PW-2026-00001"
    )
    assert section(page, "next-h").startswith("Your next step Your certificate no longer holds")


def test_the_most_recent_place_stands_first_and_the_others_are_listed(
    show: Any, place: Enrolment, erin: User, profile: ProfileVersion, alice: User
) -> None:
    study(place, 1, by=erin)
    later = enrolled(alice, make_course("short", "Short course"), profile, days=1)
    page = show()
    assert f'href="/my/{later.public_id}/"' in section_source(page, "next-h")
    assert (
        section(page, "others-h")
        == "Your other courses Core training 1 hour counted, enrolled October 5"
    )


def section_source(page: str, heading: str) -> str:
    """Return the source of a part of a page."""
    return page.split(f'aria-labelledby="{heading}"')[1].split("</section>")[0]


def test_a_stranger_sees_nothing_of_alice(
    show: Any, place: Enrolment, erin: User, bob: User, release: Release, profile: ProfileVersion
) -> None:
    study(place, 4, by=erin)
    certificate_of(completed(place), "PW-2026-00001")
    own = enrolled(bob, release, profile)
    page = show(bob)
    assert "PW-2026-00001" not in page
    assert str(place.public_id) not in page
    assert str(own.public_id) in page
    assert section(page, "hours-h").startswith("Your hours 0 of 4 hours")


def test_without_a_place_there_are_courses_to_choose(
    show: Any, alice: User, release: Release, tree: Callable[..., Any]
) -> None:
    tree(release, "Core training", "Twelve modules.")
    tree(make_course("hidden", "Hidden", is_hidden=True), "Hidden", "")
    tree(make_course("smoke", "Smoke", is_specimen=True), "Smoke", "")
    page = show()
    assert section(page, "next-h") == (
        "Your next step Choose a course to begin You can start any day and study a few minutes at a "
        "time. We keep your place and count your hours. See the courses"
    )
    assert section(page, "open-h") == (
        "Open for new trainees Core training 4 hours Twelve modules. About this course: Core training"
    )
    assert not has(page, "hours-h")


def test_the_number_of_queries_does_not_grow(
    show: Any,
    place: Enrolment,
    alice: User,
    erin: User,
    profile: ProfileVersion,
    exam: Exam,
    django_assert_num_queries: Any,
) -> None:
    study(place, 1, by=erin)
    sat(alice, exam, 11)
    certificate_of(completed(place), "PW-2026-00001")
    show()
    with django_assert_num_queries(QUERIES):
        show()
    study(place, 4, by=erin)
    for number in (2, 3):
        sat(alice, exam, 12, number=number)
        make_profile(f"other-{number}", f"Body {number}", OTHER)
        more = enrolled(alice, make_course(f"more-{number}", f"More {number}"), profile, days=90)
        certificate_of(completed(more), f"PW-2026-0000{number}")
    with django_assert_num_queries(QUERIES):
        show()


def test_who_is_not_signed_in_is_led_to_the_courses(client: Client, db: None) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/")


QUERIES = 29
