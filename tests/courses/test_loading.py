"""What ships: tag sets, profiles, the curriculum; loading it again changes nothing."""

import pytest
from wagtail.models import Page

from accounts.models import User
from courses.loading import load_curriculum, load_reference
from courses.models import Course, LessonPage, Profile, ProfileVersion, Tag, TagSet, Unit
from courses.offers import latest_profiles
from tests.courses.conftest import NOW

pytestmark = pytest.mark.django_db


def test_reference_twice_is_once() -> None:
    for _time in range(2):
        load_reference(now=NOW)
    assert {s.code: (s.is_exclusive, s.tags.count()) for s in TagSet.objects.all()} == {
        "icrc": (True, 4), "ca17": (False, 17), "samhsa": (False, 12),
    }  # fmt: skip
    assert all(tag.names.keys() == {"en", "es"} for tag in Tag.objects.all())
    assert set(Profile.objects.values_list("code", flat=True)) == {
        "us-ca-medical-pss-initial",
        "us-or-pss",
    }
    assert ProfileVersion.objects.count() == 2


def test_profiles_ask_what_the_facts_say() -> None:
    load_reference(now=NOW)
    hours = {
        version.profile.code: [
            rule["minutes"] for rule in version.rules["all"] if rule["kind"] == "hours_total"
        ]
        for version in latest_profiles()
    }
    assert hours == {"us-ca-medical-pss-initial": [4800], "us-or-pss": [2400]}
    for version in latest_profiles():
        assert version.source_urls
        assert (version.confidence, version.checked_on.year) == ("H", 2026)
        for rule in version.rules["all"]:
            assert rule["kind"] != "external" or rule["sentences"].keys() == {"en", "es"}


def test_the_curriculum_is_eighty_hours_in_two_languages(erin: User) -> None:
    load_reference(now=NOW)
    course = load_curriculum(by=erin, now=NOW)
    release = course.releases.get()
    units = list(release.units.all())
    assert (course.code, release.outline["languages"], len(units)) == ("core", ["en", "es"], 24)
    assert sum(unit.minutes for unit in units) == 4800
    assert {unit.minutes for unit in units if unit.mode == Unit.Mode.SELF_PACED} == {30}
    by_domain: dict[str, int] = {}
    for unit in units:
        assert sum(unit.allocations["icrc"].values()) == unit.minutes
        assert unit.content.keys() == {"en", "es"}
        for tag, minutes in unit.allocations["icrc"].items():
            by_domain[tag] = by_domain.get(tag, 0) + minutes
    assert by_domain == {"ER": 18 * 60, "AD": 13 * 60, "ME": 26 * 60, "RW": 23 * 60}
    competencies = {tag for unit in units for tag in unit.allocations["ca17"]}
    assert competencies == {str(number) for number in range(1, 18)}
    assert len({tag for unit in units for tag in unit.allocations["samhsa"]}) == 12
    assert all(page.live_revision_id for page in LessonPage.objects.all())
    pages = Page.objects.count()
    again = load_curriculum(by=erin, now=NOW)
    assert (again, again.releases.count(), Page.objects.count(), Course.objects.count()) == (
        course,
        1,
        pages,
        1,
    )


def test_what_an_instructor_edited_stays(erin: User) -> None:
    load_reference(now=NOW)
    load_curriculum(by=erin, now=NOW)
    page = LessonPage.objects.first()
    assert page is not None
    page.title = "Mine now"
    page.save_revision(user=erin).publish()
    Unit.objects.filter(key=page.translation_key).update(minutes=45)
    load_curriculum(by=erin, now=NOW)
    page.refresh_from_db()
    assert (page.title, Unit.objects.get(key=page.translation_key).minutes) == ("Mine now", 45)
