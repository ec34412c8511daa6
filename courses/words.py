"""What rules and next steps are called: the words between the rules and the pages."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.models import Tag
from courses.requirements import RuleResult
from courses.standing import NextStep, Standing, Step

AGREEMENTS = {
    "code_of_ethics": (
        gettext_lazy("Your signature under the code of ethics."),
        gettext_lazy("Sign the code of ethics"),
    ),
    "adult": (
        gettext_lazy("Your signature that you are 18 or older."),
        gettext_lazy("Sign that you are 18 or older"),
    ),
    "lived_experience": (
        gettext_lazy("Your signature that you have lived experience. We never ask what it was."),
        gettext_lazy("Sign that you have lived experience"),
    ),
}


def hours(minutes: int) -> str:
    """Return minutes as hours, exactly: 80 hours, 39 hours 59 minutes."""
    full, rest = divmod(minutes, 60)
    parts = (
        [ngettext("%(count)d hour", "%(count)d hours", full) % {"count": full}]
        if full or not rest
        else []
    )
    if rest:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest})
    return " ".join(parts)


def sentence(result: RuleResult, language: str, names: dict[str, str] | None = None) -> str:
    """Return what a rule asks. `names` gives the names of tags by code, where they are at hand."""
    if result.kind == "hours_total":
        return _("%(hours)s of training.") % {"hours": hours(result.needed)}
    if result.kind == "hours_tagged":
        name = (names or {}).get(result.tag, result.tag)
        return _("%(hours)s on: %(topic)s.") % {"hours": hours(result.needed), "topic": name}
    if result.kind == "exam":
        return _("The exam at the end of the course.")
    if result.kind == "attestation":
        return (
            str(AGREEMENTS[result.code][0])
            if result.code in AGREEMENTS
            else _("Your signature under one more text.")
        )
    if result.kind == "external" and result.sentences:
        return result.sentences.get(language) or next(iter(result.sentences.values()))
    return _("A rule that a person looks at.")


def tag_names(language: str) -> dict[tuple[str, str], str]:
    """Return the names of all tags by set and code. One query."""
    return {
        (tag.tag_set.code, tag.code): tag.name_in(language)
        for tag in Tag.objects.select_related("tag_set")
    }


@dataclass(frozen=True)
class StepWords:
    """The next step as the page says it; without an address there is nothing to press."""

    title: str
    text: str = ""
    url: str = ""
    button: str = ""


def next_step(standing: Standing) -> StepWords:
    """Return the words of an enrolment's next step."""
    step = standing.next_step
    found: StepWords = WORDS[step.kind](standing, step)
    return found


def _lesson(standing: Standing, step: NextStep) -> StepWords:
    unit = step.unit
    assert unit is not None  # noqa: S101  (this kind of step has one)
    text = _("Module %(module)d. About %(minutes)d minutes, at your own pace.")
    return StepWords(
        unit.title,
        text % {"module": unit.module, "minutes": unit.minutes},
        reverse("courses:study-unit", args=[standing.enrolment.public_id, unit.key]),
        _("Go on reading") if unit.is_begun else _("Open the lesson"),
    )


def _live_unit(standing: Standing, step: NextStep) -> StepWords:
    unit = step.unit
    assert unit is not None  # noqa: S101  (this kind of step has one)
    text = _("Module %(module)d, live: %(hours)s. Your instructor counts it after you took part.")
    return StepWords(
        unit.title,
        text % {"module": unit.module, "hours": hours(unit.minutes)},
        reverse("courses:study-unit", args=[standing.enrolment.public_id, unit.key]),
        _("See what it is about"),
    )


def _sign(standing: Standing, step: NextStep) -> StepWords:
    title = (
        AGREEMENTS[step.agreement][1] if step.agreement in AGREEMENTS else _("Sign one more text")
    )
    url = reverse("accounts:sign-agreement", args=[step.agreement])
    return StepWords(str(title), _("You need it before the certificate."), url, _("Read and sign"))


def _exam(standing: Standing, step: NextStep) -> StepWords:
    assert standing.exam is not None  # noqa: S101  (this kind of step has one)
    rules = standing.exam.rules
    items = sum(cell["count"] for cell in rules["blueprint"])
    text = ngettext(
        "%(items)d items, %(minutes)d minutes. You have %(count)d attempt left.",
        "%(items)d items, %(minutes)d minutes. You have %(count)d attempts left.",
        standing.exam.standing.attempts_left,
    ) % {"items": items, "minutes": rules["minutes"], "count": standing.exam.standing.attempts_left}
    return StepWords(_("Sit the exam"), text, exam_url(standing), _("See the rules of the exam"))


def _go_on_with_exam(standing: Standing, step: NextStep) -> StepWords:
    text = _("Your exam is open, and its time is running. What you answered is saved.")
    return StepWords(_("Go on with the exam"), text, exam_url(standing), _("Go on"))


def _wait_for_exam(standing: Standing, step: NextStep) -> StepWords:
    text = _("You can sit it again a little later. Look at what to study until then.")
    return StepWords(_("The exam, once more"), text, exam_url(standing), _("See when"))


def _talk(standing: Standing, step: NextStep) -> StepWords:
    text = _("There is something that we should look at together. Write to us, and we find a way.")
    return StepWords(_("Talk with us"), text, reverse("page-help"), _("How to reach us"))


def _confirm_name(standing: Standing, step: NextStep) -> StepWords:
    text = _(
        "Tell us your name as it is printed on the certificate. Nobody sees it in the classroom."
    )
    return StepWords(
        _("Confirm your legal name"), text, reverse("accounts:confirm-name"), _("Confirm my name")
    )


def _reads_items(standing: Standing, step: NextStep) -> StepWords:
    text = _(
        "You can read the items of the exam in your work here. So this exam cannot count for you."
    )
    return StepWords(
        _("No certificate by this exam"), text, reverse("page-help"), _("Talk with us")
    )


def _certificate(standing: Standing, step: NextStep) -> StepWords:
    text = _("Nothing is left to do. Your certificate is on its way, or it is there already.")
    url = reverse("follow-certificate", args=[standing.enrolment.public_id])
    return StepWords(_("You have done it all"), text, url, _("See my certificate"))


def exam_url(standing: Standing) -> str:
    """Return the address of an enrolment's exam page."""
    return reverse("courses:show-exam", args=[standing.enrolment.public_id])


WORDS: dict[Step, Any] = {
    Step.LESSON: _lesson,
    Step.LIVE_UNIT: _live_unit,
    Step.SIGN: _sign,
    Step.EXAM: _exam,
    Step.GO_ON_WITH_EXAM: _go_on_with_exam,
    Step.WAIT_FOR_EXAM: _wait_for_exam,
    Step.TALK: _talk,
    Step.CONFIRM_NAME: _confirm_name,
    Step.READS_ITEMS: _reads_items,
    Step.CERTIFICATE: _certificate,
}
