"""An instructor's start page: their own courses' trainees, and no others."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Workflow

from accounts.models import User
from courses.models import Enrolment, ProfileVersion, Release
from exams.models import Exam, Item, Topic
from tests.factories import make_person
from tests.lms.makers import NOW, completed, enrolled, make_course, sat, study
from tests.lms.reading import has, section, table


@pytest.fixture
def show(client: Client, erin: User, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return the start page of a person (Erin) as it is on November 14, 2026."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)

    def page(person: User = erin) -> str:
        client.force_login(person)
        return client.get("/").content.decode()

    return page


@pytest.fixture
def join(release: Release, profile: ProfileVersion) -> Callable[..., Enrolment]:
    """Return what gives one more person a place in Erin's course."""

    def one(name: str, *, to: Release = release) -> Enrolment:
        return enrolled(make_person(name, email=f"{name}@example.test"), to, profile)

    return one


def test_where_the_trainees_are(show: Any, join: Any, erin: User, exam: Exam) -> None:
    join("Ari")
    study(join("Bea"), 2, by=erin)
    study(join("Cyd"), 4, by=erin)
    study(join("Dov"), 4, by=erin)
    passed, done = join("Eve"), join("Fen")
    study(passed, 4, by=erin)
    sat(passed.trainee, exam, 15)
    study(done, 4, by=erin)
    completed(done)
    page = show()
    assert section(page, "stages-h") == (
        "Where your trainees are 6 trainees Nobody is late. A course has no end date, and hours stay. "
        "See your trainees "
        "Enrolled, nothing counted yet 1 person Studying 1 person Lessons done, live hours open 0 people "
        "All hours counted, exam ahead 2 people Exam passed, a signature or the name open 1 person "
        "Completed 1 person"
    )


def test_who_waits_for_live_hours_the_longest_first(show: Any, join: Any, erin: User) -> None:
    study(join("Bea"), 1, by=erin)
    longest = join("Cyd")
    study(longest, 3, by=erin, first=NOW - timedelta(days=39))
    study(join("Dov"), 4, by=erin)
    join("Eve")
    page = show()
    assert table(page, "waiting-h") == [
        ["Trainee", "Live unit", "Last counted"],
        ["Bea", "Practice in pairs", "October 15"],
        ["Cyd", "Circle", "October 16"],
    ]
    assert section(page, "next-h") == (
        "Your next step 2 trainees wait for live hours They finished every lesson before the live unit. "
        "Once you have seen them there, you count the hours. Count live hours"
    )
    assert f'href="/my/trainees/{longest.public_id}/"' in page


def test_below_the_cut_lately_without_a_score_or_a_rank(show: Any, join: Any, exam: Exam) -> None:
    once, spent, since, long_ago = (join(name) for name in ("Bea", "Cyd", "Dov", "Eve"))
    sat(once.trainee, exam, 11)
    for number in (1, 2, 3):
        sat(spent.trainee, exam, 13, number=number, at=NOW - timedelta(days=6 - number))
    sat(since.trainee, exam, 9)
    sat(since.trainee, exam, 16, number=2)
    sat(long_ago.trainee, exam, 9, at=NOW - timedelta(days=31))
    page = show()
    assert table(page, "not-yet-h") == [
        ["Trainee", "Sat on", "To the cut score", "Attempts left"],
        ["Bea", "November 11", "3 items away", "2"],
        ["Cyd", "November 11", "1 item away", "None. Please talk with them."],
    ]


def test_a_voided_attempt_is_not_told(show: Any, join: Any, exam: Exam) -> None:
    attempt = sat(join("Bea").trainee, exam, 3)
    type(attempt).objects.filter(pk=attempt.pk).update(voided_at=NOW)
    assert not has(show(), "not-yet-h")


def test_nothing_of_another_instructor_and_no_specimen(
    show: Any, join: Any, erin: User, exam: Exam, profile: ProfileVersion
) -> None:
    ivan = make_person("Ivan Brooks", role="instructor")
    theirs = make_course("theirs", "Their course", exam=exam)
    theirs.course.instructors.add(ivan)
    stranger = join("Stranger", to=theirs)
    study(stranger, 1, by=ivan)
    sat(stranger.trainee, exam, 5)
    smoke = make_course("smoke", "Smoke", is_specimen=True)
    smoke.course.instructors.add(erin)
    study(join("Specimen", to=smoke), 1, by=erin)
    page = show()
    assert "Stranger" not in page
    assert "Specimen" not in page
    assert "Their course" not in page
    assert not has(page, "stages-h")
    assert section(page, "next-h").startswith("Your next step Nothing waits for you")


def test_a_course_with_its_release_and_what_came_since(
    show: Any, release: Release, tree: Callable[..., Any]
) -> None:
    page_of_course = tree(release, "Core training", "")
    page_of_course.save_revision().publish()
    told = section(show(), "course-1")
    assert told.startswith(
        "Core training Release 1, published April 28. Not in a release yet 1 page was published after the release."
    )
    page_of_course.title = "Core training, better"
    page_of_course.save_revision()
    assert "1 page has a draft that is not published." in section(show(), "course-1")


def test_who_teaches_nothing_yet(show: Any) -> None:
    page = show(make_person("Ivan Brooks", role="instructor"))
    assert section(page, "next-h") == (
        "Your next step No course names you as its instructor yet An administrator adds you to a course. "
        "You can write lessons and items before that. Open the editor"
    )


def test_items_wait_for_a_second_person(show: Any, erin: User, release: Release) -> None:
    ivan = make_person("Ivan Brooks", role="instructor")
    submit("m01-01", by=ivan)
    submit("m01-02", by=erin)
    once_live = submit("m01-03", by=erin)  # what she wrote is live since
    once_live.current_workflow_state.cancel()
    Item.objects.filter(pk=once_live.pk).update(live=True, live_revision=once_live.latest_revision)
    send(Item.objects.get(pk=once_live.pk), by=ivan)
    page = show()
    assert table(page, "reviews-h") == [
        ["Item", "Sent for review"],
        ["m01-01", "November 14"],
        ["m01-03", "November 14"],
    ]
    assert section(page, "next-h").startswith("Your next step 2 items wait for your review")


def submit(code: str, *, by: User) -> Item:
    """An item that its author sent for review."""
    topic, _made = Topic.objects.get_or_create(code="ethics")
    item: Item = Item.objects.create(
        code=code, topic=topic, live=False, definition={"options": ["a", "b", "c"], "key": "a"}
    )
    send(item, by=by)
    return item


def send(item: Item, *, by: User) -> None:
    """Keep a draft of an item, and send it for review."""
    item.save_revision(user=by)
    workflow: Workflow = item.get_workflow()
    workflow.start(item, by)


def test_the_queries_do_not_grow(
    show: Any, join: Any, erin: User, exam: Exam, release: Release, django_assert_num_queries: Any
) -> None:
    ivan = make_person("Ivan Brooks", role="instructor")
    first = join("Ari")
    study(first, 1, by=erin)
    sat(first.trainee, exam, 11)
    submit("m01-01", by=ivan)
    show()
    with django_assert_num_queries(QUERIES):
        show()
    for number in (2, 3):
        more = make_course(f"more-{number}", f"More {number}", exam=exam)
        more.course.instructors.add(erin)
        place = join(f"More{number}", to=more)
        study(place, 3, by=erin)
        sat(place.trainee, exam, 11)
        submit(f"m01-0{number}", by=ivan)
    with django_assert_num_queries(QUERIES):
        show()


QUERIES = 22
