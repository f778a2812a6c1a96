"""Whose rights follow when agencies pass: those of successors, at the next request."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from agencies.people.services import grant_membership
from agencies.reorganisation.enums import StepKind, Subject
from agencies.reorganisation.plans import Heir
from coordination.conferences import services as conferences
from coordination.conferences.enums import AgendaKind
from coordination.evaluations import services as evaluations
from coordination.models import EvaluationRound, Program, Task
from coordination.programs import services as programs
from coordination.tasks import services as tasks
from records import clock
from records.errors import RuleBroken
from tests.conftest import CONFERENCE_DAY
from tests.factories.conferences import make_conference
from tests.factories.evaluations import make_scheme
from tests.factories.people import make_holder, make_member, make_office
from tests.factories.programs import make_program
from tests.factories.reorganisations import Land, add, apply, make_act, make_land, merge, now_acting, undo
from tests.factories.tasks import make_task, make_upload

DAY, EVE = CONFERENCE_DAY, CONFERENCE_DAY - timedelta(days=1)
UNIT, AGENCY = Subject.UNIT, Subject.AGENCY
MERGE, SPLIT, CLOSE = StepKind.MERGE, StepKind.SPLIT, StepKind.CLOSE


@pytest.fixture
def land(db) -> Land:
    return make_land()


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


def _fresh(member: Membership) -> Membership:
    return Membership.objects.select_related("agency", "user").get(pk=member.pk)


def _heir(agency: Agency):
    return (Heir(agency.pk),)
