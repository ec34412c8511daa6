"""Keeps the parts of an installation running side by side: web server, worker, beat.

Each part is a fork of this process, which has loaded everything once: parts start at once and share
that memory. A part that ends is started again; when this process is told to stop, or dies, so do
they. Knows nothing of Django.
"""

import ctypes
import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

STOP = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
WATCHED = STOP | {signal.SIGCHLD}
LOOK_SECONDS = 1.0
PATIENCE_SECONDS = 30  # a task that is at work may finish
SLOWEST_RESTART_SECONDS = 30.0
STEADY_SECONDS = 60.0  # who ran for so long is restarted at once
PR_SET_PDEATHSIG = 1


@dataclass
class Part:
    """One part: what it does, its process while it runs, and when it may be started again."""

    name: str
    work: Callable[[], object]
    pid: int = 0
    started: float = 0.0
    start_at: float = 0.0
    falls: int = 0


def say(text: str) -> None:
    """Write a line to the console at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Supervisor:
    """Starts parts, starts those again that end, and stops them all."""

    def __init__(self, parts: Mapping[str, Callable[[], object]]) -> None:
        self.parts = [Part(name, work) for name, work in parts.items()]

    def run(self) -> None:
        """Keep every part running until SIGINT, SIGTERM or SIGHUP; then stop them."""
        gc.collect()
        gc.freeze()  # what is loaded now stays shared between the parts
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        try:
            while True:
                self.start_missing()
                news = signal.sigtimedwait(WATCHED, LOOK_SECONDS)
                if news and news.si_signo in STOP:
                    return
                self.bury()
        finally:
            self.stop()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)

    def start_missing(self) -> None:
        """Start every part that does not run and whose time has come."""
        now = time.monotonic()
        for part in self.parts:
            if not part.pid and now >= part.start_at:
                part.started = now
                part.pid = fork(part.work)

    def bury(self) -> None:
        """Notice which parts have ended, and say when they start again."""
        for part in self.parts:
            if part.pid and os.waitpid(part.pid, os.WNOHANG)[0]:
                signal_group(part.pid, signal.SIGKILL)  # children that it left behind
                now = time.monotonic()
                part.falls = 0 if now - part.started > STEADY_SECONDS else part.falls + 1
                pause = min(2.0 ** (part.falls - 1), SLOWEST_RESTART_SECONDS) if part.falls else 0.0
                part.pid, part.start_at = 0, now + pause
                say(f"The {part.name} has ended; it starts again in {pause:.0f} s.")

    def stop(self) -> None:
        """Ask every part to finish, wait for it, and end those that do not. A second signal hurries."""
        running = [part for part in self.parts if part.pid]
        for part in running:
            with suppress(ProcessLookupError):
                os.kill(part.pid, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while running and time.monotonic() < deadline:
            news = signal.sigtimedwait(WATCHED, 0.1)
            if news and news.si_signo in STOP - {signal.SIGHUP}:
                break
            running = [part for part in running if not os.waitpid(part.pid, os.WNOHANG)[0]]
        for part in self.parts:
            if part.pid:
                signal_group(part.pid, signal.SIGKILL)
        for part in running:
            os.waitpid(part.pid, 0)


def signal_group(leader: int, number: signal.Signals) -> None:
    """Send a signal to a part and all its children, if any is left."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)


def fork(work: Callable[[], object]) -> int:
    """Do the work in a child that leads a group of its own and ends when this process ends."""
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    if pid := os.fork():
        return pid
    status = 1
    try:
        os.setsid()
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before it could be watched
            os._exit(1)
        for number in STOP:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
        work()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001  (a child says what happened and ends, whatever it was)
        traceback.print_exc()
    finally:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)
