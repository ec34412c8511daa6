"""Mail: a row first, sent once, tried again while the server is away, and never holding up who asks."""

import json
import smtplib
from base64 import b64decode
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.core import mail as outgoing
from django.core.mail.backends.base import BaseEmailBackend

from accounts.models import User
from jobs import leases
from jobs.mail import due, is_transient, queue_mail, render_mail, send
from jobs.models import OutgoingMail, State

pytestmark = pytest.mark.django_db

TRANSIENT = [
    smtplib.SMTPServerDisconnected("gone"),
    smtplib.SMTPConnectError(421, b"busy"),
    smtplib.SMTPDataError(451, b"try again"),
    ConnectionRefusedError("refused"),
    TimeoutError("slow"),
]
LASTING = [
    smtplib.SMTPRecipientsRefused({"a@example.test": (550, b"no such box")}),
    smtplib.SMTPDataError(554, b"spam"),
    smtplib.SMTPAuthenticationError(535, b"who are you"),
]


class Failing(BaseEmailBackend):
    """A mail server that answers every mail with the error of the moment."""

    error: Exception = ConnectionRefusedError()

    def send_messages(self, email_messages: Any) -> int:
        raise self.error


def queued(**changed: Any) -> OutgoingMail:
    given = {
        "address": "alice@example.test",
        "subject": "Hello",
        "body": "Open https://x.test/secret",
    }
    return queue_mail(**{**given, **changed})


def test_a_mail_is_sent_once_and_its_words_are_forgotten(now: datetime) -> None:
    row = queued()
    assert send(row.pk, now) is True
    assert send(row.pk, now + timedelta(days=1)) is False
    assert [(m.to, m.subject, m.body) for m in outgoing.outbox] == [
        (["alice@example.test"], "Hello", "Open https://x.test/secret")
    ]
    row.refresh_from_db()
    assert (row.state, row.sent_at, row.body, row.tries) == (State.DONE, now, "", 1)


def test_the_same_cause_is_the_same_mail() -> None:
    first, second = queued(cause="signature-7"), queued(cause="signature-7", subject="Other")
    assert (first, first.subject) == (second, second.subject)
    assert queued() != queued()


def test_a_subject_is_one_line() -> None:
    assert queued(subject="Hello\nBcc: all@example.test\n").subject == "Hello Bcc: all@example.test"


def test_a_mail_that_is_not_there_is_an_error(now: datetime) -> None:
    with pytest.raises(OutgoingMail.DoesNotExist):
        send(404, now)


@pytest.mark.parametrize("error", TRANSIENT, ids=lambda error: type(error).__name__)
def test_a_server_that_is_away_is_tried_again(
    settings: Any, now: datetime, error: Exception
) -> None:
    row = queued()
    settings.EMAIL_BACKEND = "tests.jobs.test_mail.Failing"
    Failing.error = error
    assert is_transient(error)
    assert send(row.pk, now) is False
    row.refresh_from_db()
    assert (row.state, row.tries, row.body != "") == (State.WAITING, 1, True)
    assert due(now, 10) == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    later = now + timedelta(minutes=1)
    assert due(later, 10) == [row.pk]
    assert send(row.pk, later) is True


@pytest.mark.parametrize("error", LASTING, ids=lambda error: type(error).__name__)
def test_what_will_not_get_better_is_not_tried_again(
    settings: Any, now: datetime, error: Exception
) -> None:
    row = queued()
    settings.EMAIL_BACKEND = "tests.jobs.test_mail.Failing"
    Failing.error = error
    assert send(row.pk, now) is False
    row.refresh_from_db()
    assert (row.state, row.tries, type(error).__name__ in row.error) == (State.FAILED, 1, True)
    assert due(now + timedelta(days=1), 10) == []


def test_an_error_of_ours_is_not_swallowed(settings: Any, now: datetime) -> None:
    row = queued()
    settings.EMAIL_BACKEND = "tests.jobs.test_mail.Failing"
    Failing.error = ValueError("a bug")
    with pytest.raises(ValueError, match="a bug"):
        send(row.pk, now)
    # the lease runs out, and the sweeper finds it
    assert due(now + timedelta(hours=1), 10) == [row.pk]


def test_the_sweeper_takes_the_oldest_in_bounded_batches(now: datetime) -> None:
    rows = [queued().pk for _ in range(5)]
    leases.claim(OutgoingMail.objects.all(), rows[0], now)
    assert due(now, 3) == rows[1:4]


def test_a_mail_rings_once_the_transaction_is_over(
    queue: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = queued()
        assert list(queue.iterdir()) == []
    (message,) = queue.iterdir()
    words = json.loads(message.read_text())
    assert words["headers"]["task"] == "jobs.tasks.send_mail"
    assert json.loads(b64decode(words["body"]))[0] == [row.pk]


def test_a_broker_that_is_away_costs_a_line_and_no_more(
    no_broker: None, django_capture_on_commit_callbacks: Any, caplog: Any, now: datetime
) -> None:
    began = monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        row = queued()
    assert monotonic() - began < 2
    (line,) = [record.getMessage() for record in caplog.records if record.name == "jobs.bell"]
    assert line.startswith("The broker is away (")
    assert line.endswith(f"jobs.tasks.send_mail({row.pk},) waits for the sweeper.")
    assert due(now, 10) == [row.pk]


def test_a_mail_speaks_the_persons_language_and_escapes_nothing(alice: User) -> None:
    alice.classroom_name = "Ali & Co <3"
    subject, body = render_mail(
        "invited", {"person": alice, "link": "https://x.test/?a=1&b=2"}, "en"
    )
    assert subject == "You have an account at Peerway"
    assert body.startswith("Hello Ali & Co <3,\n")
    assert "https://x.test/?a=1&b=2" in body
    assert not body.startswith(subject)
