"""The buttons that move a program on: which are offered in a state, what they still lack, what they do."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from coordination.programs import services
from coordination.programs.forms import ReasonForm, UntilForm
from coordination.programs.models import Program
from coordination.programs.permissions import can_take_step
from coordination.programs.queries import (
    Missing,
    missing_before_comments,
    missing_before_settling,
    missing_before_signing,
)
from coordination.programs.workflow import Step, may_start
from records.errors import Decision, RuleBroken
from records.forms import PortalForm


@dataclass(frozen=True)
class StepButton:
    """A step as the page offers it: its words, its form, what is asked to be complete before, and the service."""

    step: Step
    label: str
    hint: str
    done: str
    serve: Callable
    form: type[PortalForm] = PortalForm
    missing: Callable[[Program], list[Missing]] = lambda program: []
    opens_signing: bool = False
    is_quiet: bool = False


BUTTONS = (
    StepButton(
        Step.SEND_FOR_COMMENTS,
        _("Send for comments"),
        _("Every party reads the draft and comments until the day you set. The text can still be changed."),
        _("The draft is open to the parties' comments."),
        services.send_for_comments,
        form=UntilForm,
        missing=missing_before_comments,
    ),
    StepButton(
        Step.SETTLE,
        _("Settle the content"),
        _("From here on the text no longer changes and tasks can start."),
        _("The content is settled. Tasks can start."),
        services.settle,
        missing=missing_before_settling,
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
        Step.REOPEN,
        _("Reopen the text"),
        _("The content goes back into consultation so that it can be changed."),
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
)


@dataclass(frozen=True)
class OfferedStep:
    """A step open in the program's state, with its form, what is missing and whether the actor may take it."""

    button: StepButton
    form: PortalForm
    missing: list[Missing]
    decision: Decision

    @property
    def is_blocked(self) -> bool:
        return any(item.blocks for item in self.missing)


def next_steps(actor: Membership, program: Program, failed: PortalForm | None = None) -> list[OfferedStep]:
    """The steps the program's state allows; the form that failed stands in for its own."""
    decision = can_take_step(actor, program)
    return [
        OfferedStep(button, _form_of(button, failed), button.missing(program), decision)
        for button in BUTTONS
        if may_start(button.step, program.state)
    ]


def take_step(request: HttpRequest, program: Program) -> tuple[StepButton | None, PortalForm]:
    """Take the step that was sent; the button when it was taken, otherwise None and the form that says why not."""
    button = next((button for button in BUTTONS if button.step == request.POST.get("step")), None)
    if button is None:
        form = PortalForm(request.POST)
        form.add_error(None, _("Choose one of the listed values"))
        return None, form
    form = button.form(request.POST, prefix=button.step.value)
    form.step = button.step
    if not form.is_valid():
        return None, form
    try:
        button.serve(program, actor=request.actor, **form.cleaned_data)
    except RuleBroken as refusal:
        form.add_refusal(refusal)
        return None, form
    return button, form


def _form_of(button: StepButton, failed: PortalForm | None) -> PortalForm:
    if failed is not None and getattr(failed, "step", None) == button.step:
        return failed
    return button.form(prefix=button.step.value)
