"""An act is undone as long as nothing was built on it; otherwise what was is listed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agencies.models import Agency
from agencies.reorganisation.enums import StepKind, Subject
from coordination.models import Program
from coordination.programs import services as programs
from coordination.tasks import services as tasks
from records import clock
from records.errors import RuleBroken
from tests.conftest import CONFERENCE_DAY
from tests.factories.conferences import make_conference
from tests.factories.people import make_member
from tests.factories.programs import make_program
from tests.factories.reorganisations import Land, add, apply, make_act, make_land, merge, new_one, now_acting, undo
from tests.factories.tasks import make_task

DAY, EVE = CONFERENCE_DAY, CONFERENCE_DAY - timedelta(days=1)
UNIT, AGENCY = Subject.UNIT, Subject.AGENCY
MERGE, SPLIT, CLOSE = StepKind.MERGE, StepKind.SPLIT, StepKind.CLOSE


@pytest.fixture
def land(db) -> Land:
    return make_land()


class TestUndo:
    """As long as nothing was built on it; what was is listed."""

    @pytest.fixture
    def applied(self, land):
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        task = make_task(program, "in_progress", lead=land.btg)
        return merge(land, [land.btg, land.bdv]), program, task

    def built(self, act) -> str:
        with pytest.raises(RuleBroken) as refusal:
            undo(act)
        act.refresh_from_db()
        assert act.is_applied
        return str(refusal.value)

    def test_a_report_on_a_task_that_passed(self, land, applied):
        act, _program, task = applied
        tasks.report_progress(task, actor=now_acting(land.members["btg official"]), value=40, percent=None)
        assert "nhiệm vụ" in self.built(act)

    def test_a_new_task_led_by_the_successor(self, land, applied):
        act, program, _task = applied
        make_task(program, lead=new_one(), actor=land.members["ubnd official"])
        assert "phần việc trong nhiệm vụ" in self.built(act)

    def test_a_new_program_with_the_successor(self, land, applied):
        act, _program, _task = applied
        make_program("draft", agencies=[land.ubnd, new_one()], secretary=land.members["ubnd secretary"])
        assert "bên tham gia" in self.built(act)

    def test_a_new_member_of_the_successor(self, applied):
        act, *_rest = applied
        make_member(new_one())
        assert "vai trò thành viên" in self.built(act)

    def test_a_later_name_of_the_successor(self, land, applied):
        act, *_rest = applied
        later = make_act(land, on=DAY + timedelta(days=1))
        with clock.standing_at(clock.now() + timedelta(days=1)):
            add(
                later, AGENCY, StepKind.RENAME, [new_one()],
                change=lambda plan: replace(plan, agency_naming=replace(plan.agency_naming, name="Ban Khác")),
            )  # fmt: skip
            apply(later)
            assert "hoàn tác đợt đó trước" in self.built(act)
            undo(later)
            undo(act)
        assert not Agency.objects.filter(current_name="Ban Mới").exists()

    def test_what_the_successor_did_with_a_program_that_stayed(self, land, applied):
        act, program, _task = applied
        secretary = land.members["ubnd secretary"]
        programs.open_evaluation(program, actor=secretary)
        undo(act)  # nothing the successor did
        merge_again = merge(land, [land.ubnd])
        programs.close(Program.objects.get(pk=program.pk), actor=now_acting(secretary))
        assert "chương trình" in self.built(merge_again)

    def test_a_conference_held_by_the_successor(self, land, applied):
        act, *_rest = applied
        make_conference(organiser=new_one(), actor=now_acting(land.members["btg secretary"]), items=0)
        assert "hội nghị" in self.built(act)

    def test_without_a_reason_nothing_is_undone(self, applied):
        act, *_rest = applied
        with pytest.raises(RuleBroken) as refusal:
            undo(act, reason="  ")
        assert refusal.value.field == "reason"
