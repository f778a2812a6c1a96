from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.programs.enums import ProgramState
from coordination.tasks import services as tasks
from coordination.tasks.enums import Bucket, RoleKind, ScheduleKind, Standing, TargetOperator, TaskOrigin, TaskState
from coordination.tasks.models import DueDateChange, Evidence, ProgressReport, Task, TaskStateChange
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_area, make_program, secretary_of
from tests.factories.tasks import make_draft, make_task, make_upload, official_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def official(program):
    return official_of(program.parties.first().agency)


def parties(program):
    return [party.agency for party in program.parties.select_related("agency").order_by("letterhead_order")]


def leader_confirming(task):
    return make_member(task.confirming_agency, Role.LEADER)


@pytest.mark.on_postgresql
def test_a_new_task_does_not_hold_up_whoever_only_names_its_program(program, official):
    """A report names it with the log's head in its hand, which the new task waits for: each would wait for both."""
    with CaptureQueriesContext(connection) as asked:
        tasks.create_task(program, actor=official, draft=make_draft(program))
    locks = [query["sql"] for query in asked if 'OF "coordination_program"' in query["sql"]]
    assert locks and all("FOR NO KEY UPDATE" in sql for sql in locks)


def test_a_task_gets_the_next_number_its_roles_its_target_and_its_trace(program, official):
    lead, second, third = parties(program)
    make_task(program)
    task = tasks.create_task(program, actor=official, draft=make_draft(program, coordinators=(third, second)))
    assert task.code == f"{program.code}.02"
    roles = list(task.roles.order_by("kind", "position").values_list("kind", "position", "agency_id"))
    assert roles == [
        (RoleKind.COORDINATOR, 1, second.pk),
        (RoleKind.COORDINATOR, 2, third.pk),
        (RoleKind.LEAD, 1, lead.pk),
    ]
    target = task.targets.get()
    assert (target.operator, target.value, target.unit) == (TargetOperator.EXACTLY, 45, "hộ")
    assert task.deadline == date(2022, 4, 15)
    assert task.confirming_agency == second
    assert TaskStateChange.objects.filter(task=task, from_state="", to_state=TaskState.NOT_STARTED).count() == 1
    assert AuditEntry.objects.filter(object_kind="coordination.task", object_id=task.pk, action="created").exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"leads": ()}, "lead"),
        ({"due_on": None}, "due_on"),
        ({"due_on": date(2021, 12, 31), "start_on": None}, "due_on"),
        ({"due_on": date(2023, 1, 1)}, "due_on"),
        ({"start_on": date(2022, 5, 1)}, "due_on"),
        ({"start_on": date(2021, 5, 1)}, "start_on"),
        ({"schedule_kind": ScheduleKind.ONGOING}, None),
        ({"schedule_kind": ScheduleKind.QUARTER, "schedule_number": 5}, "schedule_number"),
        ({"schedule_kind": ScheduleKind.MONTH}, "schedule_number"),
        ({"schedule_number": 3}, "schedule_number"),
        ({"target_unit": ""}, "target_unit"),
        ({"target_value": Decimal(0)}, "target_value"),
        ({"target_operator": TargetOperator.IN_WORDS, "target_words": "theo thực tế"}, "target_value"),
        ({"target_operator": TargetOperator.IN_WORDS, "target_value": None}, "target_words"),
    ],
)
def test_a_plan_that_breaks_a_rule_is_refused_at_its_field_and_leaves_nothing(program, official, facts, field):
    draft = make_draft(program, **facts)
    if field is None:
        assert tasks.create_task(program, actor=official, draft=draft).deadline is None
        return
    with pytest.raises(RuleBroken) as refused:
        tasks.create_task(program, actor=official, draft=draft)
    assert refused.value.field == field
    assert not Task.objects.exists()


def test_agencies_and_areas_of_elsewhere_are_refused(program, official):
    lead, second, _third = parties(program)
    stranger, foreign = make_agency(program.unit, "la"), make_agency(make_unit(), "noi-khac")
    other_program = make_program("agreed")
    wrong = {
        "lead": {"leads": (tasks.LeadDraft(stranger),)},
        "second_lead": {"leads": (tasks.LeadDraft(lead), tasks.LeadDraft(stranger))},
        "coordinators": {"coordinators": (foreign,)},
        "confirming_agency": {"confirming_agency": foreign},
        "area": {"area": make_area(foreign.unit)},
        "section": {"section": other_program.sections.first()},
    }
    for field, facts in wrong.items():
        with pytest.raises(RuleBroken) as refused:
            tasks.create_task(program, actor=official, draft=make_draft(program, **facts))
        assert refused.value.field == field
    for facts in ({"coordinators": (lead,)}, {"coordinators": (second, second)}):
        with pytest.raises(RuleBroken) as refused:
            tasks.create_task(program, actor=official, draft=make_draft(program, **facts))
        assert refused.value.field == "coordinators"
    with pytest.raises(RuleBroken) as refused:
        twice = (tasks.LeadDraft(lead), tasks.LeadDraft(lead))
        tasks.create_task(program, actor=official, draft=make_draft(program, leads=twice))
    assert refused.value.field == "second_lead"
    with pytest.raises(RuleBroken) as refused:
        tasks.create_task(program, actor=official, draft=make_draft(program, confirming_agency=lead))
    assert refused.value.field == "confirming_agency"
    assert not program.tasks.exists()


def test_agencies_of_the_unit_coordinate_without_signing(program, official):
    commune = make_agency(program.unit, "ubnd-xa")
    task = tasks.create_task(program, actor=official, draft=make_draft(program, coordinators=(commune,)))
    assert Task.objects.visible_to(make_member(commune)).get() == task


def test_two_bodies_of_one_agency_lead_together(program, official):
    lead = parties(program)[0]
    bodies = (tasks.LeadDraft(lead, body="Phòng Nội vụ"), tasks.LeadDraft(lead, body="Phòng Tài chính"))
    task = tasks.create_task(program, actor=official, draft=make_draft(program, leads=bodies))
    assert [role.body for role in task.roles.all()] == ["Phòng Nội vụ", "Phòng Tài chính"]


def test_decomposed_unicode_is_stored_composed(program, official):
    decomposed = "Va\u0323\u0302n \u0111o\u0323\u0302ng"
    task = tasks.create_task(program, actor=official, draft=make_draft(program, title=decomposed))
    assert task.title == "Vận động"


def test_an_edit_changes_the_plan_and_its_revision(program, official):
    task = make_task(program, "in_progress")
    changed = make_draft(program, title="Tên mới", target_value=Decimal(62), coordinators=(parties(program)[2],))
    task = tasks.edit_task(task, actor=official, revision=1, draft=changed)
    assert (task.title, task.revision, task.last_percent) == ("Tên mới", 2, 50)
    assert task.targets.get().value == 62
    assert task.title_folded.endswith("ten moi")


def test_the_second_of_two_editors_meets_a_conflict_and_changes_nothing(program, official):
    task = make_task(program)
    tasks.edit_task(task, actor=official, revision=1, draft=make_draft(program, title="Của người thứ nhất"))
    with pytest.raises(Conflict):
        tasks.edit_task(task, actor=official, revision=1, draft=make_draft(program, title="Của người thứ hai"))
    task.refresh_from_db()
    assert (task.title, task.revision) == ("Của người thứ nhất", 2)


def test_a_settled_deadline_moves_only_with_a_reason(program, official):
    task = make_task(program)
    with pytest.raises(RuleBroken) as refused:
        tasks.edit_task(task, actor=official, revision=1, draft=make_draft(program, due_on=date(2022, 5, 1)))
    assert refused.value.field == "due_on"
    secretary = secretary_of(program.drafting_agency)
    with pytest.raises(RuleBroken):
        tasks.move_due_date(task, actor=secretary, new_due_on=date(2022, 5, 1), reason=" ")
    for day in (task.due_on, date(2021, 12, 1), date(2023, 1, 1)):
        with pytest.raises(RuleBroken) as refused:
            tasks.move_due_date(task, actor=secretary, new_due_on=day, reason="Chờ phương án tái định cư")
        assert refused.value.field == "new_due_on"
    task = tasks.move_due_date(
        task, actor=secretary, new_due_on=date(2022, 5, 1), reason="Chờ phương án", decision="QĐ 12"
    )
    assert (task.deadline, task.revision) == (date(2022, 5, 1), 2)
    change = DueDateChange.objects.get()
    assert (change.old_due_on, change.new_due_on) == (date(2022, 4, 15), date(2022, 5, 1))


def test_a_moved_deadline_stays_when_the_task_is_edited_without_touching_it(program, official):
    facts = {"schedule_kind": ScheduleKind.QUARTER, "schedule_number": 2, "start_on": None, "due_on": None}
    task = make_task(program, **facts)
    assert task.due_on == date(2022, 6, 30)
    tasks.move_due_date(
        task, actor=secretary_of(program.drafting_agency), new_due_on=date(2022, 7, 15), reason="Mưa bão"
    )
    edited = tasks.edit_task(task, actor=official, revision=2, draft=make_draft(program, title="Tên khác", **facts))
    assert (edited.title, edited.due_on) == ("Tên khác", date(2022, 7, 15))


def test_a_draft_programs_deadline_is_edited_freely(official):
    program = make_program("draft")
    task = make_task(program)
    draft = make_draft(program, due_on=date(2022, 5, 1))
    actor = official_of(draft.leads[0].agency)
    assert tasks.edit_task(task, actor=actor, revision=1, draft=draft).deadline == date(2022, 5, 1)


def test_the_first_report_starts_the_task(program, official):
    task = make_task(program)
    tasks.report_progress(task, actor=official, value=Decimal(31), percent=None, result="Đã vận động 31 hộ")
    task.refresh_from_db()
    assert (task.state, task.last_value, task.last_percent) == (TaskState.IN_PROGRESS, 31, 69)
    tasks.report_progress(task, actor=official, value=Decimal(38), percent=None)
    assert list(ProgressReport.objects.order_by("pk").values_list("value_before", "value")) == [(None, 31), (31, 38)]


def test_quantities_are_refused_beyond_the_target_and_below_the_last_without_a_reason(program, official):
    task = make_task(program, "in_progress")
    report = {"actor": official, "percent": None}
    with pytest.raises(RuleBroken) as refused:
        tasks.report_progress(task, value=Decimal(46), **report)
    assert refused.value.field == "value"
    with pytest.raises(RuleBroken) as refused:
        tasks.report_progress(task, value=Decimal(30), **report)
    assert refused.value.field == "obstacles"
    assert ProgressReport.objects.count() == 1
    tasks.report_progress(task, value=Decimal(30), obstacles="Một hộ rút cam kết", **report)
    task.refresh_from_db()
    assert task.last_value == 30


def test_a_target_of_at_least_may_be_exceeded(program, official):
    task = make_task(program, target_operator=TargetOperator.AT_LEAST)
    tasks.report_progress(task, actor=official, value=Decimal(50), percent=None)
    task.refresh_from_db()
    assert (task.last_value, task.last_percent) == (50, 100)


def test_completion_needs_evidence_and_leaves_nothing_without_it(program, official):
    task = make_task(program, "in_progress")
    claim = {"actor": official, "value": Decimal(45), "percent": None, "claims_completion": True}
    with pytest.raises(RuleBroken) as refused:
        tasks.report_progress(task, **claim)
    assert refused.value.field == "files"
    task.refresh_from_db()
    assert (task.state, task.last_value, task.reports.count()) == (TaskState.IN_PROGRESS, 31, 1)
    tasks.report_progress(task, files=[make_upload("biên bản.pdf")], **claim)
    task.refresh_from_db()
    assert (task.state, task.completed_on, task.last_percent) == (TaskState.AWAITING, date(2022, 3, 30), 100)
    assert Evidence.objects.get().file.name == "biên bản.pdf"


@pytest.mark.parametrize(
    "upload",
    [
        make_upload("tong.TOTAL", b"\x00\x01garbage"),
        make_upload("gia-mao.pdf", b"MZ\x90not a pdf"),
        make_upload("rong.pdf", b""),
    ],
    ids=["kind", "renamed", "empty"],
)
def test_one_bad_file_refuses_the_whole_report(program, official, upload):
    task = make_task(program)
    with pytest.raises(RuleBroken) as refused:
        tasks.report_progress(
            task, actor=official, value=Decimal(1), percent=None, files=[make_upload("tot.pdf"), upload]
        )
    assert refused.value.field == "files"
    assert upload.name in str(refused.value)
    assert not ProgressReport.objects.exists()
    assert not Evidence.objects.exists()


def test_confirming_completes_and_returning_reopens_with_a_reason(program, official):
    task = make_task(program, "awaiting")
    leader = leader_confirming(task)
    with pytest.raises(RuleBroken):
        tasks.return_for_rework(task, actor=leader, reason="  ")
    returned = tasks.return_for_rework(task, actor=leader, reason="Thiếu biên bản hai hộ")
    assert (returned.state, returned.completed_on) == (TaskState.IN_PROGRESS, None)
    tasks.report_progress(task, actor=official, value=Decimal(45), percent=None, claims_completion=True)
    done = tasks.confirm_completion(task, actor=leader)
    assert (done.state, done.confirmed_on) == (TaskState.COMPLETED, date(2022, 3, 30))
    with pytest.raises(NotAllowed):
        tasks.confirm_completion(task, actor=leader)
    moves = TaskStateChange.objects.filter(task=task).values_list("from_state", "to_state")
    assert list(moves)[-3:] == [("awaiting", "in_progress"), ("in_progress", "awaiting"), ("awaiting", "completed")]


def test_carrying_over_keeps_the_quantity_and_the_line_back(official):
    old = make_program("signed", year=2021)
    task = make_task(old, "in_progress", due_on=date(2021, 12, 1))
    new = make_program("draft", agencies=parties(old), year=2022)
    actor = official_of(parties(old)[0])
    carried = tasks.carry_over(task, into=new, actor=actor, start_on=date(2022, 1, 1), due_on=date(2022, 3, 15))
    assert (carried.continues, carried.origin, carried.last_value) == (task, TaskOrigin.CARRIED_OVER, 31)
    assert carried.state == TaskState.NOT_STARTED
    done = make_task(old, "completed", title="Đã xong", due_on=date(2021, 12, 1))
    with pytest.raises(RuleBroken):
        tasks.carry_over(done, into=new, actor=actor, start_on=None, due_on=date(2022, 3, 15))


def test_closing_the_year_ends_running_tasks_and_waits_for_confirmations():
    program = make_program("evaluating")
    secretary = secretary_of(program.drafting_agency)
    type(program).objects.filter(pk=program.pk).update(state=ProgramState.IN_FORCE)
    program.refresh_from_db()
    running, awaiting = make_task(program, "in_progress"), make_task(program, "awaiting", title="Chờ xác nhận")
    type(program).objects.filter(pk=program.pk).update(state=ProgramState.EVALUATING)
    with pytest.raises(RuleBroken, match=awaiting.code):
        tasks.close_program_year(program, actor=secretary)
    running.refresh_from_db()
    assert running.state == TaskState.IN_PROGRESS
    tasks.confirm_completion(awaiting, actor=leader_confirming(awaiting))
    program = tasks.close_program_year(program, actor=secretary)
    running.refresh_from_db()
    assert (program.state, running.state) == (ProgramState.CLOSED, TaskState.NOT_COMPLETED)


def test_sql_and_python_judge_lateness_alike():
    """Rule: R-LATE-1. Every state, before, on and after the deadline, with and without a legal limit."""
    program, today = make_program("signed"), date(2022, 3, 30)
    cases = []
    for state in TaskState:
        for due, legal in ((None, None), (today, None), (today - timedelta(1), None), (today, today - timedelta(9))):
            for completed in (today - timedelta(20), today):
                cases.append((state, due, legal, completed))
    for place, (state, due, legal, completed) in enumerate(cases, start=1):
        is_claimed = state in (TaskState.AWAITING, TaskState.COMPLETED)
        Task.objects.create(
            program=program,
            area=make_area(program.unit),
            ordinal=place,
            code=f"{program.code}.{place:02}",
            title="Trường hợp",
            state=state,
            schedule_kind=ScheduleKind.BEFORE_DAY if due else ScheduleKind.ONGOING,
            due_on=due,
            legal_due_on=legal,
            completed_on=completed if is_claimed else None,
            confirmed_on=completed if state == TaskState.COMPLETED else None,
        )
    judged = list(Task.objects.judged_on(today))
    assert len(judged) == len(cases)
    for task in judged:
        assert task.standing == task.standing_on(today), (task.state, task.deadline, task.completed_on)
    found = {(task.standing, task.bucket) for task in judged}
    assert {standing for standing, _bucket in found} == set(Standing.values)
    assert {bucket for _standing, bucket in found} == {*Bucket.values, ""}
