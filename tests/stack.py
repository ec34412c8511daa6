"""A whole Peerway beside the test: a real gunicorn and a real Celery worker on the test's own database."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from email import message_from_string
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def database_url() -> str:
    """Return the test database's address, as a server in another process needs it."""
    it = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{it['NAME']}"
    who = f"{it['USER']}:{it['PASSWORD']}@" if it["USER"] else ""
    return f"postgres://{who}{it['HOST']}:{it['PORT'] or 5432}/{it['NAME']}"


@dataclass
class Stack:
    """The processes, and what a test may do to them."""

    data_dir: Path
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST")},
            "DJANGO_SETTINGS_MODULE": "lms.settings",
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(self.data_dir),
            "SECRET_KEY": settings.SECRET_KEY,
            "SITE_URL": self.url,
            "PORT": str(self.port),
            "SWEEP_SECONDS": "4",
            "LEASE_SECONDS": "10",
            "SECOND_FACTOR_REQUIRED": "0",
            "PYTHONWARNINGS": "ignore",
            **self.corner_of_the_cache(),
            **self.extra,
        }

    def corner_of_the_cache(self) -> dict[str, str]:
        """Keep the rate limits of one stack from another's, where they share a Redis."""
        server, _, number = os.environ.get("CACHE_URL", "").rpartition("/")
        return {"CACHE_URL": f"{server}/{1 + self.port % 15}"} if number.isdecimal() else {}

    def start(self) -> "Stack":
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.start_web()
        self.start_worker()
        return self

    def manage(self, *arguments: str) -> str:
        """Run a management command of the stack's; raises with its output if it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start_web(self) -> None:
        self.launch(
            "web",
            *(
                "gunicorn",
                "lms.wsgi",
                "--bind",
                f"127.0.0.1:{self.port}",
                "--workers",
                "2",
                "--threads",
                "4",
            ),
            *("--no-control-socket", "--log-level", "warning"),
        )
        self.wait_until_up()

    def start_worker(self) -> None:
        self.launch(
            "worker",
            *("celery", "-A", "lms", "worker", "--loglevel", "WARNING", "--concurrency", "1", "-B"),
            *("-s", str(self.data_dir / "beat"), "--without-gossip", "--without-mingle"),
        )

    def launch(self, name: str, program: str, *arguments: str) -> None:
        with (self.data_dir / f"{name}.log").open("ab") as log:  # the child keeps its own copy
            self.parts[name] = subprocess.Popen(
                [str(Path(sys.executable).with_name(program)), *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_up(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                urlopen(f"{self.url}/verify/", timeout=5).close()
            except (URLError, OSError):
                assert self.parts["web"].poll() is None, self.log("web")
                time.sleep(0.2)
            else:
                return
        raise AssertionError(f"The server did not start:\n{self.log('web')}")

    def kill(self, name: str) -> None:
        """End a part and its children at once, as a power cut would."""
        part = self.parts.pop(name)
        os.killpg(part.pid, signal.SIGKILL)
        part.wait()

    def stop(self) -> None:
        for part in self.parts.values():
            os.killpg(part.pid, signal.SIGTERM)
        for part in self.parts.values():
            try:
                part.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(part.pid, signal.SIGKILL)
                part.wait()
        self.parts.clear()

    def log(self, name: str) -> str:
        return (self.data_dir / f"{name}.log").read_text(errors="replace")[-4000:]

    def mails_to(self, address: str) -> list[str]:
        """Return the mails that were sent to an address, oldest first."""
        folder = self.data_dir / "mail"
        texts = [
            path.read_text()
            for path in sorted(folder.glob("*"), key=lambda path: path.stat().st_mtime)
        ]
        return [text for text in texts if f"To: {address}" in text]

    def link_mailed_to(self, address: str, *, seconds: float = 60) -> str:
        """Wait for a mail to an address; return the first link to us in it."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for text in self.mails_to(address):
                words = message_from_string(text).get_payload(decode=True)
                if found := re.search(rf"{re.escape(self.url)}/\S+", bytes(words).decode()):
                    return found.group()
            time.sleep(0.2)
        raise AssertionError(f"No mail with a link came to {address}.")


def chromium() -> str | None:
    """Return the system's Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")
