from exams.loading import load_bank, load_exam
from exams.models import Exam, Item, ItemVersion
from exams.rules import Rules
from tests.exams.conftest import NOW


def test_loading_twice_changes_nothing(exam: Exam) -> None:
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
