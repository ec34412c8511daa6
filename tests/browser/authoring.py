"""What an instructor and a reviewer do in the editor, with its own buttons."""

import re

from playwright.sync_api import Error, FrameLocator, Page, expect


def add_block(page: Page, kind: str) -> None:
    """Add a block to the end of a lesson."""
    page.locator("[data-contentpath=body]").first.get_by_title("Insert a block").last.click()
    page.get_by_role("option", name=kind, exact=True).click()


KEPT = (
    "text => [...document.querySelectorAll('input[type=hidden]')].some(i => i.value.includes(text))"
)


def write_rich_text(page: Page, text: str) -> None:
    """Write into the last rich-text field, in place of what stands there, until the editor has kept it.

    The field is drawn by a script that may take over while somebody types already.
    """
    for _attempt in range(4):
        page.locator(".public-DraftEditor-content").last.click()
        page.keyboard.press("Control+A")
        page.keyboard.type(text, delay=10)
        try:
            page.wait_for_function(KEPT, arg=text, timeout=5000)
        except Error:
            continue
        return
    raise AssertionError("The editor did not keep the text.")


def press(page: Page, action: str) -> None:
    """Press one of the buttons at the foot of the editor, in its menu if it is not in front."""
    button = page.locator(f"button[name='action-{action}']").first
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    with page.expect_navigation():
        button.click()
    expect(page.locator(".messages .success").first).to_be_visible()


def preview(page: Page, language: str = "") -> FrameLocator:
    """Open the preview beside the editor, in a language where it is asked; return what it shows."""
    if not page.locator("#w-preview-iframe").is_visible():
        page.get_by_role("button", name=re.compile("preview", re.IGNORECASE)).first.click()
    if language:
        page.locator("select[data-w-preview-target=mode]").select_option(language)
    return page.frame_locator("#w-preview-iframe")


def choose_topic(page: Page, name: str) -> None:
    """Choose an item's topic in the editor's window."""
    page.get_by_role("button", name="Choose topic").click()
    page.locator(".modal-content").get_by_role("link", name=name).click()
    expect(page.locator(".modal-content")).to_have_count(0)


def write_item(page: Page, language: str, stem: str, options: dict[str, str]) -> None:
    """Fill in an item's words in one language."""
    page.locator(f"[name=stem_{language}]").fill(stem)
    for option, words in options.items():
        page.locator(f"[name=option_{option}_{language}]").fill(words)
