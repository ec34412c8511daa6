"""The bells: each calls one action, and the sweeper finds what nobody heard."""

from collections.abc import Callable, Iterator

import pytest
from celery.signals import before_task_publish

from certificates import tasks
from certificates.models import Certificate
from courses.models import Completion
from jobs.models import OutgoingMail, State


@pytest.fixture
def rung() -> Iterator[Callable[[], list[str]]]:
    """Give the names of the tasks that were rung since it was asked last."""
    names: list[str] = []

    def note(sender: str = "", **kwargs: object) -> None:
        names.append(sender.rpartition(".")[2])

    def take() -> list[str]:
        found, names[:] = sorted(names), []
        return found

    before_task_publish.connect(note)
    yield take
    before_task_publish.disconnect(note)


def test_from_completion_to_mail_each_bell_once_or_twice(completion, alice):
    for _ in range(2):
        tasks.issue_certificate(completion.pk)
    certificate = Certificate.objects.get()
    for _ in range(2):
        tasks.render_certificate(certificate.pk)
    for _ in range(2):
        tasks.announce_certificate(certificate.pk)
    certificate.refresh_from_db()
    assert certificate.state == State.DONE
    assert certificate.announced_at is not None
    assert OutgoingMail.objects.get().address == alice.email


def test_a_missing_id_raises(db):
    with pytest.raises(Completion.DoesNotExist):
        tasks.issue_certificate(1)
    with pytest.raises(Certificate.DoesNotExist):
        tasks.render_certificate(1)
    with pytest.raises(Certificate.DoesNotExist):
        tasks.announce_certificate(1)


def test_each_bell_rings_the_next_and_the_sweeper_what_was_not_heard(completion, rung):
    tasks.sweep_certificates()
    assert rung() == ["issue_certificate"]
    tasks.issue_certificate(completion.pk)
    assert rung() == ["render_certificate"]
    tasks.sweep_certificates()
    assert rung() == ["render_certificate"]
    certificate = Certificate.objects.get()
    tasks.render_certificate(certificate.pk)
    assert rung() == ["announce_certificate"]
    tasks.sweep_certificates()
    assert rung() == ["announce_certificate"]
    tasks.render_certificate(certificate.pk)
    assert rung() == []
    tasks.announce_certificate(certificate.pk)
    rung()
    tasks.sweep_certificates()
    assert rung() == []
