"""The way of a certificate from earned to ready, as its holder watches it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from certificates.models import Certificate
from jobs.models import State


class Stage(StrEnum):
    """The stages, in order."""

    EARNED = "earned"
    ISSUED = "issued"
    PRINTED = "printed"
    READY = "ready"


@dataclass(frozen=True)
class Step:
    """One stage: `state` is "done", "here", "stop" or empty (ahead); `at` is when it was done."""

    stage: Stage
    state: str
    at: datetime | None = None


@dataclass(frozen=True)
class Progress:
    """All stages, and what may be done now."""

    steps: tuple[Step, ...]
    is_ready: bool
    is_stopped: bool

    @property
    def mark(self) -> str:
        """A short text that changes whenever the page would."""
        return "-".join(f"{step.stage}.{step.state}" for step in self.steps)


def before_issue(completed_at: datetime | None) -> Progress:
    """Return the progress of what has no certificate yet; without a time it is still being looked over."""
    return Progress(
        (
            Step(Stage.EARNED, "done" if completed_at else "here", completed_at),
            Step(Stage.ISSUED, "here" if completed_at else ""),
            Step(Stage.PRINTED, ""),
            Step(Stage.READY, ""),
        ),
        is_ready=False,
        is_stopped=False,
    )


def progress_of(certificate: Certificate) -> Progress:
    """Return how far a certificate is; its completion is loaded."""
    is_ready = certificate.state == State.DONE
    is_stopped = certificate.state == State.FAILED
    printing = "done" if is_ready else "stop" if is_stopped else "here"
    return Progress(
        (
            Step(Stage.EARNED, "done", certificate.completion.completed_at),
            Step(Stage.ISSUED, "done", certificate.issued_at),
            Step(Stage.PRINTED, printing, certificate.rendered_at),
            Step(Stage.READY, "done" if is_ready else "", certificate.announced_at),
        ),
        is_ready=is_ready,
        is_stopped=is_stopped,
    )
