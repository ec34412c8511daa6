import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from exams.models import Exam, Item, Topic
from tests.exams.editor import add, as_person, written
from tests.factories import make_person

pytestmark = pytest.mark.usefixtures("one_step")


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
