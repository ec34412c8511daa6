"""Inside a lesson: answers and reflections are kept, what makes no sense is refused."""

from datetime import timedelta

import pytest

from courses import studying
from courses.models import Enrolment, Progress, Reflection
from tests.courses.conftest import NOW, Written, unit


def test_the_last_answer_stands_and_tries_are_counted(place: Enrolment, written: Written) -> None:
    lesson = unit(place, written.lesson_key)
    for chosen in ("b", "a"):
        studying.answer_check(
            enrolment=place, unit=lesson, block_id="check-1", chosen=chosen, now=NOW
        )
    assert Progress.objects.get().checks == {
        "check-1": {"chosen": "a", "is_right": True, "tries": 2, "answered_at": NOW.isoformat()}
    }


@pytest.mark.parametrize(
    ("block", "chosen"), [("check-1", "z"), ("check-1", ""), ("opening", "a"), ("nowhere", "a")]
)
def test_an_answer_that_makes_no_sense_is_refused(
    place: Enrolment, written: Written, block: str, chosen: str
) -> None:
    with pytest.raises(studying.Refused):
        studying.answer_check(
            enrolment=place,
            unit=unit(place, written.lesson_key),
            block_id=block,
            chosen=chosen,
            now=NOW,
        )
    assert not Progress.objects.exists()


def test_a_reflection_is_written_over(place: Enrolment, written: Written) -> None:
    lesson = unit(place, written.lesson_key)
    for text in ("First", "  Second "):
        studying.write_reflection(
            enrolment=place, unit=lesson, block_id="reflect-1", text=text, now=NOW
        )
    assert list(Reflection.objects.values_list("text", flat=True)) == ["Second"]


def test_no_nul_is_kept(place: Enrolment, written: Written) -> None:
    studying.write_reflection(
        enrolment=place,
        unit=unit(place, written.lesson_key),
        block_id="reflect-1",
        text="\0A \0word\0",
        now=NOW,
    )
    assert Reflection.objects.get().text == "A word"


@pytest.mark.parametrize("text", ["", "  \n ", "\0", " \0 ", "x" * 5001])
def test_nothing_and_too_much_are_refused(place: Enrolment, written: Written, text: str) -> None:
    with pytest.raises(studying.Refused):
        studying.write_reflection(
            enrolment=place,
            unit=unit(place, written.lesson_key),
            block_id="reflect-1",
            text=text,
            now=NOW,
        )


def test_the_first_opening_stands(place: Enrolment, written: Written) -> None:
    lesson = unit(place, written.lesson_key)
    studying.open_unit(enrolment=place, unit=lesson, now=NOW)
    studying.open_unit(enrolment=place, unit=lesson, now=NOW + timedelta(hours=1))
    assert Progress.objects.get().opened_at == NOW


def test_what_is_left_goes_down(place: Enrolment, written: Written) -> None:
    lesson = unit(place, written.lesson_key)
    assert studying.left_to_do(enrolment=place, unit=lesson) == ["check-1", "reflect-1"]
    studying.answer_check(enrolment=place, unit=lesson, block_id="check-1", chosen="b", now=NOW)
    assert studying.left_to_do(enrolment=place, unit=lesson) == ["reflect-1"]
