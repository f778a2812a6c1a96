"""Every kind of step a reorganisation has, prepared in the land of the tests; and whether a preview came true."""

from dataclasses import replace
from datetime import date, timedelta

from agencies.models import (
    AdminUnit,
    Agency,
    AgencyName,
    AgencySuccession,
    Membership,
    OfficeHolding,
    OfficeService,
    UnitParent,
    UnitSuccession,
)
from agencies.reorganisation.enums import StepKind, Subject
from agencies.reorganisation.plans import Fate, Heir
from agencies.units.enums import UnitKind
from coordination.handover.models import Handover
from coordination.models import Task, TaskRole
from tests.conftest import CONFERENCE_DAY
from tests.factories.people import make_holder, make_office
from tests.factories.programs import make_program
from tests.factories.reorganisations import NUMBER, Land, add, apply, make_act, make_land
from tests.factories.tasks import make_task

DAY, EVE = CONFERENCE_DAY, CONFERENCE_DAY - timedelta(days=1)
UNIT, AGENCY = Subject.UNIT, Subject.AGENCY
RENAME, MERGE, SPLIT, CLOSE, MOVE = StepKind.RENAME, StepKind.MERGE, StepKind.SPLIT, StepKind.CLOSE, StepKind.MOVE


def working_land() -> Land:
    """With a signed program of the district, an open task of the board, and one of the northern commune."""
    land = make_land()
    program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
    make_task(program, "in_progress", lead=land.btg)
    make_task(program, lead=land.mttq, coordinators=(land.agencies["north"],))
    make_holder(make_office(land.btg, "Trưởng ban", "TRƯỞNG BAN", is_head=True), "Lê Văn Một", since=date(2020, 1, 1))
    return land


def named(name: str, short_name: str = ""):
    """A plan whose only new agency is called so."""

    def change(plan):
        draft = plan.agencies[0]
        naming = replace(draft.naming, name=name, short_name=short_name or name)
        return replace(plan, agencies=(replace(draft, naming=naming),))

    return change


def renamed(name: str):
    return lambda plan: replace(plan, agency_naming=replace(plan.agency_naming, name=name, short_name=name))


def rename_agency(land, act):
    add(act, AGENCY, RENAME, [land.btg], change=renamed("Ban Tuyên giáo và Dân vận"))


def merge_into_new(land, act):
    add(act, AGENCY, MERGE, [land.btg, land.bdv], [""], change=named("Ban Tuyên giáo và Dân vận Huyện ủy"))


def merge_into_existing(land, act):
    add(act, AGENCY, MERGE, [land.btg], [land.bdv])


def pass_to_new(land, act):
    add(act, AGENCY, MERGE, [land.btg], [""], change=named("Ban Xây dựng Đảng Huyện ủy"))


def split_by_shares(land, act):
    add(act, AGENCY, SPLIT, [land.btg], [land.bdv, ""], change=named("Trung tâm Chính trị"))


def split_off(land, act):
    def part(plan):
        return replace(named("Trung tâm Chính trị")(plan), goes_on=True, heirs=(replace(plan.heirs[0], share=30),))

    add(act, AGENCY, SPLIT, [land.btg], [""], change=part)


def close_with_receiver(land, act):
    add(act, AGENCY, CLOSE, [land.btg], change=lambda plan: replace(plan, heirs=(Heir(land.bdv.pk),)))


def close_without(land, act):
    add(act, AGENCY, CLOSE, [land.hnd])


def move_agency(land, act):
    add(act, AGENCY, MOVE, [land.hnd], change=lambda plan: replace(plan, parent=land.mttq.pk))


def rename_unit(land, act):
    add(act, UNIT, RENAME, [land.north], [(UnitKind.COMMUNE, "Bắc Hải")])


def merge_units(land, act):
    add(act, UNIT, MERGE, [land.north, land.south], [(UnitKind.COMMUNE, "Sơn Hải")])


def merge_units_into_existing(land, act):
    add(act, UNIT, MERGE, [land.north], [land.south])


def split_unit(land, act):
    add(act, UNIT, SPLIT, [land.north], [(UnitKind.COMMUNE, "Bắc Một"), (UnitKind.COMMUNE, "Bắc Hai")])


def split_unit_off(land, act):
    def part(plan):
        heirs = (replace(plan.heirs[0], share=40),)
        return replace(plan, goes_on=True, heirs=heirs, fates=(), agencies=())

    add(act, UNIT, SPLIT, [land.north], [(UnitKind.COMMUNE, "Bắc Một")], change=part)


def close_unit(land, act):
    add(
        act, UNIT, CLOSE, [land.north],
        change=lambda plan: replace(plan, fates=(Fate(land.agencies["north"].pk, (Heir(land.agencies["south"].pk),)),)),
    )  # fmt: skip


def move_unit(land, act):
    add(act, UNIT, MOVE, [land.north], change=lambda plan: replace(plan, parent=land.neighbour.pk))


def merge_districts(land, act):
    """Communes below follow, and so do agencies below those that end."""
    add(act, UNIT, MERGE, [land.district], [land.neighbour])


KINDS = {
    act.__name__.replace("_", " "): act
    for act in (
        rename_agency, merge_into_new, merge_into_existing, pass_to_new, split_by_shares, split_off,
        close_with_receiver, close_without, move_agency, rename_unit, merge_units, merge_units_into_existing,
        split_unit, split_unit_off, close_unit, move_unit, merge_districts,
    )
}  # fmt: skip


def carried_out(land: Land, kind):
    act = make_act(land)
    kind(land, act)
    return act, apply(act)


def happened(seen) -> None:
    """Every line of a preview in the database; founded bodies are found by their code."""
    day, eve = seen.effective_on, seen.effects.last_day
    bodies, people = seen.effects.bodies, seen.effects.people
    founded = {one.draft.key: _founded(one) for one in bodies.founded}

    def agency(ref):
        return founded[ref] if isinstance(ref, str) else Agency.objects.get(pk=ref)

    def unit(ref):
        return founded[ref] if isinstance(ref, str) else AdminUnit.objects.get(pk=ref)

    for one in bodies.founded:
        assert (founded[one.draft.key].valid_from, founded[one.draft.key].current_name) == (day, one.name)
    for one in bodies.ended:
        body = (unit if one.subject == UNIT else agency)(one.body)
        assert (body.valid_to, body.ended_by[: len(NUMBER)]) == (eve, NUMBER)
    for one in bodies.called:
        body = (unit if one.subject == UNIT else agency)(one.body)
        name = body.name_on(day), body.name_on(eve)
        told = [getattr(each, "name", each) for each in name]
        assert told == [one.after, one.before]
    for one in bodies.placed:
        if one.subject == UNIT:
            assert UnitParent.objects.on(day).get(unit=one.body).parent == unit(one.parent)
        else:
            parent = AgencyName.objects.on(day).get(agency=one.body).parent
            assert parent == (agency(one.parent) if one.parent else None)
    for one in bodies.passed:
        model, named_by = (UnitSuccession, unit) if one.subject == UNIT else (AgencySuccession, agency)
        row = model.objects.get(predecessor=one.body, successor=named_by(one.heir))
        assert (row.kind, row.share_percent, row.is_main, row.effective_on) == (
            one.kind, one.share, one.is_main, day,
        )  # fmt: skip
        assert row.decision.startswith(NUMBER)
    for one in people.members:
        row = Membership.objects.get(pk=one.membership)
        assert row.valid_to == eve
        if one.heir is not None:
            begun = Membership.objects.get(user=row.user, agency=agency(one.heir), role=row.role)
            assert (begun.valid_from, begun.valid_to, begun.title) == (day, None, one.title)
    for one in people.posts:
        assert OfficeHolding.objects.get(pk=one.holding).valid_to == eve
    for one in people.services:
        assert OfficeService.objects.get(pk=one.service).valid_to == eve
        if one.begins:
            assert OfficeService.objects.on(day).filter(office=agency(one.office), served=agency(one.served)).exists()
    for work in seen.work.tasks:
        task = Task.objects.get(pk=work.pk)
        for part in work.parts:
            _part_passed(task, part, agency(part.after))
    assert Handover.objects.count() == sum(len(one.parts) for one in (*seen.work.tasks, *seen.work.programs))


def _founded(one):
    if one.subject == UNIT:
        return AdminUnit.objects.get(code=one.draft.code)
    return Agency.objects.get(code=one.draft.code, valid_from=CONFERENCE_DAY)


def _part_passed(task, part, after) -> None:
    if part.part == "confirming":
        assert task.confirming_agency == after
    elif part.merged:
        assert not TaskRole.objects.filter(pk=part.row).exists()
    else:
        assert TaskRole.objects.get(pk=part.row).agency == after
