"""A reflection in a browser that was signed out, or whose connection is gone: what was typed stays."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from courses.models import Enrolment, Reflection
from tests.browser import steps
from tests.stack import Stack

WORDS = "What my grandmother said"


@pytest.mark.timeout(300)
def test_what_was_typed_stays_until_it_is_saved(world: Stack, browser: Browser) -> None:
    place = Enrolment.objects.get(trainee__email="alice@demo.test")
    unit, block = next(
        (unit, block["id"])
        for unit in place.release.units.all()
        for block in unit.text_in("en").get("blocks", [])
        if block["kind"] == "reflection"
    )
    context = browser.new_context(base_url=world.url, locale="en")
    page = context.new_page()
    steps.sign_in(page, place.trainee.email)
    page.goto(reverse("courses:study-unit", args=[place.public_id, unit.key]))
    form = page.locator(f"form[id='{block}']")
    form.locator("textarea").fill(WORDS)
    save = form.locator("button[type=submit]")

    context.set_offline(True)
    save.click()
    expect(form.get_by_role("alert")).to_contain_text("This is not saved yet.")
    context.set_offline(False)

    context.clear_cookies(name="sessionid")
    save.click()
    expect(form.get_by_role("alert")).to_contain_text("This is not saved: you were signed out.")
    expect(form.locator("textarea")).to_have_value(WORDS)
    with context.expect_page() as opened:
        form.get_by_role("alert").get_by_role("link").click()
    steps.sign_in(opened.value, place.trainee.email)

    save.click()
    expect(form.locator("[data-saved]")).to_contain_text("Saved for you alone")
    expect(form.get_by_role("alert")).to_have_count(0)
    kept = Reflection.objects.get(enrolment=place, unit_key=unit.key, block=block)
    assert kept.text == WORDS
