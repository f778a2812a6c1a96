"""Two versions of one task side by side: what the reader typed, and what someone else saved meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from coordination.tasks.forms.writing import TaskForm

KEEP_PREFIX = "keep-"
_THEIRS = "theirs"
_UNCOMPARED = ("program", "revision", "form_token")


@dataclass(frozen=True)
class Difference:
    """One field with both values in words, and the values the reader typed, to send again."""

    name: str
    label: str
    mine: str
    theirs: str


def differences(typed: TaskForm, saved: TaskForm) -> list[Difference]:
    """The fields in which what was typed and what is saved differ, in the order of the form."""
    found = []
    for name, field in typed.fields.items():
        mine, theirs = _words(typed, name), _words(saved, name)
        if name not in _UNCOMPARED and mine != theirs:
            found.append(Difference(name, str(field.label), mine or "–", theirs or "–"))
    return found


def typed_values(form: TaskForm) -> list[tuple[str, str]]:
    """Everything the reader typed, as names and values of hidden fields; the revision is left to the page."""
    return [
        (name, value)
        for name in form.fields
        if name not in ("revision", "form_token")
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


def _raw(form: TaskForm, name: str) -> Sequence[str]:
    field, value = form.fields[name], form[name].value()
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    shown = field.widget.format_value(field.prepare_value(value))
    shown = shown[0] if isinstance(shown, list) and shown else shown
    return [str(shown or "")]


def _words(form: TaskForm, name: str) -> str:
    """A field's value as a reader knows it: the words of a choice, a day, a number."""
    field, value = form.fields[name], form[name].value()
    if hasattr(field, "choices"):
        labels = {str(key): str(label) for key, label in field.choices}
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(str(each), str(each)) for each in values if each not in (None, ""))
    return " ".join(_raw(form, name)).replace("\r\n", "\n").strip()
