"""What a certificate states: frozen at issue from the completion, and who signs on that day.

Everything that is printed stands here, but no person's name: the holder and who signs stand as
salted hashes, the instructors as ids, and the names beside it in `CertificateName`, where they can
be redacted.
Minutes are whole, dates are those of the installation's time zone.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from certificates.printing.wording import VERSION, wording
from courses.models import Completion, Tag

SCHEMA = 1
DOMAINS = "icrc"  # the tag set whose four domains certifying bodies count by


def facts_of(
    completion: Completion, *, code: str, number: str, language: str, now: datetime
) -> dict[str, Any]:
    """Return what is frozen, without the holder and who signs, from the facts of the completion."""
    of = completion.facts
    exam = of["exam"]
    return {
        "schema": SCHEMA,
        "wording": VERSION,
        "language": language,
        "code": code,
        "number": number,
        "training": {
            "course": of["course"]["code"],
            "title": in_language(of["course"]["titles"], language),
            "release": of["release"]["number"],
            "release_sha256": of["release"]["sha256"],
        },
        "requirements": {
            "profile": of["profile"]["code"],
            "version": of["profile"]["number"],
            "name": in_language(of["profile"]["names"], language),
            "certifier": of["profile"]["certifier"],
        },
        "minutes": {"total": of["minutes"]["total"], **of["minutes"]["by_mode"]},
        "domains": domains(of, language),
        "first_on": of["first_on"],
        "last_on": of["last_on"],
        "completed_on": timezone.localdate(
            completion.completed_at, timezone.get_default_timezone()
        ).isoformat(),
        "issued_on": timezone.localdate(now, timezone.get_default_timezone()).isoformat(),
        "issued_at": now.isoformat(timespec="seconds"),
        "valid_until": None,
        "exam_passed_on": local_day(exam["scored_at"]) if exam else None,
        "instructors": of["instructors"],
        "provider": provider(of["provider"]),
        "approvals": [
            {"certifier": a["certifier"], "number": a["number"]}
            for a in of["provider"]["approvals"]
        ],
        "completion_sha256": completion.sha256,
        "ledger": of["ledger"],
        "verify_address": verify_address(),
        "is_specimen": of["is_specimen"],
    }


def domains(of: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """Return the minutes of each domain by mode, in the order of the tag set; then what has none."""
    counted: dict[str, dict[str, int]] = of["minutes"]["by_tag"].get(DOMAINS, {})
    names: dict[str, dict[str, str]] = of["tags"].get(DOMAINS, {}).get("tags", {})
    order = list(
        Tag.objects.filter(tag_set__code=DOMAINS, code__in=counted).values_list("code", flat=True)
    )
    rows: list[dict[str, Any]] = [
        {"code": code, "name": in_language(names.get(code, {}), language) or code, **counted[code]}
        for code in [*order, *sorted(set(counted) - set(order))]
    ]
    rest = {
        mode: minutes - sum(row[mode] for row in rows)
        for mode, minutes in {"total": of["minutes"]["total"], **of["minutes"]["by_mode"]}.items()
    }
    if rows and rest["total"] > 0:
        rows.append({"code": "", "name": wording(language).say("other"), **rest})
    return rows


def provider(of: dict[str, Any]) -> dict[str, str]:
    """Return who gave the training, with the address on one line."""
    address = ", ".join(part for part in (of["street"], of["city"]) if part)
    return {"name": of["name"], "city": of["city"], "address": address}


def verify_address() -> str:
    """Return where a code is typed in, as it is printed: without the scheme."""
    site = urlsplit(settings.SITE_URL)
    return f"{site.netloc}{site.path}/verify"


def verify_url(code: str) -> str:
    """Return the address that the QR code opens."""
    return f"{settings.SITE_URL}/verify/{code}/"


def in_language(texts: dict[str, str], language: str) -> str:
    """Return a text in a language, or in English, or in the first one there is, or nothing."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def local_day(instant: str) -> str:
    """Return the day of an instant in the installation's time zone."""
    return timezone.localdate(
        datetime.fromisoformat(instant), timezone.get_default_timezone()
    ).isoformat()


def series_of(completion: Completion) -> str:
    """Return the series that its number comes from; specimens have their own and leave no gaps."""
    return "SPECIMEN" if completion.facts["is_specimen"] else "PSS"
