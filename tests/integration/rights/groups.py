"""A group of agencies, in use and no longer used, and every act on one."""

from collections.abc import Callable
from dataclasses import dataclass

from agencies.groups import permissions
from agencies.groups import services as groups
from agencies.models import AgencyGroup, Membership
from records import clock
from tests.factories.groups import make_group
from tests.integration.rights.cast import Cast

USED, ENDED = "used", "no longer used"
STATES = EVERY_STATE = (USED, ENDED)


@dataclass(frozen=True)
class Stage:
    """Two groups of the unit; the second is given to no further task."""

    cast: Cast
    groups: dict[str, AgencyGroup]


def set_stage(cast: Cast) -> Stage:
    agencies = [cast.agencies[name] for name in ("third", "helper", "helpbelow")]
    made = {state: make_group(cast.unit, agencies, name=state, actor=cast.secretary) for state in STATES}
    groups.end_group(made[ENDED], actor=cast.secretary)
    return Stage(cast, made)


def viewed(stage: Stage):
    """The model with its `visible_to`, the predicate that must agree with it."""
    return [(AgencyGroup, permissions.can_view_group)]


def reached(stage: Stage) -> set[str]:
    """Whether tasks can be given to each group."""
    found = AgencyGroup.objects.filter(pk__in=[group.pk for group in stage.groups.values()])
    return {USED if group.valid_to is None else ENDED for group in found}


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about a group, asked of the one in this state."""
    group = AgencyGroup.objects.select_related("unit").get(pk=stage.groups[state].pk)
    agencies = [stage.cast.agencies[name] for name in ("third", "helper")]
    new = {"name": "Nhóm mới", "agencies": agencies, "since": clock.today()}
    return {
        "can_view_group": lambda actor: permissions.can_view_group(actor, group),
        "can_add_group": lambda actor: permissions.can_add_group(actor, group.unit),
        "can_change_group": lambda actor: permissions.can_change_group(actor, group),
        "add_group": lambda actor: groups.add_group(group.unit, actor=actor, **new),
        "change_group": lambda actor: groups.change_group(group, actor=actor, revision=group.revision, **new),
        "end_group": lambda actor: groups.end_group(group, actor=actor),
    }
