"""A completion as `courses.completion` records it, and what comes of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.fingerprints import fingerprint
from accounts.models import User
from certificates import issuing, rendering
from certificates.models import Certificate
from courses.models import (
    Completion,
    Course,
    Enrolment,
    Profile,
    ProfileVersion,
    Provider,
    Release,
    Tag,
    TagSet,
)

NOW = datetime(2025, 12, 19, 19, 47, tzinfo=UTC)
NAMES = {
    "adv": {"en": "Advocacy", "es": "Defensa de derechos"},
    "er": {"en": "Ethical responsibility", "es": "Responsabilidad ética"},
    "me": {"en": "Mentoring and education", "es": "Mentoría y educación"},
    "rw": {"en": "Recovery and wellness", "es": "Recuperación y bienestar"},
}
MINUTES = {"adv": (480, 300), "er": (675, 405), "me": (960, 600), "rw": (825, 555)}
TITLES = {
    "en": "Peer Support Specialist: core training",
    "es": "Especialista en apoyo entre pares: capacitación básica",
}
PROVIDER: dict[str, Any] = {
    "name": "Alder Street Peer Academy",
    "street": "118 Alder Street",
    "city": "Fresno, California",
    "approvals": [{"certifier": "CalMHSA", "number": "Sample approval 0042", "valid_until": None}],
}


def facts_of(course: Course, teachers: list[User], **changes: Any) -> dict[str, Any]:
    """Return facts in the schema that `courses.completion` documents."""
    by_tag = {
        code: {"total": live + own, "live": live, "self_paced": own}
        for code, (live, own) in MINUTES.items()
    }
    return {
        "schema": 1,
        "course": {"key": str(course.key), "code": course.code, "titles": TITLES},
        "release": {"number": 3, "sha256": "a" * 64},
        "profile": {
            "code": "us-ca-medical-pss-initial",
            "number": 1,
            "names": {"en": "Medi-Cal Peer Support Specialist", "es": "Especialista de Medi-Cal"},
            "certifier": "CalMHSA",
            "sha256": "b" * 64,
        },
        "is_specimen": course.is_specimen,
        "languages": ["en", "es"],
        "minutes": {
            "total": 4800,
            "by_mode": {"live": 2940, "self_paced": 1860},
            "by_tag": {"icrc": by_tag},
        },
        "tags": {"icrc": {"names": {"en": "Domains"}, "tags": NAMES}},
        "first_on": "2025-09-05",
        "last_on": "2025-12-19",
        "modules": [],
        "exam": {
            "code": "final",
            "titles": {},
            "attempt": str(uuid4()),
            "raw": 18,
            "maximum": 20,
            "cut": 15,
            "scored_at": "2025-12-19T19:40:00+00:00",
        },
        "instructors": [str(person.public_id) for person in teachers],
        "provider": PROVIDER,
        "attestations": [],
        "rules": [],
        "ledger": {"entries": 24, "head_sha256": "c" * 64},
        **changes,
    }


@pytest.fixture
def make_completion(db: None, erin: User) -> Callable[..., Completion]:
    """Make a person complete a course of their own."""

    def make(
        trainee: User, *, is_specimen: bool = False, at: datetime = NOW, **changes: Any
    ) -> Completion:
        lay_domains()
        lay_signatory()
        course, _ = Course.objects.get_or_create(
            code="trial" if is_specimen else "core",
            defaults={"key": uuid4(), "is_specimen": is_specimen},
        )
        course.instructors.add(erin)
        release, _ = Release.objects.get_or_create(
            course=course,
            number=3,
            defaults={"outline": {"titles": TITLES}, "sha256": "a" * 64, "published_at": at},
        )
        version = lay_profile()
        enrolment = Enrolment.objects.create(
            trainee=trainee, course=course, release=release, profile_version=version, enrolled_at=at
        )
        facts = facts_of(course, [erin], **changes)
        return Completion.objects.create(
            enrolment=enrolment,
            release=release,
            profile_version=version,
            facts=facts,
            sha256=fingerprint(facts),
            completed_at=at,
        )

    return make


def lay_signatory() -> None:
    provider = Provider.load()
    provider.signatory_name, provider.signatory_title = "Rosalind Achebe", "Director of training"
    provider.save()


def lay_domains() -> None:
    tag_set, _ = TagSet.objects.get_or_create(code="icrc", defaults={"is_exclusive": True})
    for position, (code, names) in enumerate(NAMES.items()):
        Tag.objects.get_or_create(
            tag_set=tag_set, code=code, defaults={"names": names, "position": position}
        )


def lay_profile() -> ProfileVersion:
    profile, _ = Profile.objects.get_or_create(code="us-ca-medical-pss-initial")
    version, _ = ProfileVersion.objects.get_or_create(
        profile=profile,
        number=1,
        defaults={
            "names": {"en": "Medi-Cal Peer Support Specialist"},
            "certifier": "CalMHSA",
            "rules": {"all": []},
            "checked_on": NOW.date(),
            "confidence": "H",
            "effective_on": NOW.date(),
            "sha256": "b" * 64,
        },
    )
    return version


@pytest.fixture
def completion(make_completion: Callable[..., Completion], alice: User) -> Completion:
    """Alice has completed the core training."""
    return make_completion(alice)


@pytest.fixture
def certificate(completion: Completion) -> Certificate:
    """Alice's certificate, issued and not printed yet."""
    return issuing.issue(completion=completion, now=NOW)


@pytest.fixture
def printed(certificate: Certificate) -> Certificate:
    """Alice's certificate as the worker has printed it."""
    assert rendering.render(certificate=certificate, now=NOW)
    certificate.refresh_from_db()
    return certificate


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """Give a browser in which a person is signed in."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _without_second_step(settings: Any) -> None:
    """Let staff in without a second step: that it is asked for is tested with accounts."""
    settings.SECOND_FACTOR_REQUIRED = False
