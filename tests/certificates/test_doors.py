"""The holder's, the certifier's and the registrar's pages."""

import csv
import io
from uuid import uuid4

import pytest
from django.core.files.storage import Storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certificates import issuing, rendering
from certificates.models import Certificate, CertificateEvent, CertificateName, Check
from certificates.registry import look_up, note_check
from certificates.reports import harmless
from certificates.standings import CHOICES, Fate, fate_of, narrow, with_fate
from certificates.views.holder import is_elsewhere
from jobs import leases
from jobs.models import OutgoingMail, private_storage
from tests.certificates.conftest import NOW
from tests.factories import make_person

Reason = CertificateEvent.Reason


def said(response):
    return " ".join(response.content.decode().split())


def address(name, certificate):
    return reverse(f"certificates:{name}", args=[certificate.public_id])


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


# --- The holder ------------------------------------------------------------------------------


def test_the_holder_watches_it_being_made(signed_in, alice, certificate):
    client = signed_in(alice)
    text = said(client.get(address("show-certificate", certificate)))
    assert "Your certificate is on its way" in text
    assert certificate.number in text
    assert address("download-pdf", certificate) not in text
    progress = client.get(address("show-progress", certificate)).json()
    assert [(step["stage"], step["state"]) for step in progress["steps"]] == [
        ("earned", "done"),
        ("issued", "done"),
        ("printed", "here"),
        ("ready", ""),
    ]
    assert client.get(address("download-pdf", certificate)).status_code == 404


def test_the_holder_gets_it(signed_in, alice, printed):
    client = signed_in(alice)
    text = said(client.get(address("show-certificate", printed)))
    assert "Your certificate of completion" in text
    assert "Alice Rivera" in text
    progress = client.get(address("show-progress", printed)).json()
    assert (progress["is_ready"], progress["is_stopped"], progress["steps"][2]["state"]) == (
        True,
        False,
        "done",
    )
    response = client.get(address("download-pdf", printed))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{printed.number}.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert response.getvalue().startswith(b"%PDF-1.7")


def test_a_bucket_is_linked_to_and_a_disk_is_read():
    assert is_elsewhere(Storage())
    assert not is_elsewhere(private_storage())


def test_the_mark_changes_with_the_page(signed_in, alice, certificate):
    client = signed_in(alice)
    before = client.get(address("show-progress", certificate)).json()["mark"]
    assert f'data-mark="{before}"' in said(client.get(address("show-certificate", certificate)))
    rendering.render(certificate=certificate, now=NOW)
    assert client.get(address("show-progress", certificate)).json()["mark"] != before


def test_the_way_begins_before_it_is_issued(signed_in, alice, bob, completion):
    url = reverse("follow-certificate", args=[completion.enrolment.public_id])
    client = signed_in(alice)
    assert "Your certificate is on its way" in said(client.get(url))
    certificate = issuing.issue(completion=completion, now=NOW)
    response = client.get(url)
    assert (response.status_code, response["Location"]) == (
        302,
        address("show-certificate", certificate),
    )
    assert signed_in(bob).get(url).status_code == 404
    unfinished = reverse("follow-certificate", args=[uuid4()])
    assert client.get(unfinished).status_code == 404


def test_what_stopped_is_said_without_the_reason_of_the_office(signed_in, alice, certificate):
    token = leases.claim(Certificate.objects.all(), certificate.pk, NOW)
    leases.give_up(certificate, token, error="Inner words")
    text = said(signed_in(alice).get(address("show-certificate", certificate)))
    assert "Your certificate needs a person" in text
    assert "Inner words" not in text


@pytest.mark.parametrize("name", ["show-certificate", "show-progress", "download-pdf"])
def test_a_stranger_finds_nothing(client, signed_in, bob, carl, erin, printed, name):
    for person in (bob, carl, erin):
        assert signed_in(person).get(address(name, printed)).status_code == 404
    assert client.get(address(name, printed)).status_code == 302
    assert signed_in(bob).get(reverse(f"certificates:{name}", args=[uuid4()])).status_code == 404


def test_the_holder_sees_that_it_was_checked_and_that_it_was_revoked(
    signed_in, alice, carl, printed
):
    note_check(certifier=carl, finding=look_up(printed.public_code, NOW), now=NOW)
    issuing.revoke(certificate=printed, by=None, reason=Reason.RECORD_ERROR, note="Secret", now=NOW)
    text = said(signed_in(alice).get(address("show-certificate", printed)))
    assert "A certifying body, on" in text
    assert "Carl" not in text
    assert "An error in our record" in text
    assert "Secret" not in text
    assert 'data-status="revoked"' in text


def test_a_holder_s_page_costs_the_same_with_many_checks(signed_in, alice, carl, printed):
    client, url = signed_in(alice), address("show-certificate", printed)
    one = queries_of(client, url)
    for _ in range(3):
        Check.objects.create(certifier=carl, certificate=printed, outcome="valid", checked_at=NOW)
    assert queries_of(client, url) == one
    assert one <= 12


# --- The certifier ---------------------------------------------------------------------------


def test_a_certifier_sees_their_own_checks(signed_in, carl, certificate):
    other = make_person("Cora Other", role="certifier")
    for person in (carl, other):
        note_check(
            certifier=person, finding=look_up(certificate.public_code, timezone.now()), now=NOW
        )
    note_check(certifier=carl, finding=look_up("0" * 21, NOW), now=NOW)
    client, url = signed_in(carl), reverse("certificates:list-checks")
    text = said(client.get(url))
    assert "2 checks" in text
    assert certificate.number in text
    assert "Not in our records" in text
    assert "1 check<" in said(client.get(url, {"q": certificate.number[-4:]}))
    assert "1 check<" in said(client.get(url, {"outcome": "unknown"}))
    assert "No check fits this" in said(client.get(url, {"q": "PSS-1999"}))
    assert "2 checks" in said(client.get(url, {"outcome": "nonsense"}))


def test_a_certifier_begins_with_an_empty_list(signed_in, carl):
    assert "No checks yet" in said(signed_in(carl).get(reverse("certificates:list-checks")))
    searched = signed_in(carl).get(reverse("certificates:list-checks"), {"q": "\0a\0"})
    assert 'value="a"' in searched.content.decode()


def test_the_list_of_checks_costs_the_same_with_1_and_3_rows(signed_in, carl, certificate):
    client, url = signed_in(carl), reverse("certificates:list-checks")
    counts = []
    for rows in (1, 3):
        while Check.objects.count() < rows:
            Check.objects.create(
                certifier=carl, certificate=certificate, outcome="valid", checked_at=NOW
            )
        counts.append(queries_of(client, url))
    assert counts == [counts[0]] * 2
    assert counts[0] <= 10


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 403), ("erin", 403), ("rita", 403), ("carl", 200)]
)
def test_only_certifiers_have_a_list(signed_in, request, who, status):
    assert (
        signed_in(request.getfixturevalue(who)).get(reverse("certificates:list-checks")).status_code
        == status
    )


# --- The registrar ---------------------------------------------------------------------------


@pytest.fixture
def office(signed_in, rita):
    """Rita's browser, in the editor's admin."""
    return signed_in(rita)


def test_the_office_lists_what_counts(office, make_completion, alice, bob, printed):
    specimen = issuing.issue(completion=make_completion(bob, is_specimen=True), now=NOW)
    text = said(office.get(reverse("certificates_office")))
    assert "Alice Rivera" in text
    assert printed.number in text
    assert specimen.number not in text
    assert office.get(reverse("certificates:list-certificates"), follow=True).status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "rivera"}, True),
        ({"q": "PSS-2025"}, True),
        ({"q": "nobody"}, False),
        ({"status": "valid"}, True),
        ({"status": "revoked"}, False),
        ({"issued_at_from": "2025-12-19", "issued_at_to": "2025-12-19"}, True),
        ({"issued_at_from": "2025-12-20"}, False),
        ({"issued_at_to": "2025-12-18"}, False),
        ({"q": "Rivera", "status": "expired"}, False),
    ],
)
def test_the_office_searches_and_filters(office, printed, query, found):
    text = said(office.get(reverse("certificates_office"), query))
    assert (printed.number in text) is found
    assert ("No certificate fits all of this" in text) is not found
    assert (
        printed.number in said(office.get(reverse("certificates_office_results"), query))
    ) is found


def test_the_office_finds_a_code_and_a_course(office, printed):
    spaced = f"{printed.public_code[:5]} {printed.public_code[5:]}".lower()
    assert printed.number in said(office.get(reverse("certificates_office"), {"q": spaced}))
    course = printed.completion.enrolment.course_id
    assert printed.number in said(office.get(reverse("certificates_office"), {"course": course}))


def test_the_office_begins_with_an_empty_list(office):
    assert "No certificates yet" in said(office.get(reverse("certificates_office")))


def test_the_list_costs_the_same_with_1_and_3_rows(office, make_completion, certificate):
    url, counts = reverse("certificates_office"), []
    for rows in (1, 3):
        for number in range(Certificate.objects.count(), rows):
            issuing.issue(completion=make_completion(make_person(f"P{number} Person")), now=NOW)
        counts.append(queries_of(office, url))
    assert counts == [counts[0]] * 2


def test_the_file_for_the_spreadsheet_starts_no_formula(office, certificate):
    CertificateName.objects.update(name='=HYPERLINK("http://evil.test")')
    response = office.get(reverse("certificates_office"), {"export": "csv"})
    rows = list(csv.reader(io.StringIO(response.getvalue().decode())))
    assert rows[0][:3] == ["Name as printed", "Number", "Training"]
    assert rows[1] == [
        '\'=HYPERLINK("http://evil.test")',
        certificate.number,
        "Peer Support Specialist: core training",
        "4800",
        "2025-12-19",
        "2025-12-19",
        "Being made",
        "",
    ]
    assert office.get(reverse("certificates_office"), {"export": "xlsx"}).status_code == 200


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("Ann", "Ann"),
        (4800, "4800"),
    ],
)
def test_cells_are_harmless(cell, safe):
    assert harmless(cell) == safe


def test_the_record_says_everything_to_the_office(office, printed, rita, carl):
    note_check(certifier=carl, finding=look_up(printed.public_code, timezone.now()), now=NOW)
    issuing.revoke(
        certificate=printed, by=rita, reason=Reason.RECORD_ERROR, note="Hours twice", now=NOW
    )
    text = said(office.get(reverse("certificates_record", args=[printed.public_id])))
    for words in (
        "Alice Rivera",
        printed.number,
        "Hours twice",
        "An error in our record",
        "Rita",
        "Carl",
        "Revoked",
    ):
        assert words in text
    response = office.get(address("show-certificate", printed))
    assert (response.status_code, response["Location"]) == (
        302,
        reverse("certificates_record", args=[printed.public_id]),
    )
    pdf = office.get(address("download-pdf", printed))
    assert pdf.getvalue().startswith(b"%PDF")
    assert office.get(reverse("certificates_record", args=[uuid4()])).status_code == 404


def test_revoking_takes_a_reason_and_a_second_look(office, printed, rita):
    url = reverse("certificates_revoke", args=[printed.public_id])
    assert office.get(url).status_code == 200
    assert "This field is required" in said(office.post(url, {"note": "x"}))
    answers = {"reason": "holder", "note": "By letter"}
    look = said(office.post(url, answers))
    assert "This is what will happen" in look
    assert "Alice Rivera" in look
    assert printed.events.count() == 1
    assert "By letter" in look
    assert "By letter</textarea>" in said(office.post(url, {**answers, "back": "yes"}))
    response = office.post(url, {**answers, "confirmed": "yes"})
    assert (response.status_code, response["Location"]) == (
        302,
        reverse("certificates_record", args=[printed.public_id]),
    )
    event = printed.events.get(kind="revoked")
    assert (event.reason, event.actor, event.note.text) == ("holder", rita, "By letter")
    assert OutgoingMail.objects.count() == 1
    again = said(office.post(url, {**answers, "confirmed": "yes"}, follow=True))
    assert "revoked already" in again
    assert printed.events.count() == 2


def test_what_stopped_is_printed_again(office, certificate):
    token = leases.claim(Certificate.objects.all(), certificate.pk, NOW)
    leases.give_up(certificate, token, error="Out of ink")
    assert "Out of ink" in said(
        office.get(reverse("certificates_record", args=[certificate.public_id]))
    )
    assert "Printing stopped" in said(office.get(reverse("certificates_office")))
    response = office.post(reverse("certificates_again", args=[certificate.public_id]))
    assert response.status_code == 302
    certificate.refresh_from_db()
    assert (certificate.state, certificate.error, certificate.tries) == ("waiting", "", 0)


def test_printing_again_is_never_a_get(office, certificate):
    back = office.get(reverse("certificates_again", args=[certificate.public_id]), follow=True)
    record = reverse("certificates_record", args=[certificate.public_id])
    assert back.redirect_chain == [(record, 302)]
    assert "You were signed out before this was saved." in said(back)


@pytest.mark.parametrize("who", ["alice", "bob", "erin", "carl", "ada"])
@pytest.mark.parametrize(
    "name",
    ["certificates_office", "certificates_record", "certificates_revoke", "certificates_again"],
)
def test_nobody_else_gets_in(signed_in, request, printed, who, name):
    url = reverse(name, args=[] if name == "certificates_office" else [printed.public_id])
    client = signed_in(request.getfixturevalue(who))
    answers = {"reason": "holder", "confirmed": "yes"}
    for response in (client.get(url), client.post(url, answers)):
        assert response.status_code in {302, 403, 404, 405}
        assert printed.number not in response.content.decode()
    assert printed.events.count() == 1


def test_the_fates_in_sql_are_the_fates_in_words(make_completion, alice, bob, printed):
    waiting = issuing.issue(completion=make_completion(bob), now=NOW)
    revoked = issuing.issue(completion=make_completion(make_person("Rene Vargas")), now=NOW)
    issuing.revoke(certificate=revoked, by=None, reason=Reason.HOLDER, now=NOW)
    older = issuing.issue(completion=make_completion(make_person("Olga Nova")), now=NOW)
    issuing.supersede(certificate=older, by=None, now=NOW)
    now = timezone.now()
    rows = with_fate(Certificate.objects.all(), now)
    assert {
        row.number: fate_of(row, now) for row in rows if row in {printed, waiting, revoked, older}
    } == {
        printed.number: Fate.VALID,
        waiting.number: Fate.BEING_MADE,
        revoked.number: Fate.REVOKED,
        older.number: Fate.SUPERSEDED,
    }
    for fate, _ in CHOICES:
        assert set(narrow(rows, fate, now)) == {row for row in rows if fate_of(row, now) == fate}
