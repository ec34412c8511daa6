"""Rings Celery. What is to be done stands in a row; a bell that is not heard is rung by a sweeper."""

import logging
from threading import Thread
from typing import Any

from celery import current_app
from django.db import transaction

LONGEST_SECONDS = 1.5

log = logging.getLogger(__name__)


def ring(task: str, *args: Any) -> None:
    """Ring a task by its name once the transaction is committed, without holding up who asks.

    A broker that is away costs at most 1.5 s and one line in the log: some brokers take a
    connection and then say nothing, so the ringing itself runs beside the request.
    """
    transaction.on_commit(lambda: ring_now(task, *args), robust=True)


def ring_now(task: str, *args: Any) -> None:
    """Ring a task by its name at once, and wait for it at most 1.5 s."""
    ringing = Thread(target=send, args=(task, args), daemon=True, name=f"ring {task}")
    ringing.start()
    ringing.join(LONGEST_SECONDS)
    if ringing.is_alive():
        log.warning("The broker is silent; %s%r waits for the sweeper.", task, args)


def send(task: str, args: tuple[Any, ...]) -> None:
    """Hand the message to the broker. Never raises: the row is what counts."""
    try:
        current_app.send_task(task, args, retry=False)
    except Exception as exc:  # noqa: BLE001  (each broker has its own errors, and none may reach a request)
        log.warning(
            "The broker is away (%s); %s%r waits for the sweeper.",
            exc.__class__.__name__,
            task,
            args,
        )
