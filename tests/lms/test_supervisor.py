"""Parts run side by side, start again when they end, and stop together. With real processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sources import ROOT

PARTS = """
import os, signal, sys, time
from pathlib import Path
from lms import supervisor

supervisor.PATIENCE_SECONDS = 1.0
folder = Path(sys.argv[1])

def note(name, text=""):
    with (folder / name).open("a") as file:
        file.write(f"{os.getpid()}{text}\\n")

def steady():
    signal.signal(signal.SIGTERM, lambda *_: (note("finished"), sys.exit(0)))
    note("steady")
    while True: time.sleep(0.05)

def deaf():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if os.fork() == 0:
        note("child")
        while True: time.sleep(0.05)
    note("deaf")
    while True: time.sleep(0.05)

chosen = {"steady": steady, "deaf": deaf}
supervisor.Supervisor({name: chosen[name] for name in sys.argv[2:]}).run()
print("stopped")
"""
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a supervisor with the parts that are named; whatever is left of it is ended."""
    started: list[subprocess.Popen[str]] = []

    def launch(*names: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", PARTS, str(tmp_path), *names],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield launch
    for process in started:
        process.terminate()
        process.communicate(timeout=10)


def pids(folder: Path, name: str, *, count: int) -> list[int]:
    """Wait until a part has noted itself so often, and return the process ids."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if (folder / name).exists():
            found = [int(line) for line in (folder / name).read_text().split()]
            if len(found) >= count:
                return found
        time.sleep(0.05)
    raise AssertionError(f"{name} did not come up {count} times")


def runs(pid: int) -> bool:
    """Say whether a process is there and not merely waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone_soon(*which: int) -> bool:
    deadline = time.monotonic() + 10
    while any(runs(pid) for pid in which) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(runs(pid) for pid in which)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_parts_and_lets_them_finish(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    process = start("steady")
    (part,) = pids(tmp_path, "steady", count=1)
    process.send_signal(number)
    assert process.communicate(timeout=10) == ("stopped\n", None)
    assert pids(tmp_path, "finished", count=1) == [part]
    assert not runs(part)


def test_a_part_that_is_killed_starts_again(start: Start, tmp_path: Path) -> None:
    process = start("steady")
    (first,) = pids(tmp_path, "steady", count=1)
    os.kill(first, signal.SIGKILL)
    _, second = pids(tmp_path, "steady", count=2)
    assert runs(second)
    process.terminate()
    said, _ = process.communicate(timeout=10)
    assert said == "The steady has ended; it starts again in 1 s.\nstopped\n"


def test_who_does_not_hear_is_ended_with_its_children(start: Start, tmp_path: Path) -> None:
    process = start("deaf")
    everyone = pids(tmp_path, "deaf", count=1) + pids(tmp_path, "child", count=1)
    process.terminate()
    process.communicate(timeout=10)
    assert gone_soon(*everyone)


def test_children_of_a_killed_part_do_not_live_on(start: Start, tmp_path: Path) -> None:
    start("deaf")
    (part,), (child,) = pids(tmp_path, "deaf", count=1), pids(tmp_path, "child", count=1)
    os.kill(part, signal.SIGKILL)
    pids(tmp_path, "deaf", count=2)
    assert gone_soon(child)


def test_parts_end_when_the_supervisor_is_killed(start: Start, tmp_path: Path) -> None:
    process = start("steady")
    (part,) = pids(tmp_path, "steady", count=1)
    process.kill()
    assert gone_soon(part)
