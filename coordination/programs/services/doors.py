"""The doors every service goes through: the locked row, the state it must be in, the step to the next state."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import models
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.access.scopes import Sight, works_on_content
from agencies.models import Membership
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program, ProgramStateChange
from coordination.programs.queries import Missing
from coordination.programs.workflow import EDITABLE_STATES, TRANSITIONS, Step, may_start, target_of
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, Decision, NotAllowed, RuleBroken
from records.prepared import Prepared


def locked(program: Program, *, actor: Membership) -> Program:
    """The program's row, locked until the transaction ends.

    Raises: NotAllowed, without telling whether the program exists, when the actor does not see it.
    """
    found = _SEEN.models(program=program.pk, agencies=tuple(actor.agency_ids())) if works_on_content(actor) else []
    if not found:
        raise NotAllowed(unseen())
    return found[0]


def _seen(program: int, agencies: tuple[int, ...]) -> models.QuerySet:
    """The program for whoever acts for these agencies; its row is locked."""
    return Program.objects.visible_to(Sight(agencies)).select_for_update(of=("self",), no_key=True).filter(pk=program)


_SEEN = Prepared(_seen)


def locked_for(
    step: Step, program: Program, actor: Membership, may: Callable[[Membership, Program], Decision]
) -> Program:
    """The locked row of a program in a state the step may start from, for an actor who may take it.

    Raises: NotAllowed; Conflict.
    """
    program = locked(program, actor=actor)
    require(may(actor, program))
    must_be_in(program, TRANSITIONS[step].sources)
    return program


def must_be_editable(program: Program) -> None:
    """The text and facts change in the draft, in consultation and while it is revised.

    Raises: Conflict when the program has moved on since the actor opened it.
    """
    if program.state not in EDITABLE_STATES:
        raise Conflict(_moved_on(program))


def must_be_in(program: Program, states: Iterable[str]) -> None:
    """Raises: Conflict when the program is in none of the states."""
    if program.state not in states:
        raise Conflict(_moved_on(program))


def must_be_revision(row: models.Model, revision: int) -> None:
    """Raises: Conflict when someone else saved the row since the actor opened it."""
    if row.revision != revision:
        raise Conflict(_("Someone else has just changed this. Compare both texts, then save again."))


def refuse_if(missing: Iterable[Missing]) -> None:
    """Raises: RuleBroken naming everything that stops the step."""
    blocking = [item.text for item in missing if item.blocks]
    if blocking:
        raise RuleBroken(_("Still missing: %(list)s") % {"list": "; ".join(blocking)})


def move(
    program: Program, step: Step, *, actor: Membership, reason: str = "", told: dict | None = None, **facts
) -> Program:
    """Take a program from its state to the step's target with its facts, its state change and its audit entry.

    `told` is what the entry says beside the facts.
    Raises: Conflict when the state does not allow the step.
    """
    if not may_start(step, program.state):
        raise Conflict(_moved_on(program))
    before, target = program.state, target_of(step)
    for name, value in facts.items():
        setattr(program, name, value)
    program.state, program.revision = target, program.revision + 1
    program.save(update_fields=["state", "revision", *facts])
    ProgramStateChange.objects.create(
        program=program, from_state=before, to_state=target, on=clock.today(), at=clock.now(), by=actor, reason=reason
    )
    record(
        AuditAction.MOVED,
        actor=actor,
        about=program,
        before={"state": before},
        after={"state": str(target), **facts, **({"reason": reason} if reason else {}), **(told or {})},
    )
    return program


def must_be_real_year(year: int, field: str) -> None:
    """Raises: RuleBroken for a year no program of the portal can have."""
    if not 2000 <= year <= 2100:
        raise RuleBroken(_("The year must be between 2000 and 2100"), field)


def must_be_in_order(first: date, last: date, field: str) -> None:
    """Raises: RuleBroken when a period ends before it begins."""
    if last < first:
        raise RuleBroken(_("The last day must not be before the first day"), field)


def _moved_on(program: Program) -> str:
    state = ProgramState(program.state).label
    return _("The program has meanwhile moved on; it is now: %(state)s.") % {"state": state}
