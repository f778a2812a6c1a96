"""The buttons that move a program on: which are offered in a state, what they still lack, what they do."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from coordination.programs import services
from coordination.programs.forms import ReasonForm, SupersedeForm
from coordination.programs.models import Program
from coordination.programs.permissions import can_take_step
from coordination.programs.queries import (
    Missing,
    missing_before_comments,
    missing_before_settling,
    missing_before_signing,
    missing_before_superseding,
    successors_of,
)
from coordination.programs.workflow import Step, may_start
from records.errors import Decision, RuleBroken
from records.forms import PortalForm


@dataclass(frozen=True)
class StepButton:
    """A step as the page offers it: its words, its form, what is asked to be complete before, and the service.

    A step that has a page of its own leads there instead.
    """

    step: Step
    label: str
    hint: str
    done: str = ""
    serve: Callable | None = None
    page: str = ""
    form: type[PortalForm] = PortalForm
    missing: Callable[[Program], list[Missing]] = lambda program: []
    opens_signing: bool = False
    is_quiet: bool = False
    is_grave: bool = False


BUTTONS = (
    StepButton(
        Step.SETTLE,
        _("Settle the content"),
        _("Taken once every party agrees with the text; from then on it no longer changes and tasks can start."),
        _("The content is settled. Tasks can start."),
        services.settle,
        missing=missing_before_settling,
    ),
    StepButton(
        Step.SEND_FOR_COMMENTS,
        _("Send for comments"),
        _("Every party reads the draft and comments until the day you set. The text can still be changed."),
        page="coordination:consultation-open",
        missing=missing_before_comments,
    ),
    StepButton(
        Step.END_COMMENTS,
        _("End the consultation"),
        _("The comments are answered, the text is revised, and every party says whether it agrees."),
        _("The consultation has ended. The parties can now agree with the text."),
        services.end_comments,
    ),
    StepButton(
        Step.LOCK_FOR_SIGNING,
        _("Lock the signing version"),
        _("The content is frozen with its digest and each party gets its place to sign."),
        _("The signing version is locked. The parties can sign."),
        services.lock_for_signing,
        missing=missing_before_signing,
        opens_signing=True,
    ),
    StepButton(
        Step.SUBMIT,
        _("Submit to the Party committee"),
        _("Where the subject needs it, the standing committee of the Party committee agrees before the parties sign."),
        page="coordination:program-submission",
        is_quiet=True,
    ),
    StepButton(
        Step.CLEAR,
        _("Record the opinion of the Party committee"),
        _("It agrees, and the text can be signed; or it sends the text back with what is to be changed."),
        page="coordination:program-submission",
    ),
    StepButton(
        Step.REOPEN,
        _("Reopen the text"),
        _("The content is opened again so that it can be changed; parties agree anew with what was changed."),
        _("The text is open again."),
        services.reopen,
        form=ReasonForm,
        is_quiet=True,
    ),
    StepButton(
        Step.OPEN_EVALUATION,
        _("Pass to evaluation"),
        _("The year's results are compared and evaluated; the text stays as signed."),
        _("The program is now under evaluation."),
        services.open_evaluation,
    ),
    StepButton(
        Step.SUPERSEDE,
        _("Superseded by a later program"),
        _("A later program of the same lead party takes the place of this one; nothing in this one moves any more."),
        _("The program is superseded."),
        services.supersede,
        form=SupersedeForm,
        missing=missing_before_superseding,
        is_quiet=True,
    ),
    StepButton(
        Step.CANCEL,
        _("Cancel the program"),
        _("The parties give it up before it comes into force. It can still be read, with the reason."),
        _("The program is cancelled."),
        services.cancel,
        form=ReasonForm,
        is_quiet=True,
        is_grave=True,
    ),
)


@dataclass(frozen=True)
class OfferedStep:
    """A step open in the program's state, with its form, what is missing and whether the actor may take it."""

    button: StepButton
    form: PortalForm
    missing: list[Missing]
    decision: Decision
    page: str = ""
    is_primary: bool = False

    @property
    def is_blocked(self) -> bool:
        return any(item.blocks for item in self.missing)

    @property
    def is_open(self) -> bool:
        """Whether a quiet step stands unfolded, because what was sent for it came back."""
        return bool(self.form.errors)


def next_steps(actor: Membership, program: Program, failed: PortalForm | None = None) -> list[OfferedStep]:
    """The steps the program's state allows; the form that failed stands in for its own."""
    decision = can_take_step(actor, program)
    buttons = [button for button in BUTTONS if may_start(button.step, program.state)]
    if not successors_of(program, actor=actor).exists():
        buttons = [button for button in buttons if button.step != Step.SUPERSEDE]
    first = next((button.step for button in buttons if not button.is_quiet), None)
    return [
        OfferedStep(
            button,
            _form_of(button, failed, actor, program),
            button.missing(program),
            decision,
            page=_page_of(button, program),
            is_primary=button.step == first,
        )
        for button in buttons
    ]


def _page_of(button: StepButton, program: Program) -> str:
    """The address of the page a step is taken on; a consultation ends where its open round is closed."""
    if button.step == Step.END_COMMENTS and program.consultation_rounds.filter(closed_at=None).exists():
        return reverse("coordination:consultation", args=[program.slug])
    return reverse(button.page, args=[program.slug]) if button.page else ""


def take_step(request: HttpRequest, program: Program) -> tuple[StepButton | None, PortalForm]:
    """Take the step that was sent; the button when it was taken, otherwise None and the form that says why not."""
    sent = request.POST.get("step")
    button = next((button for button in BUTTONS if button.step == sent and button.serve is not None), None)
    if button is None:
        form = PortalForm(request.POST)
        form.add_error(None, _("Choose one of the listed values"))
        return None, form
    form = button.form(request.POST, prefix=button.step.value, **_asked(button, request.actor, program))
    form.step = button.step
    if not form.is_valid():
        return None, form
    try:
        button.serve(program, actor=request.actor, **form.cleaned_data)
    except RuleBroken as refusal:
        form.add_refusal(refusal)
        return None, form
    return button, form


def _form_of(button: StepButton, failed: PortalForm | None, actor: Membership, program: Program) -> PortalForm:
    if failed is not None and getattr(failed, "step", None) == button.step:
        return failed
    return button.form(prefix=button.step.value, **_asked(button, actor, program))


def _asked(button: StepButton, actor: Membership, program: Program) -> dict:
    """What a form needs to know to list its choices."""
    return {"actor": actor, "program": program} if button.form is SupersedeForm else {}
