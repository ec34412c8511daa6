from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from exams.scoring import Result, ScoredItem, TopicScore, cut_score, total

items = st.lists(
    st.tuples(st.sampled_from(["m01", "m02", "m03"]), st.integers(1, 4), st.integers(0, 4)).map(
        lambda one: ScoredItem(one[0], one[1], min(one[1], one[2]))
    )
)


def test_the_cut_is_rounded_up() -> None:
    assert [cut_score(maximum, 70) for maximum in (0, 1, 20, 21, 60)] == [0, 1, 14, 15, 42]


@given(st.integers(0, 1000), st.integers(1, 100))
def test_the_cut_is_the_least_score_that_is_enough(maximum: int, percent: int) -> None:
    cut = cut_score(maximum, percent)
    needed = Fraction(maximum * percent, 100)
    assert needed <= cut < needed + 1
    assert cut <= maximum


@given(items, st.integers(1, 100))
def test_topics_add_up_to_the_whole(scored: list[ScoredItem], percent: int) -> None:
    result = total(scored, cut_percent=percent)
    assert result.raw == sum(topic.raw for topic in result.by_topic) <= result.maximum
    assert result.maximum == sum(topic.maximum for topic in result.by_topic)
    assert [topic.topic for topic in result.by_topic] == sorted({item.topic for item in scored})


def test_a_form_is_added_up() -> None:
    scored = [ScoredItem("m02", 1, 1), ScoredItem("m01", 2, 1), ScoredItem("m02", 1, 0)]
    result = total(scored, cut_percent=50)
    assert result == Result(2, 4, 2, (TopicScore("m01", 1, 2), TopicScore("m02", 1, 2)))
    assert result.passed
