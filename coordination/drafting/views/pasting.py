"""Pasting a text: the box, the preview of what becomes what, and the confirmation that writes it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.drafting import pasting, services
from coordination.drafting.forms import ConfirmForm, PasteForm
from coordination.drafting.models import PastedText
from coordination.programs.models import Program
from coordination.programs.permissions import can_edit_program
from coordination.programs.views.fetch import program_or_404
from coordination.programs.workflow import EDITABLE_STATES
from records.errors import RuleBroken
from records.forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def program_paste(request: HttpRequest, program: str) -> HttpResponse:
    """The box to paste into; what was pasted before and not confirmed stands in it."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    pasted = _pasted(request, program)
    below = program.sections.filter(pk__in=[int(one) for one in [request.GET.get("below", "")] if _is_number(one)])
    first = {"parent": below.first() or (pasted.parent if pasted else None), "text": pasted.text if pasted else ""}
    form = PasteForm(posted(request), program=program, initial=first)
    if request.method == "POST" and form.is_valid():
        services.keep_paste(program, actor=request.actor, **form.cleaned_data)
        return redirect("coordination:program-paste-preview", program.slug)
    page = {"program": program, "form": form, "is_open": program.state in EDITABLE_STATES}
    return render(request, "coordination/drafting/program_paste.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def program_paste_preview(request: HttpRequest, program: str) -> HttpResponse:
    """What would become which section at which depth; nothing is written before it is confirmed."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    pasted = _pasted(request, program)
    if pasted is None:
        return _nothing_pasted(request, program)
    outline = pasting.read(pasted.text)
    form = ConfirmForm(posted(request), initial={"digest": outline.digest})
    if request.method == "POST" and form.is_valid():
        try:
            sections = services.write_paste(pasted, actor=request.actor, digest=form.cleaned_data["digest"])
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            done = ngettext("Wrote %(n)s section.", "Wrote %(n)s sections.", len(sections)) % {"n": len(sections)}
            messages.success(request, done)
            return redirect("coordination:program-edit", program.slug)
    page = {
        "program": program,
        "form": form,
        "pasted": pasted,
        "outline": outline,
        "is_open": program.state in EDITABLE_STATES,
    }
    template = "coordination/drafting/program_paste_preview.html"
    return render(request, template, page, status=422 if form.errors else 200)


def _pasted(request: HttpRequest, program: Program) -> PastedText | None:
    found = PastedText.objects.visible_to(request.actor).filter(program=program)
    return found.select_related("parent", "member").first()


def _nothing_pasted(request: HttpRequest, program: Program) -> HttpResponse:
    if request.method == "POST":
        raise Http404
    messages.info(request, _("Paste the text first"))
    return redirect("coordination:program-paste", program.slug)


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 18
