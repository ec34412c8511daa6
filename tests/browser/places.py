"""Every page of the house, and who goes there: what the crawl visits, and what it need not, with the reason."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from certificates.models import Certificate
from courses.models import CoursePage, Enrolment, ReleaseUnit, Unit
from exams import attempts
from exams.models import Attempt
from jobs.models import Job

POST = "acts and redirects; the stories send it"
FILE = "answers with a file"
JSON = "answers with JSON, for a script"
OFF = "is not in use: the settings leave it out"
LINK = "needs the secret of a mail; the stories follow it"
REAUTH = "leads to signing in again"

FACTOR = "needs a second factor that is set up; tests/accounts opens it"
LEADS = "leads on to a page that is visited"

EXEMPT = {
    "set-language": POST,
    "courses:enrol": POST,
    "courses:answer-check": POST,
    "courses:write-reflection": POST,
    "courses:finish-lesson": POST,
    "exams:submit-attempt": POST,
    "health": JSON,
    "jobs:show-progress": JSON,
    "certificates:show-progress": JSON,
    "certificates:download-pdf": FILE,
    "courses:show-file": FILE,
    "jobs:download-result": FILE,
    "mfa_download_recovery_codes": FILE,
    "exams:resume-attempt": LEADS,
    "follow-certificate": LEADS,
    "certificates:list-certificates": "leads into the editor's admin",
    "certificates:revoke-certificate": "leads into the editor's admin",
    "account_inactive": "shown to who was switched off",
    "account_confirm_email": LINK,
    "account_reset_password_from_key": LINK,
    "account_reset_password_from_key_done": "shown once, after the change",
    "account_reset_password_done": "shown once, after the mail",
    "account_email_verification_sent": "shown once, after signing up",
    "account_set_password": "only for who has no password",
    "account_reauthenticate": REAUTH,
    "mfa_reauthenticate": REAUTH,
    "mfa_reauthenticate_webauthn": REAUTH,
    "account_confirm_login_code": OFF,
    "mfa_authenticate": FACTOR,
    "mfa_deactivate_totp": FACTOR,
    "mfa_edit_webauthn": FACTOR,
    "mfa_remove_webauthn": FACTOR,
    "mfa_generate_recovery_codes": FACTOR,
    "mfa_view_recovery_codes": FACTOR,
}
NOT_OURS = ("wagtail", "wagtaildocs_", "wagtailimages_", "admin")


def names() -> set[str]:
    """Return the names of all addresses outside the editor's admin, with their namespaces."""
    return {
        name for name in _walk(get_resolver().url_patterns, "") if not name.startswith(NOT_OURS)
    }


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            if "admin" in str(entry.pattern) or "documents" in str(entry.pattern):
                continue
            yield from _walk(
                entry.url_patterns, f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            )
        elif entry.name:
            yield prefix + entry.name


class Places:
    """Who goes where, in the demo as it is when just loaded."""

    def __init__(self) -> None:
        self.visited: set[str] = set()

    def at(self, name: str, *arguments: object) -> str:
        self.visited.add(name)
        return reverse(name, args=arguments)

    def of(self, who: str) -> list[str]:
        """Return the addresses that one of the cast goes to."""
        where: list[str] = getattr(self, who)()
        return where

    def stranger(self) -> list[str]:
        valid = Certificate.objects.get(completion__enrolment__trainee__email="bob@demo.test")
        revoked = Certificate.objects.get(completion__enrolment__trainee__email="sam@demo.test")
        codes = [valid.public_code, revoked.public_code, "0" * 21, "what"]
        standing = [
            self.at(f"page-{page}") for page in ("privacy", "accessibility", "help", "words")
        ]
        doors = [self.at(f"account_{door}") for door in ("login", "signup", "reset_password")]
        return [
            *standing,
            *doors,
            self.at("verify:start"),
            *(self.at("verify:show", code) for code in codes),
            "/LANGUAGE/",
            *(page.url for page in CoursePage.objects.live() if page.slug != "specimen"),
            "/no-such-page/",
        ]

    def alice(self) -> list[str]:
        enrolment = _enrolment("alice@demo.test")
        place = enrolment.public_id
        done = enrolment.hours.filter(mode=Unit.Mode.SELF_PACED).earliest("number").unit
        open_lesson = _open_lesson(enrolment)
        live = enrolment.release.units.filter(mode=Unit.Mode.LIVE).first()
        studies = [
            self.at("courses:study-unit", place, unit.key)
            for unit in (done, open_lesson, live)
            if unit
        ]
        kinds = ("code_of_ethics", "adult", "lived_experience")
        mine = [
            *(self.at("accounts:sign-agreement", kind) for kind in kinds),
            self.at("accounts:edit-profile"),
            self.at("accounts:confirm-name"),
            self.at("accounts:list-agreements"),
        ]
        doors = ("email", "change_password", "logout")
        factors = ("mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn")
        return [
            self.at("home"),
            self.at("courses:show-course", place),
            *studies,
            self.at("courses:list-hours", place),
            self.at("courses:show-exam", place),
            *mine,
            self.at("jobs:list-jobs"),
            self.at("jobs:show-job", _job(enrolment.trainee).public_id),
            *(self.at(f"account_{door}") for door in doors),
            *(self.at(name) for name in factors),
        ]

    def new(self) -> list[str]:
        place = _enrolment("new@demo.test").public_id
        return [
            self.at("home"),
            self.at("courses:show-course", place),
            self.at("courses:list-hours", place),
        ]

    def bob(self) -> list[str]:
        certificate = Certificate.objects.get(completion__enrolment__trainee__email="bob@demo.test")
        passed = Attempt.objects.get(candidate__email="bob@demo.test")
        return [
            self.at("home"),
            self.at("certificates:show-certificate", certificate.public_id),
            self.at("exam-result", passed.public_id),
            self.at("accounts:list-agreements"),
        ]

    def tom(self) -> list[str]:
        failed = Attempt.objects.get(candidate__email="tom@demo.test")
        place = _enrolment("tom@demo.test").public_id
        return [
            self.at("home"),
            self.at("exam-result", failed.public_id),
            self.at("courses:show-exam", place),
        ]

    def ana(self) -> list[str]:
        """She is in the middle of her exam."""
        enrolment = _enrolment("ana@demo.test")
        frozen = enrolment.release.exams.select_related("exam").get()
        attempt = attempts.start(
            candidate=enrolment.trainee,
            exam=frozen.exam,
            rules=frozen.rules,
            language="es",
            now=timezone.now(),
        )
        return [
            self.at("exams:sit-item", attempt.public_id, 1),
            self.at("exams:sit-item", attempt.public_id, 20),
            self.at("exams:review-attempt", attempt.public_id),
            self.at("exams:review-attempt", attempt.public_id) + "?confirm=1",
        ]

    def erin(self) -> list[str]:
        place = _enrolment("mei@demo.test")
        entry = place.hours.earliest("number")
        live = place.release.units.filter(mode=Unit.Mode.LIVE).last()
        assert live is not None
        return [
            self.at("home"),
            self.at("courses:list-trainees"),
            self.at("courses:show-trainee", place.public_id),
            self.at("courses:credit-live", place.public_id, live.key),
            self.at("courses:reverse-entry", place.public_id, entry.number),
        ]

    def rita(self) -> list[str]:
        return [self.at("home"), self.at("jobs:list-jobs")]

    def carl(self) -> list[str]:
        return [self.at("home"), self.at("certificates:list-checks")]

    def ada(self) -> list[str]:
        return [self.at("home")]


CAST = ("stranger", "alice", "new", "bob", "tom", "ana", "erin", "rita", "carl", "ada")


def _enrolment(address: str) -> Enrolment:
    return Enrolment.objects.get(trainee=User.objects.get(email=address))


def _job(owner: User) -> Job:
    job, _made = Job.objects.get_or_create(
        owner=owner, kind="export", defaults={"done": 3, "total": 10}
    )
    return job


def _open_lesson(enrolment: Enrolment) -> ReleaseUnit:
    earned = enrolment.hours.values("unit__key")
    return enrolment.release.units.filter(mode=Unit.Mode.SELF_PACED).exclude(key__in=earned).get()


def languages() -> list[str]:
    """Return the languages of the pages."""
    return [code for code, _name in settings.LANGUAGES]
