"""What becomes of work: what is open passes on, what is agreed stays and its successors go on with it."""

from datetime import timedelta

import pytest

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from agencies.reorganisation.enums import StepKind, Subject
from agencies.units.enums import UnitKind
from coordination.evaluations import services as evaluations
from coordination.evaluations.queries import round_results
from coordination.handover.models import Handover
from coordination.models import Program, ProgramParty, Section, SignatureSlot, Task, TaskRole
from coordination.programs import services as programs
from coordination.programs.enums import ProgramState, SignatureMethod
from coordination.programs.queries import signing_stand
from coordination.reorganisation.queries import preview_of
from coordination.tasks import services as tasks
from coordination.tasks.enums import RoleKind, TaskState
from records.errors import RuleBroken
from tests.conftest import CONFERENCE_DAY
from tests.factories.evaluations import make_round, make_scheme
from tests.factories.programs import make_program
from tests.factories.reorganisations import Land, add, apply, make_act, make_land, merge, new_one, now_acting, undo
from tests.factories.tasks import make_task, make_upload

DAY, EVE = CONFERENCE_DAY, CONFERENCE_DAY - timedelta(days=1)
UNIT, AGENCY = Subject.UNIT, Subject.AGENCY
MERGE, SPLIT, CLOSE = StepKind.MERGE, StepKind.SPLIT, StepKind.CLOSE


@pytest.fixture
def land(db) -> Land:
    return make_land()


class TestTasks:
    """Parts in open tasks pass; nobody has two parts, nobody confirms what it leads."""

    def test_the_lead_passes_with_everything_that_was_reported(self, land):
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        task = make_task(program, "in_progress", lead=land.btg)
        act = merge(land, [land.btg], land.bdv)
        assert TaskRole.objects.get(task=task, kind=RoleKind.LEAD).agency == land.bdv
        assert task.reports.count() == 1
        row = Handover.objects.get()
        assert (row.act, row.from_agency, row.to_agency, row.on, row.part) == (act, land.btg, land.bdv, DAY, "lead")

    def test_whoever_leads_already_does_not_coordinate_as_well(self, land):
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        task = make_task(program, lead=land.btg, coordinators=(land.bdv, land.hnd))
        merge(land, [land.btg, land.bdv])
        roles = [(role.kind, role.agency.current_name) for role in task.roles.order_by("kind", "position")]
        assert sorted(roles) == [("coordinator", "Hội Nông dân huyện"), ("lead", "Ban Mới")]
        assert Handover.objects.filter(merged=True).count() == 1

    def test_two_coordinators_that_become_one_coordinate_once(self, land):
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        task = make_task(program, lead=land.ubnd, coordinators=(land.btg, land.bdv))
        merge(land, [land.btg, land.bdv])
        assert task.roles.get(kind=RoleKind.COORDINATOR).agency == new_one()

    def test_whoever_would_confirm_its_own_work_gives_it_to_another_party(self, land):
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        task = make_task(program, lead=land.btg, confirming_agency=land.ubnd)
        merge(land, [land.btg], land.ubnd)
        task.refresh_from_db()
        assert (task.roles.get().agency, task.confirming_agency) == (land.ubnd, land.mttq)

    def test_finished_tasks_stay_with_whoever_finished_them(self, land):
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        task = make_task(program, "completed", lead=land.btg)
        act = make_act(land)
        add(act, AGENCY, MERGE, [land.btg], [land.bdv])
        seen = apply(act)
        assert task.roles.get().agency == land.btg
        assert [(one.signed_programs, one.finished_tasks) for one in seen.work.frozen] == [(1, 1)]

    def test_a_plan_opened_before_is_saved_over_a_newer_revision(self, land):
        """Whoever edits a task while it passes is told, as by any other change."""
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        task = make_task(program, lead=land.btg)
        merge(land, [land.btg], land.bdv)
        assert Task.objects.get(pk=task.pk).revision == task.revision + 1

    def test_the_successors_official_reports_and_its_confirmer_confirms(self, land):
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        task = make_task(program, "in_progress", lead=land.btg, confirming_agency=land.ubnd)
        merge(land, [land.btg, land.bdv])
        official = now_acting(land.members["btg official"])
        assert official.agency == new_one()
        tasks.report_progress(
            task, actor=official, value=45, percent=None, claims_completion=True, files=[make_upload()]
        )
        tasks.confirm_completion(task, actor=land.members["ubnd leader"])
        assert Task.objects.get(pk=task.pk).state == TaskState.COMPLETED


class TestPrograms:
    """Texts still open name who exists; what is agreed keeps its parties, its text, its places to sign."""

    def test_parties_of_a_draft_pass(self, land):
        program = make_program("draft", agencies=[land.ubnd, land.btg, land.mttq])
        merge(land, [land.btg], land.bdv)
        assert _parties(program) == [land.ubnd, land.bdv, land.mttq]

    def test_two_parties_that_become_one_are_one_and_the_lead_stays_the_lead(self, land):
        program = make_program("consulting", agencies=[land.btg, land.bdv, land.mttq])
        merge(land, [land.btg, land.bdv])
        assert _parties(program) == [new_one(), land.mttq]
        assert program.parties.get(is_lead=True).agency == new_one()

    def test_a_draft_left_with_one_party_is_named_before(self, land):
        program = make_program("draft", agencies=[land.btg, land.bdv], secretary=land.members["btg secretary"])
        act = make_act(land)
        add(act, AGENCY, MERGE, [land.btg], [land.bdv])
        assert [program.code in notice.text for notice in preview_of(act).notices] == [True]
        assert preview_of(act).can_apply

    @pytest.mark.parametrize("state", ["agreed", "signing", "signed", "evaluating", "closed"])
    def test_what_is_agreed_stays_word_for_word(self, land, state):
        program = make_program(state, agencies=[land.ubnd, land.btg, land.mttq])
        kept = _kept(program)
        merge(land, [land.btg, land.ubnd])
        assert _kept(program) == kept

    def test_the_drafting_agency_of_a_program_in_force_is_the_successor(self, land):
        program = make_program("signed", agencies=[land.ubnd, land.mttq])
        closed = make_program("closed", agencies=[land.ubnd, land.mttq], secretary=land.members["ubnd secretary"])
        merge(land, [land.ubnd])
        assert Program.objects.get(pk=program.pk).drafting_agency == new_one()
        assert Program.objects.get(pk=closed.pk).drafting_agency == land.ubnd

    def test_the_successor_signs_in_the_place_of_the_old_party(self, land):
        program = make_program("signing", agencies=[land.ubnd, land.btg, land.mttq])
        merge(land, [land.btg], land.bdv)
        slot = next(one for one in signing_stand(program).slots if one.party.agency_id == land.btg.pk)
        programs.record_signature(
            slot, actor=land.members["bdv secretary"], method=SignatureMethod.PAPER, signed_on=DAY
        )
        assert SignatureSlot.objects.get(pk=slot.pk).agency_name == "Ban Tuyên giáo Huyện ủy"

    def test_the_successor_sees_it_evaluates_it_and_closes_it(self, land):
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        make_task(program, "completed", lead=land.ubnd)
        merge(land, [land.ubnd, land.bdv])
        secretary = Membership.objects.usable_on(DAY).filter(agency=new_one(), role=Role.SECRETARY).first()
        assert Program.objects.visible_to(secretary).filter(pk=program.pk).exists()
        programs.open_evaluation(program, actor=secretary)
        round = evaluations.open_round(
            land.district, actor=secretary, year=2022, programs=[program],
            scheme=make_scheme(land.district, secretary), cut_off_on=DAY,
        )  # fmt: skip
        evaluations.submit_self(round, actor=secretary, agency=land.ubnd, score=90)
        evaluations.submit_cross(round, actor=secretary, agency=land.btg, by_agency=land.ubnd, score=90)
        evaluations.close_round(round, actor=secretary, narrative="Chốt kết quả.")
        tasks.close_program_year(Program.objects.get(pk=program.pk), actor=secretary)
        assert Program.objects.get(pk=program.pk).state == ProgramState.CLOSED

    def test_what_the_successor_leads_counts_for_the_party_it_took_over(self, land):
        """The points for results go to the old party: the program knows no other."""
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        make_task(program, "completed", lead=land.btg)
        open_one = make_task(program, "in_progress", lead=land.btg)
        round = make_round(programs=[program])
        before = round_results(round)
        merge(land, [land.btg], land.bdv)
        assert open_one.roles.get().agency == land.bdv
        assert round_results(round) == before
        assert next(one for one in before if one.agency == land.btg).results_points

    def test_a_new_task_in_a_program_in_force_is_led_by_the_successor(self, land):
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        merge(land, [land.btg], land.bdv)
        task = make_task(program, lead=land.bdv, actor=land.members["ubnd official"])
        assert task.roles.get().agency == land.bdv
        with pytest.raises(RuleBroken) as refusal:
            make_task(program, lead=Agency.objects.get(pk=land.btg.pk), actor=land.members["ubnd official"])
        assert "nay là Ban Dân vận Huyện ủy" in str(refusal.value)


def test_the_work_of_two_communes_passes_to_the_new_ones_agency(land):
    program = make_program("signed", agencies=[land.ubnd, land.mttq])
    task = make_task(program, lead=land.ubnd, coordinators=(land.agencies["north"], land.agencies["south"]))
    act = make_act(land)
    add(act, UNIT, MERGE, [land.north, land.south], [(UnitKind.COMMUNE, "Sơn Hải")])
    apply(act)
    assert task.roles.get(kind=RoleKind.COORDINATOR).agency.current_name == "UBND xã Sơn Hải"
    undo(act)
    assert task.roles.filter(kind=RoleKind.COORDINATOR).count() == 2


def _parties(program: Program) -> list[Agency]:
    return [party.agency for party in program.parties.select_related("agency").order_by("letterhead_order")]


def _kept(program: Program) -> list:
    """Everything that makes the paper."""
    return [
        list(ProgramParty.objects.filter(program=program).order_by("pk").values()),
        list(Section.objects.filter(program=program).order_by("pk").values()),
        list(program.versions.order_by("pk").values()),
        list(SignatureSlot.objects.filter(version__program=program).order_by("pk").values()),
        Program.objects.filter(pk=program.pk).values_list("state", "title", "document_number", "period_end").get(),
    ]
