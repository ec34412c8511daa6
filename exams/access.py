"""Who knows the items: such a person cannot be certificated by an exam that is made of them."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from accounts.roles import may_read_items
from exams.models import Item


def reads_items(person: Any) -> bool:
    """Say whether the person can read items, ever could, or ever wrote one. At most three queries.

    A role that was taken away leaves its mark on the person: `accounts.roles.give_role` sets it.
    """
    if person.knows_items_since or may_read_items(person):
        return True
    items = ContentType.objects.get_for_model(Item)
    return bool(Revision.objects.filter(base_content_type=items, user=person).exists())
