"""Who knocks at every door of the sample year, and which object stands behind it in which state."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from agencies.access.enums import Role
from agencies.directory.enums import AgencyKind, Family
from agencies.directory.services import Naming, found_agency
from agencies.models import AdminUnit, Agency, Membership, Reorganisation, User
from agencies.people.services import grant_membership, open_account, suspend
from agencies.reorganisation.enums import StepKind
from coordination.models import Task
from portal.demo.story import Story
from portal.permissions_page.routes import NO_STATE
from tests.factories.people import PASSWORD
from tests.integration.hostile_stage import Stage, set_the_stage
from tests.integration.rights.merging import add, apply, prepare, undo
from tests.integration.route_table import OBJECTS

# Column of docs/routes.txt: who it is, and the account of the story; the last four are made for the table.
VISITORS = {
    "nobody": ("nobody signed in", None),
    "office": ("an official of the office that drafts", "chuyen-vien-tong-hop"),
    "party": ("an official of another party", "chuyen-vien-hnd"),
    "leader": ("the leader of the lead party", "chu-tich-ubnd"),
    "secretary": ("the secretary who drafts", "thu-ky"),
    "organiser": ("a conference organiser of the office that drafts", ""),
    "commune": ("an official of a commune that only coordinates", "can-bo-xa-tan-binh"),
    "another": ("the secretary of another unit", "thu-ky-hai-ha"),
    "unitadmin": ("the administrator of the unit", "quan-tri-don-vi"),
    "sysadmin": ("the system administrator", "quan-tri"),
    "idle": ("an account without a membership today", ""),
    "suspended": ("a suspended account with a live session", ""),
}


@dataclass(frozen=True, eq=False)
class House:
    """The sample year with what it leaves out, and a browser for every visitor."""

    story: Story
    stage: Stage
    acts: dict[str, Reorganisation]
    browsers: dict[str, Callable[[], Client]]

    def parts(self, state: str) -> dict[str, object]:
        """What addresses carry for objects in a state; the sample year's own where no state is named."""
        stage = self.stage
        return {
            NO_STATE: {},
            "draft": {"program": stage.draft.slug, "section": stage.section.pk, "slot": None},
            "signing": {
                "program": stage.signing.slug,
                "section": stage.signing.sections.order_by("position").first().pk,
                "slot": stage.slot.pk,
            },
            "consulting": {
                "program": stage.consulting.slug,
                "round": 1,
                "comment": stage.comment.pk,
                "party": stage.consulting.parties.order_by("letterhead_order").first().pk,
            },
            "planned": {"conference": stage.planned.slug},
            "running": {"conference": stage.running.slug},
            "in_progress": _of_task(stage.running_task),
            "awaiting": _of_task(stage.awaiting_task),
            "applied": {"act": self.acts["applied"].pk},
            "undone": {"act": self.acts["undone"].pk},
        }[state]


def _of_task(task: Task) -> dict[str, object]:
    """A task and the part of the first agency that works along."""
    role = task.roles.exclude(kind="lead").order_by("position").first()
    return {"task": task.slug, "role": role.pk if role else 0}


STATES = ("draft", "consulting", "signing", "planned", "running", "in_progress", "awaiting", "applied", "undone")
_OF_STATE = {
    "draft": {"program", "section"},
    "signing": {"program", "section", "slot"},
    "consulting": {"round", "comment", "party"},
    "planned": {"conference"},
    "running": {"conference"},
    "in_progress": {"task"},
    "awaiting": {"task"},
    "applied": {"act"},
    "undone": {"act"},
}


def states_of(route: str) -> list[str]:
    """The states a route is tried in: that of the sample year, and those its objects can be in besides."""
    parts = set(OBJECTS.get(route, {}).values())
    named = [state for state in STATES if parts & _OF_STATE[state] and not (state == "draft" and "slot" in parts)]
    return [NO_STATE, *named]


def open_house(story: Story, today, sign_in: Callable[..., Client]) -> House:
    """Put everyone at the door."""
    cast = story.cast
    members = {name: cast.members[account] for name, (_who, account) in VISITORS.items() if account}
    members["organiser"] = _member("nguoi-to-chuc", cast.agencies["vp"], Role.ORGANISER)
    idle, suspended = open_account("khong-co-viec", PASSWORD), _member("tam-ngung", cast.agencies["vp"], Role.SECRETARY)
    kept = {name: sign_in(member) for name, member in {**members, "idle": idle, "suspended": suspended}.items()}
    suspend(suspended.user, reason="Nghỉ việc")
    browsers: dict[str, Callable[[], Client]] = {
        name: lambda browser=browser: _again(browser) for name, browser in kept.items()
    }
    browsers["nobody"] = Client
    return House(story, set_the_stage(story, today), _acts(story), browsers)


def _again(browser: Client) -> Client:
    """The same session in a browser that has seen no page yet, so no form's token and no message is kept in it."""
    fresh = Client()
    fresh.cookies[settings.SESSION_COOKIE_NAME] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return fresh


def _acts(story: Story) -> dict[str, Reorganisation]:
    """An act of reorganisation in each state, each closing an agency of its own."""
    unit, acts = story.cast.units["DH"], {}
    for state in ("prepared", "applied", "undone"):
        act = prepare(unit, story.cast.members["quan-tri"])
        add(act, StepKind.CLOSE, [_agency_to_close(unit, state)])
        if state != "prepared":
            apply(act)
        if state == "undone":
            undo(act)
        acts[state] = act
    return acts


def _member(username: str, agency, role: Role) -> Membership:
    user: User = open_account(username, PASSWORD)
    return grant_membership(user, agency, role=role, title=str(role.label), since=agency.valid_from)


def _agency_to_close(unit: AdminUnit, state: str) -> Agency:
    name = f"Trạm {state}"
    naming = Naming(name, name, state.upper(), state.upper(), Family.STATE, 900, name.upper())
    return found_agency(
        unit, code=f"tram-{state}", kind=AgencyKind.SPECIALISED, naming=naming, valid_from=unit.valid_from
    )
