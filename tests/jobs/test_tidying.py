"""What the embedded queue leaves behind is taken away, in bounded batches."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jobs.tidying import delete_processed_messages


def test_only_old_messages_go_and_only_so_many(
    tmp_path: Path, settings: Any, now: datetime
) -> None:
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"processed_folder": str(tmp_path)}
    for number in range(5):
        message = tmp_path / f"{number}.msg"
        message.touch()
        moment = (now - timedelta(hours=2 if number < 4 else 0)).timestamp()
        os.utime(message, (moment, moment))
    assert delete_processed_messages(now=now, limit=3) == 3
    assert delete_processed_messages(now=now, limit=3) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["4.msg"]


def test_another_broker_has_no_such_folder(settings: Any, now: datetime) -> None:
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}
    assert delete_processed_messages(now=now, limit=3) == 0
