"""What a release of a course would hold if it were published now, and what stands in the way."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.fingerprints import fingerprint
from courses import freezing
from courses.models import Course, CoursePage, LessonPage, LiveUnitPage, ModulePage, Unit
from exams.publishing import rules_of

InLanguages = dict[str, Any]


@dataclass
class Draft:
    """The curriculum as it is live now, in the shape of a release. `problems` are words for a person."""

    languages: list[str]
    outline: dict[str, Any]
    units: list[dict[str, Any]] = field(default_factory=list)
    exams: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    newer_drafts: list[str] = field(default_factory=list)

    def sha256(self) -> str:
        """Return the fingerprint of all that the release would freeze."""
        return fingerprint({"outline": self.outline, "units": self.units, "exams": self.exams})


def draft_of(course: Course, files: freezing.Files) -> Draft:
    """Read the live pages of a course in all its languages."""
    pages = {
        page.locale.language_code: page
        for page in CoursePage.objects.live()
        .filter(translation_key=course.key)
        .select_related("locale")
    }
    languages = sorted(pages, key=lambda code: (code != settings.LANGUAGE_CODE, code))
    draft = Draft(languages=languages, outline=_outline(languages, pages))
    if not pages:
        draft.problems.append(_("The course page is not published yet."))
        return draft
    modules = _paired(ModulePage, languages, pages)
    units = _units_by_module(languages, pages)
    figures = {
        unit.key: unit
        for unit in Unit.objects.filter(
            key__in=[key for found in units.values() for key in found]
        ).prefetch_related("allocations__tag__tag_set")
    }
    for number, (key, module) in enumerate(modules.items(), start=1):
        title = _check_languages(draft, module)
        draft.outline["modules"].append(_module(key, module))
        if not units.get(key):
            draft.problems.append(
                _("“%(title)s” has no published lesson or live unit.") % {"title": title}
            )
        for unit_key, texts in units.get(key, {}).items():
            _add_unit(draft, number, unit_key, texts, figures.get(unit_key), files)
    if course.exam:
        draft.exams.append({"exam": course.exam.code, "rules": rules_of(course.exam)})
    return draft


def _outline(languages: list[str], pages: dict[str, CoursePage]) -> dict[str, Any]:
    return {
        "languages": languages,
        "titles": {code: pages[code].title for code in languages},
        "summaries": {code: pages[code].summary for code in languages},
        "modules": [],
    }


def _paired(
    model: type[Page], languages: Iterable[str], courses: dict[str, CoursePage]
) -> dict[UUID, InLanguages]:
    """Return the live pages of a kind below a course, by translation key, in the first language's order."""
    found: dict[UUID, InLanguages] = defaultdict(dict)
    for code in languages:
        for page in model.objects.live().descendant_of(courses[code]).order_by("path"):
            found[page.translation_key][code] = page
    return found


def _units_by_module(
    languages: list[str], courses: dict[str, CoursePage]
) -> dict[UUID, dict[UUID, InLanguages]]:
    """Return lessons and live units by their module's key, in the first language's order."""
    modules = {
        page.path: page
        for module in _paired(ModulePage, languages, courses).values()
        for page in module.values()
    }
    both = {**_paired(LessonPage, languages, courses), **_paired(LiveUnitPage, languages, courses)}
    found: dict[UUID, dict[UUID, InLanguages]] = defaultdict(dict)
    for key, texts in sorted(both.items(), key=lambda pair: next(iter(pair[1].values())).path):
        page = next(iter(texts.values()))
        if module := modules.get(page.path[: -page.steplen]):
            found[module.translation_key][key] = texts
    return found


def _check_languages(draft: Draft, texts: InLanguages) -> str:
    """Note what a page lacks, and that a newer draft of it is not published. Return its title."""
    title: str = next(iter(texts.values())).title
    names = dict(settings.LANGUAGES)
    if missing := [str(names.get(code, code)) for code in draft.languages if code not in texts]:
        draft.problems.append(
            _("“%(title)s” is not published in: %(languages)s.")
            % {"title": title, "languages": ", ".join(missing)}
        )
    draft.newer_drafts += [page.title for page in texts.values() if page.has_unpublished_changes]
    return title


def _module(key: UUID, module: InLanguages) -> dict[str, Any]:
    return {
        "key": str(key),
        "titles": {code: page.title for code, page in module.items()},
        "summaries": {code: page.summary for code, page in module.items()},
        "objectives": {code: page.objectives.splitlines() for code, page in module.items()},
    }


def _add_unit(
    draft: Draft,
    module: int,
    key: UUID,
    texts: InLanguages,
    figures: Unit | None,
    files: freezing.Files,
) -> None:
    title = _check_languages(draft, texts)
    is_live = isinstance(next(iter(texts.values())), LiveUnitPage)
    content = {code: _text(page, files) for code, page in texts.items()}
    draft.problems += _figures_missing(title, figures)
    if len({str(freezing.conditions(text["blocks"])) for text in content.values()}) > 1:
        draft.problems.append(
            _("“%(title)s”: the knowledge checks or reflections differ between the languages.")
            % {"title": title}
        )
    draft.units.append(
        {
            "key": str(key),
            "position": len(draft.units) + 1,
            "module": module,
            "mode": Unit.Mode.LIVE.value if is_live else Unit.Mode.SELF_PACED.value,
            "minutes": figures.minutes if figures else 0,
            "titles": {code: page.title for code, page in texts.items()},
            "allocations": allocations_of(figures) if figures else {},
            "content": content,
        }
    )


def _text(page: Page, files: freezing.Files) -> dict[str, Any]:
    """Return what a unit says in one language."""
    text: dict[str, Any] = {"title": page.title, "summary": page.summary, "blocks": []}
    if isinstance(page, LessonPage):
        text["blocks"] = freezing.freeze_body(page.body, files)
    if isinstance(page, LiveUnitPage):
        text["plan"] = freezing.html(page.plan)
    return text


def allocations_of(unit: Unit) -> dict[str, dict[str, int]]:
    """Return tag set code → tag code → minutes, in the order of the tags."""
    found: dict[str, dict[str, int]] = {}
    for line in sorted(
        unit.allocations.all(), key=lambda line: (line.tag.tag_set.code, line.tag.position)
    ):
        found.setdefault(line.tag.tag_set.code, {})[line.tag.code] = line.minutes
    return found


def _figures_missing(title: str, unit: Unit | None) -> list[str]:
    """Return what is wrong with a unit's minutes and tags, in words."""
    if unit is None or unit.minutes == 0:
        return [_("“%(title)s” has no minutes yet.") % {"title": title}]
    exclusive = {
        line.tag.tag_set.code: line.tag.tag_set
        for line in unit.allocations.all()
        if line.tag.tag_set.is_exclusive
    }
    return [
        _("“%(title)s”: %(set)s adds up to %(sum)d of %(minutes)d minutes.")
        % {"title": title, "set": exclusive[code], "sum": total, "minutes": unit.minutes}
        for code, tags in allocations_of(unit).items()
        if code in exclusive and (total := sum(tags.values())) > unit.minutes
    ]
