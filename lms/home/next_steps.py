"""The one next step of a trainee, with what only the roof knows: the certificate, and the last result."""

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.status import Status
from courses.standing import Standing, Step
from courses.words import StepWords, next_step
from lms.home.held import Held
from lms.templatetags.home import day


def words_for(standing: Standing, held: Held | None) -> StepWords:
    """Return the next step of an enrolment in the reader's language. `held` is its newest certificate."""
    kind = standing.next_step.kind
    if kind == Step.CERTIFICATE:
        return _of_certificate(held) if held else _before_certificate(standing)
    if kind == Step.WAIT_FOR_EXAM:
        return _until_next_attempt(standing)
    return next_step(standing)


def _until_next_attempt(standing: Standing) -> StepWords:
    """Say from when the next attempt may start, and lead to what to study until then."""
    assert standing.exam is not None  # noqa: S101  (this kind of step has one)
    left, at = standing.exam.standing.attempts_left, standing.exam.standing.may_start_at
    assert at is not None  # noqa: S101  (who waits, waits for a time)
    text = ngettext(
        "Your hours still count. You have %(count)d attempt left, from %(day)s at %(time)s.",
        "Your hours still count. You have %(count)d attempts left, from %(day)s at %(time)s.",
        left,
    )
    time = formats.time_format(timezone.localtime(at), "TIME_FORMAT")
    return StepWords(
        _("Not yet. See what to study for the next attempt"),
        text % {"count": left, "day": day(at), "time": time},
        reverse("exam-result", args=[standing.exam.attempts[-1].public_id]),
        _("See what to study"),
    )


def _before_certificate(standing: Standing) -> StepWords:
    return StepWords(
        _("You have done it all"),
        _(
            "Your certificate is issued in a moment. Nothing to do: we write to you when it is there."
        ),
        reverse("follow-certificate", args=[standing.enrolment.public_id]),
        _("See how far it is"),
    )


def _of_certificate(held: Held) -> StepWords:
    url = reverse("certificates:show-certificate", args=[held.certificate.public_id])
    if held.status == Status.REVOKED:
        return StepWords(
            _("Your certificate no longer holds"),
            _("It was revoked. Its page says when and for what kind of reason, and whom to ask."),
            url,
            _("See why"),
        )
    if not held.is_printed:
        return StepWords(
            _("Your certificate is being made"),
            _("It is on record already. The PDF follows by itself, and we write to you."),
            url,
            _("See how far it is"),
        )
    return StepWords(
        _("Your certificate of completion is here"),
        _("Download it, print it, or give its code to someone who wants to check it."),
        url,
        _("See my certificate"),
    )
