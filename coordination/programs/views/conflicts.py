"""The page after someone else was faster: both texts side by side, nothing lost."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coordination.programs.models import Program
from coordination.programs.workflow import EDITABLE_STATES
from records import wording
from records.errors import Conflict
from records.forms import PortalForm


@dataclass(frozen=True)
class Difference:
    """One field: what the actor typed and what is stored now."""

    label: str
    mine: str
    theirs: str


def differences(mine: PortalForm, stored: dict) -> list[Difference]:
    """Every field whose typed value is not the stored one."""
    found = []
    for name in mine.fields:
        typed, kept = _written(mine.cleaned_data.get(name)), _written(stored.get(name))
        if name != "revision" and typed != kept:
            found.append(Difference(str(mine.fields[name].label), typed, kept))
    return found


def conflict_page(
    request: HttpRequest,
    program: Program,
    *,
    reason: Conflict,
    mine: PortalForm,
    stored: dict,
    again: PortalForm,
    url: str,
) -> HttpResponse:
    """Show every field that differs, and the form as typed to save once more while the text is open."""
    page = {
        "program": program,
        "reason": str(reason),
        "differences": differences(mine, stored),
        "form": again if program.state in EDITABLE_STATES else None,
        "url": url,
    }
    return render(request, "coordination/programs/program_conflict.html", page, status=409)


def _written(value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return wording.day(value)
    if isinstance(value, str):
        return value
    try:
        return "; ".join(str(one) for one in value)
    except TypeError:
        return str(value)
