from wagtail.models import Revision

from accounts.models import User
from exams.access import reads_items
from exams.models import Exam, Item
from tests.factories import give_role


def test_who_can_read_or_wrote_items_is_known(
    alice: User, rita: User, erin: User, exam: Exam
) -> None:
    assert [reads_items(person) for person in (alice, rita, erin)] == [False, False, True]
    Item.objects.first().save_revision(user=rita)
    assert reads_items(rita)
    assert Revision.objects.filter(user=rita).count() == 1


def test_a_role_that_was_taken_away_is_not_forgotten(erin: User, exam: Exam) -> None:
    give_role(erin, "trainee")
    person = User.objects.get(pk=erin.pk)
    assert not person.has_perm("exams.view_item")
    assert not Revision.objects.filter(user=person).exists()
    assert reads_items(person)
