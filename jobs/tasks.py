"""Bells: each takes one id and calls one action. Sweepers ring again for rows that nobody heard."""

from celery import shared_task
from django.utils import timezone

from jobs import mail, running, tidying

BATCH = 50


@shared_task
def send_mail(mail_id: int) -> None:
    mail.send(mail_id, timezone.now())


@shared_task
def run_job(job_id: int) -> None:
    running.run(job_id=job_id, now=timezone.now())


@shared_task
def sweep_mail() -> None:
    for mail_id in mail.due(timezone.now(), BATCH):
        send_mail.delay(mail_id)


@shared_task
def sweep_jobs() -> None:
    for job_id in running.due(timezone.now(), BATCH):
        run_job.delay(job_id)
    tidying.delete_processed_messages(now=timezone.now(), limit=1000)
