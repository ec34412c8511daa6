"""The pages for when nothing can be asked: they say where help is, and ask the database nothing."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from django.views.defaults import server_error


@pytest.mark.parametrize("template", ["400.html", "403_csrf.html", "500.html"])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Help", "Privacy notice", "Accessibility statement")),
        ("es", ("Ayuda", "Aviso de privacidad", "Declaración de accesibilidad")),
    ],
)
def test_each_leads_to_help_privacy_and_accessibility(
    template: str, language: str, words: tuple[str, ...]
) -> None:
    with translation.override(language):
        page = render_to_string(template)  # no database: pytest would refuse it
    names = ("page-help", "page-privacy", "page-accessibility")
    for name, word in zip(names, words, strict=True):
        assert f'<a href="{reverse(name)}">{word}</a>' in page
    assert 'href="tel:988"' in page


def test_the_door_of_last_resort_needs_no_database() -> None:
    answer = server_error(RequestFactory().get("/"))
    assert (answer.status_code, b'href="/help/"' in answer.content) == (500, True)
