"""The signing page and what is done on it."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.people.queries import signers_of
from coordination.programs import services
from coordination.programs.enums import ProgramState, SignatureMethod
from coordination.programs.forms import ReturnForm, SignatureForm, SignerForm
from coordination.programs.models import Program, SignatureSlot
from coordination.programs.permissions import (
    can_assign_number,
    can_choose_paper_rules,
    can_name_signer,
    can_plan_signing,
    can_record_signature,
    can_return_version,
    can_view_paper,
)
from coordination.programs.queries import missing_in_print, signing_stand, stand_today
from coordination.programs.views.fetch import program_or_404, slot_or_404
from coordination.programs.views.places import places_of
from coordination.programs.workflow import LAYOUT_STATES, NUMBERED_STATES
from records import clock
from records.errors import RuleBroken
from records.files.enums import FileKind
from records.forms import posted


@require_safe
@member_required
def program_signing(request: HttpRequest, program: str) -> HttpResponse:
    """Who has signed the locked version, whose turn it is, and what the paper still lacks."""
    return _signing_page(request, program_or_404(request, program))


@require_POST
@member_required
def program_sign(request: HttpRequest, program: str, slot: int) -> HttpResponse:
    """Record that a party signed on paper."""
    program = program_or_404(request, program)
    slot = slot_or_404(request, program, slot)
    require(can_record_signature(request.actor, slot, SignatureMethod.PAPER))
    form = SignatureForm(request.POST, request.FILES, prefix=f"sign-{slot.pk}")
    if form.is_valid():
        try:
            services.record_signature(
                slot,
                actor=request.actor,
                method=SignatureMethod.PAPER,
                signed_on=form.cleaned_data["signed_on"],
                scan=form.kept_scan(),
            )
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _signed_words(program_or_404(request, program.slug), slot))
            return redirect("coordination:program-signing", program.slug)
    return _signing_page(request, program, {slot.pk: {"sign": form}})


@require_POST
@member_required
def program_return(request: HttpRequest, program: str, slot: int) -> HttpResponse:
    """Return the version with a reason."""
    program = program_or_404(request, program)
    slot = slot_or_404(request, program, slot)
    require(can_return_version(request.actor, slot))
    form = ReturnForm(request.POST, prefix=f"return-{slot.pk}")
    if form.is_valid():
        try:
            services.return_version(slot, actor=request.actor, reason=form.cleaned_data["reason"])
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            told = {"version": slot.version.label}
            messages.success(request, _("Signing version %(version)s is returned; no signature on it counts.") % told)
            return redirect("coordination:program-signing", program.slug)
    return _signing_page(request, program, {slot.pk: {"return": form}})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def program_signer(request: HttpRequest, program: str, slot: int) -> HttpResponse:
    """Say who signs for a party and by what title."""
    program = program_or_404(request, program)
    slot = slot_or_404(request, program, slot)
    require(can_name_signer(request.actor, slot))
    agency = slot.party.signs_through or slot.party.agency
    form = SignerForm(posted(request), slot=slot, signers=signers_of(agency, clock.today()))
    if request.method == "POST" and form.is_valid():
        more = {name: form.cleaned_data[name] for name in ("second_title", "reason")}
        try:
            if form.chosen is not None:
                services.choose_signer(slot, actor=request.actor, holding=form.chosen, **more)
            else:
                services.name_signer(slot, actor=request.actor, **form.typed(), **more)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Saved who signs for %(agency)s.") % {"agency": slot.agency_name})
            return redirect("coordination:program-signing", program.slug)
    page = {"program": program, "slot": slot, "form": form, "agency": agency}
    return render(request, "coordination/programs/signer_form.html", page, status=422 if form.errors else 200)


@require_safe
@member_required
def program_scan(request: HttpRequest, program: str, slot: int) -> FileResponse:
    """The scan of a party's signed paper, always as a download."""
    slot = slot_or_404(request, program_or_404(request, program), slot)
    try:
        content = services.hand_over_scan(slot, actor=request.actor)
    except FileNotFoundError as lost:
        raise Http404 from lost
    media_type = FileKind(slot.scan.kind).media_type
    return FileResponse(content, as_attachment=True, filename=slot.scan.name, content_type=media_type)


def _signing_page(request: HttpRequest, program: Program, failed: dict | None = None) -> HttpResponse:
    """The page with the forms that failed, if any, and fresh ones beside them."""
    stand = stand_today(program, clock.today())
    places = places_of(stand, program, actor=request.actor, today=clock.today(), failed=failed or {})
    voided = program.versions.visible_to(request.actor).exclude(voided_at=None)
    may_number = can_assign_number(request.actor, program)
    page = {
        "program": program,
        "stand": stand,
        "places": places,
        "mine": [place for place in places if place.is_turn],
        "tones": [place.segment for place in places],
        "voided": voided.order_by("-major", "-minor").defer("snapshot"),
        "missing": missing_in_print(program, stand.slots if stand else ()),
        "may_read_paper": can_view_paper(request.actor, program),
        "may_number": may_number,
        "takes_number": program.state in NUMBERED_STATES,
        "may_plan": program.state == ProgramState.SIGNING and can_plan_signing(request.actor, program),
        "may_lay_out": can_choose_paper_rules(request.actor, program),
        "takes_layout": program.state in LAYOUT_STATES,
        "failed": [form for forms in (failed or {}).values() for form in forms.values()],
    }
    return render(request, "coordination/programs/program_signing.html", page, status=422 if failed else 200)


def _signed_words(program: Program, slot: SignatureSlot) -> str:
    stand = signing_stand(program)
    told = {"agency": slot.agency_name, "code": program.code, "signed": stand.signed, "total": stand.total}
    if stand.awaited:
        return _("%(agency)s has signed %(code)s (%(signed)s of %(total)s parties).") % told
    return _("%(code)s has all %(total)s signatures and is in force.") % told
