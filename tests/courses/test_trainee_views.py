"""An instructor's doors: own courses only, filters, counting, taking back; the ledger's page and CSV."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses.enrolment import enrol
from courses.models import Enrolment, Profile
from courses.views.ledger import safe
from tests.courses.conftest import NOW, Written, finish_all, unit
from tests.factories import make_person

LIST = reverse("courses:list-trainees")


@pytest.fixture
def as_erin(client: Client, erin: User) -> Client:
    client.force_login(erin)
    return client


def at(name: str, place: Enrolment, *more: object) -> str:
    return reverse(f"courses:{name}", args=[place.public_id, *more])


def test_the_list_holds_own_trainees_only(as_erin: Client, place: Enrolment) -> None:
    assert "Alice" in as_erin.get(LIST).content.decode()
    as_erin.force_login(make_person("Ivan Brooks", role="instructor"))
    assert "No trainees yet" in as_erin.get(LIST).content.decode()


@pytest.mark.parametrize("role", ["", "registrar", "certifier", "administrator"])
def test_it_is_for_instructors(client: Client, place: Enrolment, role: str) -> None:
    client.force_login(make_person("Someone Else", role=role))
    assert client.get(LIST).status_code == 403
    assert client.get(at("show-trainee", place)).status_code == 403


def test_who_is_signed_out_signs_in_first(
    client: Client, place: Enrolment, written: Written
) -> None:
    for address in (
        LIST,
        at("show-trainee", place),
        at("credit-live", place, written.live_key),
        at("reverse-entry", place, 1),
    ):
        for answer in (client.get(address), client.post(address)):
            assert (answer.status_code, answer["Location"]) == (
                302,
                f"{reverse('account_login')}?next={address}",
            )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ali", True), ("q=zed", False), ("course=small", True), ("course=other", True), ("stage=not_begun", True),
        ("stage=studying", False), ("stage=complete", False), ("stage=passed", False), ("stage=nonsense", True), ("page=99", True),
    ],
)  # fmt: skip
def test_filters(as_erin: Client, place: Enrolment, query: str, found: bool) -> None:
    page = as_erin.get(f"{LIST}?{query}").content.decode()
    assert (at("show-trainee", place) in page) == found
    assert ("Nobody fits these filters" in page) != found


def test_who_has_gone_quiet(as_erin: Client, place: Enrolment) -> None:
    Enrolment.objects.update(enrolled_at=timezone.now() - timedelta(days=13))
    assert at("show-trainee", place) not in as_erin.get(f"{LIST}?stage=quiet").content.decode()
    Enrolment.objects.update(enrolled_at=timezone.now() - timedelta(days=15))
    assert at("show-trainee", place) in as_erin.get(f"{LIST}?stage=quiet").content.decode()


def test_the_list_asks_the_same_for_one_and_three(
    as_erin: Client,
    place: Enrolment,
    profile: Profile,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    as_erin.get(LIST)
    with django_assert_num_queries(8):
        as_erin.get(LIST)
    for name in ("Bo One", "Cy Two"):
        enrol(trainee=make_person(name), course=place.course, profile=profile, now=NOW)
    with django_assert_num_queries(8):
        assert as_erin.get(LIST).content.decode().count("/my/trainees/") >= 3


def credit(place: Enrolment, written: Written) -> str:
    return at("credit-live", place, written.live_key)


def when(hours: float) -> dict[str, str]:
    began = timezone.localtime() - timedelta(hours=hours)
    return {"started_at_0": began.strftime("%Y-%m-%d"), "started_at_1": began.strftime("%H:%M")}


def test_counting_asks_first_and_counts_once(
    as_erin: Client, place: Enrolment, written: Written, erin: User
) -> None:
    page = as_erin.get(credit(place, written)).content.decode()
    for words in (
        "Count 1 hour for Alice",
        "Live (en)",
        "<p>Plan</p>",
        'type="date"',
        'type="time"',
    ):
        assert words in page
    assert not place.hours.exists()
    sent = as_erin.post(credit(place, written), when(2), follow=True).content.decode()
    assert "60 minutes were counted for Alice." in sent
    as_erin.post(credit(place, written), when(2))
    entry = place.hours.get()
    assert (entry.minutes, entry.recorded_by) == (60, erin)
    assert "It was counted already" in as_erin.get(credit(place, written)).content.decode()


@pytest.mark.parametrize(("hours", "words"), [(0.5, "not over yet"), (-5, "not over yet")])
def test_a_time_that_cannot_be_is_said(
    as_erin: Client, place: Enrolment, written: Written, hours: float, words: str
) -> None:
    assert words in as_erin.post(credit(place, written), when(hours)).content.decode()
    assert (
        "Something needs you"
        in as_erin.post(credit(place, written), {"started_at_0": "soon"}).content.decode()
    )
    assert not place.hours.exists()


def test_a_stranger_cannot_count(
    client: Client, place: Enrolment, written: Written, alice: User
) -> None:
    for person, status in ((make_person("Ivan Brooks", role="instructor"), 404), (alice, 403)):
        client.force_login(person)
        assert client.get(credit(place, written)).status_code == status
        assert client.post(credit(place, written), when(2)).status_code == status
    assert not place.hours.exists()


def test_taking_back_leaves_both_lines(as_erin: Client, place: Enrolment, written: Written) -> None:
    finish_all(place, written)
    number = place.hours.get(unit=unit(place, written.live_key)).number
    address = at("reverse-entry", place, number)
    assert "Take 1 hour back from Alice" in as_erin.get(address).content.decode()
    assert "Something needs you" in as_erin.post(address, {}).content.decode()
    page = as_erin.post(address, {"reason": "not_attended"}, follow=True).content.decode()
    assert "Both lines stay in the record." in page
    assert "They did not take part" in page
    as_erin.post(address, {"reason": "not_attended"})
    assert sorted(place.hours.values_list("minutes", flat=True)) == [-60, 30, 45, 60]
    assert as_erin.get(address).status_code == 404


def test_the_trainee_reads_every_line(
    client: Client, place: Enrolment, written: Written, alice: User
) -> None:
    finish_all(place, written)
    client.force_login(alice)
    page = client.get(at("list-hours", place)).content.decode()
    for words in (
        "Lesson (en)",
        "Live (en)",
        "Counted by Erin",
        "Finished by you: 1 checks answered",
        "Ethical responsibility",
    ):
        assert words in page
    sent = client.get(at("list-hours", place) + "?format=csv")
    assert sent.headers["Content-Disposition"] == 'attachment; filename="hours.csv"'
    rows = list(csv.reader(StringIO(sent.content.decode("utf-8-sig"))))
    assert [(row[0], row[3], row[5]) for row in rows[1:]] == [
        ("1", "Lesson (en)", "30"),
        ("2", "Second (en)", "45"),
        ("3", "Live (en)", "60"),
    ]


def test_no_cell_is_a_formula() -> None:
    assert safe(["=1+1", "+2", "-3", "@x", "\tx", "Lesson = 1", ""]) == [
        "'=1+1", "'+2", "'-3", "'@x", "'\tx", "Lesson = 1", "",
    ]  # fmt: skip


def test_an_empty_record_offers_a_way_out(client: Client, place: Enrolment, alice: User) -> None:
    client.force_login(alice)
    assert "No hours yet" in client.get(at("list-hours", place)).content.decode()
