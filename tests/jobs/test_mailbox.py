"""Mail on a machine without a mail server."""

from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage

from jobs.mailbox import FolderBackend


def test_a_mail_is_a_file_and_its_link_is_on_the_console(
    tmp_path: Path, settings: Any, capsys: Any
) -> None:
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    mails = [
        EmailMessage(
            "Hola, ¿qué tal?", "Open http://x.test/a/b/ or not", "us@x.test", ["you@x.test"]
        ),
        EmailMessage("No link", "Nothing to open", "us@x.test", ["you@x.test"]),
    ]
    assert FolderBackend().send_messages(mails) == 2
    kept = sorted((tmp_path / "mail").iterdir())
    assert [path.suffix for path in kept] == [".eml", ".eml"]
    assert b"Open http://x.test/a/b/ or not" in kept[0].read_bytes()
    assert capsys.readouterr().out == (
        "[mail] to you@x.test: Hola, ¿qué tal?\n[mail]   http://x.test/a/b/\n[mail] to you@x.test: No link\n"
    )
