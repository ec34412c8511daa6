"""Plays the demo: the cast of `lms.cast` does what trainees do, through the same actions, at earlier times."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from wagtail.models import Page

from accounts.models import Agreement, User
from accounts.naming import confirm_legal_name
from accounts.people import register
from accounts.signing import sign
from certificates.issuing import issue, revoke
from certificates.models import CertificateEvent
from courses.completion import record
from courses.crediting import credit_live_unit, finish_lesson
from courses.enrolment import enrol
from courses.loading import load_curriculum
from courses.models import Approval, Course, Enrolment, Profile, Provider, ReleaseUnit, Unit
from courses.studying import answer_check, open_unit, write_reflection
from exams import attempts
from exams.loading import load_bank, load_exam
from exams.models import Attempt, FormItem
from jobs.models import OutgoingMail, State
from lms.cast import ALL, PASSWORD, SHOWN, STAFF, TRAINEES, Trainee

LOGINS = SHOWN
DOMAIN = "@demo.test"
LESSON_TIME = timedelta(minutes=42)
REFLECTION = {
    "en": "I want to listen more than I talk.",
    "es": "Quiero escuchar más de lo que hablo.",
}


@transaction.atomic
def load(*, now: datetime) -> bool:
    """Load the demo, whole or not at all. Returns False, and changes nothing, if it was loaded before."""
    if User.objects.filter(email=TRAINEES[-1].address).exists():
        return False
    staff = {address: _staff(address, called, role, now) for address, called, role, _what in STAFF}
    _provider(now.date())
    course = _course(staff["erin@demo.test"], now - timedelta(days=130))
    course.instructors.set([staff["erin@demo.test"], staff["ivan@demo.test"]])
    for trainee in TRAINEES:
        _Life(trainee, course, staff["erin@demo.test"], now).play()
    _set_passwords()
    _put_away_mail(now)
    _ring_nobody()
    return True


def _staff(address: str, called: str, role: str, now: datetime) -> User:
    return register(
        email=address, password=None, classroom_name=called, language="en", role=role, now=now
    )


def _provider(today: date) -> None:
    """Fill in the provider where nobody has done so."""
    provider = Provider.load()
    provider.name, provider.street = "Alder Street Peer Academy", "418 Alder Street"
    provider.city = "Fresno, California"
    provider.contact_email, provider.contact_phone = "help@demo.test", "559-555-0142"
    provider.signatory_name, provider.signatory_title = "Rosalind Achebe", "Director of training"
    provider.approvals = [
        Approval(
            certifier=certifier,
            number=number,
            valid_from=today - timedelta(days=400),
            valid_until=until,
        )
        for certifier, number, until in (
            ("CalMHSA", "Sample approval 0042", today + timedelta(days=330)),
            ("Oregon Health Authority", "Sample approval OR-17", today + timedelta(days=695)),
        )
    ]
    provider.save()


def _course(by: User, now: datetime) -> Course:
    """Load bank, exam and curriculum; the first release is frozen with them."""
    load_bank(now=now)
    load_exam(now=now)
    course = load_curriculum(by=by, now=now)
    # Wagtail goes by its own clock; in the demo's story the pages are as old as their release
    Page.objects.filter(last_published_at__gt=now).update(
        first_published_at=now, last_published_at=now
    )
    return course


def _set_passwords() -> None:
    """Give all of them the one password, hashed once: forty slow hashes would be half of the loading time."""
    User.objects.filter(email__endswith=DOMAIN).update(password=make_password(PASSWORD))


def _put_away_mail(now: datetime) -> None:
    """Nobody reads the demo's mail of earlier weeks: only what happens from now on is sent."""
    OutgoingMail.objects.filter(state=State.WAITING).update(state=State.DONE, sent_at=now)


def _ring_nobody() -> None:
    """Leave the bells of a whole season unrung: the sweepers find the few rows that are to be worked on."""
    transaction.get_connection().run_on_commit.clear()


class _Life:
    """One trainee's way through the course."""

    def __init__(self, trainee: Trainee, course: Course, instructor: User, now: datetime) -> None:
        self.trainee, self.course, self.instructor, self.now = trainee, course, instructor, now
        self.began = now - timedelta(days=trainee.days)
        self.person = register(
            email=trainee.address,
            password=None,
            classroom_name=trainee.called,
            language=trainee.language,
            now=self.began,
        )
        profile = Profile.objects.get(code=trainee.profile)
        self.enrolment = enrol(trainee=self.person, course=course, profile=profile, now=self.began)

    def play(self) -> None:
        for unit, at in self.units():
            self.study(unit, at)
        if self.trainee.signed:
            self.sign(self.began + timedelta(days=2))
        for number, right in enumerate(self.trainee.attempts):
            self.sit(
                right, self.now - timedelta(days=2 * (len(self.trainee.attempts) - number), hours=3)
            )
        self.finish(self.now - timedelta(days=1))

    def units(self) -> Iterator[tuple[ReleaseUnit, datetime]]:
        """Yield the finished units, each on a day of its own; who has one left has a lesson left."""
        units = list(self.enrolment.release.units.all())
        if self.trainee.done == ALL - 1:
            units.remove([unit for unit in units if unit.mode == Unit.Mode.SELF_PACED][-1])
        studied = timedelta(
            days=self.trainee.days - 8 if self.trainee.days > 12 else self.trainee.days
        )
        for place, unit in enumerate(units[: self.trainee.done], start=1):
            yield unit, self.began + studied * place / (self.trainee.done + 1)

    def study(self, unit: ReleaseUnit, at: datetime) -> None:
        if unit.mode == Unit.Mode.LIVE:
            credit_live_unit(
                enrolment=self.enrolment,
                unit_key=unit.key,
                by=self.instructor,
                started_at=at,
                now=at + timedelta(minutes=unit.minutes),
            )
            return
        open_unit(enrolment=self.enrolment, unit=unit, now=at)
        for block in unit.text_in(self.trainee.language)["blocks"]:
            self.answer(unit, block, at + LESSON_TIME / 2)
        finish_lesson(enrolment=self.enrolment, unit_key=unit.key, now=at + LESSON_TIME)

    def answer(self, unit: ReleaseUnit, block: dict[str, str], at: datetime) -> None:
        if block["kind"] == "knowledge_check":
            answer_check(
                enrolment=self.enrolment,
                unit=unit,
                block_id=block["id"],
                chosen=block["key"],
                now=at,
            )
        elif block["kind"] == "reflection":
            text = REFLECTION[self.trainee.language]
            write_reflection(
                enrolment=self.enrolment, unit=unit, block_id=block["id"], text=text, now=at
            )

    def sign(self, at: datetime) -> None:
        confirm_legal_name(person=self.person, name=self.trainee.legal_name, now=at)
        for kind in Agreement.Kind.values:
            sign(
                person=self.person,
                kind=kind,
                typed_name=self.trainee.legal_name,
                language=self.trainee.language,
                now=at,
            )

    def sit(self, right: int | None, at: datetime) -> None:
        frozen = self.enrolment.release.exams.select_related("exam").get()
        attempt = attempts.start(
            candidate=self.person,
            exam=frozen.exam,
            rules=frozen.rules,
            language=self.trainee.language,
            now=at,
        )
        minutes = timedelta(minutes=1)
        lines = list(attempt.form.items.select_related("version"))
        for line in lines if right is not None else lines[:7]:
            is_right = right is None or line.position <= right
            self.choose(attempt, line, is_right=is_right, at=at + minutes * line.position)
        if right is not None:
            attempts.submit(attempt=attempt, now=at + minutes * (len(lines) + 2))

    def choose(self, attempt: Attempt, line: FormItem, *, is_right: bool, at: datetime) -> None:
        key = line.version.content["definition"]["key"]
        wrong = next(option for option in line.option_order if option != key)
        attempts.answer(
            attempt=attempt,
            position=line.position,
            chosen=[key if is_right else wrong],
            flagged=False,
            epoch=attempt.epoch,
            sequence=line.position,
            now=at,
        )

    def finish(self, at: datetime) -> None:
        """Complete and issue where nothing is outstanding; the worker renders the PDF as always."""
        completion = record(enrolment=Enrolment.objects.get(pk=self.enrolment.pk), now=at)
        if completion is None:
            return
        certificate = issue(completion=completion, now=at)
        if self.trainee.fate == "revoked":
            revoke(
                certificate=certificate,
                by=User.objects.get(email="rita@demo.test"),
                reason=CertificateEvent.Reason.RECORD_ERROR,
                note="",
                now=self.now - timedelta(hours=5),
            )
