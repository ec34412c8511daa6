"""Looks at one page as it stands in the browser, and says all that is wrong with it."""

import re
from importlib.resources import files
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response, ViewportSize

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE: ViewportSize = {"width": 360, "height": 740}
WATCH = """
window.refused = [];
document.addEventListener('securitypolicyviolation', e => window.refused.push(e.violatedDirective + ' ' + e.blockedURI));
"""
LOOK = "async only => (await axe.run({runOnly: only})).violations"
INLINE = {
    "a style attribute": r"<[a-z][^>]*\sstyle\s*=",
    "a style element": r"<style[\s>]",
    "an event attribute": r"<[a-z][^>]*\son[a-z]+\s*=",
    "an inline script": r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>",
}


def watch(page: Page) -> list[str]:
    """Keep the policy's refusals and every request to someone else; return the latter's list."""
    strangers: list[str] = []
    home = ""

    def note(address: str) -> None:
        nonlocal home
        parts = urlsplit(address)
        if parts.scheme in ("data", "blob"):
            return
        home = home or parts.netloc
        if parts.netloc != home:
            strangers.append(address)

    page.add_init_script(WATCH)
    page.on("request", lambda request: note(request.url))
    return strangers


def faults(page: Page, response: Response, language: str) -> list[str]:
    """Return what is wrong with the page that is on the screen, each with its place."""
    source = response.text()
    found = [
        f"it has {what}"
        for what, pattern in INLINE.items()
        if re.search(pattern, source, re.IGNORECASE)
    ]
    if (said := page.locator("html").get_attribute("lang")) != language:
        found.append(f"its language is {said}, not {language}")
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > page.viewport_size["width"]:
        found.append(f"it is {width} px wide")
    found += [f"the policy refused {what}" for what in page.evaluate("window.refused")]
    page.evaluate(AXE)
    violations = page.evaluate(LOOK, {"type": "tag", "values": RULES})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # no fade half-way
    violations += page.evaluate(LOOK, {"type": "rule", "values": ["color-contrast"]})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for violation in violations:
        places = "; ".join(node["target"][0] for node in violation["nodes"][:3])
        found.append(f"axe {violation['id']}: {violation['help']} ({places})")
    return found


def english_left(text: str, catalog: dict[str, str]) -> list[str]:
    """Return the sentences of ours that stand on a Spanish page in English."""
    lines = {line.strip() for line in text.splitlines()}
    return sorted(
        lines & {source for source, target in catalog.items() if source != target and " " in source}
    )
