"""The administrator's start page: people, the provider, how things run."""

from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator

from accounts.models import User
from courses.models import Approval, Provider
from jobs.models import Job, OutgoingMail, State
from lms.home import administrator
from lms.home.administrator import Lacks
from tests.factories import make_person
from tests.lms.reading import has, section, table


def test_the_administrator_counts_people_by_their_highest_role(
    show: Any, ada: User, alice: User, bob: User, erin: User, rita: User
) -> None:
    User.objects.filter(pk=bob.pk).update(is_active=False)
    rita.groups.add(erin.groups.get())
    assert table(show(ada), "people-h") == [
        ["Role", "How many"],
        ["Trainee", "1"],
        ["Instructor", "1"],
        ["Certifier", "0"],
        ["Registrar", "1"],
        ["Administrator", "1"],
    ]


def test_the_administrator_meets_what_is_missing_first(show: Any, ada: User) -> None:
    Provider.objects.all().delete()
    page = show(ada)
    assert section(page, "next-h").startswith(
        "Your next step Complete what is printed on certificates Something about the provider is missing, "
        "or an approval is over. The list is below. Open the provider"
    )
    assert section(page, "provider-h") == (
        "What is printed about the provider Name Missing Address Missing Who signs Missing Help from a "
        "person Missing Approvals No approval is valid today. Open the provider"
    )


def test_the_administrator_is_asked_for_a_second_step(show: Any, ada: User, rita: User) -> None:
    complete_provider()
    page = show(ada)
    assert section(page, "next-h").startswith(
        "Your next step Protect your account with a second step"
    )
    assert section(page, "second-h") == (
        "2 people with a role have no second step It is not required here. The setting "
        "SECOND_FACTOR_REQUIRED turns that on."
    )
    for person in (ada, rita):
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    page = show(ada)
    assert section(page, "next-h").startswith("Your next step Nothing waits for you")
    assert not has(page, "second-h")


def test_the_administrator_hears_of_work_that_stopped(show: Any, ada: User) -> None:
    Job.objects.create(kind="export", owner=ada, state=State.FAILED)
    OutgoingMail.objects.create(
        address="a@example.test", subject="Hello", body="", state=State.FAILED
    )
    OutgoingMail.objects.create(address="b@example.test", subject="Hello", body="")
    assert section(show(ada), "stopped-h") == (
        "Some work stopped 1 mail could not be sent. 1 piece of long work ended with an error. See long work"
    )


def test_what_the_provider_lacks() -> None:
    today = date(2026, 11, 14)

    def approval(first: date, last: date | None) -> Approval:
        return Approval(certifier="Body", number="1", valid_from=first, valid_until=last)

    over = approval(date(2025, 1, 1), date(2026, 11, 13))
    ending = approval(date(2025, 1, 1), date(2026, 12, 1))
    lasting = approval(date(2025, 1, 1), None)
    to_come = approval(date(2027, 1, 1), None)
    provider = Provider(
        name="Alder", street="1 A St", city="Fresno", signatory_name="R", contact_phone="1"
    )
    assert administrator.lacks(provider, [over, ending, lasting, to_come], today) == Lacks(
        fields=("signatory_title",),
        expired=(over,),
        expiring=(ending,),
        standing=(lasting,),
        has_valid_approval=True,
    )
    assert not administrator.lacks(provider, [over, to_come], today).has_valid_approval


def complete_provider() -> None:
    provider = Provider.load()
    provider.name, provider.street, provider.city = "Alder", "1 Alder Street", "Fresno"
    provider.contact_email, provider.signatory_name, provider.signatory_title = (
        "a@b.test",
        "R. A.",
        "Director",
    )
    provider.approvals = [Approval(certifier="Body", number="1", valid_from=date(2025, 1, 1))]
    provider.save()


def test_the_administrator_queries_do_not_grow(
    show: Any, ada: User, alice: User, rita: User, django_assert_num_queries: Any
) -> None:
    show(ada)
    with django_assert_num_queries(ADMINISTRATOR_QUERIES):
        show(ada)
    make_person("Ina Staff", role="instructor")
    make_person("Ira Staff", role="registrar", email="ira@example.test")
    complete_provider()
    with django_assert_num_queries(ADMINISTRATOR_QUERIES):
        show(ada)


ADMINISTRATOR_QUERIES = 19
