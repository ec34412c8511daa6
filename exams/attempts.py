"""Sitting an exam: start, hand in, close what is over. Answers have a module of their own.

The server's clock decides. Everything that counts is copied onto the attempt at its start.
"""

import logging
import secrets
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.fingerprints import fingerprint
from accounts.models import User
from exams import assembly, interactions, navigator, scoring
from exams.answering import Acknowledgement, Late, NotTaken, answer
from exams.eligibility import ClosedAttempt, Reason, Standing, standing
from exams.models import Attempt, Exam, ExamForm, FormItem, ItemVersion, Score
from exams.refusal import Refused
from exams.rules import Rules, in_language
from exams.signals import attempt_scored

__all__ = [
    "Acknowledgement",
    "Late",
    "NotTaken",
    "Refused",
    "answer",
    "close_expired",
    "close_if_over",
    "first_unanswered",
    "standing_of",
    "start",
    "submit",
    "words_against",
]

log = logging.getLogger(__name__)


def start(*, candidate: User, exam: Exam, rules: Rules, language: str, now: datetime) -> Attempt:
    """Start an attempt with a form of its own, or go on with the one that is open.

    To go on is a new opening: what an earlier one still sends cannot overwrite (its epoch is older).
    An attempt whose time is over is closed first. Raises `Refused`.
    """
    for over in Attempt.objects.sat_by(candidate).filter(exam=exam).over(now):
        submit(attempt=over, now=now)  # on its own: it stays closed even if the start is refused
    with transaction.atomic():
        _lock(candidate)
        if open_one := Attempt.objects.sat_by(candidate).filter(exam=exam).open().first():
            return _reopen(open_one)
        found = standing_of(candidate=candidate, exam=exam, rules=rules, now=now)
        if not found.may_start:
            raise Refused(words_against(found))
        return _begin(candidate, exam, rules, language, now)


def _reopen(attempt: Attempt) -> Attempt:
    Attempt.objects.filter(pk=attempt.pk).update(epoch=F("epoch") + 1)
    attempt.refresh_from_db(fields=["epoch"])
    return attempt


def _lock(candidate: User) -> None:
    """Let one start at a time through for a person. (SQLite locks the whole file anyway.)"""
    User.objects.select_for_update(no_key=True).get(pk=candidate.pk)


def _begin(candidate: User, exam: Exam, rules: Rules, language: str, now: datetime) -> Attempt:
    deadline_at = now + timedelta(minutes=rules["minutes"])
    return Attempt.objects.create(
        exam=exam,
        candidate=candidate,
        form=_draw_form(exam, rules, now),
        number=Attempt.objects.sat_by(candidate).filter(exam=exam).count() + 1,
        language=language,
        rules=rules,
        started_at=now,
        deadline_at=deadline_at,
        closes_at=deadline_at + timedelta(seconds=rules["grace_seconds"]),
    )


def _draw_form(exam: Exam, rules: Rules, now: datetime) -> ExamForm:
    """Draw a form at random, and keep with it all that is needed to draw it again."""
    current = ItemVersion.objects.current().filter(topic__code__in=rules["topics"])
    pool = [
        assembly.PoolItem(*row)
        for row in current.values_list("pk", "item_id", "topic__code", "level")
    ]
    seed = secrets.token_hex(16)
    try:
        drawn = assembly.draw(blueprint=rules["blueprint"], pool=pool, seed=seed)
    except assembly.CellTooSmall as short:
        log.error("Exam %s cannot start: %s", exam.code, short)  # noqa: TRY400  (the sentence is enough)
        topic = in_language(rules["topics"][short.topic]["names"], "en", short.topic)
        raise Refused(
            _(
                "This exam is not ready yet: it needs more items on “%(topic)s”. No attempt was used. Please write to us."
            )
            % {"topic": topic}
        ) from short
    orders = _option_orders(drawn, seed)
    form = ExamForm.objects.create(
        exam=exam,
        seed=seed,
        inputs={
            "algorithm": assembly.ALGORITHM,
            "blueprint": rules["blueprint"],
            "versions": sorted(entry.version for entry in pool),
        },
        sha256=fingerprint([[version, orders[version]] for version in drawn]),
        drawn_at=now,
    )
    FormItem.objects.bulk_create(
        FormItem(form=form, position=position, version_id=version, option_order=orders[version])
        for position, version in enumerate(drawn, start=1)
    )
    return form


def _option_orders(drawn: list[int], seed: str) -> dict[int, list[str]]:
    contents = ItemVersion.objects.in_bulk(drawn)
    return {
        version: assembly.order_options(
            seed=seed,
            version=version,
            options=interactions.of(frozen.content["interaction"]).option_ids(
                frozen.content["definition"]
            ),
        )
        for version, frozen in contents.items()
    }


def standing_of(*, candidate: User, exam: Exam, rules: Rules, now: datetime) -> Standing:
    """Say whether the candidate may start now. Two queries; voided attempts do not count."""
    closed = (
        Attempt.objects.sat_by(candidate).counted().filter(exam=exam, closed_at__isnull=False)
    ).prefetch_related("scores")
    history = [
        ClosedAttempt(
            attempt.closed_at, any(score.passed for score in list(attempt.scores.all())[-1:])
        )
        for attempt in closed
        if attempt.closed_at
    ]
    return standing(rules, history, now)


def words_against(found: Standing) -> str:
    """Say to the person why an attempt cannot start now; nothing if it can."""
    if Reason.PASSED in found.reasons:
        return _("You have passed this exam. There is nothing more to do here.")
    if Reason.NO_ATTEMPT_LEFT in found.reasons:
        return _("You have used all your attempts. Please write to us: we look at it together.")
    if found.may_start_at and found.reasons:
        moment = date_format(localtime(found.may_start_at), "DATETIME_FORMAT")
        return _("You can start the next attempt from %(moment)s on.") % {"moment": moment}
    return ""


def first_unanswered(*, attempt: Attempt) -> int:
    """Return the position at which to go on: the first without an answer, or 1. Two queries."""
    answers = {
        position: (bool(chosen), False)
        for position, chosen in attempt.responses.values_list("position", "chosen")
    }
    return navigator.first_open(navigator.places(attempt.form.items.count(), answers))


def submit(*, attempt: Attempt, now: datetime) -> Score:
    """Hand in: score what is saved, close, tell who listens. A second time returns the score that is there."""
    with transaction.atomic():
        locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
        if locked.closed_at is None:
            in_time = now <= locked.closes_at
            closing = Attempt.Closing.SUBMITTED if in_time else Attempt.Closing.EXPIRED
            return _close(locked, closing, now if in_time else locked.deadline_at, now)
        return locked.scores.latest()


def close_if_over(*, attempt: Attempt, now: datetime) -> bool:
    """Close the attempt if its time and the grace period are over. Return whether it is closed."""
    if attempt.closed_at is None and now > attempt.closes_at:
        submit(attempt=attempt, now=now)
        attempt.refresh_from_db()
    return attempt.closed_at is not None


def close_expired(*, now: datetime, limit: int) -> int:
    """Close up to `limit` attempts whose time is over, each with what was saved. Return how many."""
    over = list(Attempt.objects.over(now).order_by("closes_at")[:limit])
    for attempt in over:
        submit(attempt=attempt, now=now)
    return len(over)


def _close(attempt: Attempt, closing: Attempt.Closing, closed_at: datetime, now: datetime) -> Score:
    result = scoring.total(_scored(attempt), cut_percent=attempt.rules["cut_percent"])
    score = Score.objects.create(
        attempt=attempt,
        raw=result.raw,
        maximum=result.maximum,
        cut=result.cut,
        by_topic=[asdict(topic) for topic in result.by_topic],
        reason=closing,
        scored_at=now,
    )
    attempt.closed_at, attempt.closing = closed_at, closing
    attempt.save(update_fields=["closed_at", "closing"])
    attempt_scored.send(sender=Attempt, attempt=attempt, score=score)
    return score


def _scored(attempt: Attempt) -> Iterable[scoring.ScoredItem]:
    answers = dict(attempt.responses.values_list("position", "chosen"))
    for placed in FormItem.objects.filter(form=attempt.form_id).select_related("version"):
        content = placed.version.content
        earned = interactions.of(content["interaction"]).score(
            content["definition"], answers.get(placed.position, []), content["points"]
        )
        yield scoring.ScoredItem(content["topic"], content["points"], earned)
