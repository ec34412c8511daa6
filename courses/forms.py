"""What staff types: who teaches a course, filters of the list, when a live unit was, why minutes are taken back."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.roles import Role
from courses.models import Course, HourEntry

STAGES = [
    ("", _("All stages")),
    ("not_begun", _("Not begun")),
    ("studying", _("Studying")),
    ("quiet", _("Quiet for two weeks")),
    ("passed", _("Exam passed")),
    ("complete", _("Complete")),
]


class CourseInput(WagtailAdminModelForm):
    """What stands about a course beside its pages. Instructors alone are offered to teach it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "instructors" not in self.fields:
            return
        may_be = Q(groups__name=Role.INSTRUCTOR.value, is_active=True)
        if self.instance.pk:  # who teaches it already is not taken off unseen
            may_be |= Q(courses_taught=self.instance)
        people = self.fields["instructors"].queryset
        self.fields["instructors"].queryset = people.filter(may_be).distinct()


class TraineeFilters(forms.Form):
    """The filters of the list of trainees; an address that makes no sense filters nothing."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    course = forms.ModelChoiceField(
        label=_("Course"),
        queryset=Course.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All courses"),
    )
    stage = forms.ChoiceField(label=_("Stage"), choices=STAGES, required=False)

    def __init__(self, data: Any, *, courses: Any) -> None:
        super().__init__(data)
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]


class LiveTimeInput(forms.Form):
    """When a live unit began. The time is in the time zone of who types it."""

    started_at = forms.SplitDateTimeField(
        label=_("When did it begin?"),
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date"},
            time_attrs={"type": "time"},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        ),
    )

    def moment(self) -> datetime:
        """Return what was typed."""
        began: datetime = self.cleaned_data["started_at"]
        return began


class ReversalInput(forms.Form):
    """Why a line is taken back: one of a few reasons, no free text in a record that stays for ever."""

    reason = forms.ChoiceField(
        label=_("Why?"), choices=HourEntry.Reason.choices, widget=forms.RadioSelect
    )
