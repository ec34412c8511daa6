"""Loading the texts that are signed: once for each version, never with other words."""

from pathlib import Path

import pytest

from accounts.loading import FOLDER, ChangedWords, load_agreements
from accounts.models import Agreement, AgreementText

pytestmark = pytest.mark.django_db

WORDS = """kind = "adult"
version = "9"
effective_on = 2026-02-01
[en]
title = "Your age"
intro = "Why we ask."
pledges = []
statement = "{statement}"
"""


def test_what_is_shipped_is_there_in_every_language_and_once() -> None:
    assert load_agreements() == load_agreements()
    rows = AgreementText.objects.values_list("agreement__kind", "agreement__version", "language")
    assert sorted(rows) == sorted(
        (kind, "1", language) for kind in Agreement.Kind.values for language in ("en", "es")
    )
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == sorted(Agreement.Kind.values)


def test_other_words_under_the_same_version_are_refused(tmp_path: Path) -> None:
    text = tmp_path / "adult.toml"
    text.write_text(WORDS.format(statement="I am 18."))
    load_agreements(tmp_path)
    text.write_text(WORDS.format(statement="I am 21."))
    with pytest.raises(ChangedWords, match=r"adult 9 \(en\)"):
        load_agreements(tmp_path)
    assert AgreementText.objects.get(agreement__version="9").content["statement"] == "I am 18."


def test_a_language_may_come_later(tmp_path: Path) -> None:
    text = tmp_path / "adult.toml"
    text.write_text(WORDS.format(statement="I am 18."))
    load_agreements(tmp_path)
    spanish = WORDS.format(statement="Tengo 18.").split("[en]")[1]
    text.write_text(WORDS.format(statement="I am 18.") + "[es]" + spanish)
    load_agreements(tmp_path)
    assert set(
        AgreementText.objects.filter(agreement__version="9").values_list("language", flat=True)
    ) == {"en", "es"}
    assert Agreement.objects.filter(version="9").count() == 1
