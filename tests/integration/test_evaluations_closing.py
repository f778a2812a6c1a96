"""Closing: what is frozen, what a correction changes and keeps, what nobody changes any more. Abuse case 60."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies.access.enums import Role
from coordination.evaluations import services as evaluations
from coordination.evaluations.frozen import digest_of
from coordination.evaluations.models import (
    CitedTask,
    Correction,
    Disclosure,
    Evaluation,
    EvaluationRound,
    GradeBand,
    GradingPart,
    GradingScheme,
    RoundSnapshot,
)
from coordination.evaluations.queries import is_intact, round_results
from coordination.figures.queries import figures_of
from coordination.figures.scope import Scope
from coordination.tasks.models import Task
from records import clock
from records.audit.queries import entries_about
from records.errors import NotAllowed, RuleBroken
from tests.factories.evaluations import grader_of, keeper_of, make_round, make_scheme, scheme_draft
from tests.factories.people import make_member
from tests.factories.programs import make_program
from tests.factories.tasks import make_task
from tests.integration.test_evaluations_services import complete

pytestmark = pytest.mark.django_db
YEAR = 2022


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def parties(program):
    return [party.agency for party in program.parties.all()]


@pytest.fixture
def leader(program):
    return make_member(program.drafting_agency, Role.LEADER)


@pytest.fixture
def task(program, parties):
    """The only task: led by the second party, done on time."""
    task = make_task(program, lead=parties[1], due_on=date(YEAR, 3, 15))
    complete(task, date(YEAR, 3, 10))
    return task


@pytest.fixture
def closed(program, task):
    return make_round("closed", programs=[program], graded=True)


def correct(round, leader, agency, **changes):
    facts = {"total": Decimal("88.5"), "grade": "Hoàn thành", "reason": "Cộng thiếu điểm thưởng"}
    return evaluations.correct_result(round, actor=leader, agency=agency, **(facts | changes))


class TestFreezing:
    def test_the_results_stand_whatever_becomes_of_the_tasks(self, closed, program, task):
        before = round_results(closed)
        assert before[1].total == Decimal("95.0")  # 50 + 20% and 30% of 90
        type(task).objects.filter(pk=task.pk).update(completed_on=date(YEAR, 3, 25))
        make_task(program, lead=task.roles.get().agency, due_on=date(YEAR, 3, 1))
        assert round_results(closed) == before

    def test_the_counts_are_those_of_the_figures_on_the_cut_off_day(self, closed, program, parties):
        content = closed.snapshots.get().content
        actor = keeper_of(program)
        figures = figures_of(Scope(actor, program_ids=(program.pk,)), YEAR, as_of=closed.cut_off_on)
        led = {one.agency.code: one.led for one in figures.agencies}
        counted = {row["code"]: row["counts"] for row in content["agencies"]}
        for code, tally in led.items():
            told = counted[code]
            assert (told["on_time"], told["late"], told["overdue"]) == (tally.on_time, tally.late, tally.overdue)
        assert sum(row["on_time"] for row in counted.values()) == figures.year.on_time == 1

    def test_the_tasks_behind_a_result_stand_as_well(self, closed, program, parties, task, sign_in):
        type(task).objects.filter(pk=task.pk).update(title="Tên khác", completed_on=date(YEAR, 3, 25))
        make_task(program, lead=parties[1], due_on=date(YEAR, 3, 1))
        address = reverse("coordination:evaluation-sheet", args=[closed.key])
        sheet = sign_in(keeper_of(program)).get(address, {"agency": parties[1].code}).context["sheet"]
        assert [(one.outcome.title, one.outcome.bucket, one.points) for one in sheet.tasks] == [
            (task.title, "done_on_time", Decimal(100)),
        ]  # fmt: skip
        assert (sheet.filled.points, sheet.counts.judged, sheet.result.total) == (100, 1, Decimal("95.0"))

    def test_what_did_not_add_up_is_still_said_afterwards(self, program, parties, task, sign_in):
        task.roles.create(agency=parties[2], kind="lead", position=2)
        make_round("closed", programs=[program], graded=True)
        task.roles.filter(position=2).delete()
        client = sign_in(keeper_of(program))
        for name in ("detail", "differences"):
            page = client.get(reverse(f"coordination:evaluation-{name}", args=[YEAR]))
            assert [task.code in flag.words for flag in page.context["page"].flags] == [True]
            assert "Số liệu đều khớp" not in page.content.decode()

    def test_the_digest_is_that_of_the_content_and_stands_in_the_audit(self, closed):
        snapshot = closed.snapshots.get()
        assert snapshot.digest == digest_of(json.loads(json.dumps(snapshot.content)))
        assert is_intact(snapshot)
        assert entries_about(closed)[0].after["digest"] == snapshot.digest

    def test_figures_changed_behind_the_portal_are_noticed(self, closed):
        snapshot = closed.snapshots.get()
        snapshot.content["agencies"][0]["total"] = "99.9"
        assert not is_intact(snapshot)

    def test_before_the_cut_off_nothing_is_closed(self, program):
        round = make_round(programs=[program], cut_off_on=clock.today() + timedelta(days=1))
        with pytest.raises(RuleBroken):
            evaluations.close_round(round, actor=keeper_of(program), narrative="Chốt.")

    def test_while_the_cut_off_lies_ahead_tasks_are_judged_today(self, program):
        make_task(program, due_on=date(YEAR, 11, 30))
        round = make_round(programs=[program], cut_off_on=date(YEAR, 12, 14))
        assert round_results(round)[0].counts.in_time == 1

    def test_a_grade_beyond_its_cap_is_not_published(self, program, parties, leader):
        bands = [evaluations.BandDraft("Tốt", 80, "ok", 34), evaluations.BandDraft("Đạt", 0)]
        draft = scheme_draft(bands=bands, parts={"self": 40, "cross": 60})
        scheme = evaluations.create_scheme(program.unit, actor=keeper_of(program), draft=draft)
        round = make_round(programs=[program], scheme=scheme, graded=True)
        with pytest.raises(RuleBroken) as refused:
            evaluations.close_round(round, actor=keeper_of(program))
        assert "34" in str(refused.value)
        for agency in parties[1:]:
            evaluations.conclude(round, actor=leader, agency=agency, grade="Đạt", remark="Theo tỷ lệ")
        assert not evaluations.close_round(round, actor=keeper_of(program)).is_open


class TestSpan:
    def test_what_was_done_before_the_span_is_not_judged_again(self, program):
        early, due, late = (make_task(program, due_on=day) for day in (
            date(YEAR, 2, 10), date(YEAR, 3, 20), date(YEAR, 3, 1),
        ))  # fmt: skip
        complete(early, date(YEAR, 2, 1))
        complete(due, date(YEAR, 3, 18))
        complete(late, date(YEAR, 3, 25))
        round = evaluations.open_round(
            program.unit, actor=keeper_of(program), year=YEAR, programs=[program],
            scheme=make_scheme(program.unit, keeper_of(program)), period="quarter", part=2,
            counts_from=date(YEAR, 3, 15), cut_off_on=date(YEAR, 4, 1),
        )  # fmt: skip
        counts = round_results(round)[0].counts
        assert (counts.on_time, counts.late) == (1, 1)


class TestCorrection:
    def test_is_dated_reasoned_and_keeps_the_old_value(self, closed, leader, parties, sign_in):
        correction = correct(closed, leader, parties[1], paper="Thông báo 5/TB-VP")
        assert (correction.total_before, correction.grade_before) == (Decimal("95.0"), "Hoàn thành tốt")
        assert correction.corrected_on == clock.today()
        result = round_results(closed)[1]
        assert (result.total, result.grade_label) == (Decimal("88.5"), "Hoàn thành")
        assert list(closed.snapshots.values_list("version", flat=True)) == [1, 2]
        assert all(is_intact(one) for one in closed.snapshots.all())
        page = (
            sign_in(grader_of(parties[2])).get(reverse("coordination:evaluation-detail", args=[YEAR])).content.decode()
        )
        assert "<s>95,0</s>" in page
        assert "Cộng thiếu điểm thưởng" in page

    def test_is_no_disagreement_of_those_who_graded(self, closed, leader, parties, sign_in):
        correct(closed, leader, parties[1])
        page = sign_in(leader).get(reverse("coordination:evaluation-differences", args=[YEAR]))
        assert page.context["page"].differences == []
        assert page.context["page"].results[1].grade_label == "Hoàn thành"

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"reason": " "}, "reason"),
            ({"grade": "Xuất sắc"}, "grade"),
            ({"total": Decimal("100.1")}, "total"),
            ({"total": Decimal("88.55")}, "total"),
            ({"total": None}, "total"),
            ({"total": Decimal("95.0"), "grade": "Hoàn thành tốt"}, "grade"),
        ],
    )
    def test_what_does_not_hold_is_refused(self, closed, leader, parties, changes, field):
        with pytest.raises(RuleBroken) as refused:
            correct(closed, leader, parties[1], **changes)
        assert refused.value.field == field
        assert not Correction.objects.exists()

    def test_is_for_leaders_and_not_while_open(self, program, parties, leader, closed):
        with pytest.raises(NotAllowed):
            correct(closed, keeper_of(program), parties[1])
        other = make_program("signed", agencies=parties, secretary=keeper_of(program))
        with pytest.raises(NotAllowed):
            correct(make_round(programs=[other]), leader, parties[1])

    def test_the_page_corrects_and_says_what_is_wrong(self, closed, leader, parties, sign_in):
        client, address = sign_in(leader), reverse("coordination:evaluation-correct", args=[YEAR])
        address += f"?agency={parties[1].code}"
        assert client.post(address, {"total": "88,5", "grade": "Hoàn thành", "reason": ""}).status_code == 422
        answer = client.post(address, {"total": "88,5", "grade": "Hoàn thành", "reason": "Cộng thiếu"})
        assert answer.status_code == 302
        assert Correction.objects.get().by == leader


class TestAbuseCase60:
    """A past evaluation changes by dated correction only."""

    def test_every_service_refuses(self, closed, program, parties, leader):
        secretary, first = keeper_of(program), parties[1]
        acts = [
            lambda: evaluations.submit_self(closed, actor=grader_of(first), agency=first, score=100),
            lambda: evaluations.save_self_draft(closed, actor=grader_of(first), agency=first, score=100),
            lambda: evaluations.submit_cross(
                closed, actor=grader_of(parties[2]), agency=first, by_agency=parties[2], score=100
            ),
            lambda: evaluations.verify(closed, actor=secretary, agency=first, score=100),
            lambda: evaluations.conclude(closed, actor=leader, agency=first, grade="Hoàn thành"),
            lambda: evaluations.close_round(closed, actor=secretary, narrative="Lại"),
            lambda: evaluations.change_round(
                closed, actor=secretary, days=evaluations.RoundDays(), scheme=closed.scheme, revision=closed.revision
            ),
        ]
        for act in acts:
            with pytest.raises(NotAllowed):
                act()
        assert {one.score for one in Evaluation.objects.all()} == {Decimal(90)}

    @pytest.mark.parametrize(
        "change",
        [
            lambda: Evaluation.objects.update(score=100),
            lambda: RoundSnapshot.objects.update(digest="0" * 64),
            lambda: RoundSnapshot.objects.all().delete(),
            lambda: EvaluationRound.objects.update(state="open", closed_on=None),
            lambda: EvaluationRound.objects.update(closed_on=date(2023, 1, 1)),
            lambda: EvaluationRound.objects.update(cut_off_on=date(2023, 1, 1)),
            lambda: EvaluationRound.objects.get().programs.clear(),
            lambda: Evaluation.objects.filter(kind="cross").delete(),
            lambda: CitedTask.objects.create(evaluation=Evaluation.objects.first(), task=Task.objects.first()),
            lambda: GradeBand.objects.update(label="Khác"),
            lambda: GradeBand.objects.first().delete(),
            lambda: GradingPart.objects.update(weight_percent=1),
            lambda: Disclosure.objects.all().delete(),
            lambda: GradingScheme.objects.update(late_points=99),
        ],
        ids=[
            "score", "snapshot", "snapshot removed", "opened again", "closed later", "cut off later", "programs gone",
            "judgement removed", "evidence added", "grade renamed", "grade removed", "weight", "disclosure", "scheme",
        ],
    )  # fmt: skip
    def test_the_database_itself_refuses(self, closed, change):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()

    def test_corrections_are_not_rewritten(self, closed, leader, parties):
        correct(closed, leader, parties[1])
        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.update(reason="Khác")
