"""What even a superuser may not do to an item by hand."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from exams.models import Item


class BankPolicy(ModelPermissionPolicy):
    """Nobody publishes an item by hand: it goes live by the review of a second person.

    What was ever live is not deleted: forms and results stand on it.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "publish" and bool(super().user_has_permission(user, action))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Item) -> bool:
        if action == "delete" and instance.versions.exists():
            return False
        return bool(super().user_has_permission_for_instance(user, action, instance))


def register() -> None:
    """Make this the policy for items, wherever Wagtail asks for one."""
    register_permission_policy(Item, BankPolicy(Item), exact_class=True)
