"""What a stranger is told about a code."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.fingerprints import fingerprint
from certificates import issuing, limits, numbering, registry
from certificates.models import Certificate, CertificateEvent, CertificateName, Check
from certificates.status import Status
from tests.certificates.conftest import NOW

Reason = CertificateEvent.Reason


def page(client, code, **query):
    return client.get(reverse("verify:show", args=[code]), query)


def said(response):
    """Return what the page says, its white space made single."""
    return " ".join(response.content.decode().split())


def unknown_code():
    return numbering.new_code()


@pytest.fixture(params=["en", "es"])
def reader(request, client):
    """A stranger who reads in one language or the other."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = request.param
    return client


def test_valid(reader, certificate):
    response = page(reader, certificate.public_code)
    text = said(response)
    assert response.status_code == 200
    assert 'data-status="valid"' in text
    for fact in (
        certificate.number,
        "Peer Support Specialist: core training",
        "Alder Street Peer Academy, 118 Alder Street, Fresno, California",
        "CalMHSA, Sample approval 0042",
        "Ethical responsibility",
        "11 h 15 min",
        "A···· R····",
    ):
        assert fact in text
    assert "SPECIMEN" not in text


@pytest.mark.parametrize(
    "spoil",
    [lambda c: c.lower(), lambda c: "-".join(numbering.group(c)), lambda c: c.replace("0", "O")],
)
def test_a_code_is_read_however_it_is_typed(client, certificate, spoil):
    assert 'data-status="valid"' in said(page(client, spoil(certificate.public_code)))


def test_revoked_says_the_day_and_the_public_reason_only(reader, certificate, rita):
    issuing.revoke(
        certificate=certificate,
        by=rita,
        reason=Reason.INTEGRITY,
        note="Secret words",
        now=NOW + timedelta(days=1),
    )
    response = page(reader, certificate.public_code)
    text = said(response)
    assert response.status_code == 200
    assert 'data-status="revoked"' in text
    with translation.override(reader.defaults["HTTP_ACCEPT_LANGUAGE"]):
        assert str(Reason.INTEGRITY.label) in text
    assert "Secret" not in text
    assert "Rita" not in text
    assert certificate.number in text


def test_superseded_says_only_that_there_is_a_newer_one(reader, certificate):
    newer = issuing.supersede(certificate=certificate, by=None, now=NOW)
    text = said(page(reader, certificate.public_code))
    assert 'data-status="superseded"' in text
    assert newer.number not in text
    assert newer.public_code not in text
    assert newer.public_code[:5] not in text
    assert 'data-status="valid"' in said(page(reader, newer.public_code))


def test_expired(reader, completion):
    """No certificate of today's rules expires, so this one is written as a later rule will."""
    certificate = issuing.issue(completion=completion, now=NOW)
    facts = {**certificate.facts, "valid_until": "2025-12-20", "code": "x"}
    code = unknown_code()
    old = Certificate.objects.create(
        public_code=code,
        number="PSS-2025-000999",
        completion=completion,
        supersedes=certificate,
        language="en",
        facts=facts,
        facts_sha256=fingerprint(facts),
        issued_at=NOW,
        valid_until=date(2025, 12, 20),
    )
    CertificateName.objects.create(
        certificate=old, name="Alice Rivera", salt=certificate.printed.salt
    )
    CertificateEvent.objects.create(
        certificate=old, kind="issued", effective_at=NOW, recorded_at=NOW
    )
    assert registry.look_up(code, NOW).status is Status.VALID
    assert registry.look_up(code, datetime(2025, 12, 21, 7, 59, tzinfo=UTC)).status is Status.VALID
    assert registry.look_up(code, datetime(2025, 12, 21, 8, 0, tzinfo=UTC)).status is Status.EXPIRED


def test_unknown(reader, certificate):
    response = page(reader, unknown_code())
    assert response.status_code == 404
    assert 'data-status="unknown"' in said(response)


@pytest.mark.parametrize(
    "typed", ["ABC", "0" * 20 + "1", "<script>alert(1)</script>", "7K3QD-9VXR2-M4HTB-W8ECN-U"]
)
def test_malformed_is_not_unknown(reader, certificate, typed):
    response = page(reader, typed.replace("/", ""))
    assert response.status_code == 404
    assert 'data-status="malformed"' in said(response)
    assert "<script>alert" not in said(response)


def test_a_specimen_says_so(reader, make_completion, alice):
    specimen = issuing.issue(completion=make_completion(alice, is_specimen=True), now=NOW)
    text = said(page(reader, specimen.public_code))
    assert 'data-status="valid"' in text
    assert "SPECIMEN" in text.replace(specimen.number, "")


def test_a_record_that_does_not_fit_its_hash_is_not_vouched_for(reader, certificate):
    CertificateName.objects.update(name="Mallory Rivera")
    response = page(reader, certificate.public_code)
    text = said(response)
    assert response.status_code == 200
    assert 'data-status="cannot_say"' in text
    assert certificate.number not in text
    assert "M····" not in text


def test_a_removed_name_leaves_the_record(client, certificate):
    CertificateName.objects.update(name="", instructors=[])
    text = said(page(client, certificate.public_code))
    assert 'data-status="valid"' in text
    assert "The name was removed from our records." in text
    finding = registry.look_up(certificate.public_code, NOW)
    assert registry.compare_name(finding, "Alice  Rivera") == "exact"
    assert registry.compare_name(finding, "Alice Rivers") == "no"


@pytest.mark.parametrize("status", ["valid", "revoked", "superseded"])
def test_no_page_gives_the_name_away(client, certificate, status):
    if status == "revoked":
        issuing.revoke(certificate=certificate, by=None, reason=Reason.HOLDER, now=NOW)
    if status == "superseded":
        issuing.supersede(certificate=certificate, by=None, now=NOW)
    response = page(client, certificate.public_code)
    assert "Alice" not in said(response)
    assert "Rivera" not in said(response)
    assert "example.test" not in said(response)
    assert "Erin" not in said(response)


def test_the_pages_stay_out_of_search_engines_and_of_other_sites_logs(client, certificate):
    for response in (
        client.get(reverse("verify:start")),
        page(client, certificate.public_code),
        page(client, unknown_code()),
        page(client, "x"),
    ):
        assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert response["Referrer-Policy"] == "same-origin"
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies.get("sessionid")


def test_known_and_unknown_cost_the_same_queries(client, certificate):
    counts = []
    for code in (certificate.public_code, unknown_code()):
        page(client, code)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, code)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 6


def test_the_form_leads_to_the_code_or_says_what_is_wrong(client, certificate):
    start = reverse("verify:start")
    spaced = " ".join(numbering.group(certificate.public_code)).lower()
    response = client.get(start, {"code": spaced})
    assert (response.status_code, response["Location"]) == (
        302,
        reverse("verify:show", args=[certificate.public_code]),
    )
    assert client.get(start).status_code == 200
    wrong = client.get(
        start,
        {
            "code": certificate.public_code[:-1]
            + ("1" if certificate.public_code[-1] == "0" else "0")
        },
    )
    assert wrong.status_code == 200
    assert 'id="id_code_error"' in said(wrong)
    assert said(client.get(start, {"code": ""})).count("Please type the code") == 2


@pytest.mark.parametrize(
    ("typed", "match", "words"),
    [
        ("alice RIVERA", "exact", "It matches."),
        ("Rivera, Alíce", "close", "It is close."),
        ("Alice Moreno", "no", "It does not match."),
    ],
)
def test_a_typed_name_is_answered_and_forgotten(client, certificate, typed, match, words):
    response = client.post(reverse("verify:show", args=[certificate.public_code]), {"name": typed})
    assert response.status_code == 302
    assert "live" not in response["Location"].split("?")[0].replace(certificate.public_code, "")
    answer = parse_qs(urlsplit(response["Location"]).query)["answer"][0]
    assert signing.loads(answer, salt="certificates.name-match") == [certificate.public_code, match]
    text = said(client.get(response["Location"]))
    assert words in text
    assert "Rivera" not in text


def test_an_answer_cannot_be_forged_or_carried_over(client, certificate):
    for answer in (
        "exact",
        signing.dumps(["other", "exact"], salt="certificates.name-match"),
        signing.dumps([certificate.public_code, "exact"]),
    ):
        text = said(page(client, certificate.public_code, answer=answer))
        assert "It matches." not in text


def test_an_empty_name_is_asked_for_again(client, certificate):
    response = client.post(reverse("verify:show", args=[certificate.public_code]), {"name": " "})
    assert response.status_code == 200
    assert 'id="id_name_error"' in said(response)


def test_a_name_is_not_compared_for_a_code_we_do_not_know(client, certificate):
    assert (
        client.post(
            reverse("verify:show", args=[unknown_code()]), {"name": "Alice Rivera"}
        ).status_code
        == 404
    )


def test_names_cannot_be_guessed_for_long(client, certificate):
    address = reverse("verify:show", args=[certificate.public_code])
    statuses = [client.post(address, {"name": f"Alice {n}"}).status_code for n in range(12)]
    assert statuses == [302] * limits.NAMES.times + [429] * 2
    response = client.post(address, {"name": "Alice Rivera"})
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 300
    assert client.get(address).status_code == 200


def test_codes_cannot_be_guessed_for_long_but_another_network_goes_on(client, certificate):
    statuses = [page(client, unknown_code()).status_code for _ in range(22)]
    assert statuses == [404] * limits.MISSES.times + [429] * 2
    assert page(client, certificate.public_code).status_code == 429
    elsewhere = client.get(
        reverse("verify:show", args=[certificate.public_code]), REMOTE_ADDR="203.0.113.9"
    )
    assert elsewhere.status_code == 200


def test_the_window_ends():
    at = datetime(2025, 12, 19, 12, 0, 1, tzinfo=UTC)
    assert [limits.take(limits.NAMES, "x", at) for _ in range(11)] == [True] * 10 + [False]
    assert limits.is_spent(limits.NAMES, "x", at)
    assert limits.take(limits.NAMES, "x", at + timedelta(minutes=5))
    assert limits.seconds_left(at) == 299


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unix:", "unix:"),
    ],
)
def test_a_client_is_known_by_its_network(address, known):
    assert limits.network_of(address) == known


def test_a_certifier_s_look_ups_are_kept(signed_in, carl, certificate):
    client = signed_in(carl)
    page(client, certificate.public_code)
    page(client, certificate.public_code)
    page(client, unknown_code())
    client.post(reverse("verify:show", args=[certificate.public_code]), {"name": "Alice Rivera"})
    assert list(
        Check.objects.order_by("pk").values_list("certifier", "certificate", "outcome", "match")
    ) == [
        (carl.pk, certificate.pk, "valid", ""),
        (carl.pk, None, "unknown", ""),
        (carl.pk, certificate.pk, "valid", "exact"),
    ]


@pytest.mark.parametrize("who", [None, "bob", "rita"])
def test_nobody_else_s_are(client, signed_in, request, certificate, who):
    reader = signed_in(request.getfixturevalue(who)) if who else client
    page(reader, certificate.public_code)
    assert Check.objects.count() == 0


def test_only_gets_and_posts(client, certificate):
    assert client.put(reverse("verify:show", args=[certificate.public_code])).status_code == 405
    assert client.post(reverse("verify:start")).status_code == 405
    assert Certificate.objects.count() == 1
