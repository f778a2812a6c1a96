"""An act of reorganisation in each of its states, and every act on one."""

from collections.abc import Callable
from dataclasses import dataclass

from agencies.access.enums import Role
from agencies.models import Agency, Membership, Reorganisation
from agencies.reorganisation import permissions
from agencies.reorganisation import services as acts_on
from agencies.reorganisation.enums import ReorganisationState, StepKind, Subject
from coordination.reorganisation import services
from coordination.reorganisation.queries import preview_of
from tests.factories.people import make_agency
from tests.integration.rights.cast import Cast
from tests.integration.rights.merging import add, apply, plan_of, prepare, undo

NONE_YET = "not yet prepared"
STATES = (NONE_YET, *ReorganisationState.values)
EVERY_STATE = set(ReorganisationState.values)


@dataclass(frozen=True)
class Stage:
    """An act of the parties' unit in each state, each closing an agency of its own; and an agency none closes."""

    cast: Cast
    acts: dict[str, Reorganisation]
    other: Agency


def set_stage(cast: Cast) -> Stage:
    keeper = cast.members["party", Role.SYSTEM_ADMIN]
    staged = {}
    for state in ReorganisationState.values:
        closing = make_agency(cast.unit, f"giai-the-{state}", f"Cơ quan giải thể {state}")
        act = prepare(cast.unit, keeper)
        add(act, StepKind.CLOSE, [closing])
        if state != ReorganisationState.PREPARED:
            apply(act)
        if state == ReorganisationState.UNDONE:
            undo(act)
        staged[state] = act
    return Stage(cast, staged, make_agency(cast.unit, "con-lai", "Cơ quan còn lại"))


def viewed(stage: Stage):
    """The model with its `visible_to`, the predicate that must agree with it."""
    return [(Reorganisation, permissions.can_keep_reorganisation)]


def reached(stage: Stage) -> set[str]:
    """The states the staged acts are in."""
    return set(Reorganisation.objects.filter(scope=stage.cast.unit).values_list("state", flat=True))


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about an act, asked of the one in this state."""
    opening = {
        "can_open_reorganisations": permissions.can_open_reorganisations,
        "can_prepare_reorganisation": lambda actor: permissions.can_prepare_reorganisation(actor, stage.cast.unit),
        "prepare": lambda actor: prepare(stage.cast.unit, actor),
    }
    on_one = _on(Reorganisation.objects.get(pk=stage.acts[state].pk), stage) if state in stage.acts else {}
    return opening | on_one


def _on(act: Reorganisation, stage: Stage) -> dict[str, Callable[[Membership], object]]:
    revision = {"revision": act.revision}
    step = act.steps.get()
    closing = plan_of(act, StepKind.CLOSE, [stage.other])
    seen = preview_of(act) if act.state == ReorganisationState.PREPARED else None
    return {
        "can_keep_reorganisation": lambda actor: permissions.can_keep_reorganisation(actor, act),
        "change_decision": lambda actor: acts_on.change_decision(
            act,
            actor=actor,
            title="Tên khác",
            number=act.number,
            issuing_body=act.issuing_body,
            decided_on=act.decided_on,
            effective_on=act.effective_on,
            **revision,
        ),
        "add_step": lambda actor: acts_on.add_step(
            act, actor=actor, subject=Subject.AGENCY, kind=StepKind.CLOSE, plan=closing, **revision
        ),
        "change_step": lambda actor: acts_on.change_step(step, actor=actor, plan=step.planned, **revision),
        "remove_step": lambda actor: acts_on.remove_step(step, actor=actor, **revision),
        "discard": lambda actor: acts_on.discard(act, actor=actor, **revision),
        "prepare_again": lambda actor: acts_on.prepare_again(act, actor=actor),
        "apply": lambda actor: services.apply(act, actor=actor, digest=seen.digest if seen else "", **revision),
        "undo": lambda actor: services.undo(act, actor=actor, reason="Nhập nhầm", **revision),
    }
