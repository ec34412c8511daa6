"""Where mail goes on a machine without a mail server: into a folder, and its link onto the console."""

import re
from collections.abc import Sequence
from pathlib import Path
from time import time_ns
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

LINK = re.compile(r"https?://\S+")


class FolderBackend(BaseEmailBackend):
    """Writes each mail as a file, whole or not at all, and tells the console whom it is for."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = folder / f"{time_ns():020d}-{uuid4().hex[:8]}.eml"
            part = name.with_suffix(".part")
            part.write_bytes(message.message().as_bytes())
            part.replace(name)
            print(announcement(message), flush=True)  # noqa: T201  (the console is the point)
        return len(email_messages)


def announcement(message: EmailMessage) -> str:
    """Return one line for the console: to whom, what about, and the first link in it."""
    link = LINK.search(str(message.body))
    words = f"[mail] to {', '.join(message.to)}: {message.subject}"
    return f"{words}\n[mail]   {link.group()}" if link else words
