import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow, WorkflowContentType

from accounts.models import User
from exams.models import Item, Topic
from tests.exams.editor import WORDS, act, add, as_person, submitted, submitted_again, written
from tests.factories import make_person

pytestmark = pytest.mark.usefixtures("one_step")


def test_a_fresh_installation_has_the_workflow_for_items(db: None) -> None:
    items = ContentType.objects.get_for_model(Item)
    workflow = WorkflowContentType.objects.get(content_type=items).workflow
    assert [type(task.specific).__name__ for task in workflow.tasks] == ["PeerReview"]
    assert Workflow.objects.filter(name=workflow.name).count() == 1


def test_a_writer_cannot_approve_the_own_item(admin: Client, erin: User, topic: Topic) -> None:
    item = submitted(topic, erin)
    assert act(admin, item, "approve").status_code in (302, 403)
    item.refresh_from_db()
    assert not item.live
    task = item.current_workflow_task
    assert [name for name, _words, _asks in task.get_actions(item, erin)] == ["reject"]
    with pytest.raises(PermissionDenied):
        task.on_action(item.current_workflow_task_state, erin, "approve")


def test_a_second_person_approves_and_the_item_is_frozen(
    erin: User, ian: User, topic: Topic
) -> None:
    item = submitted(topic, erin)
    act(as_person(ian), item, "approve")
    item.refresh_from_db()
    version = item.versions.get()
    assert item.live
    assert (version.number, version.topic, version.level) == (1, topic, "application")
    assert version.content == {
        "code": "X-1",
        "topic": "m99",
        "domain": "ME",
        "level": "application",
        "tags": ["icrc:ME"],
        "interaction": "single_choice",
        "points": 1,
        "definition": {"options": ["a", "b", "c"], "key": "b"},
        "texts": {
            "en": {
                "stem": WORDS["stem_en"],
                "options": {"a": "Wait", "b": "Ask", "c": "Tell"},
                "rationale": WORDS["rationale_en"],
            },
            "es": {
                "stem": WORDS["stem_es"],
                "options": {"a": "Esperar", "b": "Preguntar", "c": "Contar"},
                "rationale": WORDS["rationale_es"],
            },
        },
    }


def test_a_reviewer_who_edits_becomes_a_writer(erin: User, ian: User, topic: Topic) -> None:
    item = submitted(topic, erin)
    as_person(ian).post(
        reverse("wagtailsnippets_exams_item:edit", args=[item.pk]),
        written(topic, stem_en="And now?"),
    )
    act(as_person(ian), item, "approve")
    item.refresh_from_db()
    assert not item.live


def test_nobody_publishes_by_hand_not_even_a_superuser(topic: Topic, db: None) -> None:
    root = make_person("Root Person", is_superuser=True)
    add(as_person(root), topic, **{"action-publish": "1"})
    item = Item.objects.get(code="X-1")
    assert not item.live
    with pytest.raises(PermissionDenied):
        item.latest_revision.publish(user=root)
    act_on = submitted_again(item, root)
    with pytest.raises(PermissionDenied):
        act_on.task.specific.on_action(act_on, root, "approve")
