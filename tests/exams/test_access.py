from wagtail.models import Revision

from accounts.models import User
from exams.access import reads_items
from exams.models import Exam, Item


def test_who_can_read_or_wrote_items_is_known(
    alice: User, rita: User, erin: User, exam: Exam
) -> None:
    assert [reads_items(person) for person in (alice, rita, erin)] == [False, False, True]
    Item.objects.first().save_revision(user=rita)
    assert reads_items(rita)
    assert Revision.objects.filter(user=rita).count() == 1
