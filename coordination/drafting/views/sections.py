"""Writing one section: a new one, one that is there, and away with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.drafting import services
from coordination.drafting.forms import MoveForm, PlaceForm, RevisionForm, TaskPlaceForm
from coordination.drafting.models import SectionDraft
from coordination.drafting.queries import Unsaved, number_after
from coordination.drafting.views.conflicts import gone_page, section_conflict
from coordination.drafting.views.frame import frame
from coordination.programs.forms import SectionForm
from coordination.programs.models import Program, Section
from coordination.programs.permissions import can_edit_program
from coordination.programs.views.fetch import program_or_404
from records.errors import Conflict, RuleBroken
from records.forms import PortalForm, posted

TYPED = ("numbering", "heading", "body")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def section_add(request: HttpRequest, program: str) -> HttpResponse:
    """Add a section to the text: at its end, in a section (`?below=`) or behind one (`?after=`)."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    page = frame(request, program)
    after = _named(page, request.POST.get("after") or request.GET.get("after"))
    draft = _asked_for(page, request)
    first = _first(page, after, _named(page, request.GET.get("below")), draft)
    form = SectionForm(posted(request), program=program, after=after, initial=first)
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "place"}
        place = form.cleaned_data.get("place") or SectionDraft.NEW
        try:
            section = services.add_section(program, actor=request.actor, place=place, **values)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            return gone_page(request, program, conflict, form)
        else:
            messages.success(request, _("Saved section %(section)s.") % {"section": section})
            return redirect("coordination:program-section-edit", program.slug, section.pk)
    offered = None if draft or request.method == "POST" else _left(page, SectionDraft.NEW)
    return _page(request, page | {"form": form, "after": after, "offered": offered, "restored": draft})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def section_edit(request: HttpRequest, program: str, section: int) -> HttpResponse:
    """Change one section of the text; `?draft=1` goes on with what was typed and not saved."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    found = program.sections.filter(pk=min(section, _LARGEST)).first()
    if found is None and request.method == "POST":
        return _gone(request, program, section)
    section = found or get_object_or_404(program.sections, pk=min(section, _LARGEST))
    page = frame(request, program, section)
    left = _left(page, section.pk) if request.method != "POST" else None
    restored = left if request.GET.get("draft") else None
    kwargs = {"initial": _typed(restored.draft) | {"revision": restored.draft.on_revision}} if restored else {}
    form = SectionForm(posted(request), program=program, section=section, **kwargs)
    if request.method == "POST" and form.is_valid():
        try:
            section = services.save_section(section, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            return section_conflict(request, program, section, form, conflict)
        else:
            messages.success(request, _("Saved section %(section)s.") % {"section": section})
            return redirect("coordination:program-section-edit", program.slug, section.pk)
    return _page(request, page | {"form": form, "offered": None if restored else left, "restored": restored})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def section_delete(request: HttpRequest, program: str, section: int) -> HttpResponse:
    """Name what would go, and delete it once that is confirmed."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    section = get_object_or_404(program.sections, pk=min(section, _LARGEST))
    form = RevisionForm(posted(request), initial={"revision": section.revision})
    if request.method == "POST" and form.is_valid():
        name = str(section)
        try:
            services.delete_section(section, actor=request.actor, revision=form.cleaned_data["revision"])
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Deleted section %(section)s.") % {"section": name})
            return redirect("coordination:program-edit", program.slug)
    page = frame(request, program, section) | {"form": form, "inside": _inside(program, section)}
    template = "coordination/drafting/section_delete.html"
    return render(request, template, page, status=422 if form.errors else 200)


_LARGEST = 2**62


def section_page(request: HttpRequest, program: Program, section: Section, failed: PortalForm) -> HttpResponse:
    """The page of a section again, after something else than its text was refused there."""
    page = frame(request, program, section) | {"form": SectionForm(program=program, section=section)}
    return _page(request, page, failed=failed)


def _page(request: HttpRequest, page: dict, failed: PortalForm | None = None) -> HttpResponse:
    section, program = page["current"], page["program"]
    if section is not None and page["is_open"]:
        page |= {
            "move": MoveForm(),
            "place": failed if isinstance(failed, PlaceForm) else PlaceForm(program=program, section=section),
            "task_place": failed if isinstance(failed, TaskPlaceForm) else _tasks_form(program, page["tasks"]),
        }
    page["failed"] = failed
    bad = page["form"].errors or failed is not None
    return render(request, "coordination/drafting/section.html", page, status=422 if bad else 200)


def _tasks_form(program: Program, tasks: list) -> TaskPlaceForm | None:
    return TaskPlaceForm(program=program, tasks=tasks) if tasks else None


def _gone(request: HttpRequest, program: Program, section: int) -> HttpResponse:
    """Keep the text of a section somebody deleted while it was being written."""
    form = SectionForm({name: request.POST.get(name, "") for name in TYPED} | {"place": section}, program=program)
    if not any(request.POST.get(name, "").strip() for name in TYPED):
        get_object_or_404(program.sections, pk=min(section, _LARGEST))
    return gone_page(request, program, Conflict(_("Someone else has meanwhile deleted this section.")), form)


def _named(page: dict, value: str | None) -> Section | None:
    """The section of the text a number in an address names; none where it names none of them."""
    return next((entry.section for entry in page["entries"] if str(entry.section.pk) == value), None)


def _asked_for(page: dict, request: HttpRequest) -> Unsaved | None:
    """The unsaved text an address asks to go on with."""
    return next((one for one in page["unsaved"] if str(one.draft.pk) == request.GET.get("draft")), None)


def _left(page: dict, place: int) -> Unsaved | None:
    return next((one for one in page["unsaved"] if one.draft.place == place), None)


def _first(page: dict, after: Section | None, parent: Section | None, draft: Unsaved | None) -> dict:
    """What the form of a new section begins with: unsaved text, or the next number of its series."""
    first = {"parent": parent, "after": after, "place": SectionDraft.NEW}
    if draft is not None:
        return first | _typed(draft.draft) | {"place": draft.draft.place}
    return first | {"numbering": number_after(page["entries"], parent=parent, after=after)}


def _typed(draft: SectionDraft) -> dict:
    return {name: getattr(draft, name) for name in TYPED}


def _inside(program: Program, section: Section) -> list[Section]:
    """Everything a section holds, at any depth, in reading order."""
    held, inside = {section.pk}, []
    for one in program.sections.all():
        if one.parent_id in held:
            held.add(one.pk)
            inside.append(one)
    return inside
