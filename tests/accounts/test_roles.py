"""The table of roles, as the database has it and as the pages answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.test import Client
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from accounts import roles
from accounts.models import User
from accounts.roles import ROLES, Role, give_role, lay_roles, role_of
from tests.factories import make_person

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def held_by(person: User) -> set[str]:
    return User.objects.get(pk=person.pk).get_all_permissions()


@pytest.mark.parametrize("role", list(Role))
def test_a_role_holds_exactly_what_the_table_says(role: Role) -> None:
    person = make_person("Some One", role=role.value)
    held = {
        name for name in held_by(person) if not name.startswith(("wagtailimages.", "wagtaildocs."))
    }
    assert held == ROLES[role]


def test_every_permission_of_the_table_exists() -> None:
    assert lay_roles() == []


def test_nobody_may_publish_an_item_by_hand() -> None:
    assert "exams.publish_item" not in set().union(*ROLES.values())
    publish = Permission.objects.filter(codename="publish_item")
    assert not Group.objects.filter(name__in=list(Role), permissions__in=publish).exists()


def test_only_instructors_and_nobody_above_them_read_items() -> None:
    readers = {role for role, names in ROLES.items() if "exams.view_item" in names}
    assert readers == {Role.INSTRUCTOR}


def test_laying_again_takes_away_what_is_not_in_the_table() -> None:
    group = Group.objects.get(name="certifier")
    group.permissions.add(Permission.objects.get(codename="change_user"))
    root = Page.get_first_root_node()
    GroupPagePermission.objects.create(
        group=group, page=root, permission=Permission.objects.get(codename="change_page")
    )
    lay_roles()
    assert [row.codename for row in group.permissions.all()] == ["check_certificate"]
    assert GroupPagePermission.objects.filter(group=group).count() == 0


def test_instructors_write_the_whole_tree_and_its_files() -> None:
    group = Group.objects.get(name="instructor")
    pages = GroupPagePermission.objects.filter(group=group)
    assert {(row.page.depth, row.permission.codename) for row in pages} == {
        (1, code) for code in roles.PAGE_PERMISSIONS[Role.INSTRUCTOR]
    }
    files = GroupCollectionPermission.objects.filter(group=group)
    assert {row.permission.codename for row in files} == {
        name.partition(".")[2] for name in roles.COLLECTION_PERMISSIONS[Role.INSTRUCTOR]
    }


def test_a_person_has_one_role_at_a_time(alice: User) -> None:
    give_role(person=alice, role="instructor", now=NOW)
    give_role(person=alice, role="registrar", now=NOW)
    assert role_of(alice) == Role.REGISTRAR
    assert [group.name for group in alice.groups.all()] == ["registrar"]
    assert not alice.has_perm("courses.teach_course")
    give_role(person=alice, role="trainee", now=NOW)
    assert (role_of(alice), held_by(alice)) == (Role.TRAINEE, set())


def test_a_role_takes_no_group_away_that_is_none_of_ours(alice: User) -> None:
    other = Group.objects.create(name="Night shift")
    alice.groups.add(other)
    give_role(person=alice, role="certifier", now=NOW)
    assert {group.name for group in alice.groups.all()} == {"Night shift", "certifier"}


def test_an_unknown_role_is_refused(alice: User) -> None:
    with pytest.raises(ValueError, match="emperor"):
        give_role(person=alice, role="emperor", now=NOW)


def test_the_highest_role_counts(alice: User) -> None:
    for name in ("instructor", "certifier", "administrator"):
        alice.groups.add(Group.objects.get(name=name))
    assert role_of(alice) == Role.ADMINISTRATOR
    assert role_of(AnonymousUser()) == Role.TRAINEE
    assert role_of(User(is_superuser=True)) == Role.ADMINISTRATOR


def since(person: User) -> datetime | None:
    return User.objects.get(pk=person.pk).knows_items_since


def test_who_could_read_items_is_marked_for_ever(alice: User) -> None:
    for role in ("registrar", "certifier", "administrator", "trainee"):
        give_role(person=alice, role=role, now=NOW)
        assert since(alice) is None
    give_role(person=alice, role="instructor", now=NOW)
    assert (alice.knows_items_since, since(alice)) == (NOW, NOW)
    give_role(person=alice, role="trainee", now=NOW + timedelta(days=1))
    give_role(person=alice, role="instructor", now=NOW + timedelta(days=2))
    assert (role_of(alice), since(alice)) == (Role.INSTRUCTOR, NOW)


def test_who_could_read_items_without_a_role_of_ours_is_marked_when_it_changes(
    alice: User, bob: User
) -> None:
    alice.groups.add(Group.objects.get(name="instructor"))
    give_role(person=alice, role="trainee", now=NOW)
    User.objects.filter(pk=bob.pk).update(is_superuser=True)
    bob.refresh_from_db()
    give_role(person=bob, role="administrator", now=NOW)
    assert (since(alice), since(bob)) == (NOW, NOW)


def test_a_superuser_is_marked_from_the_start() -> None:
    root = User.objects.create_superuser("root@example.test")
    assert since(root) == root.date_joined


# role → what it gets at a door of the editor; None is a stranger
MATRIX: dict[str, dict[str | None, Any]] = {
    "/admin/": {
        None: 302,
        "trainee": 403,
        "certifier": 403,
        "instructor": 200,
        "registrar": 200,
        "administrator": 200,
    },
    "/admin/users/": {
        None: 302,
        "trainee": 403,
        "certifier": 403,
        "instructor": 302,
        "registrar": 200,
        "administrator": 200,
    },
    "/admin/users/new/": {
        None: 302,
        "trainee": 403,
        "certifier": 403,
        "instructor": 302,
        "registrar": 302,
        "administrator": 200,
    },
    "/admin/groups/": {
        None: 302,
        "trainee": 403,
        "certifier": 403,
        "instructor": 302,
        "registrar": 302,
        "administrator": 302,
    },
    "/admin/pages/": {
        None: 302,
        "trainee": 403,
        "certifier": 403,
        "instructor": 200,
        "registrar": 302,
        "administrator": 302,
    },
    "/admin/images/": {
        None: 302,
        "trainee": 403,
        "certifier": 403,
        "instructor": 200,
        "registrar": 302,
        "administrator": 302,
    },
}


@pytest.mark.parametrize("path", MATRIX)
@pytest.mark.parametrize("role", [None, *Role])
def test_who_gets_where_in_the_editor(
    client: Client, settings: Any, path: str, role: str | None
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    if role is not None:
        client.force_login(
            make_person("Some One", role=role), backend="django.contrib.auth.backends.ModelBackend"
        )
    answer = client.get(path)
    if answer.status_code == 302 and answer["Location"].startswith("/admin/login/"):
        answer = client.get(answer["Location"])
    assert answer.status_code == MATRIX[path][role]
