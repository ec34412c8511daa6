"""The embedded queue: Celery messages as files, each written whole or not at all.

Kombu's own filesystem transport writes in place, so a full disk leaves empty files, and one empty
file ends the next worker. A file is written beside its place here and moved there, which is atomic.
"""

from json import dumps
from pathlib import Path
from time import time_ns
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]  # as kombu names it
        name = Path(self.data_folder_out, f"{time_ns():020d}_{uuid4()}.{queue}.msg")
        part = name.with_suffix(".part")
        try:
            part.write_text(dumps(payload))
            part.replace(name)
        except OSError as exc:
            part.unlink(missing_ok=True)
            raise ChannelError(str(exc)) from exc


class Transport(filesystem.Transport):
    Channel = Channel


TRANSPORT_ALIASES["embedded"] = "lms.queue:Transport"
