"""A whole installation as `manage.py serve` runs it, for the tests of starting and stopping."""

import json
import os
import signal
import subprocess
import sys
import time
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.sources import ROOT
from tests.stack import free_port

__all__ = ["House", "children_of", "free_port", "memory_of"]
NOT_OURS = (
    "DATABASE_URL",
    "BROKER_URL",
    "CACHE_URL",
    "DJANGO_SETTINGS_MODULE",
    "SITE_URL",
    "TEST_RUN_DIR",
)


class House:
    """One installation: a folder, a port, and the process that keeps it running."""

    def __init__(self, data_dir: Path, port: int, *, log: str = "serve.log") -> None:
        self.data_dir, self.port, self.log = data_dir, port, data_dir / log
        self.process: subprocess.Popen[bytes] | None = None
        self.seconds_to_start = 0.0

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.data_dir / 'peerway.sqlite3'}"

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    def launch(self, *arguments: str, **variables: str) -> "subprocess.Popen[bytes]":
        environment = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
        environment |= {
            "DATA_DIR": str(self.data_dir),
            "PORT": str(self.port),
            "LOG_LEVEL": "WARNING",
        }
        with self.log.open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "manage.py", "serve", *arguments],
                cwd=ROOT,
                env=environment | variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def run_to_its_end(self, *arguments: str, **variables: str) -> int:
        """Run a start that will not last, and return its exit status."""
        return self.launch(*arguments, **variables).wait(timeout=60)

    def start(self, *, seconds: float, **variables: str) -> None:
        """Start it, and wait until all of it is well."""
        self.process = self.launch(**variables)
        self.wait_until_well(seconds=seconds)

    def health(self) -> dict[str, Any]:
        """Return what `/health/` says; nothing while nobody answers."""
        try:
            with urlopen(f"{self.url}/health/", timeout=10) as response:
                found: dict[str, Any] = json.load(response)
        except HTTPError as unwell:
            return {"ok": False, "said": unwell.read().decode()}
        except (OSError, HTTPException):  # not up yet, or ended in mid-sentence
            return {"ok": False}
        return found

    def wait_until_well(self, *, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not (health := self.health())["ok"]:
            assert self.process, "not started"
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, f"{health}\n{self.said()}"
            time.sleep(0.1)

    def stop(self) -> int:
        """Stop it as Ctrl-C does, and return its exit status."""
        assert self.process
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=45)

    def said(self) -> str:
        return self.log.read_text(errors="replace")


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has started and that still run."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def memory_of(pid: int) -> float:
    """Return the memory of a process and all below it in MiB: shared pages count once (PSS)."""
    kilobytes = next(
        int(line.split()[1])
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        if line.startswith("Pss:")
    )
    return kilobytes / 1024 + sum(memory_of(child) for child in children_of(pid))
