"""The cross-app story: who is told when something has happened below. The only file that connects signals.

Each receiver rings a task, on commit; the rows hold what is to be done, and sweepers ring again.
"""

from typing import Any

from accounts.models import User
from accounts.signals import person_changed
from courses.models import Completion, Enrolment
from courses.signals import course_completed
from exams.models import Attempt
from exams.signals import attempt_scored
from jobs.bell import ring


def connect() -> None:
    """Connect the three signals of the house."""
    person_changed.connect(look_at_places, dispatch_uid="look_at_places")
    attempt_scored.connect(look_at_completion, dispatch_uid="look_at_completion")
    course_completed.connect(issue_certificate, dispatch_uid="issue_certificate")


def look_at_places(sender: Any, *, person: User, **kwargs: Any) -> None:
    """A person signed something or confirmed the name: look whether anything is outstanding still."""
    ring("courses.tasks.recheck_person", person.pk)


def look_at_completion(sender: Any, *, attempt: Attempt, **kwargs: Any) -> None:
    """An attempt has a score: look whether anything is outstanding still."""
    places = Enrolment.objects.filter(
        trainee=attempt.candidate_id, release__exams__exam=attempt.exam_id
    )
    for pk in places.values_list("pk", flat=True):
        ring("courses.tasks.recheck_completion", pk)


def issue_certificate(sender: Any, *, completion: Completion, **kwargs: Any) -> None:
    """A course is completed: issue the certificate."""
    ring("certificates.tasks.issue_certificate", completion.pk)
