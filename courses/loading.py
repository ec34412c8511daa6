"""Loads what ships with the product: tag sets, requirement profiles, the core curriculum.

All of it may run again at any time: what is there stays as it is, whoever edited it since.
"""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from accounts.fingerprints import fingerprint
from accounts.models import User
from courses import hours, lesson_files, publishing
from courses.figures import Figures, write_figures
from courses.models import (
    CataloguePage,
    Course,
    CoursePage,
    LessonPage,
    LiveUnitPage,
    ModulePage,
    Profile,
    ProfileVersion,
    Tag,
    TagSet,
    Unit,
)
from exams.models import Exam

HERE = Path(__file__).resolve().parent
TAG_SETS = ("icrc", "ca17", "samhsa")


def load_reference(*, now: datetime) -> None:
    """Load the tag sets and the requirement profiles that are not there yet."""
    with transaction.atomic():
        for entry in lesson_files.read(HERE / "reference" / "tags.toml")["set"]:
            _load_tag_set(entry)
        for path in sorted((HERE / "profiles").glob("*.toml")):
            load_profile(lesson_files.read(path))


def _load_tag_set(entry: dict[str, Any]) -> None:
    tag_set, _made = TagSet.objects.get_or_create(
        code=entry["code"],
        defaults={"names": entry["names"], "is_exclusive": entry["is_exclusive"]},
    )
    for position, tag in enumerate(entry["tags"], start=1):
        names = {code: tag[code] for code, _name in settings.LANGUAGES}
        Tag.objects.get_or_create(
            tag_set=tag_set, code=tag["code"], defaults={"names": names, "position": position}
        )


def load_profile(entry: dict[str, Any]) -> ProfileVersion:
    """Load one version of a profile, unless it is there. A changed text needs a new number."""
    profile, _made = Profile.objects.get_or_create(
        code=entry["code"], defaults={"is_specimen": entry.get("is_specimen", False)}
    )
    frozen = {
        "names": entry["names"],
        "certifier": entry["certifier"],
        "rules": {"all": entry["rule"]},
        "source_urls": entry["source_urls"],
        "checked_on": entry["checked_on"].isoformat(),
        "confidence": entry["confidence"],
        "effective_on": entry["effective_on"].isoformat(),
    }
    version, _made = ProfileVersion.objects.get_or_create(
        profile=profile, number=entry["number"], defaults={**frozen, "sha256": fingerprint(frozen)}
    )
    return version


def load_curriculum(*, by: User | None, now: datetime) -> Course:
    """Load the core course: its pages in all languages, its units, its exam; publish its release.

    Pages that are there are left as they are. Tag sets must be loaded; the exam is set if its bank
    is.
    """
    with transaction.atomic():
        outline = lesson_files.outline()
        locales = [
            Locale.objects.get_or_create(language_code=code)[0]
            for code, _name in settings.LANGUAGES
        ]
        course, _made = Course.objects.get_or_create(
            code=outline["code"], defaults={"key": key_of(outline["code"])}
        )
        if course.exam is None and (exam := Exam.objects.filter(code=outline["exam"]).first()):
            course.exam = exam
            course.save(update_fields=["exam"])
        for locale in locales:
            _write_pages(outline, locale, by)
        for entry in outline["module"]:
            _write_units(entry, outline["lesson_minutes"])
    publishing.publish_release(course=course, by=by, now=now)
    return course


def key_of(*parts: str) -> UUID:
    """Return the translation key of a part of the shipped curriculum: the same on every machine."""
    return uuid5(NAMESPACE_URL, "/".join(("peerway", *parts)))


def _write_pages(outline: dict[str, Any], locale: Locale, by: User | None) -> None:
    language = locale.language_code
    catalogue = _catalogue(outline["catalogue"][language], locale, by)
    words = outline["course"][language]
    core = outline["code"]
    course = _page(CoursePage, catalogue, locale, key_of(core), by, words)
    for entry in outline["module"]:
        texts = lesson_files.module(entry["code"], language)
        if texts is None:
            continue
        module = _page(
            ModulePage,
            course,
            locale,
            key_of(core, entry["code"]),
            by,
            {
                "title": texts["title"],
                "summary": texts["summary"],
                "objectives": "\n".join(texts["objectives"]),
                "slug": entry["code"],
            },
        )
        _write_lesson(module, locale, entry["code"], texts, by)


def _write_lesson(
    module: Page, locale: Locale, code: str, texts: dict[str, Any], by: User | None
) -> None:
    lesson, live = texts["lesson"], texts["live"]
    if not _existing(LessonPage, locale, key_of("core", code, "lesson")):
        _page(
            LessonPage,
            module,
            locale,
            key_of("core", code, "lesson"),
            by,
            {
                "title": lesson["title"],
                "slug": lesson["slug"],
                "summary": lesson["summary"],
                "body": lesson_files.body(lesson["block"], _image),
            },
        )
    _page(
        LiveUnitPage,
        module,
        locale,
        key_of("core", code, "live"),
        by,
        {"title": live["title"], "slug": "live", "summary": live["summary"], "plan": live["plan"]},
    )


def _existing(model: type[Page], locale: Locale, key: UUID) -> Any:
    return model.objects.filter(translation_key=key, locale=locale).first()


def _page(
    model: type[Page],
    parent: Page,
    locale: Locale,
    key: UUID,
    by: User | None,
    words: dict[str, Any],
) -> Any:
    """Return the page, made as an instructor would: a draft, then a revision that is published."""
    if there := _existing(model, locale, key):
        return there
    page = model(locale=locale, translation_key=key, live=False, owner=by, **words)
    parent.add_child(instance=page)
    page.save_revision(user=by, log_action=False).publish(user=by, skip_permission_checks=True)
    page.refresh_from_db()
    return page


def _catalogue(words: dict[str, Any], locale: Locale, by: User | None) -> Any:
    """Return the catalogue in a language; the first one becomes the site's root."""
    root = Page.get_first_root_node()
    page = _page(CataloguePage, root, locale, key_of("catalogue"), by, words)
    if locale.language_code == settings.LANGUAGE_CODE:
        site, _made = Site.objects.get_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "root_page": page}
        )
        if not isinstance(site.root_page.specific, CataloguePage):
            site.root_page = page
            site.site_name = settings.SITE_NAME
            site.save()
            for welcome in Page.objects.filter(depth=2).exact_type(
                Page
            ):  # what Wagtail starts with
                welcome.delete()
    return page


def _image(name: str) -> int:
    """Return the primary key of a picture of the curriculum, taken into the library once."""
    model = get_image_model()
    if there := model.objects.filter(title=name).first():
        return int(there.pk)
    with (lesson_files.FOLDER / "images" / name).open("rb") as file:
        return int(model.objects.create(title=name, file=ImageFile(file, name=name)).pk)


def _write_units(entry: dict[str, Any], lesson_minutes: int) -> None:
    """Give a module's lesson and its live unit their minutes; the tags are shared out pro rata."""
    key = key_of("core", entry["code"], "lesson")
    if Unit.objects.filter(key=key).exists():
        return
    whole = {code: entry[code] for code in TAG_SETS}
    lesson = hours.share_out(lesson_minutes, entry["minutes"], whole)
    live = {
        code: {tag: minutes - lesson.get(code, {}).get(tag, 0) for tag, minutes in tags.items()}
        for code, tags in whole.items()
    }
    _write_unit(key, Unit.Mode.SELF_PACED, lesson_minutes, lesson)
    _write_unit(
        key_of("core", entry["code"], "live"),
        Unit.Mode.LIVE,
        entry["minutes"] - lesson_minutes,
        live,
    )


def _write_unit(key: UUID, mode: str, minutes: int, allocations: hours.Allocations) -> None:
    by_code = {
        (tag.tag_set.code, tag.code): tag.pk for tag in Tag.objects.select_related("tag_set")
    }
    by_tag = {
        by_code[code, tag]: share
        for code, tags in allocations.items()
        for tag, share in tags.items()
    }
    write_figures(key=key, figures=Figures(mode=mode, minutes=minutes, by_tag=by_tag))
