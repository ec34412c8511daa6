"""The browser's fixtures: Chromium as the system has it, on the stack's address."""

import os
from typing import Any

import pytest

from tests.stack import Stack, chromium


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing, and CI must run the browser tests.")
        pytest.skip("Chromium is not installed: apt-get install -y chromium")
    quiet = [
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": [*quiet, *sandbox]}


@pytest.fixture
def base_url(stack: Stack) -> str:
    return stack.url
