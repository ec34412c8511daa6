"""The story: from the last lesson to a certificate that a stranger checks, in a real browser, in both languages."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from accounts.models import Agreement, User
from certificates.models import Certificate
from courses.models import Enrolment
from exams.models import Attempt
from tests.browser import steps
from tests.stack import Stack

NAME = "Alice Moreno"
PRINTED = {"en": "Certificate of completion", "es": "Certificado de finalización"}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["en", "es"])
def test_story(language: str, world: Stack, browser: Browser, tmp_path: Path) -> None:
    alice = User.objects.get(email="alice@demo.test")
    User.objects.filter(pk=alice.pk).update(language=language)
    context = browser.new_context(base_url=world.url, locale=language, accept_downloads=True)
    page = context.new_page()
    steps.sign_in(page, alice.email)
    expect(page.locator("html")).to_have_attribute("lang", language)

    finish_last_lesson(page, alice, language)
    steps.confirm_name(page, NAME)
    for kind in Agreement.Kind.values:
        steps.sign(page, kind, NAME)
    page = sit_exam(page, alice)
    steps.take_next_step(page)
    pdf = steps.download_certificate(page, tmp_path / "certificate.pdf")
    certificate = Certificate.objects.get(completion__enrolment__trainee=alice)

    text = steps.text_of(pdf)
    assert PRINTED[language] in text
    assert NAME in text
    address = steps.read_qr(pdf)
    assert address == f"{world.url}{reverse('verify:show', args=[certificate.public_code])}"
    stranger = browser.new_context(locale=language).new_page()
    stranger.goto(address)
    expect(stranger.locator("[data-status=valid]")).to_be_visible()
    assert NAME not in stranger.content()

    rita = browser.new_context(base_url=world.url, locale=language).new_page()
    steps.sign_in(rita, "rita@demo.test")
    steps.revoke(rita, reverse("certificates_revoke", args=[certificate.public_id]))
    stranger.reload()
    expect(stranger.locator("[data-status=revoked]")).to_be_visible()
    expect(stranger.locator("html")).to_have_attribute("lang", language)


def finish_last_lesson(page: Page, alice: User, language: str) -> None:
    """Go where the start page leads, and finish the lesson there."""
    place = Enrolment.objects.get(trainee=alice)
    before = sum(place.hours.values_list("minutes", flat=True))
    steps.take_next_step(page)
    last = place.release.units.get(key=page.url.rstrip("/").rsplit("/", 1)[1])
    expect(page.locator("h1")).to_have_text(last.text_in(language)["title"])
    steps.study(page, last, language)
    assert sum(place.hours.values_list("minutes", flat=True)) == before + last.minutes == 80 * 60


def sit_exam(page: Page, alice: User) -> Page:
    """Start, close the tab half-way, come back, finish; return the page that shows the result."""
    place = Enrolment.objects.get(trainee=alice)
    page.goto(reverse("courses:show-exam", args=[place.public_id]))
    steps.take_next_step(page)
    attempt = Attempt.objects.get(candidate=alice)
    steps.answer(page, attempt, range(1, 11))
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(reverse("courses:show-exam", args=[place.public_id]))
    steps.take_next_step(page)
    steps.answer(page, attempt, range(11, 21))
    steps.hand_in(page)
    expect(page).to_have_url(
        f"{page.url.split('/my/')[0]}{reverse('exam-result', args=[attempt.public_id])}"
    )
    expect(page.locator(".verdict.good")).to_be_visible()
    return page
