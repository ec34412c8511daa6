"""The registrar replaces a certificate: both names, a second look, and both stay on record."""

from collections.abc import Iterator

import pytest
from celery.signals import before_task_publish
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.models import User
from certificates import issuing, tasks
from certificates.models import Certificate, CertificateEvent
from certificates.views.replacing import replace_certificate
from jobs.models import OutgoingMail
from tests.certificates.conftest import NOW


def said(response):
    return " ".join(response.content.decode().split())


def at(name, certificate):
    return reverse(f"certificates_{name}", args=[certificate.public_id])


@pytest.fixture
def office(signed_in, rita):
    """Give the registrar's browser."""
    return signed_in(rita)


@pytest.fixture
def renamed(printed, alice):
    """Alice's certificate, after she has changed her legal name."""
    User.objects.filter(pk=alice.pk).update(legal_name="Alicia  Rivera")
    return printed


@pytest.fixture
def rung() -> Iterator[list[tuple[str, list[int]]]]:
    """Give the tasks that were rung, with their ids."""
    bells: list[tuple[str, list[int]]] = []

    def note(sender: str = "", body: tuple[list[int], ...] = (), **kwargs: object) -> None:
        bells.append((sender, list(body[0])))

    before_task_publish.connect(note)
    yield bells
    before_task_publish.disconnect(note)


def test_both_names_and_what_will_happen_are_shown_first(office, renamed):
    assert at("replace", renamed) in said(office.get(at("record", renamed)))
    for text in (
        said(office.get(at("replace", renamed))),
        said(office.post(at("replace", renamed), {"name": "Alicia Rivera"})),
    ):
        assert "<bdi>Alice Rivera</bdi>" in text
        assert "<bdi>Alicia Rivera</bdi>" in text
        assert "This is what will happen" in text
        assert "The two names are the same" not in text
    assert Certificate.objects.count() == 1


def test_it_is_replaced_printed_and_told(
    client, office, renamed, alice, rita, django_capture_on_commit_callbacks, rung
):
    with django_capture_on_commit_callbacks(execute=True):
        response = office.post(
            at("replace", renamed), {"name": "Alicia Rivera", "confirmed": "yes"}
        )
    newer = Certificate.objects.get(supersedes=renamed)
    assert (response.status_code, response["Location"]) == (302, at("record", newer))
    assert (newer.printed.name, renamed.printed.name) == ("Alicia Rivera", "Alice Rivera")
    assert list(renamed.events.values_list("kind", "actor")) == [
        ("issued", None),
        ("superseded", rita.pk),
    ]
    line = ModelLogEntry.objects.get()
    assert (line.action, line.user, line.data) == (
        issuing.SUPERSEDE_ACTION,
        rita,
        {"newer": newer.number},
    )
    assert rung == [("certificates.tasks.render_certificate", [newer.pk])]
    tasks.render_certificate(newer.pk)
    tasks.announce_certificate(newer.pk)
    tasks.announce_certificate(renamed.pk)
    mail = OutgoingMail.objects.get()
    assert (mail.address, str(newer.public_id) in mail.body) == (alice.email, True)
    assert "Valid" in said(office.get(at("record", newer)))
    old = said(office.get(at("record", renamed)))
    assert newer.number in old
    assert at("replace", renamed) not in old
    found = said(client.get(reverse("verify:show", args=[renamed.public_code])))
    assert "Replaced by a newer certificate" in found


def test_a_second_time_is_refused_in_words(office, renamed):
    answers = {"name": "Alicia Rivera", "confirmed": "yes"}
    office.post(at("replace", renamed), answers)
    again = said(office.post(at("replace", renamed), answers, follow=True))
    assert "There is a newer certificate already." in again
    page = said(office.get(at("replace", renamed)))
    assert "There is a newer certificate already." in page
    assert "Replace it" not in page
    assert Certificate.objects.count() == 2


def test_a_revoked_one_is_refused_in_words(office, renamed):
    issuing.revoke(certificate=renamed, by=None, reason=CertificateEvent.Reason.HOLDER, now=NOW)
    words = "This certificate is revoked. A revoked certificate is not replaced."
    assert words in said(office.get(at("replace", renamed)))
    answers = {"name": "Alicia Rivera", "confirmed": "yes"}
    assert words in said(office.post(at("replace", renamed), answers, follow=True))
    assert Certificate.objects.count() == 1


def test_a_name_that_changed_meanwhile_is_looked_at_again(office, renamed):
    answers = {"name": "Alice Rivera", "confirmed": "yes"}
    text = said(office.post(at("replace", renamed), answers))
    assert "The legal name has changed meanwhile. Please look again." in text
    assert Certificate.objects.count() == 1


def test_the_same_name_and_no_name_are_said(office, printed, alice):
    assert "The two names are the same" in said(office.get(at("replace", printed)))
    User.objects.filter(pk=alice.pk).update(legal_name="")
    text = said(office.get(at("replace", printed)))
    assert "There is no legal name to print yet." in text
    assert "Replace it" not in text
    refused = office.post(at("replace", printed), {"name": "", "confirmed": "yes"}, follow=True)
    assert "There is no legal name to print yet." in said(refused)
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 403), ("carl", 403), ("erin", 200), ("ada", 200)]
)
def test_nobody_else_replaces(signed_in, request, renamed, who, status):
    client = signed_in(request.getfixturevalue(who))
    answers = {"name": "Alicia Rivera", "confirmed": "yes"}
    for answer in (
        client.get(at("replace", renamed), follow=True),
        client.post(at("replace", renamed), answers, follow=True),
    ):
        assert answer.status_code == status
        assert renamed.number not in said(answer)
    assert Certificate.objects.count() == 1


def test_who_may_see_and_not_revoke_is_refused(rf, renamed, erin):
    request = rf.post(at("replace", renamed))
    request.user = erin
    with pytest.raises(PermissionDenied):
        replace_certificate(request, renamed.public_id)
