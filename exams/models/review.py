"""Review by a second person: whoever wrote on a draft cannot approve it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

WORDS = ("code", "topic", "level", "interaction", "definition", "points", "tags")
TEXTS = ("language", "stem", "options", "rationale")


def wrote(obj: Any, user: Any) -> bool:
    """Say whether the person changed any of what is not live yet.

    The editor saves a revision with every press of a button, also when a reviewer approves: one that
    says the same as the one before it is nobody's writing.
    """
    before: Any = None
    for revision in obj.revisions.filter(pk__gte=obj.live_revision_id or 0).order_by("pk"):
        words = _words(revision.content)
        if words != before and revision.user_id == user.pk and revision.pk != obj.live_revision_id:
            return True
        before = words
    return False


def _words(content: dict[str, Any]) -> Any:
    texts = [{name: text[name] for name in TEXTS} for text in content.get("texts", ())]
    return {name: content.get(name) for name in WORDS}, texts


def may_review(user: Any) -> bool:
    """Say whether the person is one of those who write and review items."""
    return bool(user.has_perm("exams.change_item"))


class PeerReview(Task):
    """The step of a workflow in which anyone who may write items approves what another one wrote."""

    admin_form_fields = Task.admin_form_fields

    class Meta:
        verbose_name = _("review by a second person")
        verbose_name_plural = _("reviews by a second person")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Someone who did not write it approves it. Then it goes live."))

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return may_review(user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not may_review(user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Return what the person may do here: to approve is never offered to a writer."""
        if not may_review(user):
            return []
        ask = [("reject", _("Ask for changes"), True)]
        if wrote(obj, user):
            return ask
        return [
            *ask,
            ("approve", _("Approve"), False),
            ("approve", _("Approve with a comment"), True),
        ]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approve or ask for changes. Raises `PermissionDenied` for a writer's own approval."""
        written = task_state.revision.content_object
        if not may_review(user) or (action_name == "approve" and wrote(written, user)):
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        if not may_review(user):
            return TaskState.objects.none()
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
