"""`{% load look %}`: a form's control in our classes, and an amount against its need."""

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

WITHOUT_FRAME = {"checkbox", "radioselect", "checkboxselectmultiple"}


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """Draw the control of a field: framed, with its hint and error named, without a placeholder.

    A placeholder is no label: it is gone as soon as somebody types.
    """
    field.field.widget.attrs.pop("placeholder", None)
    attrs: dict[str, str | bool] = {} if field.widget_type in WITHOUT_FRAME else {"class": "input"}
    if field.field.widget.is_hidden or not field.aria_describedby:
        return field.as_widget(attrs=attrs)
    return field.as_widget(attrs={**attrs, "aria-describedby": field.aria_describedby})


def shares(have: float, need: float, scale: float) -> dict[str, Any]:
    """Return the widths of a bar in percent of `scale`, the amount at its right end.

    Text with a point as decimal sign, as SVG wants it in every language.
    """
    end = scale or max(have * 1.05, need * 1.25) or 1

    def percent(amount: float) -> str:
        return f"{min(max(amount, 0) / end, 1) * 100:.2f}".rstrip("0").rstrip(".")

    return {
        "counted": percent(have) if have > 0 else "",
        "gap": percent(need - have) if need > have else "",
        "gap_at": percent(have),
        "need_at": percent(need) if need > 0 else "",
        "met": need > 0 and have >= need,
    }


@register.inclusion_tag("components/bar.html")
def bar(
    *, label: str, have: float, need: float = 0, words: str, note: str = "", scale: float = 0
) -> dict[str, Any]:
    """Draw one line of `<ul class="bars">`. `have`, `need` and `scale` are in the same unit."""
    return {"label": label, "words": words, "note": note, **shares(have, need, scale)}
