"""What a round accepts and refuses, and that its results are those of the cut-off day."""

from datetime import date
from decimal import Decimal

import pytest

from coordination.evaluations import services as evaluations
from coordination.evaluations.enums import EvaluationKind, RoundState
from coordination.evaluations.models import Evaluation, EvaluationRound
from coordination.evaluations.queries import missing_before_closing, round_results
from coordination.figures.queries import Scope, figures_of
from coordination.tasks import services as tasks
from coordination.tasks.services.states import move
from coordination.tasks.workflow import Act
from records import clock
from records.audit.queries import entries_about
from records.errors import NotAllowed, RuleBroken
from tests.factories.evaluations import grade_everyone, grader_of, keeper_of, make_round, make_scheme
from tests.factories.people import make_agency, make_unit
from tests.factories.programs import make_parties, make_program, secretary_of
from tests.factories.tasks import make_task, make_upload, official_of

pytestmark = pytest.mark.django_db
YEAR = 2022
# The cut-off lies behind.
LATER = clock.at(date(YEAR, 4, 10), 9)
BUCKETS = ("on_time", "late", "overdue", "in_time")


def complete(task, day: date, *, confirmed_on: date | None = None) -> None:
    """Report all of the target on a day and have it confirmed, the same day unless said otherwise."""
    lead = task.roles.get().agency
    with clock.standing_at(clock.at(day, 9)):
        tasks.report_progress(
            task,
            actor=official_of(lead),
            value=Decimal(45),
            percent=None,
            claims_completion=True,
            files=[make_upload()],
        )
    with clock.standing_at(clock.at(confirmed_on or day, 9)):
        tasks.confirm_completion(task, actor=official_of(task.confirming_agency))


def report(task, value: int, day: date) -> None:
    with clock.standing_at(clock.at(day, 9)):
        tasks.report_progress(task, actor=official_of(task.roles.get().agency), value=Decimal(value), percent=None)


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def parties(program):
    return [party.agency for party in program.parties.all()]


class TestResults:
    def test_tasks_are_judged_as_they_stood_on_the_cut_off_day(self, program, parties):
        due = {"due_on": date(YEAR, 3, 15)}
        on_time, late, unfinished, done_since = (make_task(program, **due) for _ in range(4))
        make_task(program, due_on=date(YEAR, 6, 30))  # still within its deadline
        complete(on_time, date(YEAR, 3, 15))
        complete(late, date(YEAR, 3, 16))
        report(unfinished, 38, date(YEAR, 3, 28))
        report(unfinished, 44, date(YEAR, 4, 2))
        report(done_since, 9, date(YEAR, 3, 20))
        complete(done_since, date(YEAR, 4, 1))
        round = make_round(programs=[program], cut_off_on=date(YEAR, 3, 30))
        with clock.standing_at(LATER):
            lead, second, third = round_results(round)
        # (100 + 70 + 70 × 38/45 + 70 × 9/45) / 4
        assert lead.results_points == Decimal("60.8")
        assert [second.results_points, third.results_points] == [None, None]
        assert lead.agency == parties[0]

    def test_what_became_of_a_task_after_the_cut_off_does_not_count(self, program, parties):
        """Due on the cut-off day or after it, given up or done since: within its deadline on that day."""
        day = date(YEAR, 3, 30)
        given_up, done, due_that_day = (make_task(program, due_on=due) for due in (date(YEAR, 4, 5), day, day))
        early = make_task(program, due_on=date(YEAR, 4, 5))
        complete(done, date(YEAR, 4, 1))
        for task, on in ((given_up, date(YEAR, 4, 4)), (early, date(YEAR, 3, 28))):
            with clock.standing_at(clock.at(on, 9)):
                move(task, Act.CLOSE, actor=keeper_of(program))
        round = make_round(programs=[program], cut_off_on=day)
        with clock.standing_at(LATER):
            counts = round_results(round)[0].counts
        assert (counts.in_time, counts.overdue, counts.on_time, counts.late) == (3, 1, 0, 0)
        assert due_that_day.completed_on is None

    @pytest.mark.parametrize(
        ("reported", "confirmed", "expected"),
        [
            ((3, 14), (3, 29), "on_time"),
            ((3, 14), (4, 2), "in_time"),
            ((3, 16), (3, 29), "late"),
            ((3, 16), (4, 2), "overdue"),
        ],
        ids=str,
    )
    def test_a_task_is_done_once_confirmed_and_late_by_the_day_it_was_reported(
        self, program, parties, reported, confirmed, expected
    ):
        """The evaluation counts as every figure of the day does: a report alone completes nothing."""
        task, cut_off = make_task(program, due_on=date(YEAR, 3, 15)), date(YEAR, 3, 30)
        complete(task, date(YEAR, *reported), confirmed_on=date(YEAR, *confirmed))
        round = make_round(programs=[program], cut_off_on=cut_off)
        with clock.standing_at(LATER):
            counts = round_results(round)[0].counts
            figures = figures_of(Scope(secretary_of(parties[0])), YEAR, as_of=cut_off)
        assert getattr(counts, expected) == 1
        told = figures.agencies[0].led
        assert [getattr(counts, name) for name in BUCKETS] == [getattr(told, name) for name in BUCKETS]

    def test_parts_are_weighed_and_graded(self, program, parties):
        complete(make_task(program, due_on=date(YEAR, 3, 15)), date(YEAR, 3, 1))
        round = make_round(programs=[program], cut_off_on=date(YEAR, 3, 30))
        _send_self(round, parties[0], 92)
        _send_cross(round, parties[1], parties[0], "93.5")
        _send_cross(round, parties[2], parties[0], 86)
        result = round_results(round)[0]
        # 50 + 18,4 + 30% of 89,8 (the mean 89,75 as printed) = 95,34
        assert (result.cross_points, result.total, result.band.label) == (
            Decimal("89.8"),
            Decimal("95.3"),
            "Hoàn thành tốt",
        )

    @pytest.mark.parametrize("count", [1, 3])
    def test_results_take_the_same_number_of_queries(self, program, count, django_assert_num_queries):
        for _ in range(count):
            make_task(program, due_on=date(YEAR, 3, 15))
        round = make_round(programs=[program], graded=True)
        with django_assert_num_queries(7):
            assert len(round_results(round)) == 3


class TestOpening:
    def open(self, program, **changes):
        secretary = keeper_of(program)
        facts = {
            "actor": secretary,
            "year": YEAR,
            "programs": [program],
            "scheme": changes.pop("scheme", None) or make_scheme(program.unit, secretary),
            "cut_off_on": clock.today(),
        }
        return evaluations.open_round(program.unit, **{**facts, **changes})

    def test_takes_the_usual_days_of_the_span(self, program):
        year = self.open(program, cut_off_on=None)
        half = self.open(program, scheme=year.scheme, cut_off_on=None, period="half", part=1)
        assert (year.counts_from, year.cut_off_on) == (date(2021, 12, 15), date(2022, 12, 14))
        assert (half.counts_from, half.cut_off_on) == (date(2021, 12, 15), date(2022, 6, 14))

    def test_a_program_has_a_round_of_every_span_of_its_year(self, program):
        scheme = self.open(program).scheme
        for period, part in (("half", 1), ("half", 2), ("quarter", 1), ("quarter", 4)):
            self.open(program, scheme=scheme, period=period, part=part, cut_off_on=None)
        keys = [one.key for one in EvaluationRound.objects.order_by("pk")]
        assert keys == ["2022", "2022-6-thang-dau", "2022-6-thang-cuoi", "2022-quy-1", "2022-quy-4"]

    def test_another_program_has_a_round_of_its_own_beside_it(self, program, parties):
        scheme = self.open(program).scheme
        other = make_program("signed", agencies=parties, secretary=keeper_of(program))
        beside = self.open(other, scheme=scheme)
        assert (beside.number, beside.key) == (2, "2022-dot-2")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [({"programs": []}, None), ({"year": 2021}, "programs"), ({"cut_off_on": date(2021, 12, 31)}, "cut_off_on")],
    )
    def test_refuses_what_does_not_fit(self, program, changes, field):
        with pytest.raises(RuleBroken if field else NotAllowed) as refused:
            self.open(program, **changes)
        assert getattr(refused.value, "field", None) == field

    @pytest.mark.parametrize("state", ["draft", "agreed", "signing"])
    def test_refuses_an_unsigned_program(self, state):
        with pytest.raises(RuleBroken) as refused:
            self.open(make_program(state))
        assert refused.value.field == "programs"

    def test_refuses_a_second_round_of_the_year(self, program):
        scheme = self.open(program).scheme
        with pytest.raises(RuleBroken) as refused:
            self.open(program, scheme=scheme)
        assert refused.value.field == "programs"
        assert program.code in str(refused.value)

    def test_refuses_a_scheme_of_another_unit(self, program):
        elsewhere = make_program("draft", unit=make_unit())
        scheme = make_scheme(elsewhere.unit, keeper_of(elsewhere))
        with pytest.raises(RuleBroken) as refused:
            self.open(program, scheme=scheme)
        assert refused.value.field == "scheme"


class TestScores:
    @pytest.fixture
    def round(self, program):
        return make_round(programs=[program])

    @pytest.mark.parametrize("score", [0, 100, "93.5"])
    def test_between_0_and_100(self, round, parties, score):
        assert _send_self(round, parties[0], score, remark="Lý do.").score == Decimal(score)

    @pytest.mark.parametrize("score", [101, -1, "100.1", "93.55"])
    def test_outside_is_refused_at_the_score(self, round, parties, score):
        with pytest.raises(RuleBroken) as refused:
            _send_self(round, parties[0], score, remark="Lý do.")
        assert refused.value.field == "score"
        assert not Evaluation.objects.exists()

    @pytest.mark.parametrize(
        ("score", "remark", "accepted"), [("69.9", " ", False), ("69.9", "Chậm", True), (70, "", True)]
    )
    def test_a_low_score_needs_its_reason(self, round, parties, score, remark, accepted):
        if accepted:
            _send_cross(round, parties[1], parties[0], score, remark)
        else:
            with pytest.raises(RuleBroken) as refused:
                _send_cross(round, parties[1], parties[0], score, remark)
            assert refused.value.field == "remark"
        assert Evaluation.objects.count() == accepted

    def test_sent_again_replaces_and_the_audit_keeps_both(self, round, parties):
        first = _send_cross(round, parties[1], parties[0], 90)
        second = _send_cross(round, parties[1], parties[0], 80)
        assert first.pk == second.pk
        assert Evaluation.objects.get().score == 80
        latest = entries_about(second)[0]
        assert (latest.before["score"], latest.after["score"]) == ("90.0", "80")

    def test_only_parties_of_one_program_grade_each_other(self, program, parties):
        other = make_program("signed", agencies=make_parties(make_unit(), 2))
        stranger = other.parties.first().agency
        round = make_round(programs=[program])
        with pytest.raises(NotAllowed):
            _send_cross(round, parties[0], stranger, 90)
        with pytest.raises(NotAllowed):
            _send_cross(round, parties[0], parties[0], 90)

    def test_parties_of_different_programs_of_one_round_do_not_grade_each_other(self):
        unit = make_unit()
        first, second, third, fourth = make_parties(unit, 4)
        secretary = secretary_of(make_agency(unit, "van-phong", serves=[first, third]))
        programs = [
            make_program("signed", agencies=pair, secretary=secretary) for pair in ([first, second], [third, fourth])
        ]
        round = make_round(programs=programs)
        with pytest.raises(NotAllowed):
            _send_cross(round, first, third, 90)
        assert _send_cross(round, first, second, 90).score == 90

    def test_a_sheet_is_kept_whole_or_not_at_all(self, round, parties):
        marks = [evaluations.CrossMark(parties[1], Decimal(90)), evaluations.CrossMark(parties[2], Decimal(101))]
        with pytest.raises(RuleBroken) as refused:
            evaluations.submit_cross_sheet(round, actor=grader_of(parties[0]), by_agency=parties[0], marks=marks)
        assert refused.value.field == f"score_{parties[2].pk}"
        assert not Evaluation.objects.exists()

    def test_points_by_criterion_make_the_score(self, program, parties):
        round = make_round(programs=[program], criteria=[("Kết quả", 60), ("Phối hợp", 40)])
        first, second = round.scheme.criteria.all()
        points = [evaluations.CriterionPoints(first, Decimal(55)), evaluations.CriterionPoints(second, Decimal(35))]
        sent = _send_self(round, parties[0], 90, scores=points)
        assert [line.points for line in sent.scores.order_by("criterion__position")] == [55, 35]
        for wrong, field in (
            ([evaluations.CriterionPoints(first, Decimal(61)), points[1]], f"points_{first.pk}"),
            ([points[0], points[0]], "scores"),
            (points[:1], "scores"),
        ):
            with pytest.raises(RuleBroken) as refused:
                _send_self(round, parties[0], 90, scores=wrong)
            assert refused.value.field == field


class TestClosing:
    def test_missing_forms_need_a_reason(self, program, parties):
        round = make_round(programs=[program])
        grade_everyone(round)
        Evaluation.objects.filter(kind=EvaluationKind.CROSS, by_agency=parties[2], agency=parties[0]).delete()
        missing = missing_before_closing(round)
        assert [(form.agency, form.kind) for form in missing] == [(parties[2], EvaluationKind.CROSS)]
        with pytest.raises(RuleBroken) as refused:
            evaluations.close_round(round, actor=keeper_of(program), narrative="  ")
        assert refused.value.field == "narrative"
        assert parties[2].current_name in str(refused.value)
        closed = evaluations.close_round(round, actor=keeper_of(program), narrative="Quá hạn gửi.")
        assert (closed.state, closed.closed_on, closed.narrative) == (
            RoundState.CLOSED,
            clock.today(),
            "Quá hạn gửi.",
        )

    def test_a_complete_round_closes_without_a_word(self, program):
        round = make_round(programs=[program], graded=True)
        assert evaluations.close_round(round, actor=keeper_of(program)).status is RoundState.CLOSED


def _send_self(round, agency, score, remark="", scores=()):
    return evaluations.submit_self(
        round, actor=grader_of(agency), agency=agency, score=Decimal(score), remark=remark, scores=scores
    )


def _send_cross(round, by_agency, agency, score, remark=""):
    return evaluations.submit_cross(
        round, actor=grader_of(by_agency), agency=agency, by_agency=by_agency, score=Decimal(score), remark=remark
    )
