"""The orders set apart from the text: legal bases, and the parties in the letterhead and in signing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.drafting import services
from coordination.drafting.forms import BasisForm, BasisMoveForm, PartyMoveForm
from coordination.programs.models import Program
from coordination.programs.permissions import can_edit_program
from coordination.programs.views.fetch import program_or_404
from coordination.programs.workflow import EDITABLE_STATES
from records.errors import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def program_bases(request: HttpRequest, program: str) -> HttpResponse:
    """The legal bases one by one: add, move up and down, take out."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    form, failed = BasisForm(initial={"revision": program.revision}), None
    if request.method == "POST":
        sent = BasisMoveForm(request.POST, program=program) if "basis" in request.POST else BasisForm(request.POST)
        if sent.is_valid() and _changed(request, program, sent):
            messages.success(request, _("Saved the legal bases."))
            return redirect("coordination:program-bases", program.slug)
        failed = sent
        form = sent if isinstance(sent, BasisForm) else form
    page = _page(program) | {"form": form, "failed": failed, "bases": list(program.legal_bases.all())}
    return render(request, "coordination/drafting/program_bases.html", page, status=422 if failed else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def program_parties(request: HttpRequest, program: str) -> HttpResponse:
    """The parties in both orders, each to be changed without the other."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    failed = None
    if request.method == "POST":
        sent = PartyMoveForm(request.POST, program=program)
        if sent.is_valid() and _party_moved(request, sent):
            messages.success(request, _("Saved the order of the parties."))
            return redirect("coordination:program-parties", program.slug)
        failed = sent
    parties = list(program.parties.select_related("agency"))
    page = _page(program) | {
        "failed": failed,
        "letterhead": sorted(parties, key=lambda party: party.letterhead_order),
        "signing": sorted(parties, key=lambda party: party.signing_order),
    }
    return render(request, "coordination/drafting/program_parties.html", page, status=422 if failed else 200)


def _page(program: Program) -> dict:
    return {"program": program, "is_open": program.state in EDITABLE_STATES}


def _changed(request: HttpRequest, program: Program, form: BasisForm | BasisMoveForm) -> bool:
    """Whether the list was changed as asked; the form says why where it was not."""
    sent, actor = form.cleaned_data, request.actor
    try:
        if isinstance(form, BasisForm):
            services.add_legal_basis(program, actor=actor, revision=sent["revision"], text=sent["text"])
        elif sent["move"] == "remove":
            services.remove_legal_basis(sent["basis"], actor=actor, revision=sent["revision"])
        else:
            services.move_legal_basis(sent["basis"], actor=actor, revision=sent["revision"], move=sent["move"])
    except RuleBroken as refusal:
        form.add_refusal(refusal)
        return False
    return True


def _party_moved(request: HttpRequest, form: PartyMoveForm) -> bool:
    sent = form.cleaned_data
    try:
        services.move_party(
            sent["party"], actor=request.actor, revision=sent["revision"], order=sent["order"], move=sent["move"]
        )
    except RuleBroken as refusal:
        form.add_refusal(refusal)
        return False
    return True
