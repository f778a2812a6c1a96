"""What is no longer as it was signed stays told for ever, with its day and ground."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from agencies.access.enums import Role
from coordination.programs.models import Program
from coordination.tasks import services as tasks
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Task
from coordination.versions.enums import DriftKind, PartName
from coordination.versions.queries import drift_of, drifted_count, signed_version
from coordination.versions.words import new_text, old_text
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from tests.factories.people import make_agency, make_member
from tests.factories.programs import advance, make_program, secretary_of
from tests.factories.reorganisations import make_land, merge
from tests.factories.tasks import make_draft, make_task, official_of

pytestmark = pytest.mark.django_db


def again(program: Program) -> Program:
    return Program.objects.get(pk=program.pk)


@pytest.fixture
def signed() -> Program:
    """A program signed with three tasks, one of which an agency outside coordinates."""
    program = make_program()
    outside = make_agency(program.unit, "phong-ban")
    make_member(outside, Role.OFFICIAL)
    for number in (1, 2, 3):
        make_task(program, title=f"Việc {number}", coordinators=(outside,) if number == 2 else ())
    return advance(again(program), "signed")


def task_of(program: Program, number: int) -> Task:
    return program.tasks.get(ordinal=number)


def lead_of(program: Program):
    return official_of(program.parties.get(is_lead=True).agency)


def drift(program: Program, actor=None):
    return drift_of(again(program), actor=actor or secretary_of(program.drafting_agency), today=clock.today())


def move(task: Task, program: Program, day: date, decision: str = "Thông báo 05/TB-UBND") -> None:
    actor = secretary_of(program.drafting_agency)
    tasks.move_due_date(task, actor=actor, new_due_on=day, reason="Chờ vốn", decision=decision)


def change(program: Program, number: int, **facts) -> None:
    task = task_of(program, number)
    draft = replace(tasks.draft_of(task), **facts)
    tasks.edit_task(task, actor=secretary_of(program.drafting_agency), revision=task.revision, draft=draft)


def told(drift, number: int):
    return next(one for one in drift.tasks if one.task.ordinal == number)


def test_nothing_drifts_before_all_have_signed():
    program = make_program("signing")
    assert signed_version(program) is None and drift(program) is None


def test_nothing_is_told_while_nothing_changed(signed):
    found = drift(signed)
    assert (found.tasks, found.events, found.counts) == ((), (), [])
    assert drifted_count(signed, signed_version(signed), actor=secretary_of(signed.drafting_agency)) == 0


def test_a_moved_deadline_is_told_with_reason_and_decision(signed):
    move(task_of(signed, 1), signed, date(2022, 6, 30))
    (one,) = drift(signed).tasks
    assert (one.task.ordinal, one.kinds) == (1, (DriftKind.MOVED_DATE,))
    (part,) = one.parts
    assert part.name == PartName.SCHEDULE
    assert (old_text(part.pieces)[-9:], new_text(part.pieces)[-9:]) == ("15/4/2022", "30/6/2022")
    (event,) = one.events
    assert event.reason == "Chờ vốn"
    assert "Thông báo 05/TB-UBND" in [change.after for change in event.changes]


def test_what_was_moved_there_and_back_is_still_told(signed):
    move(task_of(signed, 1), signed, date(2022, 6, 30))
    move(task_of(signed, 1), signed, date(2022, 4, 15))
    (one,) = drift(signed).tasks
    assert one.is_back and len(one.events) == 2


def test_changed_titles_leads_and_targets_are_told_part_by_part(signed):
    other = signed.parties.get(letterhead_order=2).agency
    facts = {"leads": (tasks.LeadDraft(other),), "confirming_agency": signed.parties.get(is_lead=True).agency}
    change(signed, 3, title="Việc 3 mở rộng", target_value=Decimal(60), **facts)
    one = told(drift(signed), 3)
    assert one.kinds == (DriftKind.CHANGED,)
    assert {part.name: new_text(part.pieces) for part in one.parts} == {
        PartName.TASK_TITLE: "Việc 3 mở rộng",
        PartName.LEADS: other.current_short_name,
        PartName.TARGETS: "60 hộ",
    }


def test_saving_a_task_unchanged_is_no_drift(signed):
    change(signed, 3)
    assert drift(signed).tasks == ()
    assert drifted_count(signed, signed_version(signed), actor=secretary_of(signed.drafting_agency)) == 0


def test_tasks_added_after_signing_are_told(signed):
    tasks.create_task(signed, actor=lead_of(signed), draft=make_draft(signed, title="Việc phát sinh"))
    (one,) = drift(signed).tasks
    assert (one.task.title, one.kinds, one.is_back) == ("Việc phát sinh", (DriftKind.ADDED,), False)


def test_a_task_dropped_after_signing_is_told_with_its_reason(signed):
    """As the act that drops a task records it."""
    task, actor = task_of(signed, 2), secretary_of(signed.drafting_agency)
    Task.objects.filter(pk=task.pk).update(state=TaskState.CANCELLED)
    after = {"state": TaskState.CANCELLED.value, "reason": "Không còn phù hợp"}
    record(AuditAction.MOVED, actor=actor, about=task, before={"state": "not_started"}, after=after)
    (one,) = drift(signed).tasks
    assert (one.kinds, one.events[0].reason, one.is_back) == ((DriftKind.DROPPED,), "Không còn phù hợp", False)


def test_work_on_a_task_is_no_drift(signed):
    task = task_of(signed, 1)
    tasks.report_progress(task, actor=lead_of(signed), value=Decimal(10), percent=None)
    assert drift(signed).tasks == ()


def test_a_coordinator_outside_is_told_of_its_own_tasks_only(signed):
    outsider = signed.unit.agencies.get(code="phong-ban").memberships.get()
    for number in (1, 2, 3):
        move(task_of(signed, number), signed, date(2022, 7, number))
    assert [one.task.ordinal for one in drift(signed, outsider).tasks] == [2]
    assert drifted_count(signed, signed_version(signed), actor=outsider) == 1


def test_the_signed_version_still_says_what_was_signed(signed):
    before = signed_version(signed)
    move(task_of(signed, 1), signed, date(2022, 6, 30))
    after = signed_version(again(signed))
    assert (after.digest, after.snapshot) == (before.digest, before.snapshot)
    assert after.snapshot["tasks"][0]["due_on"] == "2022-04-15"


def test_the_panel_counts_what_the_page_lists_and_is_absent_when_nothing_changed(signed, sign_in):
    reader = sign_in(secretary_of(signed.drafting_agency))
    at = f"/chuong-trinh/{signed.slug}"
    assert "so-voi-ban-ky" not in reader.get(f"{at}/").content.decode()
    for number in (1, 3):
        move(task_of(signed, number), signed, date(2022, 7, number))
    page = reader.get(f"{at}/").content.decode()
    assert f'href="{at}/so-voi-ban-ky/"' in page
    shown = reader.get(f"{at}/so-voi-ban-ky/").content.decode()
    assert shown.count('class="pf-compared"') == 2
    assert "Thông báo 05/TB-UBND" in shown and "Chờ vốn" in shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_as_often_whatever_drifted(count, signed, sign_in, django_assert_max_num_queries):
    for number in range(1, count + 1):
        move(task_of(signed, number), signed, date(2022, 7, number))
    reader = sign_in(secretary_of(signed.drafting_agency))
    with django_assert_max_num_queries(19):
        assert reader.get(f"/chuong-trinh/{signed.slug}/so-voi-ban-ky/").status_code == 200


def test_before_signing_the_page_says_from_when_on_it_tells(sign_in):
    program = make_program("signing")
    answer = sign_in(secretary_of(program.drafting_agency)).get(f"/chuong-trinh/{program.slug}/so-voi-ban-ky/")
    assert answer.status_code == 200 and "pf-empty" in answer.content.decode()


def test_parts_handed_over_by_a_reorganisation_are_told_with_its_act():
    land = make_land()
    program = make_program("draft", agencies=[land.ubnd, land.btg, land.mttq])
    make_task(program, lead=land.btg)
    program = advance(again(program), "signed")
    act = merge(land, [land.btg], land.bdv)
    (one,) = drift(program, secretary_of(land.ubnd)).tasks
    assert one.kinds == (DriftKind.HANDED_OVER,)
    assert one.acts == (str(act),)
    assert [part.name for part in one.parts] == [PartName.LEADS]
