"""What the page does by itself while someone writes: keeping the text, saying who is here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.drafting import services
from coordination.drafting.forms import DraftForm
from coordination.drafting.models import SectionDraft
from coordination.drafting.queries import others_here
from coordination.drafting.views.sections import section_page
from coordination.programs.models import Program, Section
from coordination.programs.permissions import can_edit_program
from coordination.programs.views.fetch import program_or_404
from records import clock

_LARGEST = 2**62


@require_POST
@member_required
def section_draft(request: HttpRequest, program: str, section: int = SectionDraft.NEW) -> HttpResponse:
    """Keep what was typed into a section, 0 for a new one, or let it go where the button says so.

    By script the answer is the line that tells when; by a button it is the page again.
    """
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    place = min(section, _LARGEST)
    if "drop" in request.POST:
        services.drop_draft(program, member=request.actor, place=place)
        messages.success(request, _("Dropped the text that was not saved."))
        return _back(program, program.sections.filter(pk=place).first())
    found = get_object_or_404(program.sections, pk=place) if place else None
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _refused(request, program, found, form)
    draft = services.keep_draft(program, actor=request.actor, section=found, **form.typed())
    if _by_script(request):
        at = clock.told(draft.saved_at) if draft else None
        return render(request, "coordination/drafting/_autosaved.html", {"at": at})
    if draft is None:
        messages.info(request, _("Nothing is unsaved"))
    else:
        messages.success(request, _("Kept the text as your draft. It is not yet part of the program."))
    return _back(program, found)


@require_POST
@member_required
def program_presence(request: HttpRequest, program: str) -> HttpResponse:
    """Note that the reader is here, and answer with who else is."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    asked = request.POST.get("section", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 0
    section = program.sections.filter(pk=number).first()
    services.be_present(program, actor=request.actor, section=section)
    return render(request, "coordination/drafting/_here.html", {"here": others_here(request.actor, program)})


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _refused(request: HttpRequest, program: Program, section: Section | None, form: DraftForm) -> HttpResponse:
    if _by_script(request) or section is None:
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return render(request, "coordination/drafting/_not_kept.html", {"reason": said}, status=422)
    return section_page(request, program, section, form)


def _back(program: Program, section: Section | None) -> HttpResponse:
    if section is None:
        return redirect("coordination:program-section-add", program.slug)
    return redirect("coordination:program-section-edit", program.slug, section.pk)
