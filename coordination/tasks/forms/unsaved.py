"""A task form that is not saved, as plain values: to keep it, and to show it again."""

import re
from collections.abc import Mapping, Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from records import text
from records.errors import RuleBroken
from records.forms import PortalForm

LONGEST_KEPT = 60_000
_MOST_NAMES, _MOST_VALUES = 400, 200
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}")
_UNKEPT = {"csrfmiddlewaretoken", "form_token", "again", "show_parties", "find_agencies", "keep", "drop"}
_MARK = re.compile(r"[\w-]{4,40}", re.ASCII)


def typed_so_far(data: QueryDict) -> dict[str, list[str]]:
    """What a form was sent with, without its token and buttons and without what no page can show.

    Raises: RuleBroken when it is far longer than any task.
    """
    names = [name for name in data if _NAME.fullmatch(name) and name not in _UNKEPT][:_MOST_NAMES]
    typed = {name: [_kept(value) for value in data.getlist(name)[:_MOST_VALUES]] for name in names}
    if sum(len(value) for values in typed.values() for value in values) > LONGEST_KEPT:
        raise RuleBroken(_("This is too long to be kept as a draft. Shorten it, or save it elsewhere."))
    return typed


def mark_of(data: Mapping[str, str]) -> str:
    """The token of the form's showing; nothing where it is none."""
    token = data.get("form_token", "")
    return token if _MARK.fullmatch(token) else ""


def as_sent(typed: Mapping[str, Sequence[str]]) -> QueryDict:
    """Kept values as a browser would send them."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
    return data


def as_initial(form: PortalForm, data: QueryDict) -> dict:
    """What was sent as the first values of a form, to show it again without judging it."""
    return {name: field.widget.value_from_datadict(data, {}, name) for name, field in form.fields.items()}


def _kept(value: str) -> str:
    return text.nfc(text.without_forbidden(value))
