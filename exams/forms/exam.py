"""An instructor's forms for a topic and for an exam."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from exams.models import Item


class TopicInput(WagtailAdminModelForm):
    """A topic: its code, its domain, and its name in each language."""

    name_en = forms.CharField(label=_("Name (English)"), max_length=120)
    name_es = forms.CharField(label=_("Name (Español)"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, _name in settings.LANGUAGES:
            self.fields[f"name_{language}"].initial = self.instance.names.get(language, "")

    def save(self, commit: bool = True) -> Any:
        self.instance.names = {
            language: self.cleaned_data[f"name_{language}"]
            for language, _name in settings.LANGUAGES
        }
        return super().save(commit=commit)


class LanguageChoice(forms.Select):
    """The languages that we teach in."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=settings.LANGUAGES)


class LevelChoice(forms.Select):
    """The cognitive levels of items, or any."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=[("", _("Any level")), *Item.Level.choices])
