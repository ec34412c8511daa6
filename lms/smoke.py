"""The main job as one story over HTTP, told by a throw-away trainee in a hidden specimen course.

The trainee does all that any trainee must do, through the pages: nothing lets a client skip a step.
Only the key of the exam is looked up beside the server, in its database, as the operator may.
"""

import secrets
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agreement, User
from accounts.people import register
from certificates.issuing import revoke
from certificates.models import Certificate, CertificateEvent
from courses.enrolment import enrol
from courses.models import Enrolment
from exams.models import Attempt
from lms import specimen
from lms.visitor import Visitor

NAME = "Specimen Trainee"


class NotHeld(Exception):
    """Something of the story did not hold. The text says what."""


def hold(claim: bool, otherwise: str) -> None:
    """Go on if the claim holds. Raises `NotHeld` with the words otherwise."""
    if not claim:
        raise NotHeld(otherwise)


def take_back(certificate: Certificate) -> None:
    """Revoke a specimen."""
    reason = CertificateEvent.Reason.SPECIMEN
    revoke(certificate=certificate, by=None, reason=reason, note="", now=timezone.now())


class Story:
    """One telling. `say` gets a line for each step."""

    def __init__(self, *, url: str, seconds: int, say: Callable[[str], Any]) -> None:
        self.url, self.seconds, self.say = url, seconds, say
        self.visitor = Visitor(url)
        self.password = secrets.token_urlsafe(18)
        self.address = f"smoke-{secrets.token_hex(6)}@specimen.invalid"
        self.trainee: User
        self.enrolment: Enrolment
        self.certificate: Certificate
        self.pdf = ""

    def tell(self, *, now: datetime) -> dict[str, Any]:
        """Tell it; return `ok`, `code` (the certificate's), `pdf` (the downloaded file) and `error`."""
        told: dict[str, Any] = {"ok": False, "code": "", "pdf": ""}
        try:
            self.prepare(now)
            for step in self.steps():
                started = time.monotonic()
                step()
                self.say(f"{(time.monotonic() - started) * 1000:7.0f} ms  {step.__doc__}")
            told |= {"ok": True, "code": self.certificate.public_code, "pdf": self.pdf}
        except Exception as exc:  # noqa: BLE001  (whatever it is, the last line says so)
            told["error"] = f"{exc.__class__.__name__}: {exc}"
            self.say(f"      stop  {told['error']}")
        finally:
            self.clear_away()
        return told

    def steps(self) -> list[Callable[[], None]]:
        return [
            self.look_at_health,
            self.sign_in,
            self.study,
            self.sign,
            self.confirm_name,
            self.sit_exam,
            self.wait_for_certificate,
            self.download,
            self.verify,
            *([] if settings.DEMO else [self.take_back]),
        ]

    def prepare(self, now: datetime) -> None:
        course, profile = specimen.lay(now=now)
        self.trainee = register(
            email=self.address,
            password=self.password,
            classroom_name="Specimen",
            language="en",
            verified=True,
            now=now,
        )
        self.enrolment = enrol(trainee=self.trainee, course=course, profile=profile, now=now)

    def clear_away(self) -> None:
        """Switch the throw-away trainee off; outside the demo, leave no such trainee's specimen valid.

        One that a slow worker issues after this is revoked by the next telling.
        """
        User.objects.filter(email=self.address).update(is_active=False)
        if settings.DEMO:
            return
        left = Certificate.objects.filter(
            is_specimen=True, completion__enrolment__trainee__is_active=False
        )
        for certificate in left.exclude(events__kind=CertificateEvent.Kind.REVOKED):
            take_back(certificate)

    def look_at_health(self) -> None:
        """The server, its database, its broker and a worker are well."""
        answer = requests.get(f"{self.url}/health/", timeout=10)
        hold(answer.ok, f"/health/ says {answer.text}")

    def sign_in(self) -> None:
        """Sign in."""
        self.visitor.go(reverse("account_login"))
        self.visitor.send(holding="password", login=self.trainee.email, password=self.password)
        hold(
            "sessionid" in self.visitor.session.cookies, "The throw-away trainee was not signed in."
        )

    def study(self) -> None:
        """Read each lesson, answer its checks, write its reflection, finish it; the hours are there."""
        for unit in self.enrolment.release.units.all():
            specimen.study(self.visitor, self.enrolment, unit)
        earned = sum(self.enrolment.hours.values_list("minutes", flat=True))
        asked = sum(self.enrolment.release.units.values_list("minutes", flat=True))
        hold(earned == asked, f"{earned} of {asked} minutes were credited.")

    def sign(self) -> None:
        """Sign the code of ethics and the two attestations."""
        for kind in Agreement.Kind.values:
            self.visitor.go(reverse("accounts:sign-agreement", args=[kind]))
            self.visitor.send(holding="typed_name", typed_name=NAME, agrees="on")
        hold(self.trainee.signatures.count() == len(Agreement.Kind), "A signature is missing.")

    def confirm_name(self) -> None:
        """Confirm the name as it is printed."""
        self.visitor.go(reverse("accounts:confirm-name"))
        self.visitor.send(holding="is_right", name=NAME, is_right="on")

    def sit_exam(self) -> None:
        """Sit the exam, hand it in, pass."""
        self.visitor.go(reverse("courses:show-exam", args=[self.enrolment.public_id]))
        self.visitor.send(to=reverse("courses:show-exam", args=[self.enrolment.public_id]))
        attempt = Attempt.objects.get(candidate=self.trainee)
        for line in attempt.form.items.select_related("version"):
            self.visitor.go(reverse("exams:sit-item", args=[attempt.public_id, line.position]))
            self.visitor.send(holding="chosen", chosen=line.version.content["definition"]["key"])
        self.visitor.go(reverse("exams:review-attempt", args=[attempt.public_id]) + "?confirm=1")
        self.visitor.send(to=reverse("exams:submit-attempt", args=[attempt.public_id]))
        hold(attempt.scores.latest().passed, "The exam was not passed.")

    def wait_for_certificate(self) -> None:
        """The worker issues and renders the certificate."""
        deadline = time.monotonic() + self.seconds
        while time.monotonic() < deadline:
            found = Certificate.objects.held_by(self.trainee).exclude(rendered_at=None).first()
            if found:
                self.certificate = found
                return
            time.sleep(0.25)
        raise NotHeld(f"No certificate after {self.seconds} seconds. Is a worker running?")

    def download(self) -> None:
        """Download the PDF."""
        self.visitor.go(reverse("certificates:download-pdf", args=[self.certificate.public_id]))
        hold(self.visitor.page.content.startswith(b"%PDF-"), "What was downloaded is not a PDF.")
        with tempfile.NamedTemporaryFile(suffix=".pdf", delete=False) as file:
            file.write(self.visitor.page.content)
        self.pdf = str(Path(file.name))

    def verify(self) -> None:
        """A stranger checks the code: valid, and a specimen."""
        page = self.look_up()
        hold('data-status="valid"' in page, "The certificate does not verify as valid.")
        hold("SPECIMEN" in page, "The page does not say that it is a specimen.")
        hold(NAME not in page, "The page gives the full name away.")

    def take_back(self) -> None:
        """Revoke the specimen; the page says so."""
        take_back(self.certificate)
        hold('data-status="revoked"' in self.look_up(), "The revoked certificate does not say so.")

    def look_up(self) -> str:
        address = urlsplit(reverse("verify:show", args=[self.certificate.public_code])).path
        return Visitor(self.url).go(address)
