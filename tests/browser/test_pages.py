"""Every page of ours, as each of the cast sees it, in both languages: whole at 360 px and axe-clean."""

import gettext
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from lms.cast import PASSWORD
from tests.browser import inspection
from tests.browser.places import CAST, EXEMPT, Places, languages, names
from tests.stack import Stack

NOT_FOUND = 404
MAY_BE_MISSING = ("/no-such-page/", "/verify/")


def sign_in(page: Page, address: str, password: str = PASSWORD) -> None:
    """Sign in as a person does."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(address)
    page.locator("input[name=password]").fill(password)
    page.locator("main form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_load_state()


def catalog(language: str) -> dict[str, str]:
    """Return what is translated, source → target, without plurals and placeholders."""
    path = Path(settings.LOCALE_PATHS[0], language, "LC_MESSAGES", "django.mo")
    with path.open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {s: t for s, t in known.items() if isinstance(s, str) and s and "%" not in s}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("who", CAST)
def test_pages_are_whole(who: str, language: str, world: Stack, browser: Browser) -> None:
    context = browser.new_context(base_url=world.url, viewport=inspection.PHONE, locale=language)
    page = context.new_page()
    strangers = inspection.watch(page)
    addresses = [
        a.replace("LANGUAGE", language) for a in Places().of(who) if in_language(a, language)
    ]
    if who != "stranger":
        sign_in(page, f"{who}@demo.test")
        page.goto("/help/")
    page.evaluate("1")
    if page.url == "about:blank":
        page.goto("/help/")
    speak(page, language)
    english = {} if language == "en" else catalog(language)
    found = {}
    for address in addresses:
        response = page.goto(address)
        assert response is not None
        wrong = inspection.faults(page, response, language)
        allowed = response.ok or (
            response.status == NOT_FOUND and address.startswith(MAY_BE_MISSING)
        )
        wrong += [] if allowed else [f"it answers {response.status}"]
        wrong += inspection.english_left(page.locator("body").inner_text(), english)
        if wrong:
            found[address] = wrong
    context.close()
    assert found == {}
    assert strangers == []


def in_language(address: str, language: str) -> bool:
    """Leave out the addresses that stand in another language."""
    return not any(address.startswith(f"/{code}/") for code in languages() if code != language)


def speak(page: Page, language: str) -> None:
    """Go on in a language, with the switch that every page has."""
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"form[action='/language/'] button[value={language}]").first.click()
        page.wait_for_load_state()


def test_every_address_is_visited_or_exempt_with_a_reason(world: Stack) -> None:
    places = Places()
    for who in CAST:
        places.of(who)
    assert names() - places.visited - set(EXEMPT) == set()
    assert set(EXEMPT) - names() == set()
