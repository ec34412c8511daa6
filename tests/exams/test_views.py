import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from exams import attempts
from exams.models import Attempt, Exam, ItemVersion, Response, ResponseEntry
from exams.rules import Rules
from tests.exams.conftest import key_of


@pytest.fixture
def running(exam: Exam, rules: Rules, alice: User) -> Attempt:
    """Alice has begun, by the clock that the doors read."""
    return attempts.start(
        candidate=alice, exam=exam, rules=rules, language="en", now=timezone.now()
    )


@pytest.fixture
def hers(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def address(attempt: Attempt, position: int = 1) -> str:
    return reverse("exams:sit-item", args=[attempt.public_id, position])


def send(client: Client, attempt: Attempt, position: int = 1, **sent):
    body = {"chosen": ["a"], "flagged": False, "epoch": 1, "sequence": 1, **sent}
    return client.post(
        address(attempt, position), json.dumps(body), content_type="application/json"
    )


def finish(attempt: Attempt, *, minutes: int = 60) -> None:
    """Let the attempt's time be over."""
    past = timezone.now() - timedelta(minutes=minutes)
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=past, closes_at=past)
    attempt.refresh_from_db()


def test_an_item_is_shown_with_all_options_and_the_time_left(
    hers: Client, running: Attempt
) -> None:
    page = hers.get(address(running)).content.decode()
    placed = running.form.items.select_related("version").get(position=1)
    text = placed.version.content["texts"]["en"]
    order = [page.index(f'value="{option}"') for option in placed.option_order]
    assert order == sorted(order)
    assert "About 25 min left" in page
    assert "Each answer is saved as you give it." in page
    assert text["stem"].split('"')[0].split("'")[0][:30] in page


def test_the_item_is_in_the_language_of_the_person(
    hers: Client, running: Attempt, alice: User
) -> None:
    alice.language = "es"
    alice.save(update_fields=["language"])
    page = hers.get(address(running)).content.decode()
    assert '<fieldset class="item" lang="es">' in page


def test_no_key_no_rationale_and_no_score_reaches_the_browser(
    hers: Client, running: Attempt
) -> None:
    pages = [hers.get(address(running, position)).content.decode() for position in range(1, 21)]
    pages.append(send(hers, running, chosen=[key_of(running, 1)]).content.decode())
    pages.append(
        hers.get(reverse("exams:review-attempt", args=[running.public_id])).content.decode()
    )
    for version in ItemVersion.objects.filter(form_items__form=running.form_id):
        for text in version.content["texts"].values():
            assert not any(text["rationale"][:40] in page for page in pages)
    told = json.loads(pages[20])
    assert set(told) == {"saved_at", "sequence", "saved_count", "words", "seconds_left"}
    assert all(
        word not in page
        for page in pages
        for word in ("rationale", '"key":', "data-key", "is_correct")
    )


def test_the_reply_is_the_same_for_a_right_and_a_wrong_answer(
    hers: Client, running: Attempt
) -> None:
    replies = [
        send(hers, running, chosen=[option], sequence=n).json()
        for n, option in enumerate("abcd", 1)
    ]
    assert len({(reply["saved_count"], *sorted(reply)) for reply in replies}) == 1


def test_a_script_saves_and_is_told_so_in_words(hers: Client, running: Attempt) -> None:
    reply = send(hers, running)
    assert reply.status_code == 200
    assert reply.json()["words"].startswith("1 answer saved at ")
    assert reply.json()["sequence"] == 1
    assert Response.objects.get().chosen == ["a"]


def test_a_page_without_a_script_saves_by_its_button_and_goes_on(
    hers: Client, running: Attempt
) -> None:
    reply = hers.post(address(running), {"epoch": "1", "chosen": "b", "go": "2"})
    assert (reply.status_code, reply["Location"]) == (302, address(running, 2))
    assert list(running.responses.values_list("position", "chosen", "flagged")) == [
        (1, ["b"], False)
    ]
    again = hers.post(address(running), {"epoch": "1", "chosen": "c", "flag": "on"})
    assert again["Location"] == address(running)
    assert list(running.responses.values_list("position", "chosen", "flagged", "sequence")) == [
        (1, ["c"], True, 2)
    ]
    assert "checked" in hers.get(address(running)).content.decode()


def test_a_page_without_a_choice_writes_nothing_and_takes_nothing_away(
    hers: Client, running: Attempt
) -> None:
    hers.post(address(running), {"epoch": "1", "go": "2"})
    assert not ResponseEntry.objects.exists()
    send(hers, running, chosen=["d"])
    hers.post(address(running), {"epoch": "1", "go": "2"})
    assert Response.objects.get().chosen == ["d"]


def test_the_last_page_leads_to_the_review(hers: Client, running: Attempt) -> None:
    reply = hers.post(address(running, 20), {"epoch": "1", "chosen": "b", "go": "review"})
    assert reply["Location"] == reverse("exams:review-attempt", args=[running.public_id])


def test_one_goes_on_where_no_answer_is_yet(hers: Client, running: Attempt) -> None:
    send(hers, running)
    reply = hers.get(reverse("exams:resume-attempt", args=[running.public_id]))
    assert reply["Location"] == address(running, 2)


def test_two_windows_of_one_opening(hers: Client, running: Attempt) -> None:
    assert send(hers, running, chosen=["a"], sequence=5).status_code == 200
    reply = send(hers, running, chosen=["b"], sequence=5)
    assert (reply.status_code, reply.json()["error"], reply.json()["stands"]) == (
        409,
        "not-taken",
        ["a"],
    )


def test_a_page_of_an_older_opening_is_not_taken(
    hers: Client, running: Attempt, exam: Exam, rules: Rules, alice: User
) -> None:
    attempts.start(candidate=alice, exam=exam, rules=rules, language="en", now=timezone.now())
    reply = hers.post(address(running), {"epoch": "1", "chosen": "b", "go": "2"})
    assert reply.status_code == 409
    assert "You opened this exam again" in reply.content.decode()
    assert list(ResponseEntry.objects.values_list("chosen", "epoch")) == [(["b"], 1)]
    assert not Response.objects.exists()


def test_an_answer_after_the_deadline_gets_a_clear_answer(hers: Client, running: Attempt) -> None:
    finish(running)
    reply = send(hers, running)
    assert (reply.status_code, reply.json()["error"]) == (409, "late")
    page = hers.post(address(running), {"epoch": "1", "chosen": "b"})
    assert page.status_code == 409
    assert "This exam is closed" in page.content.decode()
    running.refresh_from_db()
    assert running.closing == "expired"
    assert list(ResponseEntry.objects.values_list("is_late", flat=True)) == [True, True]


def test_a_closed_attempt_leads_to_its_result(hers: Client, running: Attempt) -> None:
    finish(running)
    result = reverse("exam-result", args=[running.public_id])
    for name, args in (("sit-item", [1]), ("review-attempt", []), ("resume-attempt", [])):
        reply = hers.get(reverse(f"exams:{name}", args=[running.public_id, *args]))
        assert (reply.status_code, reply["Location"]) == (302, result)


def test_handing_in_twice_leads_to_the_same_result(hers: Client, running: Attempt) -> None:
    submit = reverse("exams:submit-attempt", args=[running.public_id])
    assert [hers.post(submit)["Location"] for _ in range(2)] == [
        reverse("exam-result", args=[running.public_id])
    ] * 2
    assert running.scores.count() == 1


def test_handing_in_is_asked_once_more_and_is_never_a_get(hers: Client, running: Attempt) -> None:
    review = reverse("exams:review-attempt", args=[running.public_id])
    page = hers.get(review).content.decode()
    assert "20 items have no answer" in page
    assert "Hand in with 20 empty" in page
    assert "Hand in my exam" in hers.get(f"{review}?confirm=1").content.decode()
    assert not running.scores.exists()


def test_who_was_signed_out_while_handing_in_is_told_that_it_was_not_handed_in(
    client: Client, running: Attempt
) -> None:
    submit = reverse("exams:submit-attempt", args=[running.public_id])
    asked = client.post(submit)
    assert asked["Location"] == f"{reverse('account_login')}?next={submit}"
    client.force_login(running.candidate)
    back = client.get(submit, follow=True)
    assert back.redirect_chain == [(reverse("exams:review-attempt", args=[running.public_id]), 302)]
    assert "You were signed out before this was saved." in back.content.decode()
    assert not running.scores.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_finds_nothing(client: Client, bob: User, running: Attempt, method: str) -> None:
    client.force_login(bob)
    for name, args in (
        ("sit-item", [1]),
        ("review-attempt", []),
        ("resume-attempt", []),
        ("submit-attempt", []),
    ):
        url = reverse(f"exams:{name}", args=[running.public_id, *args])
        allowed = (
            405
            if (method, name) in {("post", "review-attempt"), ("post", "resume-attempt")}
            else 404
        )
        assert getattr(client, method)(url, follow=True).status_code == allowed
    assert send(client, running).status_code == 404
    assert not ResponseEntry.objects.exists()
    assert not running.scores.exists()


def test_who_is_not_signed_in_is_asked_to_and_a_script_is_told(
    client: Client, running: Attempt
) -> None:
    assert client.get(address(running))["Location"].startswith(reverse("account_login"))
    reply = send(client, running)
    assert (reply.status_code, reply.json()["error"]) == (401, "signed-out")
    assert not ResponseEntry.objects.exists()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"chosen": ["z"]}, 400),
        ({"chosen": {"a": 1}}, 400),
        ({"epoch": "x"}, 400),
        ({"sequence": 0}, 400),
        ({"sequence": None}, 400),
        ({"chosen": ["a" * 5000]}, 413),
    ],
)
def test_tampered_answers_are_refused_clearly(
    hers: Client, running: Attempt, sent, status: int
) -> None:
    reply = send(hers, running, **sent)
    assert reply.status_code == status
    assert reply.json()["words"]
    assert not ResponseEntry.objects.exists()


def test_a_position_that_is_not_there_is_not_found(hers: Client, running: Attempt) -> None:
    assert hers.get(address(running, 21)).status_code == 404
    assert hers.get(address(running, 0)).status_code == 404
    assert (
        hers.post(address(running), b"no json", content_type="application/json").status_code == 400
    )


def test_the_page_takes_a_small_and_constant_number_of_queries(
    hers: Client, running: Attempt
) -> None:
    hers.get(address(running))  # what is looked up once for a process
    counts = []
    for answered in range(4):
        with CaptureQueriesContext(connection) as caught:
            hers.get(address(running))
        counts.append(len(caught))
        send(hers, running, answered + 1)
    assert len(set(counts)) == 1
    assert (
        counts[0] <= 10
    )  # four of the exam's own; session, person, roles and provider are the house's


def test_neither_the_page_nor_an_answer_rebuilds_a_revision(
    hers: Client, running: Attempt, monkeypatch
) -> None:
    from wagtail.models import Revision  # noqa: PLC0415

    def refuse(self):
        raise AssertionError("as_object() in the exam's path")

    monkeypatch.setattr(Revision, "as_object", refuse)
    assert hers.get(address(running)).status_code == 200
    assert send(hers, running).status_code == 200
    assert hers.post(reverse("exams:submit-attempt", args=[running.public_id])).status_code == 302
