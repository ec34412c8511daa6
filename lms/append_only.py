"""Append-only is the database's word: triggers refuse what must never happen to a record.

A model says `append_only = True` (no row is ever changed or deleted) or names `frozen_columns`
(those never change, and no row is deleted). The triggers are laid after every migration, because
Django rebuilds a table on SQLite for many changes and drops its triggers without a word.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections, models

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def guarded_models() -> list[type[models.Model]]:
    """Return the models whose rows the database keeps from change, in a stable order."""
    found = [m for m in apps.get_models() if getattr(m, "append_only", False) or frozen_columns(m)]
    return sorted(found, key=lambda model: model._meta.db_table)


def frozen_columns(model: type[models.Model]) -> list[str]:
    """Return the columns of a model that never change once a row is written."""
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    return [columns[name] for name in getattr(model, "frozen_columns", ())]


def lay_triggers(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Lay the triggers of an app's guarded tables, in place of those that are there."""
    connection = connections[using]
    guarded = [model for model in guarded_models() if model._meta.app_label == sender.label]
    tables = set(connection.introspection.table_names()) if guarded else set()
    with connection.cursor() as cursor:
        if guarded and connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for model in guarded:
            if model._meta.db_table in tables:
                for statement in statements(model, connection.vendor):
                    cursor.execute(statement)


def statements(model: type[models.Model], vendor: str) -> Iterator[str]:
    """Yield the SQL that guards one table; the names come from our models, never from outside."""
    table, primary_key = model._meta.db_table, model._meta.pk.column
    columns = frozen_columns(model)
    update = "UPDATE OF " + ", ".join(f'"{name}"' for name in columns) if columns else "UPDATE"
    events = {"no_update": update, "no_delete": "DELETE"}
    if vendor == "postgresql":
        for name, event in {**events, "no_truncate": "TRUNCATE"}.items():
            level = "STATEMENT" if name == "no_truncate" else "ROW"
            yield f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}"
            yield (
                f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} "
                f"FOR EACH {level} EXECUTE FUNCTION refuse_change()"
            )
        return
    refusal = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for name, event in events.items():
        yield f"DROP TRIGGER IF EXISTS {table}_{name}"
        yield f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} {refusal}"
    # INSERT OR REPLACE walks round a DELETE trigger
    exists = f"EXISTS (SELECT 1 FROM {table} WHERE {primary_key} = NEW.{primary_key})"  # noqa: S608  (our own names)
    yield f"DROP TRIGGER IF EXISTS {table}_no_replace"
    yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {refusal}"
