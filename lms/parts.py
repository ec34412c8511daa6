"""The parts of an installation, as functions that run until they are told to stop."""

import warnings
from typing import Any

from celery.exceptions import SecurityWarning
from django.conf import settings
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from lms.celery import app


class Web(BaseApplication):
    """gunicorn around our WSGI application, without a command line of its own."""

    def load_config(self) -> None:
        host, port = address()
        chosen = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": settings.WEB_WORKERS,
            "threads": settings.WEB_THREADS,
            "worker_class": "gthread",
            "worker_tmp_dir": "/dev/shm",  # noqa: S108  (heartbeats of workers, not files)
            "preload_app": True,
            "control_socket_disable": True,
            "loglevel": "warning",
            "proc_name": "peerway-web",
            "timeout": 60,
            "graceful_timeout": 10,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from lms.wsgi import application  # noqa: PLC0415  (app ready)

        return application


def address() -> tuple[str, int]:
    """Return the host and port that the web server listens on."""
    return settings.HOST, settings.PORT


def load_web() -> None:
    """Load addresses and views now, so that every part shares their memory."""
    from lms import wsgi  # noqa: F401, PLC0415  (app ready)

    get_resolver().url_patterns  # noqa: B018  (loading is what is wanted)


def run_web() -> None:
    """Serve pages."""
    Web().run()


def run_worker(*more: str) -> None:
    """Do what Celery rings for."""
    warnings.simplefilter("ignore", SecurityWarning)  # one machine, one user, no pickles
    quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING")
    app.start(["--quiet", "worker", *quiet, *more])


def run_worker_with_beat() -> None:
    """Do what Celery rings for, and ring by the timetable: one worker of an installation."""
    run_worker("--beat", "--schedule", timetable_file())


def run_beat() -> None:
    """Ring by the timetable: once in an installation."""
    app.start(["--quiet", "beat", "--loglevel", "WARNING", "--schedule", timetable_file()])


def timetable_file() -> str:
    """Return the file in which beat notes when it rang last."""
    folder = settings.DATA_DIR / "beat"
    folder.mkdir(exist_ok=True)
    return str(folder / "timetable")
