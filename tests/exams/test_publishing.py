import pytest

from accounts.models import User
from exams.models import Attempt, Exam, Item, ItemVersion, Topic
from exams.publishing import NotWhole, freeze, shortages
from exams.rules import Rules
from tests.exams.conftest import NOW


def test_later_edits_leave_frozen_versions_alone(attempt: Attempt, erin: User) -> None:
    version = attempt.form.items.first().version
    item, before = version.item, version.content
    text = item.texts.get(language="en")
    text.stem = "Something else entirely?"
    item.texts = [text, item.texts.get(language="es")]
    item.save_revision(user=erin).publish()
    version.refresh_from_db()
    assert version.content == before
    assert [one.number for one in item.versions.order_by("number")] == [1, 2]
    assert item.versions.get(number=2).content["texts"]["en"]["stem"] == "Something else entirely?"
    assert attempt.form.items.first().version == version


def test_freezing_what_has_not_changed_makes_no_version(exam: Exam) -> None:
    item = Item.objects.get(code="M1-1")
    assert freeze(item=item, now=NOW) == item.versions.get()
    assert ItemVersion.objects.count() == 36


def test_what_is_not_whole_cannot_go_live_on_any_way(topic: Topic, erin: User) -> None:
    item = Item.objects.create(code="X-9", topic=topic, definition={"options": ["a"]}, live=False)
    with pytest.raises(NotWhole):
        item.save_revision(user=erin).publish()
    assert not ItemVersion.objects.filter(item=item).exists()


def test_shortages_are_named_before_anyone_sits(exam: Exam, rules: Rules) -> None:
    assert shortages(rules["blueprint"]) == []
    Item.objects.filter(topic__code="m05").update(live=False)
    assert [str(short) for short in shortages(rules["blueprint"])] == [
        "m05 / any level: needs 2, has 0"
    ]
