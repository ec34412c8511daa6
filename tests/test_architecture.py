"""The habits of the code, kept by machine: size, floors, names, and where things may be decided."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from statistics import quantiles

import pytest

from tests.sources import APPS, ROOT, calls, functions, modules, named, templates, tree_of

FILE_LINES, FILE_LINES_P90 = 400, {"product": 250, "tests": 300}
FUNCTION_LINES, FUNCTION_LINES_P90 = 50, 20
TEMPLATE_LINES = 80
NO_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "core",
    "services",
    "service",
    "misc",
    "managers",
}

# Who may ask for the time: doors. All others are given `now`; long work ends later than it began.
TELLS_THE_TIME = re.compile(
    r"(^|/)(views|tasks|api|wagtail_hooks|adapter|forms|middleware|viewsets|signals|reports|apps|panels|health"
    r"|requests|wiring)(\.py|/)|_views\.py|/management/commands/|lms/home/|/(smoke|visitor|context|running)\.py|templatetags/"
)
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "a script without src": re.compile(r"<script\b(?![^>]*(?:\bsrc=|type=.application/json.))"),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "an address of another site": re.compile(
        r"<(?:script|link|img|source|video|audio|iframe)\b[^>]*\b(?:src|href)=\"(?:https?:)?//"
    ),
}


def p90(lengths: list[int]) -> float:
    """Return the length that nine of ten do not exceed."""
    return quantiles(lengths, n=10)[-1]


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


@pytest.mark.parametrize("part", FILE_LINES_P90)
def test_files_are_short(part: str) -> None:
    found = {
        named(path): lines(path) for path in modules(*(APPS if part == "product" else (part,)))
    }
    assert {name: length for name, length in found.items() if length > FILE_LINES} == {}
    assert p90(list(found.values())) <= FILE_LINES_P90[part]


@pytest.mark.parametrize("folders", [APPS, ("tests",)], ids=["product", "tests"])
def test_functions_are_short(folders: tuple[str, ...]) -> None:
    found = dict(place for path in modules(*folders) for place in functions(path))
    assert {name: length for name, length in found.items() if length > FUNCTION_LINES} == {}
    assert p90(list(found.values())) <= FUNCTION_LINES_P90


def test_templates_are_short() -> None:
    found = {named(path): lines(path) for path in templates()}
    assert {name: length for name, length in found.items() if length > TEMPLATE_LINES} == {}


def test_modules_are_named_after_a_thing_or_a_verb() -> None:
    parts = {
        named(path): set(path.relative_to(ROOT).with_suffix("").parts) for path in modules(*APPS)
    }
    assert [name for name, found in parts.items() if found & NO_NAMES] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        named(path)
        for path in modules(*APPS)
        if path.name != "__init__.py" and not ast.get_docstring(tree_of(path))
    ]
    assert silent == []


def test_an_app_imports_only_the_floors_below_it() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_saving_a_record_decides_nothing() -> None:
    overridden = [
        f"{named(path)}: {kind.name}.{method.name}"
        for path in modules(*APPS)
        if path.parent.name == "models" or path.stem == "models"
        for kind in ast.walk(tree_of(path))
        if isinstance(kind, ast.ClassDef)
        for method in kind.body
        if isinstance(method, ast.FunctionDef) and method.name in {"save", "delete"}
    ]
    assert overridden == []


def test_only_doors_ask_for_the_time() -> None:
    asked = [
        f"{named(path)}:{call.lineno} {name}"
        for path in modules(*APPS)
        for name, call in calls(path)
        if name.endswith(("datetime.now", "datetime.utcnow", "date.today"))
        or (
            (name.endswith("timezone.now") or (name.endswith("localdate") and not call.args))
            and not TELLS_THE_TIME.search(named(path))
        )
    ]
    assert asked == []


def test_only_actions_open_transactions() -> None:
    doors = re.compile(
        r"(^|/)(views|tasks|api|forms|templatetags)(\.py|/)|_views\.py|/management/commands/"
    )
    opened = [
        f"{named(path)}:{call.lineno}"
        for path in modules(*APPS)
        if doors.search(named(path))
        for name, call in calls(path)
        if name.endswith("transaction.atomic")
    ]
    assert opened == []


@pytest.mark.parametrize("what", INLINE)
def test_templates_hold_nothing_inline(what: str) -> None:
    found = [
        f"{named(path)}: {match.group()[:80]}"
        for path in templates()
        for match in INLINE[what].finditer(path.read_text())
    ]
    assert found == []


def test_only_one_module_reads_the_environment() -> None:
    readers = [
        f"{named(path)}:{node.lineno}"
        for path in modules(*APPS)
        if named(path) != "lms/environment.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) in {"os.environ", "os.getenv"}
        and "setdefault" not in path.read_text().splitlines()[node.lineno - 1]
    ]
    assert readers == []


def test_the_readme_lists_exactly_the_variables_that_are_read() -> None:
    readers = {f"environment.{kind}" for kind in ("text", "flag", "number", "words", "secret")}
    read = {
        str(call.args[0].value)
        for path in modules(*APPS)
        for name, call in calls(path)
        if name in readers and isinstance(call.args[0], ast.Constant)
    }
    makefile = (ROOT / "Makefile").read_text()
    read |= set(re.findall(r"^(?:export )?([A-Z_]+) \?=", makefile, re.MULTILINE))
    read |= set(re.findall(r"\$\{([A-Z_]+):-", makefile)) | {"CI"}
    listed = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(read)
