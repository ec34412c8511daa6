"""The migrated database is the one that the models describe, with its guards in place."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from lms import append_only

pytestmark = pytest.mark.django_db

SQLITE_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
POSTGRES_TRIGGERS = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=(said := StringIO()))
    assert said.getvalue() == "No changes detected\n"


def test_every_guarded_table_has_its_triggers() -> None:
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(SQLITE_TRIGGERS if sqlite else POSTGRES_TRIGGERS)
        laid = {name for (name,) in cursor.fetchall() if "_no_" in name}
    kinds = ("no_update", "no_delete", "no_replace" if sqlite else "no_truncate")
    wanted = {
        f"{model._meta.db_table}_{kind}" for model in append_only.guarded_models() for kind in kinds
    }
    assert laid == wanted


def test_what_is_earned_or_frozen_is_guarded() -> None:
    guarded = {model._meta.label for model in append_only.guarded_models()}
    assert guarded >= {
        "accounts.Agreement",
        "accounts.AgreementText",
        "accounts.Signature",
        "certificates.Certificate",
        "certificates.CertificateEvent",
        "courses.Completion",
        "courses.HourEntry",
        "courses.ProfileVersion",
        "courses.Release",
        "courses.ReleaseExam",
        "courses.ReleaseUnit",
        "exams.Attempt",
        "exams.ExamForm",
        "exams.FormItem",
        "exams.ItemVersion",
        "exams.Score",
    }


def test_nothing_frozen_goes_when_what_it_points_to_goes() -> None:
    loose = [
        f"{model._meta.label}.{field.name}"
        for model in append_only.guarded_models()
        for field in model._meta.get_fields()
        if field.concrete and (field.many_to_one or field.one_to_one)
        if field.remote_field.on_delete.__name__ not in {"PROTECT", "RESTRICT", "DO_NOTHING"}
    ]
    pointing = [
        f"{field.related_model._meta.label}.{field.field.name}"
        for model in append_only.guarded_models()
        for field in model._meta.related_objects
        if field.on_delete and field.on_delete.__name__ != "PROTECT"
    ]
    assert (loose, pointing) == ([], [])
