"""Finds what is ours in the tree: modules, functions, templates. For the tests that read code."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "certificates", "courses", "exams", "jobs", "lms")


def modules(*folders: str) -> list[Path]:
    """Return our Python files in the folders, migrations left out."""
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


def templates() -> list[Path]:
    """Return every template, those of mails included."""
    return sorted(path for path in (ROOT / "templates").rglob("*.*") if path.is_file())


def tree_of(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text(), str(path))


def named(path: Path) -> str:
    """Return a path as it is said: from the root of the tree."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each function's place and length in lines."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (
                f"{named(path)}:{node.lineno} {node.name}",
                (node.end_lineno or 0) - node.lineno + 1,
            )


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call with its dotted name, such as `timezone.now`."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node
