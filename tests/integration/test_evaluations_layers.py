"""The layers of judgement: sheets with reasons and evidence, drafts, verification, conclusion, grades in words."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from coordination.evaluations import services as evaluations
from coordination.evaluations.enums import Audience, CriterionKind, EvaluationKind, Layer, Since
from coordination.evaluations.models import Evaluation
from coordination.evaluations.queries import missing_before_closing, round_results
from coordination.evaluations.services import CriterionDraft, CriterionPoints, CrossMark
from records.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.evaluations import grader_of, keeper_of, make_round, scheme_draft, words_draft
from tests.factories.people import make_member
from tests.factories.tasks import make_task
from tests.integration.test_evaluations_services import complete

pytestmark = pytest.mark.django_db
YEAR = 2022
DETAIL = f"/danh-gia/{YEAR}/"
ROWS = (
    CriterionDraft("Hoàn thành nhiệm vụ", 60, source="results"),
    CriterionDraft("Phối hợp", 40),
    CriterionDraft("Sáng kiến", 5, CriterionKind.BONUS),
    CriterionDraft("Báo cáo chậm", 10, CriterionKind.PENALTY),
)


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def parties(program):
    return [party.agency for party in program.parties.all()]


@pytest.fixture
def leader(program):
    """A leader of the first party, which drafted the program and leads it."""
    return make_member(program.drafting_agency, Role.LEADER)


def opened(program, draft):
    scheme = evaluations.create_scheme(program.unit, actor=keeper_of(program), draft=draft)
    return make_round(programs=[program], scheme=scheme)


@pytest.fixture
def task(program):
    """One of two tasks of the lead agency, done on time; the other is late, so the mean is 85."""
    done, late = (make_task(program, due_on=date(YEAR, 3, 15)) for _ in range(2))
    complete(done, date(YEAR, 3, 10))
    complete(late, date(YEAR, 3, 20))
    return done


@pytest.fixture
def round(program, task):
    return opened(program, _with_rows())


def _with_rows():
    draft = scheme_draft()
    return evaluations.SchemeDraft(name=draft.name, bands=draft.bands, parts=draft.parts, criteria=ROWS)


def lines(round, *points, reasons=(), cited=()):
    criteria = list(round.scheme.criteria.all())
    reasons, cited = [*reasons, "", "", "", ""], [*cited, (), (), (), ()]
    return [
        CriterionPoints(one, Decimal(given), reason, codes)
        for one, given, reason, codes in zip(criteria, points, reasons, cited, strict=False)
    ]


def send(round, agency, scores, **more):
    return evaluations.submit_self(round, actor=grader_of(agency), agency=agency, scores=scores, **more)


class TestSelfEvaluation:
    def test_task_results_fill_a_criterion_in(self, round, parties, sign_in):
        page = sign_in(grader_of(parties[0])).get(reverse("coordination:evaluation-self", args=[YEAR]))
        first = round.scheme.criteria.first()
        # (100 + 70) / 2 = 85, of 60 points 51
        assert page.context["form"][f"points_{first.pk}"].initial == Decimal("51.0")
        assert (page.context["filled"].counts.on_time, page.context["filled"].counts.late) == (1, 1)

    def test_bonus_and_penalty_move_the_score_which_stays_within_the_hundred(self, round, parties):
        assert send(round, parties[0], lines(round, 51, 40, 3, 4)).score == 90
        top = send(round, parties[0], lines(round, 60, 40, 5, 0, reasons=["Đã trừ việc bất khả kháng"]))
        assert top.score == 100

    def test_other_points_than_the_tasks_give_need_a_reason(self, round, parties):
        first = round.scheme.criteria.first()
        with pytest.raises(RuleBroken) as refused:
            send(round, parties[0], lines(round, 55, 40, 0, 0))
        assert refused.value.field == f"reason_{first.pk}"
        sent = send(round, parties[0], lines(round, 55, 40, 0, 0, reasons=["Hoãn do dịch"]))
        assert sent.figures == {
            "on_time": 1, "late": 1, "overdue": 0, "in_time": 0, "undated": 0, "points": "85.0",
        }  # fmt: skip

    def test_tasks_are_cited_by_their_codes(self, round, parties, task):
        short = task.code.rsplit("-", 1)[1]
        sent = send(round, parties[0], lines(round, 51, 40, 0, 0, cited=[(short,), (task.code.lower(),)]))
        assert [(one.criterion.name, one.task) for one in sent.cited.all()] == [
            ("Hoàn thành nhiệm vụ", task), ("Phối hợp", task),
        ]  # fmt: skip

    @pytest.mark.parametrize("code", ["99.99", "DH-1999-01.01"])
    def test_a_code_that_is_no_task_of_the_round_is_named(self, round, parties, code):
        with pytest.raises(RuleBroken) as refused:
            send(round, parties[0], lines(round, 51, 40, 0, 0, cited=[(code,)]))
        assert refused.value.field == f"cited_{round.scheme.criteria.first().pk}"
        assert code in str(refused.value)

    def test_a_sheet_with_a_criterion_left_out_is_refused(self, round, parties):
        with pytest.raises(RuleBroken) as refused:
            send(round, parties[0], lines(round, 51, 40))
        assert refused.value.field == "scores"


class TestDraft:
    def test_counts_for_nothing_and_is_seen_by_its_agency_alone(self, round, program, parties):
        actor = grader_of(parties[1])
        draft = evaluations.save_self_draft(round, actor=actor, agency=parties[1], scores=lines(round, 51))
        assert draft.is_draft
        assert parties[1] in [form.agency for form in missing_before_closing(round)]
        assert round_results(round)[1].self_points is None
        assert list(Evaluation.objects.visible_to(actor)) == [draft]
        assert not Evaluation.objects.visible_to(keeper_of(program)).exists()

    def test_is_sent_later_and_then_no_draft_any_more(self, round, parties):
        actor = grader_of(parties[0])
        evaluations.save_self_draft(round, actor=actor, agency=parties[0], scores=lines(round, 51))
        sent = send(round, parties[0], lines(round, 51, 40, 0, 0))
        assert Evaluation.objects.get() == sent
        with pytest.raises(Conflict):
            evaluations.save_self_draft(round, actor=actor, agency=parties[0], scores=lines(round, 1))
        assert Evaluation.objects.get().score == 91

    def test_the_page_keeps_it_and_offers_it_again(self, round, parties, sign_in):
        client, address = sign_in(grader_of(parties[0])), reverse("coordination:evaluation-self", args=[YEAR])
        second = round.scheme.criteria.all()[1]
        answer = client.post(address, {"act": "draft", f"points_{second.pk}": "33,5", "remark": "Còn bổ sung"})
        assert answer.status_code == 302
        page = client.get(answer["Location"])
        assert page.context["form"][f"points_{second.pk}"].initial == Decimal("33.5")
        assert "Còn bổ sung" in page.content.decode()
        assert client.post(address, {"act": "send", f"points_{second.pk}": "33,5"}).status_code == 422


class TestVerification:
    def test_is_a_layer_of_its_own_with_a_reason_where_it_differs(self, round, program, parties):
        send(round, parties[0], lines(round, 51, 40, 5, 0))
        second = round.scheme.criteria.all()[1]
        verified = lines(round, 51, 30, 5, 0)
        with pytest.raises(RuleBroken) as refused:
            evaluations.verify(round, actor=keeper_of(program), agency=parties[0], scores=verified)
        assert refused.value.field == f"reason_{second.pk}"
        verified = lines(round, 51, 30, 5, 0, reasons=["", "Họp thiếu 2 lần"])
        evaluations.verify(round, actor=keeper_of(program), agency=parties[0], scores=verified)
        scores = dict(Evaluation.objects.values_list("kind", "score"))
        assert scores == {EvaluationKind.SELF: 96, EvaluationKind.VERIFIED: 86}

    def test_stands_beside_the_agencys_own_sheet_criterion_by_criterion(self, round, program, parties, sign_in):
        send(round, parties[0], lines(round, 51, 40, 5, 0))
        verified = lines(round, 51, 30, 5, 0, reasons=["", "Họp thiếu 2 lần"])
        evaluations.verify(round, actor=keeper_of(program), agency=parties[0], scores=verified)
        address = reverse("coordination:evaluation-sheet", args=[YEAR]) + f"?agency={parties[0].code}"
        compared = sign_in(keeper_of(program)).get(address).context["sheet"].compared
        assert [(one.own, one.verified, one.difference) for one in compared] == [
            (51, 51, None), (40, 30, -10), (5, 5, None), (0, 0, None),
        ]  # fmt: skip
        party = sign_in(grader_of(parties[0])).get(address).context["sheet"]
        assert party.compared == (), "what was verified is not shown to the parties by this scheme"

    def test_weighs_where_the_scheme_says_so(self, program, parties, task):
        draft = scheme_draft(parts={"results": 60, "verified": 40}, asks_self=False, asks_cross=False)
        round = opened(program, draft)
        assert missing_before_closing(round) == []
        evaluations.verify(round, actor=keeper_of(program), agency=parties[0], score=90)
        result = round_results(round)[0]
        assert (result.total, result.verified_points) == (Decimal("87.0"), Decimal("90.0"))

    def test_the_page_goes_on_to_the_next_agency(self, round, program, parties, sign_in):
        client = sign_in(keeper_of(program))
        address = reverse("coordination:evaluation-verify", args=[YEAR])
        points = {f"points_{one.pk}": "5" for one in round.scheme.criteria.all()}
        points |= {"remark": "Chưa gửi tự đánh giá"}
        answer = client.post(f"{address}?agency={parties[1].code}", points)
        assert answer["Location"] == f"{address}?agency={parties[2].code}"
        assert Evaluation.objects.get().agency == parties[1]

    def test_parties_do_not_verify(self, round, parties, sign_in):
        client = sign_in(grader_of(parties[0]))
        assert client.get(reverse("coordination:evaluation-verify", args=[YEAR])).status_code == 403


class TestConclusion:
    def test_another_grade_than_the_one_proposed_needs_a_reason(self, program, parties, leader):
        late = make_task(program, lead=parties[1], due_on=date(YEAR, 3, 15))
        complete(late, date(YEAR, 3, 20))
        round = opened(program, scheme_draft(parts={"results": 100}, asks_self=False, asks_cross=False))
        give = {"actor": leader, "agency": parties[1]}
        with pytest.raises(RuleBroken) as refused:
            evaluations.conclude(round, grade="Hoàn thành tốt", **give)
        assert refused.value.field == "remark"
        evaluations.conclude(round, grade="Hoàn thành tốt", remark="Vượt chỉ tiêu", **give)
        result = round_results(round)[1]
        assert (result.band.label, result.grade_label) == ("Hoàn thành", "Hoàn thành tốt")

    def test_a_grade_of_no_scheme_is_refused(self, round, parties, leader):
        with pytest.raises(RuleBroken) as refused:
            evaluations.conclude(round, actor=leader, agency=parties[1], grade="Xuất sắc")
        assert refused.value.field == "grade"

    def test_no_grade_goes_beyond_its_cap(self, program, parties, leader):
        bands = [evaluations.BandDraft("Xuất sắc", 90, "ok", 40), evaluations.BandDraft("Đạt", 0)]
        round = opened(program, scheme_draft(bands=bands))
        evaluations.conclude(round, actor=leader, agency=parties[1], grade="Xuất sắc", remark="Tốt")
        with pytest.raises(RuleBroken) as refused:
            evaluations.conclude(round, actor=leader, agency=parties[2], grade="Xuất sắc", remark="Tốt")
        assert refused.value.field == "grade"
        assert Evaluation.objects.filter(kind=EvaluationKind.CONCLUDED).count() == 1

    def test_a_form_is_kept_whole_or_not_at_all(self, round, parties, leader):
        marks = [CrossMark(parties[1], grade="Hoàn thành"), CrossMark(parties[2], grade="Khác")]
        with pytest.raises(RuleBroken) as refused:
            evaluations.conclude_sheet(round, actor=leader, marks=marks)
        assert refused.value.field == f"grade_{parties[2].pk}"
        assert not Evaluation.objects.exists()

    def test_the_page_asks_a_leader_about_the_others_only(self, round, parties, leader, sign_in):
        client, address = sign_in(leader), reverse("coordination:evaluation-conclude", args=[YEAR])
        page = client.get(address)
        assert [one.agency for one in page.context["form"].results] == parties[1:]
        data = {f"grade_{parties[1].pk}": "Hoàn thành", f"remark_{parties[1].pk}": "Theo thẩm định"}
        assert client.post(address, data).status_code == 302
        assert Evaluation.objects.get().grade == "Hoàn thành"
        with pytest.raises(NotAllowed):
            evaluations.conclude(round, actor=leader, agency=parties[0], grade="Hoàn thành")


class TestForTheChair:
    @pytest.fixture
    def far_apart(self, round, parties):
        """The second party grades itself 90, the others give it 75 and 89."""
        send(round, parties[1], lines(round, 50, 40, 0, 0))
        for by, score in ((parties[0], 75), (parties[2], 89)):
            evaluations.submit_cross(round, actor=grader_of(by), agency=parties[1], by_agency=by, score=score)

    def test_a_leader_who_concludes_sees_them_without_who_gave_what(self, far_apart, parties, leader, sign_in):
        answer = sign_in(leader).get(reverse("coordination:evaluation-differences", args=[YEAR]))
        page = answer.context["page"]
        assert [one.agency for one in page.differences] == [parties[1], parties[1]]
        assert page.matrices == []

    def test_a_party_does_not(self, far_apart, parties, sign_in):
        client = sign_in(grader_of(parties[2]))
        assert client.get(reverse("coordination:evaluation-differences", args=[YEAR])).status_code == 403
        assert "chenh-lech" not in client.get(DETAIL).content.decode()

    def test_figures_changed_since_a_self_evaluation_are_flagged(self, far_apart, program, parties, sign_in):
        make_task(program, lead=parties[1], due_on=date(YEAR, 3, 1))
        page = sign_in(keeper_of(program)).get(DETAIL).context["page"]
        assert [parties[1].current_short_name in flag.words for flag in page.flags] == [True]

    def test_a_task_of_two_leads_is_flagged_for_what_it_does_to_the_sum(self, program, parties, round, sign_in):
        shared = make_task(program, due_on=date(YEAR, 3, 1))
        shared.roles.create(agency=parties[1], kind="lead", position=2)
        page = sign_in(keeper_of(program)).get(DETAIL).context["page"]
        assert [shared.code in flag.words for flag in page.flags] == [True]


class TestWords:
    @pytest.fixture
    def round(self, program):
        return opened(program, words_draft())

    def test_grades_in_words_are_given_and_the_usual_one_is_proposed(self, round, parties):
        evaluations.submit_self(round, actor=grader_of(parties[0]), agency=parties[0], grade="Tốt")
        for by in parties[1:]:
            evaluations.submit_cross(round, actor=grader_of(by), agency=parties[0], by_agency=by, grade="Khá")
        result = round_results(round)[0]
        assert (result.total, result.band.label, result.cross_grade) == (None, "Khá", "Khá (2)")

    def test_a_score_is_no_grade(self, round, parties):
        with pytest.raises(RuleBroken) as refused:
            evaluations.submit_self(round, actor=grader_of(parties[0]), agency=parties[0], score=90)
        assert refused.value.field == "grade"

    def test_the_pages_ask_for_words_and_show_them(self, round, program, parties, sign_in):
        client = sign_in(grader_of(parties[0]))
        sent = client.post(reverse("coordination:evaluation-self", args=[YEAR]), {"act": "send", "grade": "Tốt"})
        assert sent.status_code == 302
        data = {f"grade_{parties[1].pk}": "Trung bình", f"remark_{parties[1].pk}": "Còn chậm"}
        assert client.post(reverse("coordination:evaluation-cross", args=[YEAR]), data).status_code == 302
        page = sign_in(keeper_of(program)).get(reverse("coordination:evaluation-detail", args=[YEAR])).content.decode()
        assert "Trung bình" in page
        assert "Tốt" in page

    def test_lying_grades_apart_are_listed(self, round, parties, program, sign_in):
        evaluations.submit_self(round, actor=grader_of(parties[0]), agency=parties[0], grade="Tốt")
        for by in parties[1:]:
            evaluations.submit_cross(round, actor=grader_of(by), agency=parties[0], by_agency=by, grade="Yếu")
        answer = sign_in(keeper_of(program)).get(reverse("coordination:evaluation-differences", args=[YEAR]))
        assert [one.agency for one in answer.context["page"].differences] == [parties[0]]


class TestDisclosure:
    def shown(self, program, parties, **shown):
        draft = scheme_draft(shown={(Layer(name), audience): since for name, (audience, since) in shown.items()})
        round = opened(program, draft)
        given = {"actor": grader_of(parties[1]), "by_agency": parties[1], "score": Decimal("71.3")}
        evaluations.submit_cross(round, agency=parties[0], **given)
        return round

    @pytest.mark.parametrize(
        ("shown", "reader", "seen"),
        [
            ({}, 0, False),
            ({"cross": (Audience.EVALUATED, Since.AT_ONCE)}, 0, True),
            ({"cross": (Audience.EVALUATED, Since.AT_ONCE)}, 2, False),
            ({"cross": (Audience.EVALUATED, Since.CLOSED)}, 0, False),
            ({"cross": (Audience.PARTIES, Since.AT_ONCE)}, 2, True),
            ({"results": (Audience.PARTIES, Since.AT_ONCE)}, 2, False),
        ],
    )
    def test_single_scores_are_shown_as_the_scheme_says(self, program, parties, sign_in, shown, reader, seen):
        self.shown(program, parties, **shown)
        client = sign_in(grader_of(parties[reader]))
        page = client.get(reverse("coordination:evaluation-sheet", args=[YEAR]), {"agency": parties[0].code})
        assert ("71,3" in page.content.decode()) == seen

    def test_closing_shows_what_was_to_be_shown_then(self, program, parties, sign_in):
        round = self.shown(program, parties, cross=(Audience.PARTIES, Since.CLOSED))
        address = reverse("coordination:evaluation-sheet", args=[YEAR])
        client = sign_in(grader_of(parties[2]))
        assert "71,3" not in client.get(address, {"agency": parties[0].code}).content.decode()
        evaluations.close_round(round, actor=keeper_of(program), narrative="Chốt.")
        assert "71,3" in client.get(address, {"agency": parties[0].code}).content.decode()

    def test_results_a_scheme_shows_to_nobody_stay_withheld_after_closing(self, program, parties, sign_in):
        round = self.shown(program, parties)
        evaluations.close_round(round, actor=keeper_of(program), narrative="Chốt.")
        page = (
            sign_in(grader_of(parties[2])).get(reverse("coordination:evaluation-detail", args=[YEAR])).context["page"]
        )
        assert page.results == []
        assert page.results_withheld

    def test_an_agency_may_be_shown_its_own_result_alone(self, program, parties, sign_in):
        self.shown(program, parties, results=(Audience.EVALUATED, Since.AT_ONCE))
        page = (
            sign_in(grader_of(parties[2])).get(reverse("coordination:evaluation-detail", args=[YEAR])).context["page"]
        )
        assert [one.agency for one in page.results] == [parties[2]]
