"""Saves an answer. Acknowledged means: committed before the reply.

Order is (epoch, sequence): the epoch counts the openings of an attempt, the sequence the acts of the
person within one. One statement decides and writes, so that nothing can come in between; all that
ever arrives is kept in the journal as well, in the same transaction.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from exams import interactions
from exams.models import Attempt, FormItem, Response, ResponseEntry
from exams.refusal import Refused

# The attempt's row is read under a lock that a hand-in waits for (and the other way round), and
# looked at again after the wait: an answer is either scored or not acknowledged. SQLite has one
# writer at a time and needs no lock.
UPSERT = """
INSERT INTO exams_response (attempt_id, position, chosen, flagged, epoch, sequence, saved_at)
SELECT id, %s, %s, %s, %s, %s, %s FROM exams_attempt
WHERE id = %s AND closed_at IS NULL AND closes_at >= %s AND epoch = %s {lock}
ON CONFLICT (attempt_id, position) DO UPDATE SET
    chosen = excluded.chosen, flagged = excluded.flagged, epoch = excluded.epoch,
    sequence = excluded.sequence, saved_at = excluded.saved_at
WHERE (exams_response.epoch, exams_response.sequence) < (excluded.epoch, excluded.sequence)
"""


@dataclass(frozen=True)
class Sent:
    """An answer as it arrived."""

    position: int
    chosen: Any
    flagged: bool
    epoch: int
    sequence: int

    def stands_as(self, response: Response) -> bool:
        """Say whether this very answer is the one that is saved."""
        saved = (response.chosen, response.flagged, response.epoch, response.sequence)
        return saved == (self.chosen, self.flagged, self.epoch, self.sequence)


@dataclass(frozen=True)
class Acknowledgement:
    """What was saved when, and how many items have an answer now."""

    saved_at: datetime
    sequence: int
    saved_count: int


class Late(Refused):
    """The attempt is closed, or its time and the grace period are over. The answer is in the journal."""


class NotTaken(Refused):
    """Something newer stands. The answer is in the journal; `stands` is what counts."""

    def __init__(self, words: str, stands: Any) -> None:
        super().__init__(words)
        self.stands = stands


def answer(
    *,
    attempt: Attempt,
    position: int,
    chosen: Any,
    flagged: bool,
    epoch: int,
    sequence: int,
    now: datetime,
) -> Acknowledgement:
    """Save an answer. Raises `Late`, `NotTaken`, or `Refused` for what can be no answer to this item.

    The same answer sent twice is acknowledged twice and saved once.
    """
    sent = Sent(position, chosen, flagged, epoch, sequence)
    _check(attempt, sent)
    with transaction.atomic():
        is_saved = _upsert(attempt, sent, now)
        standing = None if is_saved else attempt.responses.filter(position=position).first()
        refusal = None if is_saved else _refusal(attempt, standing, sent, now)
        ResponseEntry.objects.create(
            attempt=attempt, is_late=isinstance(refusal, Late), received_at=now, **asdict(sent)
        )
    if refusal:
        raise refusal
    return Acknowledgement(
        saved_at=standing.saved_at if standing else now,
        sequence=sequence,
        saved_count=attempt.responses.exclude(chosen=[]).count(),
    )


def _check(attempt: Attempt, sent: Sent) -> None:
    placed = FormItem.objects.filter(form=attempt.form_id, position=sent.position)
    content = placed.values_list("version__content", flat=True).first()
    if content is None or not interactions.of(content["interaction"]).accepts(
        content["definition"], sent.chosen
    ):
        raise Refused(
            _(
                "This is not an answer to this item. Nothing was changed. Please load the page again."
            )
        )


def _upsert(attempt: Attempt, sent: Sent, now: datetime) -> bool:
    """Write the answer if the attempt takes it and nothing newer stands; say whether it was written."""
    lock = "FOR SHARE" if connection.features.has_select_for_update else ""
    moment = connection.ops.adapt_datetimefield_value(now)
    columns: list[Any] = [
        sent.position,
        json.dumps(sent.chosen),
        sent.flagged,
        sent.epoch,
        sent.sequence,
        moment,
    ]
    with connection.cursor() as cursor:
        cursor.execute(UPSERT.format(lock=lock), [*columns, attempt.pk, moment, sent.epoch])
        return bool(cursor.rowcount)


def _refusal(
    attempt: Attempt, standing: Response | None, sent: Sent, now: datetime
) -> Refused | None:
    """Say why the statement wrote nothing; `None` if exactly this answer stands already."""
    if standing and sent.stands_as(standing):
        return None
    attempt.refresh_from_db(fields=["closed_at", "closes_at", "epoch"])
    if attempt.closed_at or now > attempt.closes_at:
        return Late(
            _(
                "This attempt is closed, so this answer does not count. What you saved before is safe."
            )
        )
    if sent.epoch != attempt.epoch:
        words = _(
            "You opened this exam again after this page. Please look at what stands, and choose again if you like."
        )
    else:
        words = _(
            "You answered this item in another window. That answer stands; choose again if you like."
        )
    return NotTaken(words, standing.chosen if standing else [])
