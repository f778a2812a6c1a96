"""Everyone who walks through the portal: each role in each relation, and those whose standing has changed."""

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client

from agencies.access.enums import Role
from agencies.models import Agency, Membership, User
from agencies.people.services import grant_membership, open_account
from portal.middleware import ACTING_KEY
from records import clock
from tests.factories.people import BEGINNING, PASSWORD
from tests.integration.rights.oracle import Oracle, Standing
from tests.integration.rights.world import World


@dataclass
class Walker:
    """A signed-in person: who they are, what they may know, and their browser."""

    name: str
    standing: Standing
    client: Client
    membership: Membership | None = None


def walkers(world: World) -> list[Walker]:
    """Members of both units in every role, and a visitor, an account without office, one moved, one suspended."""
    everyone = [
        _walker(f"{role} of {relation}, {name}", member.user, _today_of(member))
        for name, cast in world.casts()
        for (relation, role), member in cast.members.items()
    ]
    here, there = world.here.agencies, world.there.agencies
    idle = open_account("khong-co-viec", PASSWORD)
    moved = _account("da-chuyen", here["lead"], until=-1)
    new = grant_membership(moved.user, there["party"], role=Role.SECRETARY, title="Thư ký", since=clock.today())
    several = _account("hai-noi", here["party"])
    other = grant_membership(several.user, there["lead"], role=Role.LEADER, title="Lãnh đạo", since=BEGINNING)
    suspended = _account("tam-khoa", here["lead"])
    extra = [
        Walker("nobody signed in", Oracle.standing_of(None), Client(raise_request_exception=False)),
        _walker("an account without a membership", idle, None),
        _walker("moved yesterday from here to there", moved.user, new, acting=moved.pk),
        _walker("two offices, acting here", several.user, several),
        _walker("two offices, acting there", several.user, other),
        _walker("suspended with a live session", suspended.user, suspended),
    ]
    User.objects.filter(pk=suspended.user_id).update(is_active=False)
    suspended.user.refresh_from_db()
    extra[-1].standing = Oracle.standing_of(suspended)
    return everyone + extra


def _today_of(member: Membership) -> Membership:
    """The membership somebody acts in today: their own, or the one they were given when their agency was merged."""
    if member.agency.valid_to is None:
        return member
    return Membership.objects.get(user=member.user, valid_to=None)


def _account(name: str, agency: Agency, until: int | None = None) -> Membership:
    user = open_account(name, PASSWORD)
    membership = grant_membership(user, agency, role=Role.SECRETARY, title="Thư ký", since=BEGINNING)
    if until is not None:
        Membership.objects.filter(pk=membership.pk).update(valid_to=clock.today() + timedelta(days=until))
    return membership


def _walker(name: str, user: User, membership: Membership | None, acting: int | None = None) -> Walker:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[ACTING_KEY] = acting or (membership and membership.pk)
    session.save()
    return Walker(name, Oracle.standing_of(membership), client, membership)
