"""The press: a sheet becomes one tagged PDF page. Nothing is fetched but what we ship ourselves.

WeasyPrint's fonts and style sheet are made once in each worker child and kept: a new set each time
costs a third more and grows by a third of a megabyte a page. A press belongs to one process.
"""

import atexit
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.template.loader import render_to_string

from certificates.printing.lettering import FONTS
from certificates.printing.seal import ART, seal
from certificates.printing.sheet import Sheet

SCHEME = "cert:"
TYPES = {".svg": "image/svg+xml", ".css": "text/css", ".woff2": "font/woff2"}
DENSITIES = ("roomy", "snug", "dense", "close", "tight")
VARIANT = "pdf/ua-1"


class NotPrintable(Exception):
    """The sheet cannot be printed as it must be. The text says why, for the registrar."""


@dataclass(frozen=True)
class Press:
    """What WeasyPrint needs, made once a process."""

    fonts: Any
    style: Any
    fetcher: Any
    html: Any
    forbidden: type[BaseException]


def print_sheet(sheet: Sheet, verify_url: str) -> bytes:
    """Return the PDF of a sheet, with a QR code that opens `verify_url`.

    A sheet that takes two pages is set denser, step by step. Raises `NotPrintable` if it takes two even then.
    """
    pictures = {
        "qr": qr(verify_url),
        "seal": svg_uri(seal(sheet.provider["name"], sheet.provider["city"])),
    }
    for density in DENSITIES:
        words = {"sheet": sheet, "density": density, **pictures}
        pdf = one_page(render_to_string("certificates/print.html", words), sheet.number)
        if pdf:
            return pdf
    raise NotPrintable("What is to be printed does not fit on one page.")


def one_page(markup: str, identifier: str) -> bytes | None:
    """Return the PDF of markup, or None if it takes more than one page.

    Raises `NotPrintable` for an address that is not on the list.
    """
    press = the_press()
    try:
        document = press.html(string=markup, url_fetcher=press.fetcher).render(
            stylesheets=[press.style], font_config=press.fonts, pdf_variant=VARIANT
        )
        if len(document.pages) != 1:
            return None
        pdf: bytes = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier.encode())
    except press.forbidden as exc:  # not an Exception: it would end the worker
        raise NotPrintable(str(exc)) from exc
    return pdf


def qr(url: str) -> str:
    """Return the QR code of an address as a picture: level M, quiet zone of four modules."""
    import segno  # noqa: PLC0415  (only the worker draws)

    return str(
        segno.make(url, error="m", micro=False).svg_data_uri(border=4, scale=10, dark="#261b29")
    )


def svg_uri(svg: str) -> str:
    """Return an SVG as an address that carries it."""
    return "data:image/svg+xml;charset=utf-8," + quote(svg)


@lru_cache(maxsize=1)
def the_press() -> Press:
    """Return this process's press, made at its first use."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    atexit.register(
        the_press.cache_clear
    )  # fonts close themselves, and not after the modules are gone
    fetcher = allow_list()
    fonts = FontConfiguration()
    style = CSS(
        string=(ART / "certificate.css").read_text(encoding="utf-8"),
        font_config=fonts,
        url_fetcher=fetcher,
    )
    return Press(fonts, style, fetcher, HTML, FatalURLFetchingError)


def allow_list() -> Any:
    """Return a fetcher that gives our fonts and pictures and `data:`, and stops for anything else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    assets = {
        SCHEME + path.name: path
        for folder in (FONTS, ART)
        for path in folder.iterdir()
        if path.suffix in TYPES
    }

    class AllowList(URLFetcher):  # type: ignore[misc]
        """Serves a fixed table; a name, a wording or a picture can make it read nothing else."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if url not in assets:
                raise FatalURLFetchingError(
                    f"Not on the list of what a certificate may contain: {url[:80]}"
                )
            path: Path = assets[url]
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": TYPES[path.suffix]})

    return AllowList()
