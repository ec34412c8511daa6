"""Takes away what the embedded queue leaves behind."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

KEPT_FOR = timedelta(hours=1)


def delete_processed_messages(*, now: datetime, limit: int) -> int:
    """Delete messages that were handled over an hour ago, at most `limit`. Return how many.

    The file queue keeps each message it has handed out; with another broker there is no such folder.
    """
    folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("processed_folder")
    if not folder:
        return 0
    before = (now - KEPT_FOR).timestamp()
    old = [path for path in Path(folder).glob("*.msg") if path.stat().st_mtime < before][:limit]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
