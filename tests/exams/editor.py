"""What authors and reviewers do in the editor, for the tests of the bank."""

from django.test import Client
from django.urls import reverse

from accounts.models import User
from exams.models import Item, Topic

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


def submitted_again(item: Item, by: User):
    return item.get_workflow().start(item, by).current_task_state
