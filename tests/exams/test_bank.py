import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Revision, Workflow, WorkflowContentType

from accounts.models import User
from exams.access import reads_items
from exams.models import Attempt, Exam, Item, ItemVersion, Topic
from exams.publishing import NotWhole, freeze, shortages
from exams.rules import Rules
from tests.exams.conftest import NOW
from tests.factories import make_person

WORDS = {
    "stem_en": "What should she do first?",
    "stem_es": "¿Qué debe hacer primero?",
    "option_a_en": "Wait",
    "option_a_es": "Esperar",
    "option_b_en": "Ask",
    "option_b_es": "Preguntar",
    "option_c_en": "Tell",
    "option_c_es": "Contar",
    "option_d_en": "",
    "option_d_es": "",
    "rationale_en": "Asking keeps choice with the person.",
    "rationale_es": "Preguntar deja la elección a la persona.",
}


@pytest.fixture(autouse=True)
def _no_second_factor(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def ian(db: None) -> User:
    """A second instructor."""
    return make_person("Ian Novak", role="instructor")


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(
        code="m99", names={"en": "Listening", "es": "Escuchar"}, domain="ME"
    )


@pytest.fixture
def admin(client: Client, erin: User) -> Client:
    client.force_login(erin)
    return client


def written(topic: Topic, **changed: str) -> dict[str, str]:
    return {
        "code": "X-1",
        "topic": str(topic.pk),
        "level": "application",
        "key": "b",
        "tag_words": "icrc:ME",
        **WORDS,
        **changed,
    }


def add(client: Client, topic: Topic, **changed: str):
    return client.post(reverse("wagtailsnippets_exams_item:add"), written(topic, **changed))


def act(client: Client, item: Item, action: str):
    item.refresh_from_db()
    state = item.current_workflow_state.current_task_state
    return client.post(
        reverse("wagtailsnippets_exams_item:workflow_action", args=[item.pk, action, state.pk]),
        {"comment": ""},
    )


def as_person(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def submitted(topic: Topic, by: User) -> Item:
    add(as_person(by), topic, **{"action-submit": "1"})
    return Item.objects.get(code="X-1")


def test_a_fresh_installation_has_the_workflow_for_items(db: None) -> None:
    items = ContentType.objects.get_for_model(Item)
    workflow = WorkflowContentType.objects.get(content_type=items).workflow
    assert [type(task.specific).__name__ for task in workflow.tasks] == ["PeerReview"]
    assert Workflow.objects.filter(name=workflow.name).count() == 1


def test_an_author_writes_both_languages_side_by_side(admin: Client, topic: Topic) -> None:
    assert add(admin, topic).status_code == 302
    item = Item.objects.get(code="X-1")
    assert (item.live, item.definition, item.tags) == (
        False,
        {"options": ["a", "b", "c"], "key": "b"},
        ["icrc:ME"],
    )
    assert {text.language: (text.stem, text.options["b"]) for text in item.texts.all()} == {
        "en": ("What should she do first?", "Ask"),
        "es": ("¿Qué debe hacer primero?", "Preguntar"),
    }
    page = admin.get(reverse("wagtailsnippets_exams_item:edit", args=[item.pk])).content.decode()
    assert "¿Qué debe hacer primero?" in page
    assert "Preguntar deja la elección" in page


def test_editing_keeps_ids_and_rows(admin: Client, topic: Topic) -> None:
    add(admin, topic)
    item = Item.objects.get(code="X-1")
    rows = set(item.texts.values_list("pk", flat=True))
    admin.post(
        reverse("wagtailsnippets_exams_item:edit", args=[item.pk]),
        written(topic, option_b_en="Ask her", option_d_en="Go", option_d_es="Ir"),
    )
    item.refresh_from_db()
    latest = item.get_latest_revision_as_object()
    assert latest.definition == {"options": ["a", "b", "c", "d"], "key": "b"}
    assert {text.pk for text in latest.texts.all()} == rows


def test_a_draft_may_have_gaps_and_review_may_not(admin: Client, topic: Topic) -> None:
    gaps = {"key": "", "stem_es": "", "option_c_en": "", "option_c_es": ""}
    assert add(admin, topic, **gaps).status_code == 302
    reply = add(admin, topic, code="X-2", **gaps, **{"action-submit": "1"})
    assert reply.status_code == 200
    page = reply.content.decode()
    for words in (
        "Give at least three options.",
        "Say which option is the right one.",
        "Write the question in this language too",
    ):
        assert words in page
    assert not Item.objects.filter(code="X-2").exists()


def test_every_option_stands_in_every_language(admin: Client, topic: Topic) -> None:
    page = add(admin, topic, option_d_en="Go", **{"action-submit": "1"}).content.decode()
    assert "Write this option in this language too" in page


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


def submitted_again(item: Item, by: User):
    return item.get_workflow().start(item, by).current_task_state


def test_a_trainee_and_a_certifier_see_nothing_of_the_bank(
    alice: User, carl: User, exam: Exam
) -> None:
    item = Item.objects.first()
    for person in (alice, carl):
        for url in (
            reverse("wagtailsnippets_exams_item:list"),
            reverse("wagtailsnippets_exams_item:edit", args=[item.pk]),
        ):
            assert as_person(person).get(url).status_code in (302, 403)


def test_the_preview_is_what_a_candidate_sees_in_each_language(
    admin: Client, topic: Topic, rf
) -> None:
    add(admin, topic)
    item = Item.objects.get(code="X-1")
    for language, stem, option in (
        ("en", "What should she do first?", "Ask"),
        ("es", "¿Qué debe hacer primero?", "Preguntar"),
    ):
        page = item.make_preview_request(preview_mode=language).rendered_content
        assert stem in page
        assert option in page
        assert "Asking keeps choice" not in page
        assert "checked" not in page


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


def test_an_item_that_was_live_is_kept_and_a_draft_may_go(
    exam: Exam, topic: Topic, db: None
) -> None:
    root = as_person(make_person("Root Person", is_superuser=True))
    used = Item.objects.get(code="M1-1")
    reply = root.post(reverse("wagtailsnippets_exams_item:delete", args=[used.pk]), follow=True)
    assert "exams and results stand on it" in reply.content.decode()
    assert Item.objects.filter(pk=used.pk).exists()
    draft = Item.objects.create(code="X-9", topic=topic, live=False)
    root.post(reverse("wagtailsnippets_exams_item:delete", args=[draft.pk]))
    assert not Item.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 36),
        ("status=live", 36),
        ("status=draft", 0),
        ("status=review", 0),
        ("level=recall", 3),
        ("q=Nothing+about+us", 1),
    ],
)
def test_the_list_is_filtered(admin: Client, exam: Exam, query: str, count: int) -> None:
    page = admin.get(f"{reverse('wagtailsnippets_exams_item:list')}?{query}")
    assert page.context["page_obj"].paginator.count == count


def test_the_list_takes_a_constant_number_of_queries(admin: Client, exam: Exam) -> None:
    url = reverse("wagtailsnippets_exams_item:list")
    admin.get(url)
    counts = []
    for query in ("?q=M3-1", "?q=M3-", "?q=M"):
        with CaptureQueriesContext(connection) as caught:
            admin.get(url + query)
        counts.append(len(caught))
    assert len(set(counts)) == 1
    assert counts[0] <= 16


def test_an_exam_and_a_topic_open_in_the_editor(client: Client, exam: Exam, db: None) -> None:
    root = as_person(make_person("Root Person", is_superuser=True))
    page = root.get(reverse("wagtailsnippets_exams_exam:edit", args=[exam.pk])).content.decode()
    assert "Examen final: formación básica" in page
    topic = Topic.objects.get(code="m01")
    url = reverse("wagtailsnippets_exams_topic:edit", args=[topic.pk])
    sent = {
        "code": "m01",
        "domain": "RW",
        "position": "1",
        "name_en": "Hope",
        "name_es": "Esperanza",
    }
    assert root.post(url, sent).status_code == 302
    topic.refresh_from_db()
    assert topic.names == {"en": "Hope", "es": "Esperanza"}


def test_shortages_are_named_before_anyone_sits(exam: Exam, rules: Rules) -> None:
    assert shortages(rules["blueprint"]) == []
    Item.objects.filter(topic__code="m05").update(live=False)
    assert [str(short) for short in shortages(rules["blueprint"])] == [
        "m05 / any level: needs 2, has 0"
    ]


def test_who_can_read_or_wrote_items_is_known(
    alice: User, rita: User, erin: User, exam: Exam
) -> None:
    assert [reads_items(person) for person in (alice, rita, erin)] == [False, False, True]
    Item.objects.first().save_revision(user=rita)
    assert reads_items(rita)
    assert Revision.objects.filter(user=rita).count() == 1


def test_loading_twice_changes_nothing(exam: Exam) -> None:
    from exams.loading import load_bank, load_exam  # noqa: PLC0415

    assert load_bank(now=NOW) == []
    assert load_exam(now=NOW) == exam
    assert (Item.objects.count(), ItemVersion.objects.count(), exam.blueprint.count()) == (
        36,
        36,
        12,
    )


def test_the_exam_is_twenty_items_over_twelve_topics(rules: Rules) -> None:
    assert sum(cell["count"] for cell in rules["blueprint"]) == 20
    assert len(rules["blueprint"]) == 12
    assert (rules["minutes"], rules["cut_percent"], rules["attempts_max"], rules["wait_hours"]) == (
        30,
        70,
        3,
        24,
    )
    assert rules["is_practice_length"]
    assert rules["titles"]["es"] == "Examen final: formación básica"
