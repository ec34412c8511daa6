"""One certificate as it is set: the frozen facts and the name, put into the words of its language.

Pure of the database: what is printed comes from the facts and the names alone, so that printing again gives the
same sheet. `Sheet` is what `templates/certificates/print.html` is given.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from certificates import numbering
from certificates.printing import lettering
from certificates.printing.wording import Wording, wording

NAME_WIDTH = 7.0 * 72  # points that a name may take on one line
NAME_SIZES = (38, 34, 30, 27, 24, 21, 18)
TWO_LINE_SIZES = (18, 16, 14, 12)
HAND_WIDTH = 2.75 * 72
HAND_SIZES = (19, 16, 13, 10, 8)


@dataclass(frozen=True)
class HourLine:
    """One line of the table of hours: a domain, or all of them."""

    name: str
    live: str
    own_pace: str
    hours: str


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet, in words."""

    words: dict[str, Any]
    language: str
    name: str
    name_class: str
    title: str
    training: str
    terms: str
    follows: str
    lines: tuple[HourLine, ...]
    total: HourLine
    facts: tuple[tuple[str, str], ...]
    provider: dict[str, str]
    signatory: dict[str, str]
    signed: str
    hand_class: str
    seal_alt: str
    groups: tuple[str, ...]
    address: str
    number: str
    created: str
    is_specimen: bool


def lay_out(facts: dict[str, Any], name: str) -> Sheet:
    """Return the sheet of a certificate.

    `facts` are those of `Certificate.facts`, with the names of the instructors and of who signs.
    """
    say = wording(facts["language"], facts["wording"])
    total = facts["minutes"]["total"]
    training = say.say("with_hours", training=facts["training"]["title"], hours=say.hours(total))
    language = say.language_name(facts["language"])
    return Sheet(
        words=say.texts,
        language=say.language,
        name=name,
        name_class=name_class(name),
        title=f"{say.say('title')} {facts['number']}",
        training=training,
        terms=say.say(
            "terms", language=language, exam=say.say("exam") if facts["exam_passed_on"] else ""
        ),
        follows=say.say(
            "follows",
            release=facts["training"]["release"],
            requirements=facts["requirements"]["name"],
            version=facts["requirements"]["version"],
        ),
        lines=tuple(hour_line(say, domain["name"], domain) for domain in facts["domains"]),
        total=hour_line(say, say.say("all"), facts["minutes"]),
        facts=tuple(details(say, facts)),
        provider=facts["provider"],
        signatory=facts["signatory"],
        signed=say.say("signed", day=say.day(date.fromisoformat(facts["issued_on"]))),
        hand_class=hand_class(facts["signatory"]["name"]),
        seal_alt=say.say("seal", provider=facts["provider"]["name"]),
        groups=tuple(numbering.group(facts["code"])),
        address=facts["verify_address"],
        number=facts["number"],
        created=facts["issued_at"],
        is_specimen=facts["is_specimen"],
    )


def hour_line(say: Wording, name: str, minutes: dict[str, Any]) -> HourLine:
    """Return one line of the table, in hours."""
    return HourLine(
        name, say.cell(minutes["live"]), say.cell(minutes["self_paced"]), say.cell(minutes["total"])
    )


def details(say: Wording, facts: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield the labelled facts, in the order in which a certifying body reads them."""
    day = date.fromisoformat
    yield say.say("dates"), say.period(day(facts["first_on"]), day(facts["last_on"]))
    yield say.say("completed_on"), say.day(day(facts["completed_on"]))
    yield say.say("issued_on"), say.day(day(facts["issued_on"]))
    if facts["valid_until"]:
        yield say.say("valid_until"), say.day(day(facts["valid_until"]))
    for approval in facts["approvals"]:
        yield say.say("approval"), say.say("approved_by", **approval)
    if facts["instructors"]:
        label = "instructor" if len(facts["instructors"]) == 1 else "instructors"
        yield say.say(label), ", ".join(facts["instructors"])
    yield say.say("number"), facts["number"]


def name_class(name: str) -> str:
    """Return the class of the largest size in which a name fits on one line; else it takes two."""
    wide = lettering.width(name)
    for size in NAME_SIZES:
        if wide * size <= NAME_WIDTH:
            return f"size-{size}"
    room = 1.8 * NAME_WIDTH  # two lines, less what the first one leaves over
    size = next((size for size in TWO_LINE_SIZES if wide * size <= room), TWO_LINE_SIZES[-1])
    return f"size-{size} two-lines"


def hand_class(name: str) -> str:
    """Return the class of the largest size in which the signatory's name fits on the line."""
    wide = lettering.width(name)
    return next((f"hand-{size}" for size in HAND_SIZES if wide * size <= HAND_WIDTH), "hand-none")
