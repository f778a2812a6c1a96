"""An account with its roles, the policy of sign-ins and the log, and every act on them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from agencies.access.enums import Role
from agencies.accounts import permissions as signing_in
from agencies.accounts.services import links, policy, second_factor, sign_ins
from agencies.calendar import permissions as counting
from agencies.calendar import services as calendar
from agencies.log import permissions as reading
from agencies.log import services as log
from agencies.log.queries.searching import LogFilters
from agencies.models import Membership, User
from agencies.people import permissions
from agencies.people import services as people
from portal.background import services as background
from records import clock
from records.jobs.schedule.declared import named
from records.models import OutgoingMail, WorkYear
from records.workdays.enums import DayKind
from tests.factories.people import make_member
from tests.integration.rights.cast import Cast

ACTIVE, SUSPENDED, ADMINISTRATOR = "active", "suspended", "of a system administrator"
STATES = EVERY_STATE = (ACTIVE, SUSPENDED, ADMINISTRATOR)


@dataclass(frozen=True)
class Stage:
    """An official of the second party, one who is suspended, a system administrator there; a letter given up."""

    cast: Cast
    members: dict[str, Membership]
    letter: OutgoingMail


def set_stage(cast: Cast) -> Stage:
    agency = cast.agencies["party"]
    members = {
        ACTIVE: make_member(agency, Role.OFFICIAL),
        SUSPENDED: make_member(agency, Role.OFFICIAL),
        ADMINISTRATOR: make_member(agency, Role.SYSTEM_ADMIN),
    }
    people.suspend(members[SUSPENDED].user, reason="Nghỉ việc")
    if not WorkYear.objects.filter(pk=2023).exists():
        calendar.clear_workday(date(2023, 1, 2), actor=members[ADMINISTRATOR])
    fresh = {state: Membership.objects.get(pk=member.pk) for state, member in members.items()}
    return Stage(cast, fresh, _given_up())


def viewed(stage: Stage):
    """The models with their `visible_to`, the predicates that must agree with it."""
    return [(User, permissions.can_view_account), (permissions.Person, permissions.can_view_person)]


def reached(stage: Stage) -> set[str]:
    """How the accounts stand."""
    users = [member.user for member in stage.members.values()]
    kinds = {ACTIVE if user.is_active else SUSPENDED for user in users}
    return kinds | {ADMINISTRATOR for member in stage.members.values() if member.role == Role.SYSTEM_ADMIN}


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about an account, asked of this one."""
    member, agency = stage.members[state], stage.cast.agencies["third"]
    user, today = member.user, clock.today()
    post = {"title": "Chuyên viên", "since": today}
    return {
        "can_view_account": lambda actor: permissions.can_view_account(actor, user),
        "can_keep_accounts": permissions.can_keep_accounts,
        "can_keep_account": lambda actor: permissions.can_keep_account(actor, user),
        "can_change_roles": lambda actor: permissions.can_change_roles(actor, user),
        "can_give_role": lambda actor: permissions.can_give_role(actor, user, agency, Role.OFFICIAL),
        "can_give_role:system_admin": lambda actor: permissions.can_give_role(actor, user, agency, Role.SYSTEM_ADMIN),
        "can_give_role:itself": lambda actor: permissions.can_give_role(
            actor, actor.user, actor.agency, Role.SYSTEM_ADMIN
        ),
        "can_end_role": lambda actor: permissions.can_end_role(actor, member),
        "grant_membership": lambda actor: people.grant_membership(
            user, agency, role=Role.SECRETARY, actor=actor, **post
        ),
        "grant_membership:itself": lambda actor: people.grant_membership(
            actor.user, agency, role=Role.UNIT_ADMIN, actor=actor, **post
        ),
        "end_membership": lambda actor: people.end_membership(member, last_day=today, actor=actor),
        "move_member": lambda actor: people.move_member(member, agency, role=Role.OFFICIAL, actor=actor, **post),
        "invite_person": lambda actor: people.invite_person(
            "Phạm Thị Dung",
            username="pham-thi-dung",
            email="dung@coquan.example",
            agency=agency,
            role=Role.OFFICIAL,
            actor=actor,
            **post,
        ),
        "suspend": lambda actor: people.suspend(user, reason="Nghỉ việc", actor=actor),
        "restore": lambda actor: people.restore(user, actor=actor),
        **_sign_in(user),
        **_portal(stage.letter),
    }


def _sign_in(user: User) -> dict[str, Callable[[Membership], object]]:
    return {
        "can_help_sign_in": lambda actor: signing_in.can_help_sign_in(actor, user),
        "invite": lambda actor: links.invite(user, actor=actor),
        "issue_reset_link": lambda actor: links.issue_reset_link(user, actor=actor),
        "reset_for": lambda actor: second_factor.reset_for(user, actor=actor),
        "end_for": lambda actor: sign_ins.end_for(user, actor=actor),
    }


def _given_up() -> OutgoingMail:
    now = clock.machine_now()
    return OutgoingMail.objects.create(
        to="a@coquan.example", body="x", state="given_up", written_at=now, next_try_at=now, ended_at=now
    )


def _portal(letter: OutgoingMail) -> dict[str, Callable[[Membership], object]]:
    yesterday = clock.today() - timedelta(days=1)
    return {
        "can_set_policy": signing_in.can_set_policy,
        "can_see_server": signing_in.can_see_server,
        "can_run_server": signing_in.can_run_server,
        "have_done_now": lambda actor: background.have_done_now(named("clear-sessions"), actor=actor),
        "send_letter_again": lambda actor: background.send_letter_again(letter.pk, actor=actor),
        "set_policy": lambda actor: policy.set_policy(
            actor=actor, second_factor_required=True, idle_minutes=20, longest_hours=8
        ),
        "can_set_workdays": counting.can_set_workdays,
        "set_workday": lambda actor: calendar.set_workday(date(2031, 1, 1), DayKind.HOLIDAY, "Tết", actor=actor),
        "clear_workday": lambda actor: calendar.clear_workday(date(2022, 4, 11), actor=actor),
        "follow_shipped_workdays": lambda actor: calendar.follow_shipped_workdays(2023, actor=actor),
        "can_view_log": reading.can_view_log,
        "can_export_log": reading.can_export_log,
        "export_log": lambda actor: log.export_log(LogFilters(day_to=yesterday), actor=actor),
    }
