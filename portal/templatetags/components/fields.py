"""Form fields as the form templates draw them, and the summary of what must be corrected."""

from dataclasses import dataclass

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget

register = template.Library()

_CONTROL_CLASS = {"select": "form-select", "check": "form-check-input", "choices": "form-check-input"}


@dataclass(frozen=True)
class Correction:
    """One thing to correct: its words and the control that mends it, if any."""

    message: str
    target: str


@register.inclusion_tag("components/error_summary.html")
def error_summary(*parts) -> dict:
    """All errors of one or more forms, each linked to its field, where the focus lands after a failed submit."""
    return {"corrections": [correction for form in parts for correction in corrections(form)]}


def corrections(form: forms.BaseForm) -> list[Correction]:
    """The errors of a form in the order of its fields, those of the form as a whole first."""
    found = [Correction(str(message), "") for message in form.non_field_errors()]
    for field in form:
        found += [Correction(str(message), _first_control(field)) for message in field.errors]
    return found


def _first_control(field: BoundField) -> str:
    """The id of what a link to the field must reach: its control, or the first choice of a group."""
    return field.id_for_label or (f"{field.auto_id}_0" if field.auto_id else "")


@register.filter
def control_kind(field: BoundField) -> str:
    """How a field is laid out: "choices" (a group with a legend), "check", "select" or "text"."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "select" if isinstance(widget, forms.Select) else "text"


@register.filter
def control(field: BoundField) -> str:
    """The control of a field with the class its kind needs."""
    return field.as_widget(attrs={"class": _css(field)})


@register.filter
def choices(field: BoundField) -> list[BoundWidget]:
    """The single controls of a group of choices."""
    attrs = field.build_widget_attrs({"id": field.auto_id, "class": _css(field)})
    parts = field.field.widget.subwidgets(field.html_name, field.value(), attrs=attrs)
    return [BoundWidget(field.field.widget, part, field.form.renderer) for part in parts]


def _css(field: BoundField) -> str:
    given = field.field.widget.attrs.get("class", "")
    return f"{_CONTROL_CLASS.get(control_kind(field), 'form-control')} {given}".strip()
