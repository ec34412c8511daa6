"""From row to file: the lease, the press, the paper."""

import hashlib
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import quote
from uuid import uuid4

import pypdfium2
import pytest
import zxingcpp

from certificates import announcing, issuing, rendering
from certificates.models import Certificate, CertificateEvent, CertificateName
from certificates.printing.press import NotPrintable, one_page, print_sheet, the_press
from certificates.printing.sheet import lay_out
from jobs import leases
from jobs.models import OutgoingMail, State, private_storage
from tests.certificates.conftest import NOW


def file_of(certificate: Certificate) -> bytes:
    with certificate.pdf.open("rb") as file:
        return bytes(file.read())


def text_of(pdf: bytes) -> str:
    """Return the text of the page, lines joined by single spaces."""
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    return " ".join(page.get_text_bounded().split())


def language_of(pdf: bytes) -> str:
    """Return the language that the file says it is written in."""
    document = pypdfium2.PdfDocument(pdf)
    length = pypdfium2.raw.FPDFCatalog_GetLanguage(document, None, 0)
    room = (pypdfium2.raw.FPDF_WCHAR * (length // 2))()
    pypdfium2.raw.FPDFCatalog_GetLanguage(document, room, length)
    return bytes(room).decode("utf-16-le").rstrip("\0")


def read_codes(pdf: bytes) -> list[str]:
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=150 / 72).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_a_certificate_is_printed_once(certificate):
    assert rendering.render(certificate=certificate, now=NOW)
    assert not rendering.render(certificate=certificate, now=NOW)
    certificate.refresh_from_db()
    pdf = file_of(certificate)
    assert (certificate.state, certificate.lease_token, certificate.tries) == (State.DONE, None, 1)
    assert certificate.pdf_sha256 == hashlib.sha256(pdf).hexdigest()
    assert certificate.rendered_at >= NOW
    assert len(pypdfium2.PdfDocument(pdf)) == 1


def test_the_paper_says_every_fact(printed):
    text = text_of(file_of(printed))
    for said in (
        "Certificate of completion",
        "Alice Rivera",
        "Peer Support Specialist: core training, 80 hours",
        "Training hours of 60 minutes, taught in English, ending with an exam that was passed.",
        "Curriculum release 3, laid out for the requirements of Medi-Cal Peer Support Specialist (version 1).",
        "Alder Street Peer Academy",
        "118 Alder Street, Fresno, California",
        "Advocacy 8 5 13",
        "Ethical responsibility 11 h 15 min 6 h 45 min 18",
        "Mentoring and education 16 10 26",
        "Recovery and wellness 13 h 45 min 9 h 15 min 23",
        "All 49 31 80",
        "September 5 to December 19, 2025",
        "CalMHSA, Sample approval 0042",
        "Erin Okafor",
        "Rosalind Achebe",
        "Director of training",
        "Signed for the provider on December 19, 2025",
        printed.number,
        "testserver/verify",
    ):
        assert said in text
    code = printed.public_code
    assert " ".join([code[0:5], code[5:10], code[10:15], code[15:20], code[20]]) in text
    assert "ertified" not in text
    assert "SPECIMEN" not in text


def test_the_qr_code_opens_the_page_of_the_code(printed):
    assert read_codes(file_of(printed)) == [f"http://testserver/verify/{printed.public_code}/"]


def test_a_spanish_certificate(make_completion, alice):
    alice.language = "es"
    alice.save()
    certificate = issuing.issue(completion=make_completion(alice), now=NOW)
    pdf = rendering.pdf_of(certificate)
    text = text_of(pdf)
    for said in (
        "Certificado de finalización",
        "Aquí consta que",
        "completó la capacitación",
        "Especialista en apoyo entre pares: capacitación básica, 80 horas",
        "impartidas en español",
        "del 5 de septiembre al 19 de diciembre de 2025",
        "19 de diciembre de 2025",
        "Responsabilidad ética",
    ):
        assert said in text
    for english in ("Certificate", "December", "hours", "Own pace", "Issued"):
        assert english not in text
    assert "está certificad" not in text
    assert language_of(pdf) == "es"


def test_it_is_tagged_and_says_its_language(printed):
    pdf = file_of(printed)
    document = pypdfium2.PdfDocument(pdf)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
    assert language_of(pdf) == "en"
    assert document.get_metadata_dict()["Title"] == f"Certificate of completion {printed.number}"
    assert document.get_metadata_dict()["CreationDate"].startswith("D:20251219194700")


def test_the_same_facts_print_the_same_text(certificate):
    assert text_of(rendering.pdf_of(certificate)) == text_of(rendering.pdf_of(certificate))


def test_a_specimen_says_so(make_completion, alice):
    specimen = issuing.issue(completion=make_completion(alice, is_specimen=True), now=NOW)
    text = text_of(rendering.pdf_of(specimen))
    assert "SPECIMEN" in text.replace(specimen.number, "")
    assert "It records no training of any person." in text


@pytest.mark.parametrize(
    "name",
    [
        "María Fernanda Vásquez de la O",
        "Nguyễn Văn Minh",
        "Ольга Петровна Іваненко",
        "Ωμέγα Παπαδοπούλου",
        "Maximiliana Konstantinopoulou-Featherstonehaugh Vásquez de la O y Martínez-Etchegaray",
        "W" * 120,
        "O’Brien-d'Angelo <b>& Söhne</b>",
    ],
)
def test_any_name_fits_on_the_one_page(certificate, name):
    names = certificate.printed
    names.name = name
    pdf = rendering.pdf_of(certificate)
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert "".join(name.split()) in "".join(text_of(pdf).split())


def test_the_longest_of_everything_fits_on_the_one_page(certificate):
    facts = certificate.facts
    facts["training"]["title"] = (
        "Especialista en apoyo entre pares: capacitación básica para el trabajo en la comunidad"
    )
    facts["requirements"]["name"] = (
        "Medi-Cal Peer Support Specialist, initial certification under Senate Bill 803"
    )
    facts["provider"] = {
        "name": "The Northern California Regional Peer Recovery Training Institute and Wellness Academy",
        "city": "San Luis Obispo, California",
        "address": "12345 East Martin Luther King Junior Boulevard, Suite 1200, San Luis Obispo, California 93401",
    }
    facts["approvals"] = [
        {
            "certifier": "Oregon Health Authority, Traditional Health Worker Commission",
            "number": "THW-PSS-2025-000123",
        }
    ] * 3
    facts["signatory"]["title"] = "Director of training and professional development"
    certificate.printed.signatory = "Maximiliana Konstantinopoulou-Featherstone"
    certificate.printed.instructors = [
        "María Fernanda Vásquez de la O",
        "Nguyễn Văn Minh",
        "Bartholomew Featherstonehaugh",
    ]
    certificate.printed.name = "Maximiliana Konstantinopoulou-Featherstonehaugh Vásquez de la O y Martínez-Etchegaray de Guadalupe"
    pdf = rendering.pdf_of(certificate)
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert read_codes(pdf) == [f"http://testserver/verify/{certificate.public_code}/"]
    assert "Bartholomew Featherstonehaugh" in text_of(pdf)


def test_what_can_never_fit_is_not_printed_cut_off(certificate):
    certificate.facts["approvals"] = [
        {"certifier": "Somebody", "number": str(n)} for n in range(80)
    ]
    with pytest.raises(NotPrintable):
        rendering.pdf_of(certificate)


def test_a_name_that_our_fonts_lack_stops_with_the_reason(certificate):
    CertificateName.objects.update(name="王小明 🌲")
    fresh = Certificate.objects.get()
    assert not rendering.render(certificate=fresh, now=NOW)
    fresh.refresh_from_db()
    assert fresh.state == State.FAILED
    assert fresh.error.startswith("Our fonts have no letters for: 王 小 明 🌲")
    assert rendering.retry(certificate=fresh, now=NOW)
    assert rendering.waiting(now=NOW, limit=5) == [fresh.pk]
    assert not rendering.retry(certificate=fresh, now=NOW)


@pytest.mark.parametrize("column", ["name", "signatory"])
def test_a_certificate_without_a_name_that_was_removed_is_not_printed(certificate, column):
    CertificateName.objects.update(**{column: ""})
    with pytest.raises(NotPrintable, match="The name was removed"):
        rendering.pdf_of(Certificate.objects.get())


def test_a_worker_that_died_half_way_loses_nothing(certificate):
    dead = leases.claim(Certificate.objects.all(), certificate.pk, NOW)
    assert not rendering.render(certificate=certificate, now=NOW + timedelta(seconds=30))
    assert rendering.waiting(now=NOW + timedelta(seconds=30), limit=5) == []
    later = NOW + timedelta(seconds=300)
    assert rendering.waiting(now=later, limit=5) == [certificate.pk]
    assert rendering.render(certificate=certificate, now=later)
    certificate.refresh_from_db()
    kept = certificate.pdf.name
    assert not rendering.store(certificate, dead, b"%PDF-late", later)
    certificate.refresh_from_db()
    assert certificate.pdf.name == kept
    assert not private_storage().exists(f"certificates/{certificate.public_id}/{dead}.pdf")
    assert certificate.tries == 2


def test_a_storage_that_refuses_is_tried_again(certificate, settings, tmp_path):
    wall = tmp_path / "wall"
    wall.write_text("")
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(wall)},
        }
    }
    assert not rendering.render(certificate=certificate, now=NOW)
    certificate.refresh_from_db()
    assert (certificate.state, certificate.pdf.name) == (State.WAITING, "")
    assert certificate.error in {"NotADirectoryError", "FileExistsError"}
    assert certificate.try_again_at > NOW


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="http://169.254.169.254/latest">',
        '<img src="file:///etc/hostname">',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<style>@font-face { font-family: x; src: url("http://localhost:1/f") } p { font-family: x }</style><p>x</p>',
        '<p style="background: url(ftp://example.org/x)">x</p>',
        '<img src="cert:../../settings.py">',
    ],
)
def test_nothing_is_fetched_that_is_not_on_the_list(markup):
    with pytest.raises(NotPrintable, match="Not on the list"):
        one_page(markup, "x")


def test_a_picture_cannot_fetch_either():
    """WeasyPrint swallows what goes wrong inside a picture, so a trap is what tells."""
    calls = []

    class Trap(BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)

    with HTTPServer(("127.0.0.1", 0), Trap) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        trap = f"http://127.0.0.1:{server.server_port}/x"
        picture = f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image width='9' height='9' href='{trap}'/></svg>"
        one_page(
            f'<html lang="en"><title>x</title><img alt="x" src="data:image/svg+xml,{quote(picture)}">',
            "x",
        )
        server.shutdown()
    assert calls == []


def test_the_press_is_made_once():
    assert the_press() is the_press()


def test_hostile_names_are_letters(certificate):
    signatory = {"name": "<b>R</b>", "title": "Director"}
    facts = {
        **certificate.facts,
        "instructors": ["</dd><img src=x>"],
        "signatory": signatory,
    }
    pdf = print_sheet(
        lay_out(facts, "{{ settings.SECRET_KEY }} {% load x %}"), "http://testserver/"
    )
    assert "{{ settings.SECRET_KEY }} {% load x %}" in text_of(pdf)
    assert "</dd><img src=x>" in text_of(pdf)
    assert "<b>R</b>" in text_of(pdf)


def test_the_holder_is_told_once_with_a_link_and_never_the_file(printed, alice):
    assert announcing.waiting(limit=5) == [printed.pk]
    assert announcing.announce(certificate=printed, now=NOW)
    assert not announcing.announce(certificate=printed, now=NOW)
    mail = OutgoingMail.objects.get()
    assert (mail.address, mail.person, mail.subject) == (
        alice.email,
        alice,
        f"Your certificate of completion is ready: {printed.number}",
    )
    assert f"http://testserver/certificates/{printed.public_id}/" in mail.body
    assert f"http://testserver/verify/{printed.public_code}/" in mail.body
    assert announcing.waiting(limit=5) == []


def test_nobody_is_told_of_what_is_not_printed(certificate):
    assert not announcing.announce(certificate=certificate, now=NOW)
    assert not rendering.store(certificate, uuid4(), b"%PDF", NOW)
    assert OutgoingMail.objects.count() == 0


def test_nobody_is_told_that_a_revoked_one_is_ready(printed):
    issuing.revoke(
        certificate=printed, by=None, reason=CertificateEvent.Reason.RECORD_ERROR, now=NOW
    )
    assert announcing.waiting(limit=5) == []
    assert not announcing.announce(certificate=printed, now=NOW)
    assert OutgoingMail.objects.filter(subject__contains="ready").count() == 0
