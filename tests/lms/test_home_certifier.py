"""The certifier's start page: their own checks, and nobody else's."""

from datetime import timedelta
from typing import Any

from django.test import Client

from accounts.models import User
from certificates.models import Check
from tests.factories import make_person
from tests.lms.makers import NOW
from tests.lms.reading import section, table


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


CERTIFIER_QUERIES = 12
