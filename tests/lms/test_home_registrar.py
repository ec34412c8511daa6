"""The registrar's start page: enrolments, certificates, and what needs a person."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.models import User
from courses.models import ProfileVersion, Release
from jobs.models import State
from tests.lms.makers import NOW, enrolled, make_course
from tests.lms.reading import has, section, table


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


REGISTRAR_QUERIES = 17
