"""An author's form for one item: English and Spanish side by side, the key picked once."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from exams.interactions import Fault
from exams.models import ItemText
from exams.publishing import faults_of

OPTION_IDS = ("a", "b", "c", "d")
LANGUAGES = [code for code, _name in settings.LANGUAGES]

FAULT_WORDS = {
    "too_few_options": _("Give at least three options."),
    "no_key": _("Say which option is the right one. It must be one that has a text."),
    "no_stem": _("Write the question in this language too, before it goes to review."),
    "no_option_text": _(
        "Write this option in this language too: all languages have the same options."
    ),
    "same_option_twice": _("Two options say the same in this language."),
}


def _words(label: Any, language: str, *, rows: int) -> forms.CharField:
    widget = AdminAutoHeightTextInput(attrs={"rows": rows})
    return forms.CharField(
        label=format_lazy("{} ({})", label, language), required=False, widget=widget
    )


def _fields_of_languages() -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for code, name in settings.LANGUAGES:
        fields[f"stem_{code}"] = _words(_("Question"), name, rows=3)
        for option in OPTION_IDS:
            label = format_lazy("{} {}", _("Option"), option.upper())
            fields[f"option_{option}_{code}"] = _words(label, name, rows=1)
        fields[f"rationale_{code}"] = _words(_("Why it is right"), name, rows=2)
    return fields


ItemWords: Any = type("ItemWords", (WagtailAdminModelForm,), _fields_of_languages())


class ItemInput(ItemWords):
    """The item's own columns, and for each language a stem, the options and why the key is right.

    A draft may have gaps; what goes to review may not. Option ids stay the same through all edits.
    """

    key = forms.ChoiceField(
        label=_("Right option"),
        choices=[("", "—"), *((option, option.upper()) for option in OPTION_IDS)],
        required=False,
    )
    tag_words = forms.CharField(
        label=_("Competency tags"),
        required=False,
        help_text=_("Separated by spaces, for example icrc:ER samhsa:XII."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = self.instance.definition.get("key", "")
        self.fields["tag_words"].initial = " ".join(self.instance.tags)
        texts = {text.language: text for text in self.instance.texts.all()}
        for language in LANGUAGES:
            text = texts.get(language, ItemText())
            self.fields[f"stem_{language}"].initial = text.stem
            self.fields[f"rationale_{language}"].initial = text.rationale
            for option in OPTION_IDS:
                self.fields[f"option_{option}_{language}"].initial = text.options.get(option, "")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation and cleaned.get("topic"):
            self._write_into_instance()
            for fault in faults_of(self.instance.content()):
                self.add_error(self._field_of(fault), FAULT_WORDS[fault.code])
        return cleaned

    def _field_of(self, fault: Fault) -> str | None:
        if fault.option:
            return f"option_{fault.option}_{fault.language}"
        if fault.language:
            return f"stem_{fault.language}"
        return "key" if fault.code == "no_key" else None

    def save(self, commit: bool = True) -> Any:
        self._write_into_instance()
        return super().save(commit=commit)

    def _write_into_instance(self) -> None:
        """Turn the fields into what an item keeps: ids and key once, the words by language."""
        cleaned = self.cleaned_data
        if topic := cleaned.get("topic"):
            self.instance.topic = topic
        used = [
            option
            for option in OPTION_IDS
            if any(cleaned.get(f"option_{option}_{language}") for language in LANGUAGES)
        ]
        self.instance.definition = {"options": used, "key": cleaned.get("key", "")}
        self.instance.tags = cleaned.get("tag_words", "").split()
        known = {text.language: text for text in self.instance.texts.all()}
        for language in LANGUAGES:
            text = known.setdefault(language, ItemText(language=language))
            text.stem = cleaned.get(f"stem_{language}", "")
            text.rationale = cleaned.get(f"rationale_{language}", "")
            text.options = {
                option: cleaned.get(f"option_{option}_{language}", "") for option in used
            }
        self.instance.texts = list(known.values())
