"""Who may do what: one table, role by role, and the groups that are laid down from it.

A trainee holds no permission at all: what is one's own is found by a scoped look-up. Nobody holds
`publish_item`: an item goes live by the review of a second person only.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.models import User

log = logging.getLogger(__name__)


class Role(StrEnum):
    """What a person is here. The group of a role has the role's name; a trainee is in none."""

    TRAINEE = "trainee"
    INSTRUCTOR = "instructor"
    CERTIFIER = "certifier"
    REGISTRAR = "registrar"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> Any:
        """Return the role as people read it."""
        return LABELS[self]


LABELS = {
    Role.TRAINEE: _("Trainee"),
    Role.INSTRUCTOR: _("Instructor"),
    Role.CERTIFIER: _("Certifier"),
    Role.REGISTRAR: _("Registrar"),
    Role.ADMINISTRATOR: _("Administrator"),
}

ROLES: dict[Role, frozenset[str]] = {
    Role.TRAINEE: frozenset(),
    Role.INSTRUCTOR: frozenset(
        {
            "wagtailadmin.access_admin",
            "courses.teach_course",
            "courses.view_course",
            "exams.view_item",
            "exams.add_item",
            "exams.change_item",
            "exams.view_topic",
            "exams.view_exam",
            "exams.change_exam",
            "simple_translation.submit_translation",
        }
    ),
    Role.CERTIFIER: frozenset({"certificates.check_certificate"}),
    Role.REGISTRAR: frozenset(
        {
            "wagtailadmin.access_admin",
            "accounts.view_user",
            "courses.enrol_trainee",
            "courses.view_course",
            "courses.view_enrolment",
            "certificates.view_certificate",
            "certificates.revoke_certificate",
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            "wagtailadmin.access_admin",
            "accounts.view_user",
            "accounts.add_user",
            "accounts.change_user",
            "courses.view_provider",
            "courses.change_provider",
            "courses.view_course",
            "courses.change_course",
            "wagtailcore.change_site",
            "wagtailcore.change_workflow",
        }
    ),
}

# Whoever holds one of these can read the exam's items.
READING_ITEMS = frozenset(
    {"exams.view_item", "exams.add_item", "exams.change_item", "exams.delete_item"}
)
PAGE_PERMISSIONS = {
    Role.INSTRUCTOR: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
}
COLLECTION_PERMISSIONS = {
    Role.INSTRUCTOR: (
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.change_document",
        "wagtaildocs.choose_document",
    )
}
HIGHEST_FIRST = (Role.ADMINISTRATOR, Role.REGISTRAR, Role.CERTIFIER, Role.INSTRUCTOR)


def role_of(person: Any) -> Role:
    """Return a person's highest role; one query. Who is not signed in is taken for a trainee."""
    if not person.is_authenticated:
        return Role.TRAINEE
    if person.is_superuser:
        return Role.ADMINISTRATOR
    held = set(person.groups.values_list("name", flat=True))
    return next((role for role in HIGHEST_FIRST if role.value in held), Role.TRAINEE)


@transaction.atomic
def give_role(*, person: User, role: str, now: datetime) -> None:
    """Make this the one role of a person; `trainee` takes every other away. Raises `ValueError`.

    Who can read the exam's items, before or after, is marked for ever: a role can be taken away,
    what was read cannot.
    """
    wanted = Role(role)
    could_read = may_read_items(person)
    person.groups.remove(
        *person.groups.filter(name__in=[other.value for other in Role if other != wanted])
    )
    if wanted != Role.TRAINEE:
        person.groups.add(Group.objects.get_or_create(name=wanted.value)[0])
    forget_permissions(person)
    if could_read or READING_ITEMS & ROLES[wanted]:
        mark_reader(person=person, now=now)


def may_read_items(person: Any) -> bool:
    """Return whether the exam's items are open to a person now."""
    return any(person.has_perm(permission) for permission in READING_ITEMS)


def mark_reader(*, person: User, now: datetime) -> None:
    """Keep when the exam's items were first open to a person; a later time changes nothing."""
    User.objects.filter(pk=person.pk, knows_items_since=None).update(knows_items_since=now)
    person.refresh_from_db(fields=["knows_items_since"])


def forget_permissions(person: Any) -> None:
    """Drop what Django has kept of a person's permissions on this object."""
    for kept in ("_perm_cache", "_group_perm_cache", "_user_perm_cache"):
        person.__dict__.pop(kept, None)


def lay_roles() -> list[str]:
    """Bring the groups in line with the table. Return the permissions that do not exist (yet)."""

    missing: set[str] = set()
    for role, names in ROLES.items():
        if role == Role.TRAINEE:
            continue
        group, _is_new = Group.objects.get_or_create(name=role.value)
        found = permissions(names)
        missing |= names - found.keys()
        group.permissions.set(found.values())
        lay_tree(group, role)
    return sorted(missing)


def lay_tree(group: Any, role: Role) -> None:
    """Give a role its powers over Wagtail's pages and files, from the roots down."""

    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    if root is None or collection is None:  # a database without Wagtail's first rows
        return
    pages = permissions(f"wagtailcore.{code}" for code in PAGE_PERMISSIONS.get(role, ()))
    GroupPagePermission.objects.filter(group=group).exclude(
        page=root, permission__in=pages.values()
    ).delete()
    for permission in pages.values():
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    files = permissions(COLLECTION_PERMISSIONS.get(role, ()))
    GroupCollectionPermission.objects.filter(group=group).exclude(
        collection=collection, permission__in=files.values()
    ).delete()
    for permission in files.values():
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def permissions(names: Iterable[str]) -> dict[str, Any]:
    """Return those of the permissions that exist, by `app.codename`; one query."""

    wanted = set(names)
    rows = Permission.objects.filter(
        codename__in={name.partition(".")[2] for name in wanted}
    ).select_related("content_type")
    by_name = {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
    return {name: by_name[name] for name in wanted & by_name.keys()}


def lay_after_migrate(sender: Any, **kwargs: Any) -> None:
    """Lay the roles once a migration is over: only after the last app do all permissions exist."""
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if sender.label == last.label and kwargs.get("using", "default") == "default":
        for name in lay_roles():
            log.warning("The table of roles names a permission that does not exist: %s", name)
