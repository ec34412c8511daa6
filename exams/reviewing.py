"""Lays the workflow that every item passes: one review, by a second person."""

from typing import Any

from django.contrib.contenttypes.management import create_contenttypes
from django.contrib.contenttypes.models import ContentType
from django.db import connections, transaction
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from exams.models import Item, PeerReview

NAME = "Review by a second person"


@transaction.atomic
def lay_review(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """Give items their workflow, unless they have one. Runs after every migration, twice is once."""
    if not _tables_are_there(using):
        return
    create_contenttypes(sender, using=using, verbosity=0)
    items = ContentType.objects.get_for_model(Item, for_concrete_model=False)
    if WorkflowContentType.objects.filter(content_type=items).exists():
        return
    task = PeerReview.objects.first() or PeerReview.objects.create(name=NAME)
    workflow = Workflow.objects.create(name=NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(content_type=items, workflow=workflow)


def _tables_are_there(using: str) -> bool:
    tables = connections[using].introspection.table_names()
    return PeerReview._meta.db_table in tables and WorkflowContentType._meta.db_table in tables
