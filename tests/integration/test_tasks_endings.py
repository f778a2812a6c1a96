"""Suspending a task, letting it go on, cancelling it: who decides, on what grounds, and what follows from it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from agencies.access.enums import Role
from coordination.figures.queries import Scope, year_figures
from coordination.inbox.queries import my_work
from coordination.programs import services as programs
from coordination.programs.queries.agreement import text_digest
from coordination.tasks import services as tasks
from coordination.tasks.enums import ScheduleKind, Standing, TaskState
from coordination.tasks.models import ExtensionRequest, Task, TaskStateChange
from coordination.tasks.permissions import can_cancel_task, can_resume_task, can_suspend_task
from coordination.tasks.queries import history_of, task_page, with_everything
from coordination.versions.enums import DriftKind
from coordination.versions.queries import drift_of
from records.audit.models import AuditEntry
from records.errors import NotAllowed, RuleBroken
from tests.factories.people import make_member
from tests.factories.programs import advance, make_program, secretary_of
from tests.factories.tasks import make_following, make_task, official_of

pytestmark = pytest.mark.django_db
TODAY, DUE, LATER = date(2022, 3, 30), date(2022, 4, 15), date(2022, 6, 30)
WHY, PAPER = "Chờ điều chỉnh quy hoạch", "Quyết định số 15/QĐ-UBND ngày 30/3/2022"
GROUNDS = {"reason": WHY, "decision": PAPER}


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def task(program):
    return make_task(program, "in_progress")


@pytest.fixture
def official(program):
    return official_of(program.parties.first().agency)


@pytest.fixture
def secretary(program):
    return secretary_of(program.drafting_agency)


def fresh(task: Task) -> Task:
    return with_everything(Task.objects.filter(pk=task.pk)).get()


def page_of(task: Task, actor):
    return task_page(actor, fresh(task), today=TODAY)


class TestWhoDecides:
    """Rule: R-STOP-1. The same as for its deadline."""

    def test_the_secretary_who_drafts_and_the_confirming_agency_decide(self, program, task):
        drafting, confirming = program.drafting_agency, task.confirming_agency
        other = program.parties.exclude(agency__in=(drafting, confirming)).get().agency
        expected = {
            drafting: {Role.SECRETARY},
            confirming: {Role.LEADER, Role.SECRETARY},
            other: set(),
        }
        for agency, roles in expected.items():
            for role in Role:
                actor = make_member(agency, role)
                assert bool(can_suspend_task(actor, fresh(task))) == (role in roles), (agency, role)
                assert bool(can_cancel_task(actor, fresh(task))) == (role in roles), (agency, role)
                assert not can_resume_task(actor, fresh(task))

    @pytest.mark.parametrize("state", ["awaiting", "completed"])
    def test_what_is_reported_complete_is_answered_first(self, program, secretary, state):
        task = make_task(program, state)
        for act in (tasks.suspend, tasks.resume, tasks.cancel):
            with pytest.raises(NotAllowed):
                act(task, actor=secretary, **GROUNDS)

    def test_from_the_agreement_on_until_the_program_is_closed(self):
        program = make_program("draft")
        task, secretary = make_task(program), secretary_of(program.drafting_agency)
        assert not can_cancel_task(secretary, fresh(task))
        program = advance(program, "evaluating", secretary=secretary)
        assert can_cancel_task(secretary, fresh(task))
        tasks.close_program_year(program, actor=secretary)
        assert not can_cancel_task(secretary, fresh(task))

    def test_a_closed_program_is_left_as_it_is(self, program, secretary, task):
        tasks.suspend(task, actor=secretary, **GROUNDS)
        tasks.close_program_year(program, actor=secretary)
        assert fresh(task).state == TaskState.SUSPENDED
        with pytest.raises(NotAllowed):
            tasks.resume(task, actor=secretary, reason="Làm tiếp")


class TestGrounds:
    """Rule: R-STOP-2."""

    @pytest.mark.parametrize("act", [tasks.suspend, tasks.cancel])
    @pytest.mark.parametrize(
        ("grounds", "field"), [({"reason": "  ", "decision": PAPER}, "reason"), ({"reason": WHY}, "decision")]
    )
    def test_a_signed_program_asks_for_reason_and_decision(self, task, secretary, act, grounds, field):
        with pytest.raises(RuleBroken) as refused:
            act(task, actor=secretary, **grounds)
        assert refused.value.field == field
        assert fresh(task).state == TaskState.IN_PROGRESS

    def test_before_signing_the_reason_is_enough(self):
        program = make_program("agreed")
        task = make_task(program)
        assert tasks.cancel(task, actor=secretary_of(program.drafting_agency), reason=WHY).state == TaskState.CANCELLED

    def test_it_is_traced_told_and_logged(self, task, official, secretary):
        tasks.suspend(task, actor=secretary, **GROUNDS)
        entry = AuditEntry.objects.latest("sequence")
        assert (entry.action, entry.before, entry.after) == (
            "moved",
            {"state": "in_progress"},
            {"state": "suspended", "reason": WHY, "decision": PAPER},
        )
        change = task.state_changes.last()
        assert (change.from_state, change.to_state, change.reason, change.decision, change.by) == (
            "in_progress",
            "suspended",
            WHY,
            PAPER,
            secretary,
        )
        page = page_of(task, official)
        assert page.stop == change
        event = next(one for one in page.events if one.headline == gettext("Task suspended"))
        assert event.text.splitlines()[0] == WHY and PAPER in event.text
        told = history_of(task).events[0]
        assert (told.text, told.reason) == (gettext("Suspended the task"), WHY)
        assert [one.after for one in told.changes] == [PAPER]

    @pytest.mark.parametrize(
        ("states", "grounds"),
        [
            (("in_progress", "suspended"), {"reason": ""}),
            (("suspended", "in_progress"), {"reason": ""}),
            (("in_progress", "cancelled"), {"reason": "", "decision": PAPER}),
            (("not_started", "in_progress"), {"decision": PAPER}),
        ],
    )
    def test_the_database_keeps_no_stop_without_reason_nor_a_decision_on_anything_else(
        self, task, secretary, states, grounds
    ):
        at = task.state_changes.last().at
        with pytest.raises(IntegrityError), transaction.atomic():
            TaskStateChange.objects.create(
                task=task, from_state=states[0], to_state=states[1], at=at, by=secretary, **grounds
            )

    def test_what_was_decided_is_never_changed(self, task, secretary):
        tasks.suspend(task, actor=secretary, **GROUNDS)
        with pytest.raises(IntegrityError), transaction.atomic():
            task.state_changes.filter(to_state="suspended").update(decision="Quyết định khác")


class TestSuspended:
    """Rule: R-STOP-3."""

    def test_nothing_is_reported_asked_for_or_awaited(self, program, task, official, secretary):
        counted = year_figures(Scope(secretary), 2022, as_of=TODAY).total
        assert [row.task for row in my_work(official, DUE).soon] == [task]
        tasks.suspend(task, actor=secretary, **GROUNDS)
        with pytest.raises(NotAllowed):
            tasks.report_progress(task, actor=official, value=32, percent=None)
        with pytest.raises(NotAllowed):
            tasks.ask_extension(task, actor=official, wanted_due_on=LATER, reason="Chờ")
        with pytest.raises(NotAllowed):
            tasks.move_due_date(task, actor=secretary, new_due_on=LATER, reason="Chờ")
        work = my_work(official, DUE)
        assert "idle" in [one.tone for one in work.recent if one.label == task.short_code]
        assert (work.soon_count, work.overdue_count) == (0, 0)
        assert (counted, year_figures(Scope(secretary), 2022, as_of=TODAY).total) == (1, 0)
        assert fresh(task).standing_on(LATER) == Standing.SUSPENDED

    def test_its_open_parts_are_not_late_and_wait(self, program, official, secretary):
        items = (tasks.ItemDraft("Kiểm đếm", date(2022, 2, 1), None), tasks.ItemDraft("Bàn giao", DUE, None))
        task = make_task(program, items=items)
        first, second = task.steps.all()
        tasks.report_step(first, actor=official, done_on=date(2022, 2, 1))
        tasks.suspend(task, actor=secretary, **GROUNDS)
        page = task_page(official, fresh(task), today=LATER)
        assert [row.standing for row in page.items] == ["done", Standing.SUSPENDED]
        assert not any(row.may_report or row.may_reopen for row in page.items)
        with pytest.raises(NotAllowed):
            tasks.report_step(second, actor=official, done_on=TODAY)

    def test_a_request_for_a_later_deadline_waits_until_it_goes_on(self, task, official, secretary):
        request = tasks.ask_extension(task, actor=official, wanted_due_on=LATER, reason="Chờ phương án")
        tasks.suspend(task, actor=secretary, **GROUNDS)
        assert not ExtensionRequest.objects.open().exists()
        assert page_of(task, official).extension is None
        tasks.resume(task, actor=secretary, reason="Đã có quy hoạch")
        assert page_of(task, official).extension == request

    def test_suspending_twice_is_refused(self, task, secretary):
        tasks.suspend(task, actor=secretary, **GROUNDS)
        with pytest.raises(NotAllowed):
            tasks.suspend(task, actor=secretary, **GROUNDS)


class TestResumed:
    """Rule: R-STOP-4."""

    @pytest.mark.parametrize("state", ["not_started", "in_progress"])
    def test_it_goes_on_from_where_it_stood(self, program, secretary, official, state):
        task = make_task(program, state)
        tasks.suspend(task, actor=secretary, **GROUNDS)
        resumed = tasks.resume(task, actor=secretary, reason="Đã có quy hoạch")
        assert (resumed.state, resumed.due_on) == (state, DUE)
        assert history_of(task).events[0].text == gettext("Resumed the task")
        assert gettext("Task resumed") in [event.headline for event in page_of(task, official).events]
        assert page_of(task, official).stop is None
        tasks.report_progress(task, actor=official, value=33, percent=None)

    def test_a_new_deadline_is_moved_as_any_other_and_grants_the_request(self, task, official, secretary):
        request = tasks.ask_extension(task, actor=official, wanted_due_on=LATER, reason="Chờ phương án")
        tasks.suspend(task, actor=secretary, **GROUNDS)
        resumed = tasks.resume(task, actor=secretary, reason="Đã có quy hoạch", decision=PAPER, new_due_on=LATER)
        assert (resumed.state, resumed.due_on) == (TaskState.IN_PROGRESS, LATER)
        move = task.due_date_changes.get()
        assert (move.old_due_on, move.new_due_on, move.reason, move.decision) == (
            DUE,
            LATER,
            "Đã có quy hoạch",
            PAPER,
        )
        request.refresh_from_db()
        assert (request.granted, request.change) == (True, move)

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"reason": " "}, "reason"),
            ({"reason": "Làm tiếp", "new_due_on": DUE}, "new_due_on"),
            ({"reason": "Làm tiếp", "new_due_on": date(2023, 1, 31)}, "new_due_on"),
        ],
    )
    def test_a_refused_resumption_leaves_it_suspended(self, task, secretary, typed, field):
        tasks.suspend(task, actor=secretary, **GROUNDS)
        with pytest.raises(RuleBroken) as refused:
            tasks.resume(task, actor=secretary, **typed)
        assert refused.value.field == field
        assert (fresh(task).state, fresh(task).due_on) == (TaskState.SUSPENDED, DUE)

    def test_a_task_without_a_deadline_is_given_none(self, program, secretary):
        task = make_task(program, schedule_kind=ScheduleKind.ONGOING, start_on=None, due_on=None)
        tasks.suspend(task, actor=secretary, **GROUNDS)
        with pytest.raises(RuleBroken) as refused:
            tasks.resume(task, actor=secretary, reason="Làm tiếp", new_due_on=LATER)
        assert refused.value.field == "new_due_on"
        assert tasks.resume(task, actor=secretary, reason="Làm tiếp").state == TaskState.NOT_STARTED

    def test_it_is_given_its_days_while_it_is_suspended(self, program, official, secretary):
        first = make_task(program, "awaiting")
        second = make_following(first, actor=official)
        tasks.suspend(second, actor=secretary, **GROUNDS)
        tasks.confirm_completion(first, actor=make_member(first.confirming_agency, Role.LEADER))
        assert (fresh(second).state, fresh(second).due_on) == (TaskState.SUSPENDED, date(2022, 4, 9))


class TestCancelled:
    """Rule: R-STOP-5, R-STOP-6."""

    @pytest.mark.parametrize("suspended", [False, True])
    def test_it_ends_with_all_that_was_reported(self, task, official, secretary, suspended):
        if suspended:
            tasks.suspend(task, actor=secretary, **GROUNDS)
        told = task.reports.count()
        tasks.cancel(task, actor=secretary, **GROUNDS)
        assert (fresh(task).state, fresh(task).last_value, task.reports.count()) == ("cancelled", 31, told)
        assert year_figures(Scope(secretary), 2022, as_of=TODAY).total == 0
        for act in (tasks.suspend, tasks.resume, tasks.cancel):
            with pytest.raises(NotAllowed):
                act(task, actor=secretary, **GROUNDS)
        page = page_of(task, official)
        assert page.stop.to_state == TaskState.CANCELLED
        assert not any(page.allowed.values())

    def test_a_request_for_a_later_deadline_lapses(self, task, official, secretary):
        request = tasks.ask_extension(task, actor=official, wanted_due_on=LATER, reason="Chờ phương án")
        tasks.cancel(task, actor=secretary, **GROUNDS)
        assert not ExtensionRequest.objects.open().exists()
        with pytest.raises(NotAllowed):
            tasks.refuse_extension(request, actor=secretary, answer="Không")

    def test_the_signed_program_tells_it_was_dropped_by_which_decision(self, sign_in):
        program = make_program("draft")
        task, secretary = make_task(program), secretary_of(program.drafting_agency)
        program = advance(program, "signed", secretary=secretary)
        tasks.cancel(task, actor=secretary, **GROUNDS)
        (one,) = drift_of(program, actor=secretary, today=TODAY).tasks
        assert (one.task, one.kinds, one.is_back) == (task, (DriftKind.DROPPED,), False)
        (event,) = one.events
        assert event.reason == WHY
        assert PAPER in [change.after for change in event.changes]
        shown = sign_in(secretary).get(f"/chuong-trinh/{program.slug}/so-voi-ban-ky/").content.decode()
        assert WHY in shown and PAPER in shown

    def test_a_task_cancelled_before_signing_is_no_part_of_what_is_signed(self):
        program = make_program("agreed")
        kept, dropped = make_task(program, title="Giữ lại"), make_task(program, title="Bỏ")
        before, secretary = text_digest(program), secretary_of(program.drafting_agency)
        tasks.cancel(dropped, actor=secretary, reason=WHY)
        assert text_digest(program) != before
        version = programs.lock_for_signing(program, actor=secretary)
        assert [one["key"] for one in version.snapshot["tasks"]] == [kept.pk]

    def test_a_task_that_waited_for_it_can_be_given_days(self, program, official, secretary):
        first = make_task(program)
        second = make_following(first, actor=official)
        draft = tasks.draft_of(fresh(second))
        days = {"schedule_kind": ScheduleKind.BEFORE_DAY, "due_on": LATER, "follows": None, "within_days": None}
        planned = replace(draft, **days)
        with pytest.raises(RuleBroken) as refused:
            tasks.edit_task(second, actor=official, revision=second.revision, draft=planned)
        assert refused.value.field == "due_on"
        tasks.cancel(first, actor=secretary, **GROUNDS)
        edited = tasks.edit_task(second, actor=official, revision=second.revision, draft=planned)
        assert (edited.due_on, edited.follows) == (LATER, None)

    def test_no_task_is_newly_put_after_it(self, program, official, secretary):
        first = make_task(program)
        tasks.cancel(first, actor=secretary, **GROUNDS)
        with pytest.raises(RuleBroken) as refused:
            make_following(fresh(first), actor=official)
        assert refused.value.field == "follows"
