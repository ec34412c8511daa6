"""The start pages of registrar, certifier and administrator."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts.models import User
from certificates.models import Certificate, Check
from courses.models import Approval, ProfileVersion, Provider, Release
from jobs.models import Job, OutgoingMail, State
from lms.home import administrator
from lms.home.administrator import Lacks
from tests.factories import make_person
from tests.lms.conftest import NOW, certificate_of, completed, enrolled, make_course
from tests.lms.reading import has, section, table


@pytest.fixture
def show(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[[User], str]:
    """Return a person's start page as it is on November 14, 2026."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)

    def page(person: User) -> str:
        client.force_login(person)
        return client.get("/").content.decode()

    return page


@pytest.fixture
def issue(release: Release, profile: ProfileVersion) -> Callable[..., Certificate]:
    """Return what gives one more trainee a certificate."""

    def one(name: str, number: str, *, release: Release = release, **what: Any) -> Certificate:
        place = enrolled(make_person(name, email=f"{number}@example.test"), release, profile)
        return certificate_of(completed(place), number, name=name, **what)

    return one


def test_the_registrar_counts_certificates_by_status(show: Any, rita: User, issue: Any) -> None:
    issue("Uma Ott", "PW-1")
    issue("Vic Poe", "PW-2", events=[("revoked", "record_error")])
    issue("Wes Quill", "PW-3", events=[("superseded", "")])
    issue("Xan Reed", "PW-4", valid_until=date(2026, 11, 13))
    issue("Yan Sol", "PW-5", valid_until=date(2026, 11, 14))
    issue("Zed Tam", "PW-6", events=[("superseded", ""), ("revoked", "holder")])
    page = show(rita)
    assert section(page, "certificates-h").startswith("Certificates 2 valid")
    assert table(page, "certificates-h")[:5] == [
        ["Valid", "2"],
        ["Expired", "1"],
        ["Replaced by a newer one", "1"],
        ["Revoked", "2"],
        ["All that were issued", "6"],
    ]


def test_the_registrar_sees_the_months_as_numbers_too(show: Any, rita: User, issue: Any) -> None:
    issue("Uma Ott", "PW-1", at=datetime(2026, 11, 1, 5, tzinfo=UTC))  # October 31 in California
    issue("Vic Poe", "PW-2", at=datetime(2026, 11, 2, tzinfo=UTC))
    issue("Wes Quill", "PW-3", at=datetime(2025, 11, 2, tzinfo=UTC))  # longer ago than a year
    rows = table(show(rita), "certificates-h")[5:]
    assert [rows[0], rows[1], *rows[-4:]] == [
        ["Month", "Certificates"],
        ["December 2025", "0"],
        ["September 2026", "0"],
        ["October 2026", "1"],
        ["November 2026", "1"],
        ["All 12 months", "2"],
    ]


def test_the_registrar_meets_what_stopped_first(show: Any, rita: User, issue: Any) -> None:
    issue("Uma Ott", "PW-1", state=State.WAITING)
    stopped = issue("Vic Poe", "PW-2", state=State.FAILED, tries=5, error="No space left.")
    issue("Wes Quill", "PW-3")
    page = show(rita)
    assert section(page, "next-h") == (
        "Your next step 1 certificate could not be made The record is safe and can be checked by its "
        "code. Only the PDF is missing. Look at the reason below. See all certificates"
    )
    assert table(page, "waiting-h") == [
        ["Name", "Number", "Issued", "PDF"],
        ["Vic Poe", "PW-2", "November 12", "Stopped Tried 5 times. No space left."],
        ["Uma Ott", "PW-1", "November 12", "Waiting"],
    ]
    assert f'href="/admin/certificates/{stopped.public_id}/"' in page


def test_the_registrar_reads_what_happened_last(show: Any, rita: User, issue: Any) -> None:
    issue("Uma Ott", "PW-1", at=NOW - timedelta(days=4))
    issue("Vic Poe", "PW-2", events=[("revoked", "record_error")])
    page = show(rita)
    assert table(page, "latest-h") == [
        ["Name", "Number", "Day", "What happened"],
        ["Vic Poe", "PW-2", "November 12", "Revoked An error in our record"],
        ["Vic Poe", "PW-2", "November 12", "Issued"],
        ["Uma Ott", "PW-1", "November 10", "Issued"],
    ]
    assert not has(page, "waiting-h")


def test_the_registrar_counts_enrolments_by_credential(
    show: Any, rita: User, alice: User, release: Release, profile: ProfileVersion, issue: Any
) -> None:
    issue("Uma Ott", "PW-1")
    enrolled(alice, release, profile)
    assert table(show(rita), "places-h") == [
        ["For", "Study", "Completed"],
        ["The Body: peer support", "1", "1"],
    ]


def test_a_specimen_counts_nowhere(show: Any, rita: User, issue: Any) -> None:
    specimen = make_course("smoke", "Smoke", is_specimen=True)
    issue("Uma Ott", "PW-1", release=specimen, state=State.FAILED, events=[("revoked", "specimen")])
    page = show(rita)
    assert "PW-1" not in page
    assert section(page, "places-h") == "Enrolments Nobody is enrolled yet."
    assert section(page, "latest-h") == (
        "Lately No certificate yet The first one is issued by itself when a trainee has met everything. "
        "It will show up here."
    )


def test_the_registrar_queries_do_not_grow(
    show: Any, rita: User, issue: Any, django_assert_num_queries: Any
) -> None:
    issue("Uma Ott", "PW-1", state=State.FAILED)
    show(rita)
    with django_assert_num_queries(REGISTRAR_QUERIES):
        show(rita)
    for number in (2, 3):
        issue(f"More {number}", f"PW-{number}", state=State.WAITING, events=[("revoked", "holder")])
    with django_assert_num_queries(REGISTRAR_QUERIES):
        show(rita)


def test_the_certifier_sees_own_checks_and_no_others(show: Any, carl: User, issue: Any) -> None:
    certificate = issue("Uma Ott", "PW-1")
    other = make_person("Cora Certifier", role="certifier")
    Check.objects.create(
        certifier=carl, certificate=None, outcome="unknown", checked_at=NOW - timedelta(days=9)
    )
    Check.objects.create(certifier=carl, certificate=certificate, outcome="valid", checked_at=NOW)
    page = show(carl)
    assert table(page, "checks-h") == [
        ["Certificate", "Asked", "Our answer then"],
        ["PW-1", "November 14 at 12:00 PM", "Valid"],
        ["No certificate of ours", "November 5 at 12:00 PM", "Not found"],
    ]
    assert "Uma" not in page
    assert f'href="/verify/{certificate.public_code}/"' in page
    assert section(show(other), "checks-h") == (
        "What you asked before No checks yet The first one will show up here. Only you see what you asked."
    )


def test_the_certifier_asks_about_a_code_without_javascript(
    client: Client, show: Any, carl: User
) -> None:
    form = show(carl).split('action="/verify/"')[1].split("</form>")[0]
    assert 'name="code"' in form
    assert client.get("/verify/", {"code": "no code"}).status_code == 200


def test_the_certifier_reads_what_the_answers_mean(show: Any, carl: User) -> None:
    assert section(show(carl), "meanings-h") == (
        "What the answers mean Valid We issued it, and it stands today. Expired It was right when "
        "issued. Its last day is over. Replaced by a newer one A newer one exists, for example with a "
        "corrected name. Ask the holder for it. Revoked It no longer holds. The page says since when and "
        "for what kind of reason. Not found We have no certificate with this code. It may be a typing "
        "slip. A certificate says that a training was completed. Who may practice is your word."
    )


def test_the_certifier_queries_do_not_grow(
    show: Any, carl: User, issue: Any, django_assert_num_queries: Any
) -> None:
    for number in (1, 2, 3):
        certificate = issue(f"More {number}", f"PW-{number}")
        Check.objects.create(
            certifier=carl, certificate=certificate, outcome="valid", checked_at=NOW
        )
        if number == 2:
            continue
        show(carl)
        with django_assert_num_queries(CERTIFIER_QUERIES):
            show(carl)


def test_the_administrator_counts_people_by_their_highest_role(
    show: Any, ada: User, alice: User, bob: User, erin: User, rita: User
) -> None:
    User.objects.filter(pk=bob.pk).update(is_active=False)
    rita.groups.add(erin.groups.get())
    assert table(show(ada), "people-h") == [
        ["Role", "How many"],
        ["Trainee", "1"],
        ["Instructor", "1"],
        ["Certifier", "0"],
        ["Registrar", "1"],
        ["Administrator", "1"],
    ]


def test_the_administrator_meets_what_is_missing_first(show: Any, ada: User) -> None:
    Provider.objects.all().delete()
    page = show(ada)
    assert section(page, "next-h").startswith(
        "Your next step Complete what is printed on certificates Something about the provider is missing, "
        "or an approval is over. The list is below. Open the provider"
    )
    assert section(page, "provider-h") == (
        "What is printed about the provider Name Missing Address Missing Who signs Missing Help from a "
        "person Missing Approvals No approval is valid today. Open the provider"
    )


def test_the_administrator_is_asked_for_a_second_step(show: Any, ada: User, rita: User) -> None:
    complete_provider()
    page = show(ada)
    assert section(page, "next-h").startswith(
        "Your next step Protect your account with a second step"
    )
    assert section(page, "second-h") == (
        "2 people with a role have no second step It is not required here. The setting "
        "SECOND_FACTOR_REQUIRED turns that on."
    )
    for person in (ada, rita):
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    page = show(ada)
    assert section(page, "next-h").startswith("Your next step Nothing waits for you")
    assert not has(page, "second-h")


def test_the_administrator_hears_of_work_that_stopped(show: Any, ada: User) -> None:
    Job.objects.create(kind="export", owner=ada, state=State.FAILED)
    OutgoingMail.objects.create(
        address="a@example.test", subject="Hello", body="", state=State.FAILED
    )
    OutgoingMail.objects.create(address="b@example.test", subject="Hello", body="")
    assert section(show(ada), "stopped-h") == (
        "Some work stopped 1 mail could not be sent. 1 piece of long work ended with an error. See long work"
    )


def test_what_the_provider_lacks() -> None:
    today = date(2026, 11, 14)

    def approval(first: date, last: date | None) -> Approval:
        return Approval(certifier="Body", number="1", valid_from=first, valid_until=last)

    over = approval(date(2025, 1, 1), date(2026, 11, 13))
    ending = approval(date(2025, 1, 1), date(2026, 12, 1))
    lasting = approval(date(2025, 1, 1), None)
    to_come = approval(date(2027, 1, 1), None)
    provider = Provider(
        name="Alder", street="1 A St", city="Fresno", signatory_name="R", contact_phone="1"
    )
    assert administrator.lacks(provider, [over, ending, lasting, to_come], today) == Lacks(
        fields=("signatory_title",),
        expired=(over,),
        expiring=(ending,),
        standing=(lasting,),
        has_valid_approval=True,
    )
    assert not administrator.lacks(provider, [over, to_come], today).has_valid_approval


def complete_provider() -> None:
    provider = Provider.load()
    provider.name, provider.street, provider.city = "Alder", "1 Alder Street", "Fresno"
    provider.contact_email, provider.signatory_name, provider.signatory_title = (
        "a@b.test",
        "R. A.",
        "Director",
    )
    provider.approvals = [Approval(certifier="Body", number="1", valid_from=date(2025, 1, 1))]
    provider.save()


def test_the_administrator_queries_do_not_grow(
    show: Any, ada: User, alice: User, rita: User, django_assert_num_queries: Any
) -> None:
    show(ada)
    with django_assert_num_queries(ADMINISTRATOR_QUERIES):
        show(ada)
    make_person("Ina Staff", role="instructor")
    make_person("Ira Staff", role="registrar", email="ira@example.test")
    complete_provider()
    with django_assert_num_queries(ADMINISTRATOR_QUERIES):
        show(ada)


def test_who_is_not_signed_in_is_led_to_the_courses(client: Client, db: None) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/")


REGISTRAR_QUERIES = 17
CERTIFIER_QUERIES = 12
ADMINISTRATOR_QUERIES = 19
