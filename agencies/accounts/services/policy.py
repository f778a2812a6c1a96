"""What every sign-in follows is set."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.accounts.enums import (
    LONGEST_HOURS,
    LONGEST_IDLE_MINUTES,
    SHORTEST_HOURS,
    SHORTEST_IDLE_MINUTES,
    SignInEnd,
)
from agencies.accounts.models import SignInPolicy
from agencies.accounts.permissions import Keeper, can_set_policy
from agencies.accounts.queries import Policy, policy, sign_ins_lacking_second_factor
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@transaction.atomic
def set_policy(
    *, actor: Keeper, second_factor_required: bool, idle_minutes: int, longest_hours: int
) -> tuple[SignInPolicy, int]:
    """Set what every sign-in follows; how many devices were signed out for want of a second factor.

    Rule: R-ACCESS-6. Once required, whoever needs a second factor and signed in without one signs in again and is led
    to set it up; whoever sets the policy is led there at the next page.
    Raises: NotAllowed; RuleBroken when a time is out of range.
    """
    require(can_set_policy(actor))
    _refuse_out_of_range(idle_minutes, longest_hours)
    before = _told(policy())
    row, _is_new = SignInPolicy.objects.update_or_create(
        pk=SignInPolicy.ONLY,
        defaults={
            "second_factor_required": second_factor_required,
            "idle_minutes": idle_minutes,
            "longest_hours": longest_hours,
            "changed_at": clock.now(),
        },
    )
    ended = _end_those_that_lack_it(actor) if second_factor_required and not before["second_factor_required"] else 0
    after = {**_told(policy()), "devices_signed_out": ended}
    record(AuditAction.CHANGED, actor=actor, about=row, before=before, after=after)
    return row, ended


def _end_those_that_lack_it(actor: Keeper) -> int:
    lacking = sign_ins_lacking_second_factor().exclude(account_id=actor.user_id)
    return lacking.update(ended_at=clock.machine_now(), ended_because=SignInEnd.POLICY)


def _refuse_out_of_range(idle_minutes: int, longest_hours: int) -> None:
    if not SHORTEST_IDLE_MINUTES <= idle_minutes <= LONGEST_IDLE_MINUTES:
        said = _("From %(least)s to %(most)s minutes")
        raise RuleBroken(said % {"least": SHORTEST_IDLE_MINUTES, "most": LONGEST_IDLE_MINUTES}, "idle_minutes")
    if not SHORTEST_HOURS <= longest_hours <= LONGEST_HOURS:
        said = _("From %(least)s to %(most)s hours")
        raise RuleBroken(said % {"least": SHORTEST_HOURS, "most": LONGEST_HOURS}, "longest_hours")


def _told(rules: Policy) -> dict:
    return {
        "second_factor_required": rules.second_factor_required,
        "idle_minutes": rules.idle // timedelta(minutes=1),
        "longest_hours": rules.longest // timedelta(hours=1),
    }
