"""What was shared out goes on: into the next program, and with agencies that end."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from agencies.access.enums import Role
from coordination.carryover import services as carryover
from coordination.carryover.enums import Part
from coordination.carryover.queries import Choice, offer_of, plan_of
from coordination.handover.models import Handover
from coordination.tasks import services as tasks
from coordination.tasks.enums import RoleKind, ScheduleKind, TargetOperator
from coordination.tasks.models import Task, TaskRole
from coordination.tasks.schedule import Wave
from coordination.tasks.services.parts import report_part
from tests.factories.groups import make_group
from tests.factories.people import make_agency, make_member
from tests.factories.programs import advance, make_area, make_program, secretary_of
from tests.factories.reorganisations import make_land, merge, undo
from tests.factories.tasks import make_draft, make_task, official_of

pytestmark = pytest.mark.django_db


def parties(program):
    return [party.agency for party in program.parties.select_related("agency").order_by("letterhead_order")]


def carried(source, secretary) -> Task:
    """The one task of a program in the program that continues it."""
    offer = offer_of(source, secretary)
    ticked = {
        Part.PARTIES: frozenset(one.party.pk for one in offer.parties),
        Part.UNFINISHED: frozenset(one.pk for one in offer.unfinished),
    }
    choice = Choice(year=2023, title="Năm 2023", short_title="Năm 2023", area=make_area(source.unit), ticked=ticked)
    digest = plan_of(source, actor=secretary, choice=choice).digest
    made = carryover.start_from(source, actor=secretary, choice=choice, digest=digest)
    return made.tasks.get()


def test_a_copy_of_a_task_loses_nothing_that_is_still_to_be_done():
    program = make_program("draft")
    secretary, (_lead, second, third) = secretary_of(program.drafting_agency), parties(program)
    group = make_group(program.unit, [third, make_agency(program.unit, "xa-1", "UBND xã Thử")])
    plan = make_draft(
        program,
        coordinators=(second,),
        contributions={second.pk: "góp người"},
        groups=(group,),
        items=(
            tasks.ItemDraft("Đã khảo sát", date(2022, 2, 1), second),
            tasks.ItemDraft("Còn họp dân", date(2022, 9, 1), second),
        ),
        schedule_kind=ScheduleKind.WAVES,
        start_on=None,
        due_on=None,
        waves=(Wave(date(2022, 3, 1), date(2022, 3, 31), "Đợt 1"), Wave(date(2022, 9, 1), date(2022, 9, 30), "Đợt 2")),
        target_name="Số hộ",
        more_targets=(
            tasks.TargetDraft("Xã A", value=Decimal(20), unit="hộ", part_of=1),
            tasks.TargetDraft("Xã B", value=Decimal(25), unit="hộ", part_of=1),
            tasks.TargetDraft("Họp", TargetOperator.NEARLY, Decimal(4), "cuộc"),
        ),
        proof="minutes",
    )
    task = tasks.create_task(program, actor=secretary, draft=plan)
    program = advance(program, "signed", secretary=secretary)
    tasks.report_step(
        task.steps.get(title="Đã khảo sát"), actor=official_of(parties(program)[0]), done_on=date(2022, 3, 1)
    )
    anew = tasks.draft_of(carried(program, secretary))
    assert anew.contributions == {second.pk: "góp người"}
    assert anew.groups == (group,)
    assert [(item.title, item.due_on, item.agency) for item in anew.items] == [
        ("Còn họp dân", date(2023, 9, 1), second)
    ]
    assert [(wave.name, wave.start_on, wave.due_on) for wave in anew.waves] == [
        ("Đợt 1", date(2023, 3, 1), date(2023, 3, 31)),
        ("Đợt 2", date(2023, 9, 1), date(2023, 9, 30)),
    ]
    assert [(one.name, one.operator, one.value, one.part_of) for one in anew.more_targets] == [
        ("Xã A", "eq", 20, 1),
        ("Xã B", "eq", 25, 1),
        ("Họp", "near", 4, None),
    ]
    assert (anew.target_name, anew.proof) == ("Số hộ", "minutes")


def test_a_task_that_came_after_another_stands_on_its_own_days_in_the_next_program():
    program = make_program("draft")
    secretary = secretary_of(program.drafting_agency)
    first = tasks.create_task(program, actor=secretary, draft=make_draft(program))
    after = make_draft(
        program, schedule_kind=ScheduleKind.AFTER_TASK, start_on=None, due_on=None, follows=first, within_days=5
    )
    second = tasks.create_task(program, actor=secretary, draft=replace(after, title="Nghiệm thu"))
    program = advance(program, "signed", secretary=secretary)
    Task.objects.filter(pk=first.pk).update(state="cancelled")
    anew = carried(program, secretary)
    assert (anew.continues, anew.follows, anew.schedule_words) == (second, None, "Cả năm 2023")


class TestHandover:
    """Members of groups and parts of the work pass with the agencies that end."""

    @pytest.fixture
    def land(self, db):
        return make_land()

    def shared(self, land, **facts) -> Task:
        program = make_program("signed", agencies=[land.ubnd, land.mttq])
        return make_task(program, lead=land.ubnd, **facts)

    def test_a_member_of_a_group_passes_and_its_open_part_of_the_work_with_it(self, land):
        group = make_group(land.btg.unit, [land.btg, land.hnd])
        items = (tasks.ItemDraft("Tuyên truyền", date(2022, 4, 1), land.btg),)
        task = self.shared(land, groups=(group,), items=items)
        act = merge(land, [land.btg], land.bdv)
        members = task.roles.filter(kind=RoleKind.MEMBER)
        assert set(members.values_list("agency_id", "group_id")) == {(land.bdv.pk, group.pk), (land.hnd.pk, group.pk)}
        assert task.steps.get().agency == land.bdv
        assert Handover.objects.get().part == "member"
        undo(act)
        assert set(members.values_list("agency_id", flat=True)) == {land.btg.pk, land.hnd.pk}
        assert task.steps.get().agency == land.btg

    def test_two_members_that_become_one_are_counted_once(self, land):
        task = self.shared(land, groups=(make_group(land.btg.unit, [land.btg, land.bdv]),))
        merge(land, [land.btg], land.bdv)
        assert task.roles.get(kind=RoleKind.MEMBER).agency == land.bdv

    def test_a_part_that_was_reported_stays_beside_the_successors_own(self, land):
        """Reports never change: the successor goes on with both parts, the passed one in the old agency's name."""
        task = self.shared(land, coordinators=(land.btg, land.bdv))
        role = task.roles.get(agency=land.btg)
        report_part(role, actor=make_member(land.btg, Role.OFFICIAL), result="Đã tuyên truyền")
        merge(land, [land.btg], land.bdv)
        kept = TaskRole.objects.get(pk=role.pk)
        assert (kept.agency, kept.body) == (land.bdv, land.btg.current_short_name)
        assert kept.part_reports.count() == 1
        assert task.roles.filter(kind=RoleKind.COORDINATOR).count() == 2
