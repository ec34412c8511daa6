"""The hidden course that the smoke story is told in: one short lesson, three items, SPECIMEN certificates.

It is laid through the same records as any course, once, and stays out of every list and report.
"""

from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from wagtail.models import Locale, Page

from courses.figures import Figures, write_figures
from courses.loading import load_profile
from courses.models import (
    CataloguePage,
    Course,
    CoursePage,
    Enrolment,
    LessonPage,
    ModulePage,
    Profile,
    ReleaseUnit,
    Unit,
)
from courses.publishing import publish_release
from exams.models import BlueprintLine, Exam, ExamText, Item, ItemText, Topic
from exams.publishing import freeze
from lms.visitor import Visitor

CODE = "specimen"
MINUTES = 10
ITEMS = 3
WORDS = {"en": "Specimen", "es": "Muestra"}
RULES = [
    {"kind": "hours_total", "minutes": MINUTES},
    {"kind": "exam"},
    {"kind": "attestation", "agreement": "code_of_ethics"},
    {"kind": "attestation", "agreement": "adult"},
    {"kind": "attestation", "agreement": "lived_experience"},
]


@transaction.atomic
def lay(*, now: datetime) -> tuple[Course, Profile]:
    """Return the specimen course and its profile, made if they are not there."""
    profile = load_profile(
        {
            "code": CODE,
            "is_specimen": True,
            "number": 1,
            "names": WORDS,
            "certifier": settings.SITE_NAME,
            "rule": RULES,
            "source_urls": [],
            "checked_on": date(2026, 11, 1),
            "effective_on": date(2026, 11, 1),
            "confidence": "H",
        }
    ).profile
    course, is_new = Course.objects.get_or_create(
        code=CODE,
        defaults={
            "key": _key("course"),
            "is_hidden": True,
            "is_specimen": True,
            "exam": _exam(now),
        },
    )
    if is_new:
        for language in WORDS:
            _pages(Locale.objects.get(language_code=language), language)
        write_figures(
            key=_key("lesson"),
            figures=Figures(mode=Unit.Mode.SELF_PACED, minutes=MINUTES, by_tag={}),
        )
    publish_release(course=course, by=None, now=now)
    return course, profile


def study(visitor: Visitor, enrolment: Enrolment, unit: ReleaseUnit) -> None:
    """Read a lesson through its pages: answer each check, write each reflection, finish."""
    place = [enrolment.public_id, unit.key]
    for block in unit.text_in("en")["blocks"]:
        visitor.go(reverse("courses:study-unit", args=place))
        if block["kind"] == "knowledge_check":
            visitor.send(
                to=reverse("courses:answer-check", args=[*place, block["id"]]), chosen=block["key"]
            )
        elif block["kind"] == "reflection":
            visitor.send(
                to=reverse("courses:write-reflection", args=[*place, block["id"]]), text=WORDS["en"]
            )
    visitor.go(reverse("courses:study-unit", args=place))
    visitor.send(to=reverse("courses:finish-lesson", args=place))


def _key(part: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"peerway/{CODE}/{part}")


def _exam(now: datetime) -> Exam:
    topic, _made = Topic.objects.get_or_create(
        code=CODE, defaults={"names": WORDS, "position": 999}
    )
    exam: Exam = Exam.objects.create(code=CODE, minutes=10, cut_percent=70, is_practice_length=True)
    for language, word in WORDS.items():
        ExamText.objects.create(exam=exam, language=language, title=word)
    BlueprintLine.objects.create(exam=exam, topic=topic, count=ITEMS)
    for number in range(1, ITEMS + 1):
        _item(number, topic, now)
    return exam


def _item(number: int, topic: Topic, now: datetime) -> None:
    item = Item(
        code=f"{CODE}-{number}",
        topic=topic,
        definition={"options": ["a", "b", "c"], "key": "b"},
        live=False,
    )
    item.texts = [
        ItemText(
            language=language,
            stem=f"{word} {number}: 2 + 2 = ?",
            options={"a": "3", "b": "4", "c": "5"},
            rationale=f"{word}.",
        )
        for language, word in WORDS.items()
    ]
    item.save()
    item.save_revision().publish()
    freeze(item=item, now=now)


def _pages(locale: Locale, language: str) -> None:
    """Write the course's pages in one language, beside or below the catalogue."""
    word = WORDS[language]
    above = CataloguePage.objects.filter(locale=locale).first() or Page.get_first_root_node()
    course = _page(
        CoursePage(title=word, slug=CODE, locale=locale, translation_key=_key("course")), above
    )
    module = _page(
        ModulePage(title=word, slug=CODE, locale=locale, translation_key=_key("module")), course
    )
    body = [
        {"type": "text", "id": "text", "value": f"<p>{word}.</p>"},
        {
            "type": "knowledge_check",
            "id": "check",
            "value": {
                "question": f"{word}: 2 + 2 = ?",
                "options": [
                    {
                        "type": "item",
                        "id": answer,
                        "value": {"text": answer, "feedback": word, "is_key": answer == "4"},
                    }
                    for answer in ("3", "4")
                ],
            },
        },
        {"type": "reflection", "id": "reflection", "value": {"prompt": f"{word}."}},
    ]
    _page(
        LessonPage(
            title=word,
            slug=CODE,
            locale=locale,
            translation_key=_key("lesson"),
            summary=word,
            body=body,
        ),
        module,
    )


def _page(page: Page, above: Page) -> Page:
    page.live = False
    above.add_child(instance=page)
    page.save_revision(log_action=False).publish(skip_permission_checks=True)
    return page
