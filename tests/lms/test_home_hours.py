"""The hours on a trainee's start page: in words, as a drawing, as numbers, against each body's rules."""

from typing import Any

from accounts.models import User
from courses.models import Enrolment
from tests.lms.makers import (
    OTHER,
    make_profile,
    study,
)
from tests.lms.reading import section, table


def test_the_hours_in_words_and_in_numbers(show: Any, place: Enrolment, erin: User) -> None:
    study(place, 2, by=erin)
    page = show()
    assert section(page, "hours-h").startswith(
        "Your hours 2 of 4 hours At your pace, you reach 4 hours around December 19. "
        "It could be December 6, or January 23, 2027. "
        "Weeks away are fine: the date moves, and your hours stay."
    )
    assert table(page, "hours-h") == [
        ["Week ending", "Hours"],
        ["October 10", "0"],
        ["October 17", "1"],
        ["October 24", "2"],
        ["October 31", "2"],
        ["November 7", "2"],
        ["November 14", "2"],
        ["December 19 (likely)", "4"],
    ]
    assert (
        "2 of 4 hours on November 14. At this pace 4 hours come around December 19; "
        "between December 6 and January 23, 2027." in section(page, "hours-h")
    )


def test_no_hours_yet_is_no_chart(show: Any, place: Enrolment) -> None:
    page = show()
    assert section(page, "hours-h") == (
        "Your hours 0 of 4 hours Your training asks for 4 hours. There is no date by which you must "
        "have them. The line of your hours starts with your first lesson A few minutes at a time is "
        "fine. We keep your place."
    )
    assert section(page, "lately-h") == (
        "Lately Nothing is counted yet. Your first lesson will show up here."
    )


def test_what_the_own_profile_asks(show: Any, place: Enrolment, erin: User) -> None:
    study(place, 3, by=erin)
    page = show()
    assert table(page, "asked-h") == [
        ["What is asked", "Where you stand"],
        ["4 hours of training.", "1 hour to go"],
        ["The exam at the end of the course.", "Not yet"],
        ["Your signature under the code of ethics.", "Not yet"],
    ]
    assert section(page, "asked-h").endswith(
        "The body itself looks at The state exam. Rules of The Body as we checked them on November 1."
    )


def test_the_same_hours_against_every_body(show: Any, place: Enrolment, erin: User) -> None:
    make_profile("other", "Washington: peer support", OTHER)
    study(place, 3, by=erin)
    told = section(show(), "bodies-h")
    assert told.startswith(
        "What different bodies ask One set of hours can count in more than one place. We count; each "
        "body decides. The Body: peer support Your certificate follows these rules."
    )
    assert told.endswith(
        "California: Medi-Cal Peer Support Specialist 3 of 80 h 77 hours to go Not met yet: The exam at "
        "the end of the course. Your signature under the code of ethics. Your signature that you are 18 "
        "or older. Your signature that you have lived experience. We never ask what it was. The body itself looks at: A high school diploma or an equivalent. The "
        "certifying body checks it. The state exam of 120 items. You apply for it with CalMHSA. The "
        "application to CalMHSA, with its own attestations. "
        "Oregon: Peer Support Specialist 3 of 40 h 37 hours to go Not met yet: The exam at the end of "
        "the course. Your signature that you are 18 or older. Your signature that you have lived "
        "experience. We never ask what it was. The body itself looks at: The state’s oral health training. A background check. The state does it. "
        "Washington: peer support 3 of 2 h Hours met"
    )


def test_hours_by_domain(show: Any, place: Enrolment, erin: User) -> None:
    study(place, 1, by=erin)
    assert section(show(), "domains-h").endswith(
        "Advocacy 0.5 of 2 hours Ethical responsibility 0.5 of 2 hours"
    )


def test_the_last_entries_with_a_way_to_all_of_them(
    show: Any, place: Enrolment, erin: User
) -> None:
    study(place, 4, by=erin)
    page = show()
    assert section(page, "lately-h") == (
        "Lately October 30 Circle: 1 hour October 25 Boundaries: 1 hour October 20 Practice in pairs: "
        "1 hour October 15 Listening: 1 hour See every entry"
    )
    assert f'href="/my/{place.public_id}/hours/"' in page


def test_in_spanish_with_its_dates_and_the_lessons_in_spanish(
    show: Any, place: Enrolment, erin: User, alice: User
) -> None:
    study(place, 1, by=erin)
    User.objects.filter(pk=alice.pk).update(language="es")
    alice.refresh_from_db()
    page = show()
    assert '<html lang="es">' in page
    assert "15 de octubre" in section(page, "lately-h")
    assert "Listening (es)" in section(page, "lately-h")
    assert "0.5" in section(page, "domains-h")


def test_drawings_write_no_decimal_comma(
    show: Any, place: Enrolment, erin: User, alice: User
) -> None:
    study(place, 2, by=erin)
    User.objects.filter(pk=alice.pk).update(language="es")
    alice.refresh_from_db()
    drawing = show().split('class="chart chart-wide"')[1].split("</svg>")[0]
    assert 'd="M46.0 304.0L' in drawing
