"""Load the demo: a curriculum, an exam, a cast and thirty trainees at every stage. Once."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lms import demo


class Command(BaseCommand):
    help = "Load the demo's curriculum and people. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if demo.load(now=timezone.now()):
            self.stdout.write("The demo is loaded.")
        else:
            self.stdout.write("The demo was loaded before; nothing was changed.")
