"""Load what every installation needs: languages, agreements, tag sets, requirement profiles."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from wagtail.models import Locale

from accounts.signing import load_agreements
from courses.loading import load_reference


class Command(BaseCommand):
    help = "Load languages, agreements, tag sets and requirement profiles. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        for code, _name in settings.LANGUAGES:
            Locale.objects.get_or_create(language_code=code)
        load_agreements()
        load_reference(now=timezone.now())
