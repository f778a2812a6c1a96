"""Two versions of one task side by side: what the reader typed, and what someone else saved meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from hashlib import sha256

from django.forms import Field
from django.http import QueryDict

from coordination.tasks.forms.writing import TaskForm
from records.text import without_forbidden

KEEP_PREFIX = "keep-"
_THEIRS = "theirs"
_UNCOMPARED = ("program", "revision", "opened", "form_token", "find_agency")
_UNSENT = ("csrfmiddlewaretoken", "revision", "opened", "form_token", "find_agency")
_DIGITS = 8


@dataclass(frozen=True)
class Difference:
    """One field with both values in words; `theirs_first` where only the other one touched it."""

    name: str
    label: str
    mine: str
    theirs: str
    theirs_first: bool


def differences(typed: TaskForm, saved: TaskForm) -> list[Difference]:
    """The fields in which what was typed and what is saved differ, in the order of the form.

    Why `theirs_first`: whoever left a field as it was opened does not mean to take back what the other one wrote there.
    """
    opened = _marks(typed.data.get("opened", ""))
    found = []
    for name, field in typed.fields.items():
        mine, theirs = _words(typed, name), _words(saved, name)
        if name not in _UNCOMPARED and mine != theirs:
            untouched = opened.get(name) == _mark(typed, name)
            found.append(Difference(name, str(field.label), mine or "–", theirs or "–", untouched))
    return found


def opened_marks(form: TaskForm) -> str:
    """A short mark of each field's value as the form shows it, to tell later which of them the reader changed."""
    return " ".join(f"{name}:{_mark(form, name)}" for name in form.fields if name not in _UNCOMPARED)


def typed_values(form: TaskForm) -> list[tuple[str, str]]:
    """Everything the reader typed, as names and values of hidden fields; the revision is left to the page."""
    return [
        (name, without_forbidden(value))
        for name in form.data
        if name not in _UNSENT and not name.startswith(KEEP_PREFIX)
        for value in form.data.getlist(name)
    ]


def settled(data: QueryDict, saved: TaskForm) -> QueryDict:
    """What was typed, with the saved value put in wherever the reader chose it."""
    chosen = data.copy()
    for key, value in data.items():
        name = key.removeprefix(KEEP_PREFIX)
        if key.startswith(KEEP_PREFIX) and value == _THEIRS and name in saved.fields:
            chosen.setlist(name, _raw(saved, name))
    return chosen


def _marks(told: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in told.split() if ":" in pair)


def _mark(form: TaskForm, name: str) -> str:
    return sha256(_words(form, name).encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def _raw(form: TaskForm, name: str) -> Sequence[str]:
    field, value = form.fields[name], form[name].value()
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return [_shown(field, value)]


def _words(form: TaskForm, name: str) -> str:
    """A field's value as a reader knows it: the words of a choice, a day, a number."""
    field, value = form.fields[name], form[name].value()
    if hasattr(field, "choices"):
        labels = {str(key): str(label) for key, label in field.choices}
        values = [str(each) for each in (value if isinstance(value, list | tuple) else [value]) if each]
        # In the order of the form, whatever the order they came in.
        known = [label for key, label in labels.items() if key in values and key]
        return ", ".join([*known, *(each for each in values if each not in labels)])
    understood = form.cleaned_data.get(name) if form.is_bound and hasattr(form, "cleaned_data") else None
    if isinstance(understood, date | time | Decimal):
        return _shown(field, understood)  # 1/4/2022 and 01/04/2022 are one day
    return " ".join(_raw(form, name)).replace("\r\n", "\n").strip()


def _shown(field: Field, value) -> str:
    shown = field.widget.format_value(field.prepare_value(value))
    return str((shown[0] if isinstance(shown, list) and shown else shown) or "").replace("\r\n", "\n").strip()
