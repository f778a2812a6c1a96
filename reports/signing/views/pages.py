"""The page on which a file is prepared, taken, brought back signed, and read how it was signed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.models import Program
from coordination.programs.enums import ProgramState
from coordination.programs.permissions import can_view_paper
from coordination.programs.queries import signing_stand
from records import clock
from records.errors import Refusal, RuleBroken
from reports.pdf.errors import RenderFailed
from reports.preparing.http import drawn_in_background
from reports.signing import services
from reports.signing.forms import PrepareForm, SignedFileForm, WithdrawForm
from reports.signing.models import SigningField
from reports.signing.permissions import can_prepare_file, can_sign_file
from reports.signing.queries import is_whole, live_round, missing_before_preparing, round_view
from reports.signing.trust import trusted


@require_safe
@member_required
def signing_round(request: HttpRequest, program: str) -> HttpResponse:
    """Where the file of the live version stands: who has signed, by which certificate, whose turn it is."""
    return _page(request, _readable(request, program))


@require_safe
@never_cache
@member_required
def signing_file(request: HttpRequest, program: str) -> HttpResponse:
    """The file as it stands now, for whoever signs or reads it."""
    round = live_round(_readable(request, program))
    if round is None:
        raise Http404
    try:
        content, name = services.hand_over_file(round, actor=request.actor)
    except FileNotFoundError as lost:
        raise Http404 from lost
    return _pdf(content, name)


@require_POST
@member_required
@drawn_in_background
def signing_prepare(request: HttpRequest, program: str) -> HttpResponse:
    """Prepare the file all digital signatures go into."""
    found = _readable(request, program)
    require(can_prepare_file(request.actor, found))
    form = PrepareForm(request.POST)
    if form.is_valid():
        try:
            services.prepare_file(found, actor=request.actor, dated_on=form.cleaned_data["dated_on"])
        except (RuleBroken, RenderFailed) as refusal:
            _add(form, refusal)
        else:
            messages.success(request, _("The file to sign of %(code)s is prepared.") % {"code": found.code})
            return redirect("reports:signing-round", found.slug)
    return _page(request, found, prepare=form)


@require_POST
@member_required
def signing_withdraw(request: HttpRequest, program: str) -> HttpResponse:
    """Take back a file nobody has signed."""
    found = _readable(request, program)
    require(can_prepare_file(request.actor, found))
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            services.withdraw_file(found, actor=request.actor, reason=form.cleaned_data["reason"])
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The file to sign is taken back; another can be prepared."))
            return redirect("reports:signing-round", found.slug)
    return _page(request, found, withdraw=form)


@require_POST
@member_required
def signing_upload(request: HttpRequest, program: str, field: int) -> HttpResponse:
    """Take the file back, signed."""
    found = _readable(request, program)
    place = _field(request, found, field)
    require(can_sign_file(request.actor, place.slot))
    form = SignedFileForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            services.take_signed(place, actor=request.actor, content=upload.read())
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _taken_words(found, place))
            return redirect("reports:signing-round", found.slug)
    return _page(request, found, upload=form)


@require_POST
@never_cache
@member_required
def signing_addresses(request: HttpRequest, program: str, field: int) -> HttpResponse:
    """Make the two one-time addresses for a signing tool and show them, once."""
    found = _readable(request, program)
    place = _field(request, found, field)
    require(can_sign_file(request.actor, place.slot))
    addresses = services.open_addresses(place, actor=request.actor)
    return _page(request, found, addresses=addresses)


def _page(
    request: HttpRequest,
    program: Program,
    *,
    prepare: PrepareForm | None = None,
    withdraw: WithdrawForm | None = None,
    upload: SignedFileForm | None = None,
    addresses=None,
) -> HttpResponse:
    """The page with the form that failed, if any, and fresh ones beside it."""
    may_prepare = can_prepare_file(request.actor, program)
    view = round_view(request.actor, program)
    is_signing = program.state == ProgramState.SIGNING
    failed = [form for form in (prepare, withdraw, upload) if form is not None and form.errors]
    page = {
        "program": program,
        "view": view,
        "stand": signing_stand(program),
        "is_signing": is_signing,
        "may_prepare": may_prepare,
        "missing": missing_before_preparing(program) if is_signing and view is None else [],
        "prepare": (prepare or PrepareForm(initial={"dated_on": clock.today()})) if may_prepare else None,
        "withdraw": (withdraw or WithdrawForm()) if may_prepare and view and not view.signed else None,
        "is_damaged": view is not None and not is_whole(view.current.file),
        "upload": upload or SignedFileForm(),
        "addresses": addresses,
        "trusted": trusted().names,
        "failed": failed,
    }
    return render(request, "reports/signing/signing_round.html", page, status=422 if failed else 200)


def _readable(request: HttpRequest, slug: str) -> Program:
    """The program of an address, for whoever may read its paper."""
    programs = Program.objects.visible_to(request.actor).select_related("drafting_agency", "unit")
    found = get_object_or_404(programs.with_parties(), code=slug.upper())
    require(can_view_paper(request.actor, found))
    return found


def _field(request: HttpRequest, program: Program, pk: int) -> SigningField:
    fields = SigningField.objects.visible_to(request.actor).filter(round__version__program=program)
    fields = fields.select_related("slot__version", "slot__party", "round__version")
    place = get_object_or_404(fields, pk=pk)
    place.slot.version.program = program
    return place


def _add(form: PrepareForm, refusal: Refusal) -> None:
    if isinstance(refusal, RuleBroken):
        form.add_refusal(refusal)
    else:
        form.add_error(None, str(refusal))


def _taken_words(program: Program, place: SigningField) -> str:
    stand = signing_stand(program)
    told = {"agency": place.slot.agency_name, "code": program.code, "signed": stand.signed, "total": stand.total}
    if not stand.awaited:
        return _("%(code)s has all %(total)s signatures and is in force.") % told
    if place.slot in stand.awaited:
        return _("The signature of %(agency)s is taken; its seal is awaited.") % told
    return _("%(agency)s has signed %(code)s (%(signed)s of %(total)s parties).") % told


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
