"""One certificate a completion, for ever."""

import json
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from wagtail.models import ModelLogEntry

from accounts.fingerprints import fingerprint, salted
from certificates import issuing, numbering
from certificates.issuing import Refused
from certificates.models import Certificate, CertificateEvent, CertificateName, CertificateNote
from certificates.registry import is_whole
from courses.models import Provider
from jobs.models import OutgoingMail
from tests.certificates.conftest import NOW

Reason = CertificateEvent.Reason


def test_what_is_printed_is_frozen(certificate, completion, alice, erin):
    facts = certificate.facts
    assert certificate.number == facts["number"] == "PSS-2025-000001"
    assert numbering.read(certificate.public_code).is_well_formed
    assert (certificate.language, certificate.is_specimen, certificate.issued_at) == (
        "en",
        False,
        NOW,
    )
    assert certificate.facts_sha256 == fingerprint(facts)
    assert facts["training"]["title"] == "Peer Support Specialist: core training"
    assert facts["minutes"] == {"total": 4800, "live": 2940, "self_paced": 1860}
    assert [(d["name"], d["live"], d["self_paced"], d["total"]) for d in facts["domains"]] == [
        ("Advocacy", 480, 300, 780),
        ("Ethical responsibility", 675, 405, 1080),
        ("Mentoring and education", 960, 600, 1560),
        ("Recovery and wellness", 825, 555, 1380),
    ]
    assert (
        facts["first_on"],
        facts["last_on"],
        facts["completed_on"],
        facts["issued_on"],
        facts["exam_passed_on"],
    ) == (
        "2025-09-05",
        "2025-12-19",
        "2025-12-19",
        "2025-12-19",
        "2025-12-19",
    )
    assert facts["provider"] == {
        "name": "Alder Street Peer Academy",
        "city": "Fresno, California",
        "address": "118 Alder Street, Fresno, California",
    }
    assert facts["approvals"] == [{"certifier": "CalMHSA", "number": "Sample approval 0042"}]
    assert facts["signatory"] == {
        "name_sha256": salted("Rosalind Achebe", certificate.printed.salt),
        "title": "Director of training",
    }
    assert certificate.printed.signatory == "Rosalind Achebe"
    assert facts["completion_sha256"] == completion.sha256
    assert facts["verify_address"] == "testserver/verify"
    assert certificate.printed.instructors == ["Erin Okafor"]
    assert list(certificate.events.values_list("kind", "actor", "effective_at")) == [
        ("issued", None, NOW)
    ]


def test_the_frozen_facts_hold_no_name_but_prove_it(certificate):
    stored = json.dumps(certificate.facts)
    assert "Alice" not in stored
    assert "Rivera" not in stored
    assert "Okafor" not in stored
    assert "Achebe" not in stored
    assert certificate.facts["holder"]["name_sha256"] == salted(
        "Alice Rivera", certificate.printed.salt
    )


def test_minutes_of_no_domain_are_not_hidden(make_completion, alice):
    minutes = {
        "total": 120,
        "by_mode": {"live": 60, "self_paced": 60},
        "by_tag": {"icrc": {"adv": {"total": 45, "live": 0, "self_paced": 45}}},
    }
    facts = issuing.issue(completion=make_completion(alice, minutes=minutes), now=NOW).facts
    assert [(d["name"], d["total"], d["live"], d["self_paced"]) for d in facts["domains"]] == [
        ("Advocacy", 45, 0, 45),
        ("No domain", 75, 60, 15),
    ]


def test_a_second_call_finds_the_first(certificate, completion):
    assert issuing.issue(completion=completion, now=NOW + timedelta(days=1)) == certificate
    assert Certificate.objects.count() == 1
    assert CertificateEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_issue_one(completion):
    start, issued = Barrier(4), []

    def issue():
        try:
            start.wait()
            issued.append(issuing.issue(completion=completion, now=NOW).number)
        finally:
            connection.close()

    workers = [Thread(target=issue) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert issued == ["PSS-2025-000001"] * 4
    assert Certificate.objects.count() == 1


def test_the_database_allows_one_first_certificate(certificate):
    certificate.pk, certificate.public_code, certificate.number = None, "x", "y"
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save(force_insert=True)


def test_numbers_run_without_gaps_and_specimens_have_their_own(make_completion, alice, bob):
    one = issuing.issue(completion=make_completion(alice), now=NOW)
    trial = issuing.issue(completion=make_completion(alice, is_specimen=True), now=NOW)
    two = issuing.issue(completion=make_completion(bob), now=NOW)
    assert [one.number, trial.number, two.number] == [
        "PSS-2025-000001",
        "SPECIMEN-2025-000001",
        "PSS-2025-000002",
    ]
    assert [one.is_specimen, trial.is_specimen] == [False, True]
    assert set(Certificate.objects.counted()) == {one, two}


def test_the_year_of_a_number_is_the_office_s(make_completion, alice):
    at = NOW.replace(year=2026, month=1, day=1, hour=3)  # still 31 December in California
    certificate = issuing.issue(completion=make_completion(alice, at=at), now=at)
    assert certificate.number == "PSS-2025-000001"
    assert certificate.facts["issued_on"] == "2025-12-31"


def test_without_a_name_nothing_is_issued(make_completion, alice):
    completion = make_completion(alice)
    type(alice).objects.filter(pk=alice.pk).update(legal_name=" ")
    with pytest.raises(Refused):
        issuing.issue(completion=completion, now=NOW)
    assert Certificate.objects.count() == 0


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("public_code", "X"),
        ("number", "X"),
        ("facts", {}),
        ("facts_sha256", "x"),
        ("language", "es"),
        ("is_specimen", True),
        ("valid_until", date(2030, 1, 1)),
        ("issued_at", NOW + timedelta(days=1)),
    ],
)
def test_the_database_refuses_to_change_what_is_frozen(certificate, column, value):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(**{column: value})


def test_the_database_refuses_to_delete(certificate):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM certificates_certificateevent")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE certificates_certificateevent SET kind = 'revoked', reason = 'holder'"
        )


def test_revoking_leaves_an_event_a_note_a_line_and_a_mail(certificate, rita, alice):
    event = issuing.revoke(
        certificate=certificate, by=rita, reason=Reason.RECORD_ERROR, note=" Hours twice. ", now=NOW
    )
    assert (event.kind, event.reason, event.actor, event.effective_at) == (
        "revoked",
        "record_error",
        rita,
        NOW,
    )
    assert CertificateNote.objects.get().text == "Hours twice."
    line = ModelLogEntry.objects.get()
    assert (line.action, line.user, line.label, line.data) == (
        "certificates.revoke",
        rita,
        certificate.number,
        {"reason": "record_error"},
    )
    mail = OutgoingMail.objects.get()
    assert mail.address == alice.email
    assert "An error in our record" in mail.body
    assert "Hours twice" not in mail.body


def test_a_certificate_is_revoked_once_and_with_a_reason(certificate, rita):
    with pytest.raises(Refused):
        issuing.revoke(certificate=certificate, by=rita, reason="", now=NOW)
    with pytest.raises(Refused):
        issuing.revoke(certificate=certificate, by=rita, reason="whim", now=NOW)
    issuing.revoke(certificate=certificate, by=rita, reason=Reason.HOLDER, now=NOW)
    with pytest.raises(Refused):
        issuing.revoke(certificate=certificate, by=rita, reason=Reason.HOLDER, now=NOW)
    assert certificate.events.count() == 2


def test_a_revoked_specimen_writes_to_nobody(make_completion, alice):
    specimen = issuing.issue(completion=make_completion(alice, is_specimen=True), now=NOW)
    issuing.revoke(certificate=specimen, by=None, reason=Reason.SPECIMEN, now=NOW)
    assert OutgoingMail.objects.count() == 0


def test_a_corrected_name_supersedes(certificate, completion, alice, rita):
    type(alice).objects.filter(pk=alice.pk).update(legal_name="Alicia Rivera")
    newer = issuing.supersede(certificate=certificate, by=rita, now=NOW)
    assert (newer.number, newer.supersedes, newer.printed.name) == (
        "PSS-2025-000002",
        certificate,
        "Alicia Rivera",
    )
    assert certificate.printed.name == "Alice Rivera"
    assert list(certificate.events.values_list("kind", flat=True)) == ["issued", "superseded"]
    assert issuing.issue(completion=completion, now=NOW) == newer
    with pytest.raises(Refused):
        issuing.supersede(certificate=certificate, by=rita, now=NOW)


def test_a_redacted_name_leaves_a_whole_record(certificate):
    assert is_whole(certificate)
    CertificateName.objects.update(name="", instructors=[], signatory="")
    assert is_whole(Certificate.objects.get())
    CertificateName.objects.update(name="Mallory Rivera")
    assert not is_whole(Certificate.objects.get())
    CertificateName.objects.update(name="", signatory="Mallory Achebe")
    assert not is_whole(Certificate.objects.get())


def test_who_signs_is_who_signs_on_the_day(make_completion, bob, certificate, rita):
    Provider.objects.update(signatory_name=" Noor  Haddad", signatory_title="Registrar")
    newer = issuing.supersede(certificate=certificate, by=rita, now=NOW)
    assert (newer.printed.signatory, newer.facts["signatory"]["title"]) == (
        "Noor Haddad",
        "Registrar",
    )
    completion = make_completion(bob)
    Provider.objects.update(signatory_name="", signatory_title="")
    unsigned = issuing.issue(completion=completion, now=NOW)
    assert unsigned.facts["signatory"] == {"name_sha256": "", "title": ""}
    assert is_whole(unsigned)
    CertificateName.objects.filter(certificate=unsigned).update(signatory="Mallory Achebe")
    assert not is_whole(Certificate.objects.get(pk=unsigned.pk))


def test_the_sweeper_finds_what_was_not_issued(make_completion, alice, bob):
    one, two = make_completion(alice), make_completion(bob)
    assert issuing.waiting(limit=10) == [two.pk, one.pk]
    assert issuing.waiting(limit=1) == [two.pk]
    issuing.issue(completion=two, now=NOW)
    assert issuing.waiting(limit=10) == [one.pk]
