"""Tasks as they are in life: groups, contributions, parts of the work, waves, turns, further targets, origins."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from agencies.access.enums import Role
from agencies.directory.services import end_agency
from agencies.groups import services as groups
from coordination.programs.queries.agreement import text_digest
from coordination.programs.services.snapshot import tasks_of
from coordination.tasks import services as tasks
from coordination.tasks.enums import RoleKind, ScheduleKind, StepKind, StepStanding, TargetOperator, TaskOrigin
from coordination.tasks.models import DirectionPaper, TaskRole, TaskStep
from coordination.tasks.queries import task_page, with_everything
from coordination.tasks.schedule import Wave
from coordination.tasks.services.parts import report_part
from records import clock
from records.audit.models import AuditEntry
from records.errors import NotAllowed, RuleBroken
from tests.factories.groups import make_group
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program, secretary_of
from tests.factories.tasks import make_draft, make_task, official_of

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 30)


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def official(program):
    return official_of(parties(program)[0])


@pytest.fixture
def communes(program):
    return [make_agency(program.unit, f"xa-{place}", f"UBND xã Thử {place}") for place in (1, 2, 3)]


def parties(program):
    return [party.agency for party in program.parties.select_related("agency").order_by("letterhead_order")]


def created(program, official, **facts):
    task = tasks.create_task(program, actor=official, draft=make_draft(program, **facts))
    return with_everything(type(task).objects.filter(pk=task.pk)).get()


def changed(task, official, **facts):
    draft = replace(tasks.draft_of(task), **facts)
    task = tasks.edit_task(task, actor=official, revision=task.revision, draft=draft)
    return with_everything(type(task).objects.filter(pk=task.pk)).get()


def refused_at(program, official, **facts):
    with pytest.raises(RuleBroken) as refused:
        tasks.create_task(program, actor=official, draft=make_draft(program, **facts))
    assert not program.tasks.exists()
    return refused.value.field


def test_a_group_is_given_a_task_once_and_each_agency_has_one_part(program, official, communes):
    """Rule: R-GROUP-2. One that coordinates already, or belongs to two groups, is not counted twice."""
    first, second, third = communes
    all_of_them = make_group(program.unit, communes)
    two = make_group(program.unit, [second, third], name="Hai xã khó khăn")
    task = created(program, official, coordinators=(first,), groups=(all_of_them, two))
    roles = list(task.roles.values_list("agency__code", "kind", "group__name"))
    assert sorted(roles) == sorted(
        [
            (parties(program)[0].code, RoleKind.LEAD, None),
            ("xa-1", RoleKind.COORDINATOR, None),
            ("xa-2", RoleKind.MEMBER, all_of_them.name),
            ("xa-3", RoleKind.MEMBER, all_of_them.name),
        ]
    )


def test_members_of_a_group_see_the_task_and_report_one_by_one(program, official, communes):
    task = created(program, official, groups=(make_group(program.unit, communes),))
    member = make_member(communes[1], Role.OFFICIAL)
    assert type(task).objects.visible_to(member).get() == task
    role = task.roles.get(agency=communes[1])
    report_part(role, actor=member, value=Decimal(20), result="Đã vận động 20 hộ")
    page = task_page(official, with_everything(type(task).objects.filter(pk=task.pk)).get(), today=TODAY)
    (group,) = page.groups
    assert (len(group.members), group.reported, group.done) == (3, 1, 0)
    assert group.silent == [communes[0].current_short_name, communes[2].current_short_name]
    assert page.parts.total == 20
    task.refresh_from_db()
    assert task.last_value is None, "the task's own figures move only with the lead's report"


def test_who_joins_or_leaves_a_group_later_changes_no_task_that_has_it(program, official, communes):
    group = make_group(program.unit, communes[:2])
    task = created(program, official, groups=(group,))
    keeper = make_member(communes[0], Role.UNIT_ADMIN)
    groups.change_group(group, actor=keeper, revision=1, name=group.name, agencies=communes[1:], since=clock.today())
    task = changed(task, official, title="Tên khác")
    assert set(task.roles.filter(kind=RoleKind.MEMBER).values_list("agency_id", flat=True)) == {
        communes[0].pk,
        communes[1].pk,
    }
    anew = created(program, official, groups=(group,), title="Nhiệm vụ sau")
    assert set(anew.roles.filter(kind=RoleKind.MEMBER).values_list("agency_id", flat=True)) == {
        communes[1].pk,
        communes[2].pk,
    }


def test_groups_of_elsewhere_are_refused(program, official):
    far = make_unit()
    agencies = [make_agency(far, "xa-a"), make_agency(far, "xa-b")]
    assert refused_at(program, official, groups=(make_group(far, agencies),)) == "groups"


def test_members_of_a_group_that_is_given_a_task_exist_until_its_deadline(program, official, communes):
    """Rule: R-SUCC-6. Whoever has ended meanwhile is no member any more; who ends before the deadline is named."""
    group = make_group(program.unit, communes)
    end_agency(communes[0], last_day=date(2022, 3, 29))
    task = created(program, official, groups=(group,))
    assert set(task.roles.filter(kind=RoleKind.MEMBER).values_list("agency__code", flat=True)) == {"xa-2", "xa-3"}
    end_agency(communes[1], last_day=date(2022, 4, 10))
    with pytest.raises(RuleBroken, match=communes[1].current_name) as refused:
        tasks.create_task(program, actor=official, draft=make_draft(program, groups=(group,)))
    assert refused.value.field == "groups"
    assert changed(task, official, title="Tên khác").title == "Tên khác", "those that have it already keep it"


def test_an_edit_keeps_the_parts_that_stay_and_refuses_to_lose_one_that_was_reported(program, official, communes):
    task = created(program, official, coordinators=tuple(communes[:2]))
    kept = task.roles.get(agency=communes[1])
    report_part(kept, actor=make_member(communes[1], Role.OFFICIAL), result="Đã rà soát")
    task = changed(
        task, official, coordinators=(communes[2], communes[1]), contributions={communes[1].pk: "Rà soát hộ"}
    )
    role = TaskRole.objects.get(pk=kept.pk)
    assert (role.task, role.kind, role.contribution) == (task, RoleKind.COORDINATOR, "Rà soát hộ")
    with pytest.raises(RuleBroken) as refused:
        changed(task, official, coordinators=(communes[2],))
    assert refused.value.field == "coordinators"
    assert communes[1].current_short_name in str(refused.value)


def test_leads_and_coordinators_change_places_without_losing_their_rows(program, official):
    lead, second, third = parties(program)
    task = created(program, official, coordinators=(second, third))
    before = {role.agency_id: role.pk for role in task.roles.all()}
    task = changed(
        task,
        official,
        leads=(tasks.LeadDraft(second), tasks.LeadDraft(lead)),
        coordinators=(third,),
        confirming_agency=third,
    )
    assert {role.agency_id: role.pk for role in task.roles.all()} == before
    assert list(task.roles.filter(kind=RoleKind.LEAD).values_list("agency_id", flat=True)) == [second.pk, lead.pk]


def test_parts_of_the_work_have_deadlines_within_the_tasks_and_agencies_at_work(program, official):
    second = parties(program)[1]
    items = (
        tasks.ItemDraft("Lập danh sách hộ", date(2022, 4, 1), second),
        tasks.ItemDraft("Họp dân", date(2022, 4, 10)),
    )
    task = created(program, official, coordinators=(second,), items=items)
    assert [(step.kind, step.title, step.due_on) for step in task.steps.all()] == [
        (StepKind.ITEM, "Lập danh sách hộ", date(2022, 4, 1)),
        (StepKind.ITEM, "Họp dân", date(2022, 4, 10)),
    ]
    program = make_program("signed")
    actor = official_of(parties(program)[0])
    late, foreign = date(2022, 4, 16), parties(program)[2]
    assert refused_at(program, actor, items=(tasks.ItemDraft("Trễ", late),)) == "items"
    assert refused_at(program, actor, items=(tasks.ItemDraft("Ai đó", date(2022, 4, 1), foreign),)) == "items"
    assert refused_at(program, actor, items=(items[1], items[1])) == "items"


def test_whoever_does_a_part_says_it_is_done_and_may_take_it_back_with_a_reason(program, official):
    """Rule: R-STEP-1."""
    second, third = parties(program)[1:]
    items = (
        tasks.ItemDraft("Lập danh sách hộ", date(2022, 3, 20), second),
        tasks.ItemDraft("Họp dân", date(2022, 4, 10)),
    )
    task = created(program, official, coordinators=(second, third), items=items)
    step = task.steps.get(title="Lập danh sách hộ")
    assert step.standing_on(TODAY) == StepStanding.OVERDUE
    with pytest.raises(NotAllowed):
        tasks.report_step(step, actor=official_of(third), done_on=TODAY)
    with pytest.raises(RuleBroken) as refused:
        tasks.report_step(step, actor=official_of(second), done_on=date(2022, 3, 31))
    assert refused.value.field == "done_on"
    step = tasks.report_step(step, actor=official_of(second), done_on=date(2022, 3, 25), result="Đủ 45 hộ")
    task.refresh_from_db()
    assert (step.standing_on(TODAY), task.state) == (StepStanding.DONE_LATE, "in_progress")
    with pytest.raises(NotAllowed):
        tasks.report_step(step, actor=official, done_on=TODAY)
    with pytest.raises(RuleBroken) as refused:
        changed(with_everything(type(task).objects.filter(pk=task.pk)).get(), official, items=(items[1],))
    assert refused.value.field == "items"
    with pytest.raises(RuleBroken):
        tasks.reopen_step(step, actor=official, reason=" ")
    step = tasks.reopen_step(step, actor=official, reason="Thiếu ba hộ")
    assert TaskStep.objects.get(pk=step.pk).done_on is None
    told = AuditEntry.objects.filter(object_kind="coordination.task", object_id=task.pk, after__has_key="step")
    assert [entry.action for entry in told.order_by("sequence")] == ["reported", "changed"]


def test_recurring_work_has_a_state_for_each_turn_and_its_share_is_its_progress(program, official):
    """Rule: R-STEP-2."""
    facts = {"schedule_kind": ScheduleKind.EACH_QUARTER, "start_on": None, "due_on": None, "target_value": None}
    task = created(program, official, **facts)
    turns = list(task.steps.all())
    assert [step.title for step in turns] == ["Quý I/2022", "Quý II/2022", "Quý III/2022", "Quý IV/2022"]
    assert [step.standing_on(TODAY) for step in turns] == [StepStanding.RUNNING, *[StepStanding.TO_COME] * 3]
    tasks.report_step(turns[0], actor=official, done_on=TODAY)
    task.refresh_from_db()
    assert (task.last_percent, task.state) == (25, "in_progress")
    task = changed(with_everything(type(task).objects.filter(pk=task.pk)).get(), official, title="Tên khác")
    assert [step.pk for step in task.steps.all()] == [step.pk for step in turns]
    with pytest.raises(RuleBroken) as refused:
        changed(task, official, schedule_kind=ScheduleKind.WHOLE_YEAR)
    assert refused.value.field == "schedule_kind"


def test_waves_give_the_task_its_days_and_are_whole(program, official):
    waves = (Wave(date(2022, 4, 1), date(2022, 4, 15), "Đợt 1"), Wave(date(2022, 9, 1), date(2022, 9, 30), "Đợt 2"))
    facts = {"schedule_kind": ScheduleKind.WAVES, "start_on": None, "due_on": None}
    assert refused_at(program, official, **facts, waves=waves[:1]) == "waves"
    assert refused_at(program, official, waves=waves) == "waves"
    backwards = (Wave(date(2022, 4, 15), date(2022, 4, 1)), waves[1])
    assert refused_at(program, official, **facts, waves=backwards) == "waves"
    task = created(program, official, **facts, waves=waves)
    assert (task.start_on, task.due_on) == (date(2022, 4, 1), date(2022, 9, 30))
    assert task.schedule_words == "2 đợt: Đợt 1 từ 01/4/2022 đến 15/4/2022; Đợt 2 từ 01/9/2022 đến 30/9/2022"
    assert tasks.draft_of(task).waves == waves


def test_waves_and_turns_follow_a_deadline_that_is_moved(program, official):
    secretary = secretary_of(program.drafting_agency)
    waves = (Wave(date(2022, 4, 1), date(2022, 4, 15), "Đợt 1"), Wave(date(2022, 9, 1), date(2022, 9, 30), "Đợt 2"))
    facts = {"schedule_kind": ScheduleKind.WAVES, "start_on": None, "due_on": None}
    task = created(program, official, **facts, waves=waves)
    with pytest.raises(RuleBroken) as refused:
        tasks.move_due_date(task, actor=secretary, new_due_on=date(2022, 8, 1), reason="Mưa bão")
    assert refused.value.field == "new_due_on"
    tasks.move_due_date(task, actor=secretary, new_due_on=date(2022, 10, 15), reason="Mưa bão")
    assert task.steps.get(title="Đợt 2").due_on == date(2022, 10, 15)
    monthly = created(
        program, official, schedule_kind=ScheduleKind.EACH_MONTH, start_on=date(2022, 1, 1), due_on=date(2022, 3, 31)
    )
    tasks.move_due_date(monthly, actor=secretary, new_due_on=date(2022, 5, 15), reason="Kéo dài")
    assert [step.title for step in TaskStep.objects.filter(task=monthly)][-2:] == ["Tháng 4/2022", "Tháng 5/2022"]


def test_several_quarters_a_time_of_day_and_an_open_end(program, official):
    quarters = {"schedule_kind": ScheduleKind.QUARTERS, "schedule_number": 2, "start_on": None, "due_on": None}
    assert refused_at(program, official, **quarters) == "schedule_until"
    assert refused_at(program, official, **quarters, schedule_until=2) == "schedule_until"
    assert refused_at(program, official, schedule_until=3) == "schedule_until"
    assert refused_at(program, official, **quarters, schedule_until=3, due_time=time(16, 30)) == "due_time"
    two = created(program, official, **quarters, schedule_until=3)
    assert (two.start_on, two.due_on, two.schedule_words) == (date(2022, 4, 1), date(2022, 9, 30), "Quý II, III/2022")
    timed = created(program, official, schedule_kind=ScheduleKind.BEFORE_DAY, due_time=time(16, 30))
    assert timed.schedule_words == "Trước 16 giờ 30 ngày 15/4/2022"
    endless = created(program, official, schedule_kind=ScheduleKind.OPEN_ENDED, due_on=None)
    assert (endless.deadline, endless.schedule_words) == (None, "Từ 01/01/2022, không định ngày kết thúc")


def test_a_task_that_comes_after_another_begins_when_that_one_is_confirmed(program, official):
    """Rule: R-SCHEDULE-2."""
    first = make_task(program, "awaiting")
    after = {"schedule_kind": ScheduleKind.AFTER_TASK, "start_on": None, "due_on": None}
    assert_refused = {"follows": None, "within_days": 10}
    with pytest.raises(RuleBroken) as refused:
        tasks.create_task(program, actor=official, draft=make_draft(program, **after, **assert_refused))
    assert refused.value.field == "follows"
    second = created(program, official, **after, follows=first, within_days=10)
    third = created(program, official, **after, follows=second)
    assert (second.deadline, second.schedule_words) == (
        None,
        f"Sau khi hoàn thành nhiệm vụ {first.short_code}, trong 10 ngày",
    )
    with pytest.raises(RuleBroken) as refused:
        changed(second, official, follows=third)
    assert refused.value.field == "follows"
    tasks.confirm_completion(first, actor=make_member(first.confirming_agency, Role.LEADER))
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.start_on, second.deadline) == (TODAY, date(2022, 4, 9))
    assert (third.start_on, third.deadline) == (None, None)
    kept = changed(with_everything(type(second).objects.filter(pk=second.pk)).get(), official, title="Tên khác")
    assert kept.deadline == date(2022, 4, 9)


TOTAL = {"target_name": "Số hộ", "target_value": Decimal(45)}


def test_several_targets_and_the_parts_of_a_total_are_kept(program, official):
    more = (
        tasks.TargetDraft("Xã Thử 1", value=Decimal(20), unit="hộ", part_of=1),
        tasks.TargetDraft("Xã Thử 2", value=Decimal(25), unit="hộ", part_of=1),
        tasks.TargetDraft("Đồng thuận", TargetOperator.NEARLY, Decimal(95), "%"),
        tasks.TargetDraft("Vốn", TargetOperator.MORE_THAN, Decimal("48.3"), "tỷ đồng"),
        tasks.TargetDraft("Chất lượng", TargetOperator.IN_WORDS, words="đạt chuẩn"),
    )
    task = created(program, official, **TOTAL, more_targets=more)
    assert [target.measure for target in task.targets.all()] == ["count", "count", "count", "share", "sum", "count"]
    assert [target.part_of_id for target in task.targets.all()] == [
        None,
        *[task.targets.first().pk] * 2,
        None,
        None,
        None,
    ]
    assert [target.operator for target in task.targets.all()][3:5] == ["near", "more"]
    kept = {target.name: target.pk for target in task.targets.all()}
    task = changed(task, official, more_targets=(more[2], more[0], more[1]))
    assert [target.name for target in task.targets.all()] == ["Số hộ", "Đồng thuận", "Xã Thử 1", "Xã Thử 2"]
    assert all(kept[target.name] == target.pk for target in task.targets.all())


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ([("Xã Thử 1", "eq", 20, "hộ", 1)], "more_targets"),  # the parts do not make up the total
        ([("Xã Thử 1", "eq", 45, "lượt", 1)], "more_targets"),  # another unit
        ([("Đồng thuận", "eq", 101, "%", None)], "more_targets"),
        ([("Số hộ", "eq", 4, "hộ", None)], "more_targets"),  # the name of the first one
        ([("", "eq", 4, "cuộc", None)], "more_targets"),
    ],
)
def test_targets_that_do_not_hold_together_are_refused(program, official, more, field):
    drafts = tuple(
        tasks.TargetDraft(name, TargetOperator(operator), Decimal(value), unit, part_of=part_of)
        for name, operator, value, unit, part_of in more
    )
    assert refused_at(program, official, **TOTAL, more_targets=drafts) == field


def test_a_count_is_whole_and_a_share_is_at_most_a_hundred(program, official):
    assert refused_at(program, official, target_value=Decimal("101"), target_unit="%") == "target_value"
    assert refused_at(program, official, target_value=Decimal("4.5"), target_measure="count") == "target_value"
    assert created(program, official, target_value=Decimal("4.5")).targets.get().measure == "sum"


def test_a_direction_names_its_paper_which_is_entered_once(program, official):
    """Rule: R-ORIGIN-1."""
    paper = tasks.DirectionDraft("1250/UBND-NC", date(2022, 3, 1), "UBND tỉnh Quảng Ninh", "Tăng cường tiếp dân")
    assert refused_at(program, official, origin=TaskOrigin.DIRECTION) == "direction_number"
    tomorrow = replace(paper, issued_on=date(2022, 3, 31))
    assert refused_at(program, official, origin=TaskOrigin.DIRECTION, direction=tomorrow) == "direction_on"
    first = created(program, official, origin=TaskOrigin.DIRECTION, direction=paper)
    again = replace(paper, number="1250/ubnd-nc", subject="")
    second = created(program, official, origin=TaskOrigin.DIRECTION, direction=again, title="Nhiệm vụ thứ hai")
    assert first.direction == second.direction == DirectionPaper.objects.get()
    page = task_page(official, second, today=TODAY)
    assert [task.pk for task in page.same_paper] == [first.pk]
    other = make_program("signed")
    actor = official_of(parties(other)[0])
    assert refused_at(other, actor, origin=TaskOrigin.CARRIED_OVER) == "continues"


def test_what_few_tasks_say_changes_no_digest_of_a_text_that_does_not_say_it(program, official):
    """A text agreed before groups and waves could be said is the same text still; saying one is a change."""
    plain = created(program, official)
    before = text_digest(program)
    assert "schedule" not in tasks_of(program)[0]
    assert all(len(role) == 5 for role in tasks_of(program)[0]["roles"])
    tasks.report_progress(plain, actor=official, value=Decimal(1), percent=None)
    assert text_digest(program) == before
    changed(with_everything(type(plain).objects.filter(pk=plain.pk)).get(), official, proof="minutes")
    assert text_digest(program) != before
    assert tasks_of(program)[0]["proof"] == "minutes"
