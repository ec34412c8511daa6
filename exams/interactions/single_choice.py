"""One answer out of several.

Definition: `{"options": ["a", "b", "c", "d"], "key": "c"}`. Text of one language:
`{"stem": …, "options": {"a": …}, "rationale": …}`. An answer: `["c"]`, or `[]` for none.
"""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from exams.interactions.shapes import Fault, Presented

OPTION_IDS = ("a", "b", "c", "d", "e", "f")
LEAST_OPTIONS = 3


def validate(
    definition: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any]], languages: Sequence[str]
) -> list[Fault]:
    """Return what is wrong: too few options, no key, a language or one of its texts missing."""
    ids = option_ids(definition)
    faults = []
    if len(ids) < LEAST_OPTIONS:
        faults.append(Fault("too_few_options"))
    if definition.get("key") not in ids:
        faults.append(Fault("no_key"))
    for language in languages:
        faults += _faults_of_text(texts.get(language, {}), ids, language)
    return faults


def _faults_of_text(text: Mapping[str, Any], ids: Sequence[str], language: str) -> list[Fault]:
    words = {option: str(told).strip() for option, told in text.get("options", {}).items()}
    if not str(text.get("stem", "")).strip():
        return [Fault("no_stem", language)]
    faults = [Fault("no_option_text", language, option) for option in ids if not words.get(option)]
    given = [told.casefold() for told in words.values() if told]
    if len(set(given)) < len(given):
        faults.append(Fault("same_option_twice", language))
    return faults


def option_ids(definition: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of the options, in the author's order."""
    return tuple(definition.get("options", ()))


def present(text: Mapping[str, Any], option_order: Sequence[str]) -> tuple[Presented, ...]:
    """Return the options in the form's order, lettered from A."""
    return tuple(
        Presented(option, ascii_uppercase[place], text["options"][option])
        for place, option in enumerate(option_order)
    )


def accepts(definition: Mapping[str, Any], chosen: Any) -> bool:
    """Say whether this is a list of no option, or of one that the item has."""
    ids = option_ids(definition)
    return isinstance(chosen, list) and len(chosen) <= 1 and all(option in ids for option in chosen)


def score(definition: Mapping[str, Any], chosen: Any, points: int) -> int:
    """Return all points for the key and none for anything else."""
    return points if chosen == [definition["key"]] else 0
