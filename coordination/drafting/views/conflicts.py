"""The pages after someone else was faster with a section: both texts, what differs, and three ways to go on."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coordination.drafting.differences import Run, joined, runs
from coordination.programs.forms import SectionForm
from coordination.programs.forms.text import stored_section
from coordination.programs.models import Program, Section
from coordination.programs.views.fetch import program_or_404
from coordination.programs.workflow import EDITABLE_STATES
from records.errors import Conflict

TYPED = ("numbering", "heading", "body")


@dataclass(frozen=True)
class Difference:
    """One field in both versions, each in stretches that both have or it alone."""

    label: str
    mine: list[Run]
    theirs: list[Run]


def section_conflict(
    request: HttpRequest, program: Program, section: Section, form: SectionForm, conflict: Conflict
) -> HttpResponse:
    """Show both texts of a section with what differs: take mine, take theirs, or join them by hand."""
    program = program_or_404(request, program.slug)
    stored = program.sections.filter(pk=section.pk).first()
    if stored is None:
        again = {name: form.cleaned_data[name] for name in TYPED} | {"place": section.pk}
        return gone_page(request, program, conflict, SectionForm(again, program=program))
    mine, theirs = form.cleaned_data, stored_section(stored)
    page = {
        "program": program,
        "section": stored,
        "reason": str(conflict),
        "differences": _differences(form, mine, theirs),
        "mine": {name: mine[name] for name in TYPED},
        "is_moved": _text_of(mine) == _text_of(theirs) or section.parent_id != stored.parent_id,
        "form": None,
        "is_open": program.state in EDITABLE_STATES,
        "revision": stored.revision,
    }
    if page["is_open"]:
        whole = mine | {"body": joined(mine["body"], theirs["body"]), "revision": stored.revision}
        page["form"] = SectionForm(program=program, section=stored, initial=whole, auto_id="id_joined_%s")
    return render(request, "coordination/drafting/section_conflict.html", page, status=409)


def gone_page(request: HttpRequest, program: Program, conflict: Conflict, form: SectionForm) -> HttpResponse:
    """Show the text that has no place any more, to add it as a new section, or to copy it where the text is closed."""
    program = program_or_404(request, program.slug)
    page = {
        "program": program,
        "reason": str(conflict),
        "typed": {name: str(form.data.get(name, "")) for name in TYPED},
        "form": form if program.state in EDITABLE_STATES else None,
    }
    return render(request, "coordination/drafting/section_gone.html", page, status=409)


def _differences(form: SectionForm, mine: dict, theirs: dict) -> list[Difference]:
    return [
        Difference(str(form.fields[name].label), runs(mine[name], theirs[name]), runs(theirs[name], mine[name]))
        for name in TYPED
        if mine[name] != theirs[name]
    ]


def _text_of(values: dict) -> list[str]:
    return [values[name] for name in TYPED]
