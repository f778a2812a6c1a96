"""Preparing a reorganisation: its decision, its steps; discarding it; preparing it once more after it was undone."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.directory.models import Agency
from agencies.people.models import Membership
from agencies.reorganisation.enums import ReorganisationState, StepKind, Subject
from agencies.reorganisation.models import Reorganisation, ReorganisationStep
from agencies.reorganisation.permissions import can_prepare_reorganisation
from agencies.reorganisation.plans import StepPlan
from agencies.reorganisation.queries import Planned, ground_of, problems_of, steps_of
from agencies.reorganisation.services.doors import locked, must_be_in, must_be_revision
from agencies.units.models import AdminUnit
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken

TOLD = ("title", "number", "issuing_body", "decided_on", "effective_on")
MOST_STEPS = 60


@transaction.atomic
def prepare(
    *,
    actor: Membership,
    title: str,
    scope: AdminUnit,
    number: str = "",
    issuing_body: str = "",
    decided_on: date | None = None,
    effective_on: date | None = None,
) -> Reorganisation:
    """Open an act of reorganisation for a unit; nothing changes before it is applied.

    Raises: NotAllowed; RuleBroken for a missing title or days out of order.
    """
    require(can_prepare_reorganisation(actor, scope))
    act = Reorganisation(
        title=title,
        scope=scope,
        number=number,
        issuing_body=issuing_body,
        decided_on=decided_on,
        effective_on=effective_on,
        prepared_at=clock.now(),
        prepared_by=actor,
    )
    _check_decision(act)
    act.save(force_insert=True)
    record(AuditAction.CREATED, actor=actor, about=act, after=_told(act) | {"scope": scope.code})
    return act


@transaction.atomic
def change_decision(
    act: Reorganisation,
    *,
    actor: Membership,
    revision: int,
    title: str,
    number: str,
    issuing_body: str,
    decided_on: date | None,
    effective_on: date | None,
) -> Reorganisation:
    """Change what an act that is still prepared says of its decision.

    Raises: NotAllowed; Conflict; RuleBroken.
    """
    act = _open(act, actor, revision)
    before = _told(act)
    act.title, act.number, act.issuing_body = title, number, issuing_body
    act.decided_on, act.effective_on = decided_on, effective_on
    _check_decision(act)
    act.revision += 1
    act.save()
    record(AuditAction.CHANGED, actor=actor, about=act, before=before, after=_told(act))
    return act


@transaction.atomic
def add_step(
    act: Reorganisation, *, actor: Membership, revision: int, subject: Subject, kind: StepKind, plan: StepPlan
) -> ReorganisationStep:
    """Say one more thing the decision does.

    Rule: R-SUCC-4.
    Raises: NotAllowed; Conflict; RuleBroken naming the field.
    """
    act = _open(act, actor, revision)
    if act.steps.count() >= MOST_STEPS:
        raise RuleBroken(_("A decision has at most %(most)s steps here; make another one") % {"most": MOST_STEPS})
    step = ReorganisationStep(act=act, position=next_position(act), subject=subject, kind=kind, plan=plan.to_json())
    _check_step(act, step)
    step.save(force_insert=True)
    _changed(act)
    record(AuditAction.CHANGED, actor=actor, about=act, after=_step_told(step))
    return step


@transaction.atomic
def change_step(step: ReorganisationStep, *, actor: Membership, revision: int, plan: StepPlan) -> ReorganisationStep:
    """Say otherwise what one step does.

    Raises: NotAllowed; Conflict; RuleBroken naming the field.
    """
    act = _open(step.act, actor, revision)
    step = _held(act, step)
    before = _step_told(step)
    step.plan = plan.to_json()
    _check_step(act, step)
    step.save(update_fields=["plan"])
    _changed(act)
    record(AuditAction.CHANGED, actor=actor, about=act, before=before, after=_step_told(step))
    return step


@transaction.atomic
def remove_step(step: ReorganisationStep, *, actor: Membership, revision: int) -> Reorganisation:
    """Take a step out of an act that is still prepared.

    Raises: NotAllowed; Conflict; RuleBroken when another step builds on what it describes.
    """
    act = _open(step.act, actor, revision)
    step = _held(act, step)
    keys = {draft.key for draft in (*step.planned.units, *step.planned.agencies)}
    if any(keys & _keys_used(other) for other in steps_of(act) if other.position != step.position):
        raise RuleBroken(_("Another step names what this one founds. Remove that step first."))
    before = _step_told(step)
    step.delete()
    _changed(act)
    record(AuditAction.CHANGED, actor=actor, about=act, before=before, after={"step": ""})
    return act


@transaction.atomic
def discard(act: Reorganisation, *, actor: Membership, revision: int) -> None:
    """Drop an act that was never applied; the audit keeps that it was prepared.

    Raises: NotAllowed; Conflict.
    """
    act = _open(act, actor, revision)
    record(AuditAction.ENDED, actor=actor, about=act, before=_told(act), after={"state": "discarded"})
    act.delete()


@transaction.atomic
def prepare_again(act: Reorganisation, *, actor: Membership) -> Reorganisation:
    """Prepare an act that was undone once more, with the same decision and steps, to be mended and applied.

    Raises: NotAllowed; Conflict.
    """
    act = locked(act, actor=actor)
    must_be_in(act, ReorganisationState.UNDONE)
    again = prepare(
        actor=actor,
        title=act.title,
        scope=act.scope,
        number=act.number,
        issuing_body=act.issuing_body,
        decided_on=act.decided_on,
        effective_on=act.effective_on,
    )
    ReorganisationStep.objects.bulk_create(
        ReorganisationStep(act=again, position=step.position, subject=step.subject, kind=step.kind, plan=step.plan)
        for step in act.steps.all()
    )
    return again


def next_position(act: Reorganisation) -> int:
    """The place of one more step; keys of what it describes begin with it."""
    return (act.steps.aggregate(last=Max("position"))["last"] or 0) + 1


def _open(act: Reorganisation, actor: Membership, revision: int) -> Reorganisation:
    act = locked(act, actor=actor)
    must_be_in(act, ReorganisationState.PREPARED)
    must_be_revision(act, revision)
    return act


def _held(act: Reorganisation, step: ReorganisationStep) -> ReorganisationStep:
    return ReorganisationStep.objects.get(pk=step.pk, act=act)


def _changed(act: Reorganisation) -> None:
    act.revision += 1
    act.save(update_fields=["revision"])


def _check_decision(act: Reorganisation) -> None:
    for name in ("title", "number", "issuing_body"):
        if len(getattr(act, name)) > Reorganisation._meta.get_field(name).max_length:
            raise RuleBroken(_("The text is too long"), name)
    if not act.title.strip():
        raise RuleBroken(_("Enter what the decision is about"), "title")
    if act.decided_on and act.effective_on and act.decided_on > act.effective_on:
        raise RuleBroken(_("The decision must not be made after the day it takes effect"), "decided_on")


def _check_step(act: Reorganisation, step: ReorganisationStep) -> None:
    planned = Planned(step.position, Subject(step.subject), StepKind(step.kind), step.planned)
    others = [other for other in steps_of(act) if other.position != step.position]
    steps = sorted([*others, planned], key=lambda one: one.position)
    for problem in problems_of(ground_of(act, steps)):
        if problem.step == step.position and problem.blocks:
            raise RuleBroken(problem.text, problem.field)


def _keys_used(step: Planned) -> set:
    heirs = [*step.plan.heirs, *(heir for fate in step.plan.fates for heir in fate.heirs)]
    return {heir.body for heir in heirs} | {draft.unit for draft in step.plan.agencies}


def _told(act: Reorganisation) -> dict:
    return {name: getattr(act, name) for name in TOLD}


def _step_told(step: ReorganisationStep) -> dict:
    """A step as the audit tells it: by names, and by the whole plan."""
    plan = step.planned
    drafts = {draft.key: draft.name for draft in plan.units} | {one.key: one.naming.name for one in plan.agencies}
    named = [*plan.bodies, *(heir.body for heir in plan.heirs)]
    model = AdminUnit if step.subject == Subject.UNIT else Agency
    names = dict(
        model.objects.filter(pk__in=[ref for ref in named if isinstance(ref, int)]).values_list("pk", "current_name")
    )
    names |= drafts
    return {
        "step": step.position,
        "subject": str(step.subject),
        "kind": str(step.kind),
        "bodies": [names.get(body, "") for body in plan.bodies],
        "heirs": [names.get(heir.body, "") for heir in plan.heirs],
        "plan": step.plan,
    }
