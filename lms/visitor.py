"""A visitor without a browser: reads pages, fills in their forms, follows where they lead.

It can do only what the pages offer, as a person without JavaScript would.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

PRESSED = {"submit", "image", "button", "reset"}


class Lost(Exception):
    """A page did not answer as it should, or offers no such form. The text says which and how."""


@dataclass
class Form:
    """A form of a page: where it goes, its fields as they stand, its buttons, its choices."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class FormReader(HTMLParser):
    """Collects the forms of a page with the values that a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.inside: str | None = None  # the name of the textarea or select that is being read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.open)
        if self.open is None:
            return
        name = given.get("name", "")
        if tag in ("input", "button") and name:
            self.read_input(tag, name, given)
        elif tag in ("textarea", "select") and name:
            self.inside = name
            self.open.fields.setdefault(name, "")
        elif tag == "option" and self.inside:
            self.open.choices.setdefault(self.inside, []).append(given.get("value", ""))
            if "selected" in given:
                self.open.fields[self.inside] = given.get("value", "")

    def read_input(self, tag: str, name: str, given: dict[str, str]) -> None:
        assert self.open is not None  # noqa: S101  (the caller looked)
        kind = given.get("type", "submit" if tag == "button" else "text")
        value = given.get("value", "on" if kind == "checkbox" else "")
        if kind in PRESSED:
            self.open.buttons.setdefault(name, []).append(value)
        elif kind in ("radio", "checkbox"):
            self.open.choices.setdefault(name, []).append(value)
            if "checked" in given:
                self.open.fields[name] = value
        elif kind != "file":
            self.open.fields[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag in ("textarea", "select"):
            self.inside = None

    def handle_data(self, data: str) -> None:
        if self.open is not None and self.inside and self.inside not in self.open.choices:
            self.open.fields[self.inside] += data


class Visitor:
    """One person with one session. `page` is the answer that is on the screen."""

    def __init__(self, url: str, *, language: str = "en", seconds: float = 30) -> None:
        self.root = url.rstrip("/") + "/"
        self.seconds = seconds
        self.session = requests.Session()
        self.session.headers["Accept-Language"] = language
        self.page = requests.Response()

    def go(self, address: str) -> str:
        """Open an address; return the page's text. Raises `Lost` unless it answers 200."""
        return self.show(self.session.get(urljoin(self.root, address), timeout=self.seconds))

    def send(self, *, to: str = "", holding: str = "", press: str = "", **values: str) -> str:
        """Fill in and send the form that goes to (part of an address) or holds (a field); return the page."""
        form = self.form(to=to, holding=holding)
        data = {**form.fields, **values}
        if press:
            name, _, value = press.partition("=")
            data[name] = value
        target = urljoin(self.page.url, form.action or self.page.url)
        headers = {"Referer": self.page.url}
        if form.method == "get":
            return self.show(
                self.session.get(target, params=data, headers=headers, timeout=self.seconds)
            )
        return self.show(
            self.session.post(target, data=data, headers=headers, timeout=self.seconds)
        )

    def form(self, *, to: str = "", holding: str = "") -> Form:
        """Return the form of this page that is meant. Raises `Lost` if there is none."""
        for form in self.forms():
            known = {*form.fields, *form.choices, *form.buttons}
            if to in form.action and (not holding or holding in known):
                return form
        raise Lost(f"{self.page.url} has no form to {to!r} with {holding!r}")

    def forms(self) -> list[Form]:
        """Return all forms of the page on the screen."""
        reader = FormReader()
        reader.feed(self.page.text)
        return reader.forms

    def show(self, answer: requests.Response) -> str:
        self.page = answer
        if answer.status_code != requests.codes.ok:
            raise Lost(f"{answer.request.method} {answer.url} answered {answer.status_code}")
        return answer.text
