"""The sheet of the week: everyone's own wish, and a sheet on trial to one's own address; no account has one yet."""

from collections.abc import Callable
from dataclasses import dataclass

from agencies.models import Membership
from reports.weekly import services as weekly
from reports.weekly.models import WeeklyChoice, WeeklySheet
from reports.weekly.queries import wants_weekly
from tests.integration.rights.cast import Cast

OWN = "one's own"
STATES = EVERY_STATE = (OWN,)


@dataclass(frozen=True)
class Stage:
    """Whoever acts, acts for themselves."""

    cast: Cast


def set_stage(cast: Cast) -> Stage:
    return Stage(cast)


def viewed(stage: Stage):
    """Wishes and sheets are each member's own."""
    return [(model, _is_own) for model in (WeeklyChoice, WeeklySheet)]


def _is_own(actor: Membership, row: WeeklyChoice | WeeklySheet) -> bool:
    return row.member_id == actor.pk


def reached(stage: Stage) -> set[str]:
    """There is one state."""
    return {OWN}


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object]]:
    """Every service of the room; both ask the right to see the dashboard first."""
    return {
        "choose_weekly": lambda actor: weekly.choose_weekly(actor=actor, wanted=not wants_weekly(actor)),
        "send_trial": lambda actor: weekly.send_trial(actor=actor),
    }
