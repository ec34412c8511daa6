"""Every word of ours is there in every language, compiled, and nothing waits for a second look."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.sources import APPS, ROOT

LOCALE = ROOT / "lms" / "locale"
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")
EXTRACT = ("--extension", "py,html,txt", "--no-location", "--no-obsolete", "--no-wrap")


def catalogue(language: str, folder: Path = LOCALE) -> polib.POFile:
    return polib.pofile(str(folder / language / "LC_MESSAGES" / "django.po"))


def key(entry: polib.POEntry | polib.MOEntry) -> tuple[str | None, str, str]:
    """Return what an entry is found by."""
    return entry.msgctxt or None, entry.msgid, entry.msgid_plural or ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_is_empty_fuzzy_or_obsolete(language: str) -> None:
    entries = catalogue(language)
    waiting = [
        entry.msgid for entry in entries if not entry.translated() or entry.fuzzy or entry.obsolete
    ]
    assert waiting == []
    assert len(entries) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language: str) -> None:
    broken = [
        entry.msgid
        for entry in catalogue(language)
        for text in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
        if set(PLACEHOLDER.findall(text))
        != set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    ]
    assert broken == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    path = LOCALE / language / "LC_MESSAGES" / "django.mo"
    assert path.exists(), "make messages"
    compiled = polib.mofile(str(path))
    said = {key(entry): entry.msgstr_plural or entry.msgstr for entry in compiled}
    assert said == {
        key(entry): entry.msgstr_plural or entry.msgstr for entry in catalogue(language)
    }


def test_every_word_in_the_code_is_in_the_catalogues(tmp_path: Path) -> None:
    if not shutil.which("xgettext"):
        reason = "xgettext is not installed: apt-get install -y gettext"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    for folder in (*APPS, "templates"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "static")
        )
    (tmp_path / "lms" / "static").mkdir()
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--all", *EXTRACT],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "lms.settings",
            "DATA_DIR": str(tmp_path / "data"),
        },
        capture_output=True,
        check=True,
    )
    for language in LANGUAGES:
        extracted = {key(entry) for entry in catalogue(language, tmp_path / "lms" / "locale")}
        written = {key(entry) for entry in catalogue(language)}
        assert (extracted - written, written - extracted) == (set(), set())
