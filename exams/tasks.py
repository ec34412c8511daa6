"""What beat rings for the assessment engine."""

from celery import shared_task
from django.utils import timezone

from exams import attempts

BATCH = 100


@shared_task
def close_expired_attempts() -> int:
    """Close what is over, in a bounded batch; the next ring takes the rest."""
    return attempts.close_expired(now=timezone.now(), limit=BATCH)
