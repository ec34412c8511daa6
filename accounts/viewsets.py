"""Wagtail's people screens, for our kind of person: one address, a name for the classroom, one role."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.users.views.users import EditView, IndexView, UserColumn, UserFilterSet, UserViewSet

from accounts import people, roles
from accounts.forms import time_zones
from accounts.models import User


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable while it runs
    """A person as the office sees and changes them. The legal name is the person's own to confirm."""

    required_css_class = "required"
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in roles.Role],
        help_text=_("What the person may do here. One role at a time."),
    )

    class Meta:
        model = User
        fields = ["email", "classroom_name", "language", "time_zone"]

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classroom_name"].required = True
        self.fields["time_zone"].widget = forms.Select(choices=time_zones())
        if editing_self:  # nobody locks themselves out
            del self.fields["role"]
            self.fields.pop("is_active", None)
        elif self.instance.pk:
            self.fields["role"].initial = roles.role_of(self.instance).value

    def save(self, commit: bool = True) -> User:
        person: User = super().save(commit=commit)
        if "role" in self.cleaned_data:
            roles.give_role(person=person, role=self.cleaned_data["role"], now=timezone.now())
        people.follow_address(person=person)
        return person


class NewPersonForm(PersonForm):
    """A new person gets a mail with the link where the password is set."""

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        person = super().save(commit=commit)
        people.invite(person=person)
        return person


class KnownPersonForm(PersonForm):
    class Meta(PersonForm.Meta):
        fields = [*PersonForm.Meta.fields, "is_active"]


class PersonFilterSet(UserFilterSet):
    is_superuser = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["group"].label = _("Role")


class PeopleIndex(IndexView):
    page_title = _("People")
    add_item_label = _("Add a person")
    search_fields = ["email", "classroom_name", "legal_name"]

    @cached_property
    def columns(self) -> list[Column]:
        """Name, address, role, whether they may sign in, and when they last did."""
        return [
            self._get_title_column_class(UserColumn)(
                "classroom_name",
                label=_("Name"),
                accessor=str,
                get_url=self.get_edit_url,
                sort_key="classroom_name",
            ),
            Column("email", label=_("E-mail address"), sort_key="email"),
            Column("role", label=_("Role"), accessor=role_words),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last here"), sort_key="last_login"),
        ]

    def get_base_queryset(self) -> QuerySet[User]:
        return super().get_base_queryset().prefetch_related("groups")  # type: ignore[no-any-return]

    def order_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        return (
            queryset.order_by(self.ordering)
            if isinstance(self.ordering, str)
            else queryset.order_by(*self.ordering)
        )


class PersonEdit(EditView):
    """Keeps the person in the page's head as what they are called."""

    def get_page_subtitle(self) -> str:
        return str(self.object)


class PersonViewSet(UserViewSet):
    menu_label = _("People")
    ordering = "email"
    index_view_class = PeopleIndex
    edit_view_class = PersonEdit
    filterset_class = PersonFilterSet

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        return KnownPersonForm if for_update else NewPersonForm


def role_words(person: User) -> str:
    """Return the highest role from the groups that were fetched with the list; no query."""
    held = {group.name for group in person.groups.all()}
    role = next((role for role in roles.HIGHEST_FIRST if role.value in held), roles.Role.TRAINEE)
    return str(role.label)
