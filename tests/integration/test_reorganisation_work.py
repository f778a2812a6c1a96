"""What becomes of work: what is open passes on, what is agreed stays and its successors go on with it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from agencies.people.services import grant_membership
from agencies.reorganisation.enums import StepKind, Subject
from agencies.reorganisation.plans import Heir
from agencies.units.enums import UnitKind
from coordination.conferences import services as conferences
from coordination.conferences.enums import AgendaKind
from coordination.evaluations import services as evaluations
from coordination.evaluations.queries import round_results
from coordination.handover.models import Handover
from coordination.models import EvaluationRound, Program, ProgramParty, Section, SignatureSlot, Task, TaskRole
from coordination.programs import services as programs
from coordination.programs.enums import ProgramState, SignatureMethod
from coordination.programs.queries import signing_stand
from coordination.reorganisation.queries import preview_of
from coordination.tasks import services as tasks
from coordination.tasks.enums import RoleKind, TaskState
from records import clock
from records.errors import RuleBroken
from tests.conftest import CONFERENCE_DAY
from tests.factories.conferences import make_conference
from tests.factories.evaluations import make_round, make_scheme
from tests.factories.people import make_holder, make_member, make_office
from tests.factories.programs import make_program
from tests.factories.reorganisations import Land, add, apply, make_act, make_land, undo
from tests.factories.tasks import make_task, make_upload

DAY, EVE = CONFERENCE_DAY, CONFERENCE_DAY - timedelta(days=1)
UNIT, AGENCY = Subject.UNIT, Subject.AGENCY
MERGE, SPLIT, CLOSE = StepKind.MERGE, StepKind.SPLIT, StepKind.CLOSE


@pytest.fixture
def land(db) -> Land:
    return make_land()


def merge(land: Land, bodies: list[Agency], heir=""):
    """Agencies become one, new unless an heir is named; the act."""
    act = make_act(land)

    def called(plan):
        drafts = tuple(
            replace(one, naming=replace(one.naming, name="Ban Mới", short_name="Ban Mới")) for one in plan.agencies
        )
        return replace(plan, agencies=drafts)

    add(act, AGENCY, MERGE, bodies, [heir], change=called)
    apply(act)
    return act


def new_one() -> Agency:
    return Agency.objects.get(current_name="Ban Mới")


def now_acting(member: Membership) -> Membership:
    """The role the same account has today."""
    return Membership.objects.usable_by(member.user, clock.today()).get(role=member.role)


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
            make_task(program, lead=land.btg, actor=land.members["ubnd official"])
        assert "nay là Ban Dân vận Huyện ủy" in str(refusal.value)


class TestAnotherUnit:
    """A member of the unit that took another one over goes on with that unit's programs, from seeing to closing."""

    @pytest.fixture
    def joined(self, land):
        """A signed program of the first district, which passes to the second one; and who goes on with it there."""
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        task = make_task(program, "in_progress", lead=land.btg, confirming_agency=land.ubnd)
        act = make_act(land)
        add(act, UNIT, MERGE, [land.district], [land.neighbour])
        apply(act)
        return program, task

    def test_nothing_contradicts_what_they_see(self, land, joined, sign_in):
        program, task = joined
        secretary = now_acting(land.members["ubnd secretary"])
        assert secretary.unit_id == land.neighbour.pk
        client = sign_in(secretary)
        for address in (
            f"/chuong-trinh/{program.slug}/", f"/chuong-trinh/{program.slug}/ky-ket/", f"/nhiem-vu/{task.slug}/",
            "/chuong-trinh/", "/nhiem-vu/", "/viec-cua-toi/", "/tong-quan/", "/bao-cao/",
            f"/bao-cao/chuong-trinh/{program.slug}.pdf",
        ):  # fmt: skip
            assert client.get(address).status_code == 200, address

    def test_they_report_confirm_evaluate_and_close(self, land, joined):
        program, task = joined
        secretary, leader = now_acting(land.members["ubnd secretary"]), now_acting(land.members["ubnd leader"])
        official = now_acting(land.members["btg official"])
        tasks.report_progress(
            task, actor=official, value=45, percent=None, claims_completion=True, files=[make_upload()]
        )
        tasks.confirm_completion(Task.objects.get(pk=task.pk), actor=leader)
        new = make_task(program, lead=official.agency, actor=official)
        assert new.program == program
        programs.open_evaluation(program, actor=secretary)
        round = evaluations.open_round(
            land.district, actor=secretary, year=2022, programs=[program],
            scheme=make_scheme(land.district, secretary), cut_off_on=DAY,
        )  # fmt: skip
        evaluations.submit_self(round, actor=official, agency=land.btg, score=80)
        evaluations.close_round(round, actor=secretary, narrative="Chốt kết quả.")
        tasks.close_program_year(Program.objects.get(pk=program.pk), actor=secretary)

    def test_the_evaluation_of_the_old_unit_is_found_by_its_year(self, land, joined, sign_in):
        program, _task = joined
        secretary = now_acting(land.members["ubnd secretary"])
        evaluations.open_round(
            land.district, actor=secretary, year=2022, programs=[program],
            scheme=make_scheme(land.district, secretary), cut_off_on=DAY,
        )  # fmt: skip
        assert sign_in(secretary).get("/danh-gia/2022/").status_code == 200
        assert EvaluationRound.objects.visible_to(secretary).count() == 1

    def test_a_stranger_of_the_new_unit_sees_no_more_than_before(self, land, joined, sign_in):
        """Only what a member's agency took over, not everything its unit did."""
        program, _task = joined
        other = make_member(land.agencies["of_province"], Role.SECRETARY)
        assert sign_in(other).get(f"/chuong-trinh/{program.slug}/").status_code == 404


class TestRights:
    """Case 15 of the security document: rights follow at the next request, in both directions."""

    def test_they_follow_at_the_next_request_of_an_open_session(self, land, sign_in):
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        page = f"/chuong-trinh/{program.slug}/"
        of_old, of_new = sign_in(land.members["btg official"]), sign_in(land.members["bdv official"])
        assert (of_old.get(page).status_code, of_new.get(page).status_code) == (200, 404)
        act = merge(land, [land.btg], land.bdv)
        answers = of_old.get(page), of_new.get(page)
        assert [one.status_code for one in answers] == [200, 200]
        assert answers[0].wsgi_request.actor.agency == land.bdv
        undo(act)
        answers = of_old.get(page), of_new.get(page)
        assert [one.status_code for one in answers] == [200, 404]
        assert answers[0].wsgi_request.actor.agency == land.btg

    def test_who_has_other_roles_goes_on_in_the_one_that_succeeds(self, land, sign_in):
        member = land.members["btg secretary"]
        Membership.objects.create(
            user=member.user, agency=land.ubnd, role=Role.SECRETARY, title="Thư ký UBND", valid_from=date(2021, 1, 1)
        )
        client = sign_in(member)
        merge(land, [land.btg], land.bdv)
        assert client.get("/co-quan/").wsgi_request.actor.agency == land.bdv

    def test_after_closing_the_members_may_do_nothing_any_more(self, land, sign_in):
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        client = sign_in(land.members["btg official"])
        act = make_act(land)
        add(act, AGENCY, CLOSE, [land.btg], change=lambda plan: replace(plan, heirs=_heir(land.bdv)))
        apply(act)
        assert client.get(f"/chuong-trinh/{program.slug}/").status_code == 403

    def test_the_other_successor_of_a_split_gets_no_right(self, land):
        program = make_program("signed", agencies=[land.ubnd, land.btg, land.mttq])
        act = make_act(land)
        add(act, AGENCY, SPLIT, [land.btg], [land.bdv, land.hnd])
        apply(act)
        seen = Program.objects.visible_to
        assert seen(land.members["bdv official"]).filter(pk=program.pk).exists()
        assert not seen(land.members["hnd official"]).filter(pk=program.pk).exists()

    def test_who_acts_for_whom_is_exact_by_the_day(self, land):
        act = make_act(land, on=DAY + timedelta(days=1))
        add(act, AGENCY, MERGE, [land.btg], [land.bdv])
        with clock.standing_at(clock.now() + timedelta(days=1)):
            apply(act)
            assert _fresh(land.members["bdv official"]).acts_for(land.btg.pk)
        assert not _fresh(land.members["bdv official"]).acts_for(land.btg.pk)

    def test_what_was_taken_over_twice_is_still_acted_for(self, land, django_assert_num_queries):
        first = make_act(land, on=date(2022, 3, 10))
        add(first, AGENCY, MERGE, [land.btg], [land.bdv])
        apply(first)
        merge(land, [land.bdv], land.mttq)
        member = _fresh(land.members["mttq official"])
        with django_assert_num_queries(1):
            assert {land.btg.pk, land.bdv.pk, land.mttq.pk} == member.agency_ids()
            assert {land.district.pk} == member.unit_ids()


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


class TestChosenLater:
    """What has ended cannot be chosen for a later day; the refusal says what it is now."""

    NOW = "nay là Ban Dân vận Huyện ủy"

    @pytest.fixture(autouse=True)
    def merged(self, land):
        merge(land, [land.btg], land.bdv)
        land.agencies["btg"] = Agency.objects.get(pk=land.btg.pk)

    def refused(self, field: str, do, *args, **more) -> None:
        with pytest.raises(RuleBroken) as refusal:
            do(*args, **more)
        assert refusal.value.field == field
        assert self.NOW in str(refusal.value)
        assert "29/3/2022" in str(refusal.value)

    def test_as_party_of_a_program(self, land):
        secretary = land.members["ubnd secretary"]
        self.refused("parties", make_program, "draft", agencies=[land.ubnd, land.btg], secretary=secretary)

    def test_nor_does_the_form_offer_it(self, land, sign_in):
        page = sign_in(land.members["ubnd secretary"]).get("/chuong-trinh/tao/").content.decode()
        assert "Ban Dân vận Huyện ủy" in page
        assert "Ban Tuyên giáo Huyện ủy" not in page

    def test_as_lead_coordinator_or_confirming_agency_of_a_task(self, land):
        program = make_program("signed", agencies=[land.ubnd, land.bdv, land.mttq])
        official = land.members["ubnd official"]
        self.refused("coordinators", make_task, program, lead=land.ubnd, coordinators=(land.btg,), actor=official)

    def test_as_organiser_or_participant_of_a_conference(self, land):
        heir = now_acting(land.members["btg secretary"])
        self.refused("organiser", make_conference, organiser=land.btg, actor=heir)
        secretary = land.members["ubnd secretary"]
        running = make_conference("running", organiser=land.ubnd, actor=secretary)
        self.refused(
            "agency", conferences.record_attendance, running, actor=secretary, group="Ban Tuyên giáo", agency=land.btg
        )
        self.refused(
            "presenter_agency", conferences.add_agenda_item, running, actor=secretary, kind=AgendaKind.REPORT,
            title="Báo cáo", presenter_agency=land.btg,
        )  # fmt: skip

    def test_for_a_role_or_a_post(self, land):
        user = land.members["ubnd official"].user
        self.refused("agency", grant_membership, user, land.btg, role=Role.OFFICIAL, title="Cán bộ", since=DAY)
        office = make_office(land.hnd, "Chủ tịch", "CHỦ TỊCH", is_head=True)
        merge(land, [land.hnd], land.bdv)
        self.refused("since", make_holder, office, "Lê Văn Ba", since=DAY)

    def test_a_program_of_the_time_before_may_still_name_it(self, land):
        """Its period ended while the agency existed."""
        made = make_program(
            "draft", agencies=[land.ubnd, land.btg], secretary=land.members["ubnd secretary"], year=2021
        )
        assert made.parties.filter(agency=land.btg).exists()


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


def _fresh(member: Membership) -> Membership:
    return Membership.objects.select_related("agency", "user").get(pk=member.pk)


def _heir(agency: Agency):
    return (Heir(agency.pk),)
