"""A trainee's start page: of this person and of nobody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import Enrolment, ProfileVersion, Release
from exams.models import Exam
from jobs.models import State
from tests.lms.conftest import (
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
from tests.lms.reading import has, section, table


@pytest.fixture
def place(alice: User, release: Release, profile: ProfileVersion) -> Enrolment:
    """Alice's place in the course that Erin teaches."""
    return enrolled(alice, release, profile)


@pytest.fixture
def show(client: Client, alice: User, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return the start page of a person (Alice) as it is on November 14, 2026, at noon in California."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)

    def page(person: User = alice) -> str:
        client.force_login(person)
        return client.get("/").content.decode()

    return page


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


def test_the_hours_in_words_and_in_numbers(show: Any, place: Enrolment, erin: User) -> None:
    study(place, 2, by=erin)
    page = show()
    assert section(page, "hours-h").startswith(
        "Your hours 2 of 4 hours At your pace, you reach 4 hours around December 19. "
        "It could be December 6, or January 23, 2027. "
        "Weeks away are fine: the date moves, and your hours stay."
    )
    assert table(page, "hours-h") == [
        ["Week ending", "Hours"],
        ["October 10", "0"],
        ["October 17", "1"],
        ["October 24", "2"],
        ["October 31", "2"],
        ["November 7", "2"],
        ["November 14", "2"],
        ["December 19 (likely)", "4"],
    ]
    assert (
        "2 of 4 hours on November 14. At this pace 4 hours come around December 19; "
        "between December 6 and January 23, 2027." in section(page, "hours-h")
    )


def test_no_hours_yet_is_no_chart(show: Any, place: Enrolment) -> None:
    page = show()
    assert section(page, "hours-h") == (
        "Your hours 0 of 4 hours Your training asks for 4 hours. There is no date by which you must "
        "have them. The line of your hours starts with your first lesson A few minutes at a time is "
        "fine. We keep your place."
    )
    assert section(page, "lately-h") == (
        "Lately Nothing is counted yet. Your first lesson will show up here."
    )


def test_what_the_own_profile_asks(show: Any, place: Enrolment, erin: User) -> None:
    study(place, 3, by=erin)
    page = show()
    assert table(page, "asked-h") == [
        ["What is asked", "Where you stand"],
        ["4 hours of training.", "1 hour to go"],
        ["The exam at the end of the course.", "Not yet"],
        ["Your signature under the code of ethics.", "Not yet"],
    ]
    assert section(page, "asked-h").endswith(
        "The body itself looks at The state exam. Rules of The Body as we checked them on November 1."
    )


def test_the_same_hours_against_every_body(show: Any, place: Enrolment, erin: User) -> None:
    make_profile("other", "Washington: peer support", OTHER)
    study(place, 3, by=erin)
    told = section(show(), "bodies-h")
    assert told.startswith(
        "What different bodies ask One set of hours can count in more than one place. We count; each "
        "body decides. The Body: peer support Your certificate follows these rules."
    )
    assert told.endswith(
        "California: Medi-Cal Peer Support Specialist 3 of 80 h 77 hours to go Not met yet: The exam at "
        "the end of the course. Your signature under the code of ethics. Your signature that you are 18 "
        "or older. Your signature that you have lived experience. We never ask what it was. The body itself looks at: A high school diploma or an equivalent. The "
        "certifying body checks it. The state exam of 120 items. You apply for it with CalMHSA. The "
        "application to CalMHSA, with its own attestations. "
        "Oregon: Peer Support Specialist 3 of 40 h 37 hours to go Not met yet: The exam at the end of "
        "the course. Your signature that you are 18 or older. Your signature that you have lived "
        "experience. We never ask what it was. The body itself looks at: The state’s oral health training. A background check. The state does it. "
        "Washington: peer support 3 of 2 h Hours met"
    )


def test_hours_by_domain(show: Any, place: Enrolment, erin: User) -> None:
    study(place, 1, by=erin)
    assert section(show(), "domains-h").endswith(
        "Advocacy 0.5 of 2 hours Ethical responsibility 0.5 of 2 hours"
    )


def test_the_last_entries_with_a_way_to_all_of_them(
    show: Any, place: Enrolment, erin: User
) -> None:
    study(place, 4, by=erin)
    page = show()
    assert section(page, "lately-h") == (
        "Lately October 30 Circle: 1 hour October 25 Boundaries: 1 hour October 20 Practice in pairs: "
        "1 hour October 15 Listening: 1 hour See every entry"
    )
    assert f'href="/my/{place.public_id}/hours/"' in page


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


def test_in_spanish_with_its_dates_and_the_lessons_in_spanish(
    show: Any, place: Enrolment, erin: User, alice: User
) -> None:
    study(place, 1, by=erin)
    User.objects.filter(pk=alice.pk).update(language="es")
    alice.refresh_from_db()
    page = show()
    assert '<html lang="es">' in page
    assert "15 de octubre" in section(page, "lately-h")
    assert "Listening (es)" in section(page, "lately-h")
    assert "0.5" in section(page, "domains-h")


def test_drawings_write_no_decimal_comma(
    show: Any, place: Enrolment, erin: User, alice: User
) -> None:
    study(place, 2, by=erin)
    User.objects.filter(pk=alice.pk).update(language="es")
    alice.refresh_from_db()
    drawing = show().split('class="chart chart-wide"')[1].split("</svg>")[0]
    assert 'd="M46.0 304.0L' in drawing


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


QUERIES = 29
