"""Tell the whole story over HTTP against a running server. Operators use it after a deploy."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from lms import smoke


class Command(BaseCommand):
    help = (
        "Be a throw-away trainee in a hidden course: study, sign, sit the exam, get the certificate, verify it. "
        "Prints each step with its milliseconds and a last line of JSON; ends with 0 only if all of it held."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", default=settings.SITE_URL, help="Where the server listens.")
        parser.add_argument(
            "--seconds", type=int, default=90, help="How long to wait for the certificate."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        story = smoke.Story(url=options["url"], seconds=options["seconds"], say=self.stdout.write)
        told = story.tell(now=timezone.now())
        self.stdout.write(json.dumps(told))
        if not told["ok"]:
            raise SystemExit(1)
