"""The pages of long work: the owner sees it, a stranger does not."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from jobs.models import Job, State

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(name: str, job: Job) -> str:
    return reverse(f"jobs:{name}", args=[job.public_id])


def test_the_owner_sees_how_far_it_is(alice: User) -> None:
    job = Job.objects.create(kind="import", owner=alice, state=State.RUNNING, done=3, total=12)
    client = signed_in(alice)
    text = client.get(page_of("show-job", job)).content.decode()
    assert "3 of 12 done." in text
    assert 'data-bar width="25%"' in text
    assert "Look again" in text
    assert client.get(page_of("show-progress", job)).json() == {
        "state": "running",
        "words": "3 of 12 done.",
        "percent": 25,
    }


@pytest.mark.parametrize("name", ["show-job", "show-progress", "download-result"])
def test_a_strangers_job_is_not_there(alice: User, bob: User, name: str) -> None:
    job = Job.objects.create(kind="import", owner=alice)
    assert signed_in(bob).get(page_of(name, job)).status_code == 404
    assert Client().get(page_of(name, job)).status_code == 302


def test_an_error_is_in_words(alice: User) -> None:
    refused = Job.objects.create(
        kind="import", owner=alice, state=State.FAILED, error="Row 7 has no date."
    )
    broken = Job.objects.create(kind="import", owner=alice, state=State.FAILED, error="broken")
    client = signed_in(alice)
    assert "Row 7 has no date." in client.get(page_of("show-job", refused)).content.decode()
    assert (
        "Something broke on our side." in client.get(page_of("show-job", broken)).content.decode()
    )


def test_the_result_is_handed_to_the_owner(alice: User) -> None:
    job = Job.objects.create(
        kind="export", owner=alice, state=State.DONE, result={"filename": "hours.csv"}
    )
    assert signed_in(alice).get(page_of("download-result", job)).status_code == 404
    job.result_file.save("x.csv", ContentFile(b"a,b\n"))
    answer = signed_in(alice).get(page_of("download-result", job))
    assert b"".join(answer.streaming_content) == b"a,b\n"  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="hours.csv"'


def test_the_list_asks_no_more_for_more_jobs(
    alice: User, django_assert_max_num_queries: Any
) -> None:
    client, path = signed_in(alice), reverse("jobs:list-jobs")
    Job.objects.create(kind="import", owner=alice)
    client.get(path)
    with django_assert_max_num_queries(20) as one:
        client.get(path)
    for _ in range(2):
        Job.objects.create(kind="import", owner=alice)
    with django_assert_max_num_queries(20) as three:
        client.get(path)
    assert len(one) == len(three)
