from hypothesis import given
from hypothesis import strategies as st

from exams import interactions
from exams.interactions import Fault, Presented, single_choice

DEFINITION = {"options": ["a", "b", "c", "d"], "key": "c"}
TEXT = {"stem": "What first?", "options": {"a": "One", "b": "Two", "c": "Three", "d": "Four"}}


def test_a_whole_item_has_no_fault() -> None:
    assert single_choice.validate(DEFINITION, {"en": TEXT, "es": TEXT}, ["en", "es"]) == []


def test_every_fault_is_named_with_its_place() -> None:
    poor = {"stem": "What first?", "options": {"a": "One", "b": " one "}}
    assert single_choice.validate({"options": ["a", "b"]}, {"en": poor}, ["en", "es"]) == [
        Fault("too_few_options"),
        Fault("no_key"),
        Fault("same_option_twice", "en"),
        Fault("no_stem", "es"),
    ]


def test_a_language_has_the_text_of_every_option() -> None:
    short = {"stem": "What first?", "options": {"a": "One", "b": "Two", "c": "Three", "d": "  "}}
    assert single_choice.validate(DEFINITION, {"en": short}, ["en"]) == [
        Fault("no_option_text", "en", "d")
    ]


def test_a_candidate_sees_letters_by_place_and_no_key() -> None:
    assert single_choice.present(TEXT, ["c", "a", "d", "b"]) == (
        Presented("c", "A", "Three"),
        Presented("a", "B", "One"),
        Presented("d", "C", "Four"),
        Presented("b", "D", "Two"),
    )


def test_only_a_list_of_at_most_one_known_option_is_an_answer() -> None:
    assert single_choice.accepts(DEFINITION, [])
    assert single_choice.accepts(DEFINITION, ["d"])
    for tampered in (["e"], ["a", "b"], "a", None, {"a": 1}, [["a"]], [1], ["a", "a"]):
        assert not single_choice.accepts(DEFINITION, tampered)


@given(
    chosen=st.one_of(st.just([]), st.sampled_from([[one] for one in "abcd"])),
    points=st.integers(1, 9),
)
def test_points_are_all_or_nothing(chosen: list[str], points: int) -> None:
    assert single_choice.score(DEFINITION, chosen, points) == (points if chosen == ["c"] else 0)


def test_every_kind_can_do_what_a_kind_must() -> None:
    words = ("validate", "option_ids", "present", "accepts", "score")
    assert all(
        callable(getattr(interactions.of(kind), word))
        for kind in interactions.KINDS
        for word in words
    )
