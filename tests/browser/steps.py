"""What people do in the browser, in any language: the stories are told in these words."""

import re
from pathlib import Path

import pypdfium2
import zxingcpp
from django.urls import reverse
from playwright.sync_api import Page, expect

from courses.models import ReleaseUnit
from exams.models import Attempt, FormItem
from lms.cast import PASSWORD

SLOW = 60_000  # milliseconds: a worker on a busy machine


def sign_in(page: Page, address: str, password: str = PASSWORD) -> None:
    """Sign in as a person does."""
    page.goto(reverse("account_login"))
    page.locator("input[name=login]").fill(address)
    page.locator("input[name=password]").fill(password)
    page.locator("main form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda url: reverse("account_login") not in url)


def take_next_step(page: Page) -> None:
    """Press the one main button of the page's next step."""
    page.locator(".next .button.main").first.click()
    page.wait_for_load_state()


def study(page: Page, unit: ReleaseUnit, language: str) -> None:
    """Answer each check right, write each reflection, finish the lesson that is on the screen."""
    for block in unit.text_in(language)["blocks"]:
        form = page.locator(f"form[id='{block['id']}']")
        if block["kind"] == "knowledge_check":
            form.locator(f"label:has(input[value='{block['key']}'])").click()
            form.locator("button[type=submit]").click()
            expect(form.locator(".note.good")).to_be_visible()
        elif block["kind"] == "reflection":
            form.locator("textarea").fill("Escuchar más." if language == "es" else "Listen more.")
            form.locator("button[type=submit]").click()
            expect(form.locator("[data-saved]")).not_to_be_empty()
    page.locator("form[action$='/finish/'] button[type=submit]").click()
    page.wait_for_load_state()


def confirm_name(page: Page, name: str) -> None:
    """Confirm the name as it is printed."""
    page.goto(reverse("accounts:confirm-name"))
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=is_right]").check()
    page.locator("main form:has(input[name=is_right]) button.main").click()
    page.wait_for_load_state()


def sign(page: Page, kind: str, name: str) -> None:
    """Sign an agreement with the typed name."""
    page.goto(reverse("accounts:sign-agreement", args=[kind]))
    page.locator("input[name=typed_name]").fill(name)
    page.locator("input[name=agrees]").check()
    page.locator("main form:has(input[name=agrees]) button.main").click()
    page.wait_for_load_state()


def answer(page: Page, attempt: Attempt, positions: range) -> None:
    """Answer items right, one page after the other, from the one that is on the screen."""
    keys = dict(
        FormItem.objects.filter(form=attempt.form_id).values_list(
            "position", "version__content__definition__key"
        )
    )
    for position in positions:
        expect(page).to_have_url(re.compile(f"/{position}/$"))
        page.locator(f"#item-form label:has(input[value='{keys[position]}'])").click()
        page.locator("#item-form button.main").click()
        page.wait_for_url(re.compile(rf"/(?!{position}/)[^/]+/$"))


def hand_in(page: Page) -> None:
    """Hand in from the page where one looks over the answers."""
    page.locator("a.button.main[href='?confirm=1']").click()
    page.locator("form[data-hand-in] button.main").click()
    page.wait_for_load_state()


def download_certificate(page: Page, to: Path) -> Path:
    """Wait for the certificate on its page, without doing anything, and download the PDF."""
    link = page.locator("a[href$='/pdf/']")
    expect(link).to_be_visible(timeout=SLOW)
    with page.expect_download() as started:
        link.click()
    started.value.save_as(to)
    return to


def read_qr(pdf: Path) -> str:
    """Return what the QR code on the printed page says, read from a picture of the page."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture = page.render(scale=150 / 72).to_pil()
        page.close()
    codes = zxingcpp.read_barcodes(picture)
    assert len(codes) == 1
    return str(codes[0].text)


def text_of(pdf: Path) -> str:
    """Return the words of a PDF's first page."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        words = page.get_textpage()
        text: str = words.get_text_bounded()
        words.close()
        page.close()
    return text


def revoke(page: Page, address: str) -> None:
    """Revoke the certificate, as the registrar does, with a reason and after reading what will happen."""
    page.goto(address)
    page.locator("select[name=reason]").select_option("record_error")
    page.locator("main button[type=submit], .nice-padding button[type=submit]").first.click()
    page.locator("button[name=confirmed]").click()
    page.wait_for_load_state()
