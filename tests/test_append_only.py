"""What was recorded stays: the database itself refuses to change, delete or replace it."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Agreement
from lms import append_only

pytestmark = pytest.mark.django_db
EFFECTIVE_AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def agreement() -> Agreement:
    return Agreement.objects.create(kind="adult", version="test", effective_at=EFFECTIVE_AT)


def refused(change: object) -> str:
    """Run a change that must be refused, and return the database's words."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        change()  # type: ignore[operator]
    return str(refusal.value).splitlines()[0]


def test_a_row_is_not_changed_deleted_or_replaced(agreement: Agreement) -> None:
    table = Agreement._meta.db_table
    copy = Agreement(pk=agreement.pk, kind="adult", version="other", effective_at=EFFECTIVE_AT)
    changes = {
        "save": agreement.save,
        "update": lambda: Agreement.objects.filter(pk=agreement.pk).update(version="other"),
        "delete": agreement.delete,
        "delete many": lambda: Agreement.objects.filter(version="test").delete(),
        "upsert": lambda: Agreement.objects.bulk_create(
            [copy], update_conflicts=True, unique_fields=["id"], update_fields=["version"]
        ),
        "raw": lambda: connection.cursor().execute(f"UPDATE {table} SET version = 'other'"),
    }
    assert {name: refused(change) for name, change in changes.items()} == dict.fromkeys(
        changes, f"{table} is append-only"
    )
    assert list(Agreement.objects.filter(pk=agreement.pk).values_list("version", flat=True)) == [
        "test"
    ]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite knows INSERT OR REPLACE")
def test_sqlite_refuses_to_replace_even_without_recursive_triggers(agreement: Agreement) -> None:
    table = Agreement._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
        sql = f"INSERT OR REPLACE INTO {table} (id, kind, version, effective_at) VALUES (%s, 'adult', 'x', '2026-01-01')"
        assert refused(lambda: cursor.execute(sql, [agreement.pk])) == f"{table} is append-only"
        cursor.execute("PRAGMA recursive_triggers=ON")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL knows TRUNCATE")
def test_postgresql_refuses_to_truncate(agreement: Agreement) -> None:
    table = Agreement._meta.db_table
    assert refused(lambda: connection.cursor().execute(f"TRUNCATE {table} CASCADE")).endswith(
        "is append-only"
    )


@pytest.mark.parametrize("run", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_rows_that_a_test_committed_are_gone_after_it(agreement: Agreement, run: int) -> None:
    assert Agreement.objects.filter(version="test").count() == 1


def test_laying_the_triggers_again_changes_nothing(agreement: Agreement) -> None:
    from django.apps import apps  # noqa: PLC0415

    append_only.lay_triggers(apps.get_app_config("accounts"), "default")
    assert refused(agreement.delete) == f"{Agreement._meta.db_table} is append-only"
