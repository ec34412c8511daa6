"""What breaks in real life, with real processes: nothing is lost, and nothing comes twice."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from django.urls import reverse
from django.utils import timezone

from certificates.models import Certificate, CertificateEvent
from courses.models import Enrolment
from exams import attempts
from exams.models import Attempt, FormItem
from jobs.models import State
from lms.cast import PASSWORD
from lms.visitor import Visitor
from tests.stack import Stack, free_port

LONGEST_REQUEST = 2.0
NOBODY_LISTENS = "amqp://guest:guest@127.0.0.1:1//"


def wait_for(claim: Callable[[], object], *, seconds: float, every: float = 0.05) -> None:
    """Wait until the claim holds; fail if it does not in time."""
    deadline = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < deadline, "It did not come true in time."
        time.sleep(every)


@pytest.mark.timeout(600)
def test_worker_killed_while_it_renders(world: Stack) -> None:
    world.kill("worker")
    world.start_worker()
    killed = kill_while_rendering(world)
    world.start_worker()
    unfinished = Certificate.objects.exclude(state=State.DONE)
    wait_for(lambda: not unfinished.exists(), seconds=90, every=0.5)

    again = Certificate.objects.get(pk=killed.pk)
    assert (again.state, bool(again.pdf_sha256)) == (State.DONE, True)
    assert again.tries >= 2
    issued = CertificateEvent.objects.filter(kind=CertificateEvent.Kind.ISSUED)
    assert (
        issued.count()
        == Certificate.objects.count()
        == Certificate.objects.values("completion").distinct().count()
    )


def kill_while_rendering(world: Stack) -> Certificate:
    """Kill the worker with all its children at a moment when a certificate is in its hands."""
    rendering = Certificate.objects.filter(state=State.RUNNING)
    for _attempt in range(10):
        wait_for(rendering.exists, seconds=60, every=0.005)
        world.kill("worker")
        if caught := rendering.first():
            return caught
        world.start_worker()
    raise AssertionError("The worker was never caught at work.")


@pytest.mark.timeout(600)
def test_broker_gone_while_the_exam_is_handed_in(world: Stack, tmp_path: Path) -> None:
    attempt = ready_to_hand_in("ana@demo.test")
    cut_off = Stack(tmp_path, extra={"BROKER_URL": NOBODY_LISTENS}, port=free_port())
    cut_off.manage("collectstatic", "--noinput", "--verbosity", "0")
    cut_off.start_web()
    try:
        ana = Visitor(cut_off.url)
        ana.go(reverse("account_login"))
        ana.send(holding="password", login="ana@demo.test", password=PASSWORD)
        ana.go(reverse("exams:review-attempt", args=[attempt.public_id]) + "?confirm=1")
        started = time.monotonic()
        ana.send(to=reverse("exams:submit-attempt", args=[attempt.public_id]))
        assert time.monotonic() - started < LONGEST_REQUEST
    finally:
        cut_off.stop()
    assert attempt.scores.latest().passed
    mine = Certificate.objects.filter(completion__enrolment__trainee=attempt.candidate)
    wait_for(lambda: mine.filter(state=State.DONE).exists(), seconds=60, every=0.5)
    assert mine.count() == 1


def ready_to_hand_in(address: str) -> Attempt:
    """Answer every item right, as the trainee would have up to now."""
    place = Enrolment.objects.get(trainee__email=address)
    frozen = place.release.exams.select_related("exam").get()
    attempt = attempts.start(
        candidate=place.trainee,
        exam=frozen.exam,
        rules=frozen.rules,
        language="es",
        now=timezone.now(),
    )
    for line in FormItem.objects.filter(form=attempt.form_id).select_related("version"):
        attempts.answer(
            attempt=attempt,
            position=line.position,
            chosen=[line.version.content["definition"]["key"]],
            flagged=False,
            epoch=attempt.epoch,
            sequence=line.position,
            now=timezone.now(),
        )
    return attempt


@pytest.mark.timeout(600)
def test_smoke_tells_the_whole_story(world: Stack) -> None:
    health = f"{world.url}{reverse('health')}"
    wait_for(lambda: requests.get(health, timeout=10).ok, seconds=60, every=0.5)
    told = world.manage("smoke", "--url", world.url)
    assert '"ok": true' in told.splitlines()[-1]
