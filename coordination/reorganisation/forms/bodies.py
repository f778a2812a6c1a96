"""Naming a unit or an agency by typing: its code or its name, with or without marks."""

from collections.abc import Callable, Iterable

from django import forms
from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from agencies.models import AdminUnit, Agency
from records import text
from records.fields import LineField

MOST_OFFERED = 200
_BETWEEN = "·"


class SuggestingInput(forms.TextInput):
    """A text box with suggestions, which browsers show while one types; without them it is a plain box."""

    def __init__(self, offered: Callable[[], Iterable[str]], attrs=None):
        super().__init__(attrs={"autocomplete": "off", **(attrs or {})})
        self.offered = offered

    def __deepcopy__(self, memo):
        return type(self)(self.offered, dict(self.attrs))

    def render(self, name, value, attrs=None, renderer=None):
        listed = f"{(attrs or {}).get('id', name)}-goi-y"
        box = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((one,) for one in self.offered()))
        return format_html('{}<datalist id="{}">{}</datalist>', box, listed, options)


class BodyField(LineField):
    """One unit or agency of a set, typed as its label, its code or a part of its name that no other has."""

    def __init__(self, *, bodies: QuerySet, **kwargs):
        self.bodies = bodies
        kwargs.setdefault("max_length", 300)
        super().__init__(widget=SuggestingInput(self._offered), **kwargs)

    def __deepcopy__(self, memo):
        copied = super().__deepcopy__(memo)
        copied.widget.offered = copied._offered
        return copied

    def clean(self, value) -> AdminUnit | Agency | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = self._by_code(typed) or self._by_name(typed)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("Nothing found under this name or code; choose one of those suggested"))
        named = "; ".join(label_of(one) for one in found[:4])
        raise forms.ValidationError(_("Several are called so: %(names)s. Type the code as well") % {"names": named})

    def prepare_value(self, value):
        if isinstance(value, AdminUnit | Agency):
            return label_of(value)
        if isinstance(value, int):
            found = self.bodies.filter(pk=value).first()
            return label_of(found) if found else ""
        return super().prepare_value(value)

    def _by_code(self, typed: str) -> list:
        code = typed.partition(_BETWEEN)[0].strip()
        if self.bodies.model is AdminUnit:
            return list(self.bodies.filter(code__iexact=code)[:2])
        unit, slash, agency = code.partition("/")
        if slash:
            return list(self.bodies.filter(unit__code__iexact=unit.strip(), code__iexact=agency.strip())[:2])
        return list(self.bodies.filter(code__iexact=code)[:5])

    def _by_name(self, typed: str) -> list:
        folded = text.fold(typed.rpartition(_BETWEEN)[2])
        if not folded:
            return []
        if self.bodies.model is AdminUnit:
            exact = list(self.bodies.filter(names__name_folded=folded).distinct()[:5])
            return exact or list(self.bodies.filter(names__name_folded__contains=folded).distinct()[:5])
        called = Q(current_name__iexact=typed) | Q(current_short_name__iexact=typed)
        exact = list(self.bodies.filter(called)[:5])
        return exact or list(self.bodies.filter(name_folded__contains=folded)[:5])

    def _offered(self) -> list[str]:
        return [label_of(one) for one in self.bodies[:MOST_OFFERED]]


def label_of(body: AdminUnit | Agency) -> str:
    """How a body is written so that no other can be meant: "DH-TB · xã Tân Bình"."""
    if isinstance(body, AdminUnit):
        return f"{body.code} {_BETWEEN} {body.current_name}"
    return f"{body.unit.code}/{body.code} {_BETWEEN} {body.current_name}"
