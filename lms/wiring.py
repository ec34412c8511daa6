"""The cross-app story: who is told when something has happened below. The only file that connects signals."""

from typing import Any

from django.db import transaction

from certificates.tasks import issue_certificate
from courses.models import Completion, Enrolment
from courses.signals import course_completed
from courses.tasks import recheck_completion
from exams.models import Attempt
from exams.signals import attempt_scored


def connect() -> None:
    """Connect the two signals of the house."""
    attempt_scored.connect(ring_completion, dispatch_uid="ring_completion")
    course_completed.connect(ring_certificate, dispatch_uid="ring_certificate")


def ring_completion(sender: Any, *, attempt: Attempt, **kwargs: Any) -> None:
    """An attempt has a score: look whether anything is outstanding still."""
    concerned = Enrolment.objects.filter(
        trainee_id=attempt.candidate_id, release__exams__exam_id=attempt.exam_id
    )
    for pk in concerned.values_list("pk", flat=True):
        transaction.on_commit(lambda pk=pk: recheck_completion.delay(pk), robust=True)  # type: ignore[misc]


def ring_certificate(sender: Any, *, completion: Completion, **kwargs: Any) -> None:
    """A course is completed: issue the certificate."""
    transaction.on_commit(lambda: issue_certificate.delay(completion.pk), robust=True)
