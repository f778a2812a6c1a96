"""Reorganisations for tests, prepared step by step, applied and undone through the real services."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder

from agencies.access.enums import Role
from agencies.directory.enums import AgencyKind, Family
from agencies.models import (
    AdminUnit,
    Agency,
    AgencyWord,
    Membership,
    Reorganisation,
    ReorganisationStep,
    UnitReach,
    UnitWord,
)
from agencies.reorganisation import services as acts
from agencies.reorganisation.enums import StepKind, Subject
from agencies.reorganisation.plans import StepPlan
from agencies.units.enums import UnitKind, UnitLevel
from agencies.units.services import found_unit
from coordination.reorganisation import services
from coordination.reorganisation.forms import HeirChoice, starting_step
from coordination.reorganisation.queries import Preview, preview_of
from records import clock
from tests.factories.people import BEGINNING, make_agency, make_member

NUMBER, BODY = "Quyết định 12/QĐ-UBND", "Ủy ban nhân dân tỉnh"
# What tells that something happened stays when it is taken back; what is derived is compared by its content.
_STAYS = {
    "records.auditentry", "records.audithead", "agencies.reorganisation", "agencies.reorganisationstep",
    "agencies.rowchange", "agencies.signin", "sessions.session", "contenttypes.contenttype", "agencies.onetimelink",
    "coordination.programmark", "coordination.sightmark",
}  # fmt: skip
_DERIVED = {UnitReach: ("above_id", "below_id"), UnitWord: ("unit_id", "word"), AgencyWord: ("agency_id", "word")}


@dataclass
class Land:
    """A province, two districts, communes below the first, their agencies, and who administers all of it."""

    province: AdminUnit
    district: AdminUnit
    neighbour: AdminUnit
    north: AdminUnit
    south: AdminUnit
    admin: Membership
    unit_admin: Membership
    agencies: dict[str, Agency] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)

    def __getattr__(self, name: str):
        if name.startswith("_") or name not in self.__dict__.get("agencies", {}):
            raise AttributeError(name)
        return self.agencies[name]


# Code, kind, name, family, order.
_OF_DISTRICT = (
    ("ubnd", AgencyKind.PEOPLES_COMMITTEE, "UBND huyện", Family.STATE, 10),
    ("btg", AgencyKind.PROPAGANDA_BOARD, "Ban Tuyên giáo Huyện ủy", Family.PARTY, 20),
    ("bdv", AgencyKind.PARTY_COMMITTEE, "Ban Dân vận Huyện ủy", Family.PARTY, 21),
    ("mttq", AgencyKind.FRONT_COMMITTEE, "Ủy ban MTTQ huyện", Family.FRONT, 30),
    ("hnd", AgencyKind.FARMERS_UNION, "Hội Nông dân huyện", Family.ORGANISATION, 40),
)


def make_land() -> Land:
    """Every agency has an official, a leader and a secretary; the office serves the district's committee."""
    province = _unit("TT", UnitLevel.PROVINCE, UnitKind.PROVINCE, "tỉnh Thử")
    district = _unit("HM", UnitLevel.DISTRICT, UnitKind.DISTRICT, "huyện Một", province)
    neighbour = _unit("HH2", UnitLevel.DISTRICT, UnitKind.DISTRICT, "huyện Hai", province)
    north = _unit("XB", UnitLevel.COMMUNE, UnitKind.COMMUNE, "xã Bắc Sơn", district)
    south = _unit("XN", UnitLevel.COMMUNE, UnitKind.COMMUNE, "xã Nam Sơn", district)
    agencies = {
        code: make_agency(district, code, name, kind=kind, family=family, protocol_order=order)
        for code, kind, name, family, order in _OF_DISTRICT
    }
    agencies["vp"] = make_agency(
        district, "vp", "Văn phòng UBND huyện", kind=AgencyKind.OFFICE, serves=[agencies["ubnd"]]
    )
    agencies["north"] = make_agency(north, "ubnd-bac-son", "UBND xã Bắc Sơn", kind=AgencyKind.PEOPLES_COMMITTEE)
    agencies["south"] = make_agency(south, "ubnd-nam-son", "UBND xã Nam Sơn", kind=AgencyKind.PEOPLES_COMMITTEE)
    agencies["of_province"] = make_agency(province, "ubnd-tinh", "UBND tỉnh Thử")
    agencies["of_neighbour"] = make_agency(neighbour, "ubnd-hai", "UBND huyện Hai")
    members = {
        f"{name} {role.value}": make_member(agencies[name], role)
        for name in agencies
        for role in (Role.OFFICIAL, Role.LEADER, Role.SECRETARY)
    }
    admin = make_member(agencies["of_province"], Role.SYSTEM_ADMIN)
    return Land(
        province, district, neighbour, north, south, admin, make_member(agencies["vp"], Role.UNIT_ADMIN), agencies,
        members,
    )  # fmt: skip


def make_act(
    land: Land, *, scope: AdminUnit | None = None, on: date | None = None, actor: Membership | None = None, **decision
) -> Reorganisation:
    """A decision that takes effect today unless said otherwise, without steps."""
    said = {"title": "Sắp xếp thử", "number": NUMBER, "issuing_body": BODY, "decided_on": date(2022, 3, 1)}
    return acts.prepare(
        actor=actor or land.admin,
        scope=scope or land.province,
        **{**said, "effective_on": on or clock.today(), **decision},
    )


def usual_step(act: Reorganisation, subject: Subject, kind: StepKind, bodies, heirs=()) -> StepPlan:
    """The plan the form begins with for these bodies; an heir is a body, a key, or a kind and name of a unit."""
    position = acts.next_position(act)
    step, _ground = starting_step(
        act, subject, kind, [body.pk for body in bodies], [_choice(h) for h in heirs], position
    )
    return step.plan


def add(
    act: Reorganisation,
    subject: Subject,
    kind: StepKind,
    bodies,
    heirs=(),
    *,
    change: Callable[[StepPlan], StepPlan] = lambda plan: plan,
    actor: Membership | None = None,
) -> ReorganisationStep:
    """Add a step as it is usual, with what `change` makes of it."""
    plan = change(usual_step(act, subject, kind, bodies, heirs))
    act.refresh_from_db()
    return acts.add_step(
        act, actor=actor or act.prepared_by, revision=act.revision, subject=subject, kind=kind, plan=plan
    )


def apply(act: Reorganisation, *, actor: Membership | None = None) -> Preview:
    """Read the preview and post it back; what was previewed."""
    act.refresh_from_db()
    seen = preview_of(act)
    services.apply(act, actor=actor or act.prepared_by, revision=act.revision, digest=seen.digest)
    act.refresh_from_db()
    return seen


def undo(act: Reorganisation, *, actor: Membership | None = None, reason: str = "Nhập nhầm") -> None:
    """Take an applied act back."""
    act.refresh_from_db()
    services.undo(act, actor=actor or act.prepared_by, revision=act.revision, reason=reason)
    act.refresh_from_db()


def merge(land: Land, bodies: list[Agency], heir=""):
    """Agencies become one, new unless an heir is named; the act."""
    act = make_act(land)

    def called(plan):
        drafts = tuple(
            replace(one, naming=replace(one.naming, name="Ban Mới", short_name="Ban Mới")) for one in plan.agencies
        )
        return replace(plan, agencies=drafts)

    add(act, Subject.AGENCY, StepKind.MERGE, bodies, [heir], change=called)
    apply(act)
    return act


def new_one() -> Agency:
    return Agency.objects.get(current_name="Ban Mới")


def now_acting(member: Membership) -> Membership:
    """The role the same account has today."""
    return Membership.objects.usable_by(member.user, clock.today()).get(role=member.role)


def everything() -> dict[str, object]:
    """Every row of every table in plain values, but for the log and what tells of acts themselves."""
    return {
        model._meta.label_lower: _kept(model) for model in apps.get_models() if model._meta.label_lower not in _STAYS
    }


def changed(before: dict, after: dict) -> set[tuple[str, int]]:
    """The rows that differ between two states of everything, without what is derived."""
    derived = {model._meta.label_lower for model in _DERIVED}
    return {
        (table, row)
        for table, rows in after.items()
        if table not in derived
        for row in {*rows, *before[table]}
        if rows.get(row) != before[table].get(row)
    }


def _kept(model) -> object:
    if model in _DERIVED:
        return set(model.objects.values_list(*_DERIVED[model]))
    names = [one.attname for one in model._meta.concrete_fields]
    return {row[model._meta.pk.attname]: _plain(row) for row in model._base_manager.values(*names)}


def _plain(row: dict) -> str:
    return json.dumps(row, cls=DjangoJSONEncoder, sort_keys=True, default=str)


def _choice(heir) -> HeirChoice:
    if isinstance(heir, AdminUnit | Agency):
        return HeirChoice(existing=heir.pk)
    if isinstance(heir, tuple):
        return HeirChoice(kind=heir[0], bare_name=heir[1])
    return HeirChoice(key=heir) if heir else HeirChoice()


def _unit(code: str, level: UnitLevel, kind: UnitKind, name: str, parent: AdminUnit | None = None) -> AdminUnit:
    return found_unit(
        code=code,
        level=level,
        kind=kind,
        name=name,
        bare_name=name.split(" ", 1)[1],
        valid_from=BEGINNING,
        parent=parent,
    )
