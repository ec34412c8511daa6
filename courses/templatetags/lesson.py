"""`{% load lesson %}`: a lesson as it is being written, in the shape in which trainees meet it."""

from typing import Any

from django import template

from courses import freezing
from courses.frozen_files import Addresses
from courses.models import LessonPage, LiveUnitPage
from courses.showing import lettered, with_addresses

register = template.Library()


@register.simple_tag
def preview_of(page: Any) -> dict[str, Any]:
    """Return the blocks of a lesson page, or the plan of a live unit, without freezing a file."""
    if isinstance(page, LiveUnitPage):
        return {"blocks": [], "plan": freezing.html(page.plan)}
    assert isinstance(page, LessonPage)  # noqa: S101  (no other page has this preview)
    files = Addresses()
    blocks = with_addresses(freezing.freeze_body(page.body, files), lambda name: files.urls[name])
    for block in blocks:
        if block["kind"] == "knowledge_check":
            block["options"] = lettered(block["options"], None)
    return {"blocks": blocks}
