"""The second story: a lesson and an item are written, looked at, reviewed and published; a trainee meets them."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from courses.models import CoursePage, Enrolment, LessonPage, ModulePage, Release
from exams import attempts
from exams.models import Item
from tests.browser import authoring, steps
from tests.stack import Stack

TITLE = {"en": "Sitting with silence", "es": "Acompañar el silencio"}
TEXT = {"en": "Silence is not a gap. It is room.", "es": "El silencio no es un vacío. Es espacio."}
PROMPT = {"en": "When did silence help you?", "es": "¿Cuándo le ayudó el silencio?"}
STEM = {
    "en": "A participant looks down and says nothing. What do you do first?",
    "es": "Una participante baja la mirada y no dice nada. ¿Qué hace usted primero?",
}
OPTIONS = {
    "en": {"a": "Wait with her.", "b": "Ask the next question.", "c": "Tell your own story."},
    "es": {
        "a": "Esperar con ella.",
        "b": "Hacer la pregunta siguiente.",
        "c": "Contar su propia historia.",
    },
}
TOPIC = "Listening and the helping conversation"
CODE = "M5-silence"
NEW_PASSWORD = "a-long-quiet-walk"


@pytest.mark.timeout(600)
def test_authors_story(world: Stack, browser: Browser) -> None:
    erin = browser.new_context(base_url=world.url, locale="en").new_page()
    steps.sign_in(erin, "erin@demo.test")
    key = write_lesson(erin)
    item = write_item(erin)
    assert (item.live, item.versions.count()) == (False, 0)

    ivan = browser.new_context(base_url=world.url, locale="en").new_page()
    steps.sign_in(ivan, "ivan@demo.test")
    review(ivan, item)
    item.refresh_from_db()
    assert (item.live, item.versions.count()) == (True, 1)

    publish_release(erin)
    trainee = sign_up(browser, world)
    meet_lesson(trainee, key)
    meet_item(browser, world)


def write_lesson(page: Page) -> UUID:
    """Write a lesson in English, look at it, publish it; translate it, publish that; return its key."""
    module = ModulePage.objects.get(locale__language_code="en", slug="m05")
    page.goto(reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", module.pk]))
    page.locator("#id_title").fill(TITLE["en"])
    authoring.add_block(page, "Text")
    authoring.write_rich_text(page, TEXT["en"])
    authoring.add_block(page, "Reflection (private)")
    page.locator("textarea[name$=prompt]").fill(PROMPT["en"])
    page.locator("[name=figures-minutes]").fill("20")
    expect(authoring.preview(page).get_by_text(TEXT["en"])).to_be_visible(timeout=steps.SLOW)
    authoring.press(page, "publish")
    english = LessonPage.objects.get(title=TITLE["en"])

    page.goto(reverse("simple_translation:submit_page_translation", args=[english.pk]))
    page.get_by_label("Español").check()
    page.locator("form:has([name=locales]) [type=submit]").click()
    page.wait_for_load_state()
    spanish = LessonPage.objects.get(
        translation_key=english.translation_key, locale__language_code="es"
    )
    page.goto(reverse("wagtailadmin_pages:edit", args=[spanish.pk]))
    page.locator("#id_title").fill(TITLE["es"])
    authoring.write_rich_text(page, TEXT["es"])
    page.locator("textarea[name$=prompt]").fill(PROMPT["es"])
    expect(page.locator("[name=figures-minutes]")).to_have_value("20")
    authoring.press(page, "publish")
    return english.translation_key


def write_item(page: Page) -> Item:
    """Write an item in both languages, look at it as a candidate would, and send it to review."""
    page.goto("/admin/snippets/exams/item/add/")
    page.locator("[name=code]").fill(CODE)
    authoring.choose_topic(page, TOPIC)
    for language in ("en", "es"):
        authoring.write_item(page, language, STEM[language], OPTIONS[language])
    page.locator("[name=key]").select_option("a")
    for language in ("en", "es"):
        shown = authoring.preview(page, language)
        expect(shown.get_by_text(STEM[language])).to_be_visible(timeout=steps.SLOW)
        expect(shown.get_by_text(OPTIONS[language]["b"])).to_be_visible()
    authoring.press(page, "submit")
    return Item.objects.get(code=CODE)


def review(page: Page, item: Item) -> None:
    """Approve what somebody else wrote: it goes live by that."""
    page.goto(f"/admin/snippets/exams/item/edit/{item.pk}/")
    approve = page.locator("button[data-workflow-action-name=approve]").first
    if not approve.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    with page.expect_navigation():
        approve.click()


def publish_release(page: Page) -> None:
    """Read what changes, and publish it."""
    page.goto(reverse("courses_release", args=["core"]))
    expect(page.get_by_text(TITLE["en"])).to_be_visible()
    with page.expect_navigation():
        page.locator(".nice-padding form button[type=submit]").click()
    assert Release.objects.latest().number == 2


def sign_up(browser: Browser, world: Stack) -> Page:
    """Be somebody new: sign up, follow the mail's link, take a place in the course."""
    page = browser.new_context(base_url=world.url, locale="en").new_page()
    page.goto(reverse("account_signup"))
    page.locator("[name=email]").fill("quinn@example.org")
    page.locator("[name=classroom_name]").fill("Quinn")
    for field in ("password1", "password2"):
        page.locator(f"[name={field}]").fill(NEW_PASSWORD)
    page.locator("main form:has([name=password1]) button[type=submit]").first.click()
    page.goto(world.link_mailed_to("quinn@example.org"))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    if "login" in page.url:
        steps.sign_in(page, "quinn@example.org", NEW_PASSWORD)
    page.goto(CoursePage.objects.get(locale__language_code="en", slug="core-training").url)
    page.locator("form[action$='/enrol/'] button[type=submit]").first.click()
    page.wait_for_load_state()
    return page


def meet_lesson(page: Page, key: UUID) -> None:
    """Find the new lesson in one's own course, in both languages."""
    place = Enrolment.objects.get(trainee=User.objects.get(email="quinn@example.org"))
    assert place.release.number == 2
    page.goto(reverse("courses:study-unit", args=[place.public_id, key]))
    for language in ("en", "es"):
        if language == "es":
            page.locator("form[action='/language/'] button[value=es]").first.click()
        expect(page.locator("h1")).to_have_text(TITLE[language])
        expect(page.get_by_text(TEXT[language])).to_be_visible()
        expect(page.get_by_text(PROMPT[language])).to_be_visible()


def meet_item(browser: Browser, world: Stack) -> None:
    """A candidate whose form asks for the whole topic meets the item, without its key."""
    place = Enrolment.objects.get(trainee__email="ana@demo.test")
    frozen = place.release.exams.select_related("exam").get()
    whole_topic: Any = {**frozen.rules, "blueprint": [{"topic": "m05", "level": "", "count": 4}]}
    attempt = attempts.start(
        candidate=place.trainee,
        exam=frozen.exam,
        rules=whole_topic,
        language="es",
        now=timezone.now(),
    )
    position = attempt.form.items.get(version__item__code=CODE).position
    page = browser.new_context(base_url=world.url, locale="es").new_page()
    steps.sign_in(page, "ana@demo.test")
    page.goto(reverse("exams:sit-item", args=[attempt.public_id, position]))
    expect(page.get_by_text(STEM["es"])).to_be_visible()
    for words in OPTIONS["es"].values():
        expect(page.get_by_text(re.compile(re.escape(words)))).to_be_visible()
