"""Bells: each task takes one id, calls one action, may ring the next."""

from celery import shared_task
from django.utils import timezone

from courses import completion
from courses.models import Enrolment
from jobs.bell import ring_now

BATCH = 50


@shared_task
def recheck_completion(enrolment_id: int) -> None:
    """Record the completion of an enrolment if nothing is outstanding."""
    completion.record(enrolment=Enrolment.objects.get(pk=enrolment_id), now=timezone.now())


@shared_task
def recheck_person(person_id: int) -> None:
    """Ring for all places of a person: they signed something or confirmed their name."""
    for pk in Enrolment.objects.filter(trainee_id=person_id).values_list("pk", flat=True):
        ring_now("courses.tasks.recheck_completion", pk)


@shared_task
def sweep_completions() -> None:
    """Ring again for those that may be complete: a bell may be lost."""
    for pk in completion.waiting(limit=BATCH):
        ring_now("courses.tasks.recheck_completion", pk)
