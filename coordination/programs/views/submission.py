"""The page on which a settled text is laid before a Party committee, and its opinion is recorded."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.models import Membership
from coordination.programs import services
from coordination.programs.enums import ProgramState, Verdict
from coordination.programs.forms import OpinionForm, SubmitForm
from coordination.programs.models import Program
from coordination.programs.permissions import can_submit, can_view_drafting
from coordination.programs.services.doors import must_be_in
from coordination.programs.views.fetch import program_or_404
from coordination.programs.views.reading import frame
from records import clock
from records.errors import RuleBroken
from records.forms import PortalForm, posted

_ACTING_STATES = (ProgramState.AGREED, ProgramState.SUBMITTED)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def program_submission(request: HttpRequest, program: str) -> HttpResponse:
    """What was submitted to whom and what came back; the next of both is entered here by the drafting secretary."""
    program = program_or_404(request, program)
    require(can_view_drafting(request.actor, program))
    may_act = can_submit(request.actor, program)
    if request.method == "POST":
        require(may_act)
        must_be_in(program, (_awaited_state(request),))
    form = _form(request, program, request.actor) if may_act and program.state in _ACTING_STATES else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            done = _carry_out(program, form, request.actor)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, done)
            return redirect("coordination:program-submission", program.slug)
    submissions = program.submissions.select_related("submitted_by__agency", "recorded_by__agency")
    page = frame(request, program, "submission") | {
        "form": form,
        "may_act": may_act,
        "is_submitted": program.state == ProgramState.SUBMITTED,
        "takes_part": program.state in _ACTING_STATES,
        "submissions": submissions.order_by("-pk"),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "coordination/programs/program_submission.html", page, status=status)


def _awaited_state(request: HttpRequest) -> ProgramState:
    """The state the page that was sent stood in: an opinion answers a submission, a submission follows the settling."""
    return ProgramState.SUBMITTED if request.POST.get("act") == "opinion" else ProgramState.AGREED


def _form(request: HttpRequest, program: Program, actor: Membership) -> PortalForm:
    if program.state == ProgramState.SUBMITTED:
        return OpinionForm(posted(request), initial={"on": clock.today()}, prefix="opinion")
    return SubmitForm(posted(request), actor=actor, program=program, prefix="submit")


def _carry_out(program: Program, form: PortalForm, actor: Membership) -> str:
    if isinstance(form, SubmitForm):
        services.submit(program, actor=actor, **form.cleaned_data)
        return _("The submission is recorded.")
    told = form.cleaned_data
    facts = {"on": told["on"], "opinion_number": told["opinion_number"]}
    if told["verdict"] == Verdict.SENT_BACK:
        services.send_back(program, actor=actor, reason=told["opinion"], **facts)
        return _("Recorded that the text was sent back; it is open again.")
    services.clear(program, actor=actor, opinion=told["opinion"], **facts)
    return _("Recorded that the committee agrees; the version can be locked for signing.")
