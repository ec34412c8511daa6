"""Loads the texts that are signed from `accounts/agreements/*.toml`. Running it again changes nothing."""

import tomllib
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.fingerprints import fingerprint
from accounts.models import Agreement, AgreementText

FOLDER = Path(__file__).parent / "agreements"


class ChangedWords(Exception):
    """A text was changed under the version that people have signed: give it a new version."""


@transaction.atomic
def load_agreements(folder: Path = FOLDER) -> list[Agreement]:
    """Load every version that is not there yet. Raises `ChangedWords`.

    A language may be added to a version; words that are there are never changed, since signatures
    stand under them.
    """
    return [
        load_agreement(tomllib.loads(path.read_text())) for path in sorted(folder.glob("*.toml"))
    ]


def load_agreement(data: dict[str, Any]) -> Agreement:
    """Load one version of one kind: `kind`, `version`, `effective_on`, and a table for each language."""
    kind = Agreement.Kind(data["kind"])
    effective_at = timezone.make_aware(datetime.combine(data["effective_on"], time.min))
    agreement, _is_new = Agreement.objects.get_or_create(
        kind=kind, version=data["version"], defaults={"effective_at": effective_at}
    )
    for language, _name in settings.LANGUAGES:
        if language not in data:
            continue
        words = data[language]
        content = {part: words[part] for part in ("title", "intro", "pledges", "statement")}
        sha256 = fingerprint(content)
        text, _is_new = AgreementText.objects.get_or_create(
            agreement=agreement, language=language, defaults={"content": content, "sha256": sha256}
        )
        if text.sha256 != sha256:
            raise ChangedWords(
                f"{kind} {agreement.version} ({language}) has other words than were loaded before."
            )
    return agreement
