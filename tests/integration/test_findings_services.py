"""What a round found: written, changed, removed; a limitation is closed by a task or a reasoned waiver alone."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from agencies.directory.services import end_agency
from agencies.models import AgencySuccession
from agencies.units.enums import SuccessionKind
from coordination.evaluations import services as evaluations
from coordination.findings import services as findings
from coordination.findings.enums import CauseKind, FindingKind, Remedy
from coordination.findings.models import Finding
from coordination.findings.queries import (
    chain_of,
    earlier_limitations,
    findings_by_kind,
    remedies_for,
    rounds_waiting,
    years_of,
)
from coordination.programs.models import Program
from coordination.tasks import services as tasks
from records import clock
from records.audit.queries import entries_about
from records.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.evaluations import keeper_of, make_round
from tests.factories.findings import leader_over, make_limitation, next_program
from tests.factories.programs import make_program
from tests.factories.tasks import make_draft, make_task, official_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def secretary(program):
    return keeper_of(program)


@pytest.fixture
def round(program):
    return make_round(programs=[program], cut_off_on=date(2022, 3, 28))


@pytest.fixture(scope="module")
def following_once(signed_once) -> int:
    """The key of the signed program of the year after."""
    return next_program(Program.objects.get(pk=signed_once)).pk


@pytest.fixture
def following(following_once):
    return Program.objects.get(pk=following_once)


def write(round, actor, kind=FindingKind.STRENGTH, text="Phối hợp tốt", **said) -> Finding:
    return findings.add_finding(round, actor=actor, kind=kind, text=text, **said)


class TestWriting:
    def test_findings_are_kept_in_order(self, round, secretary):
        for text in ("Một", "Hai"):
            write(round, secretary, text=text)
        assert list(round.findings.values_list("position", "text")) == [(1, "Một"), (2, "Hai")]

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"kind": FindingKind.STRENGTH, "text": " \n"}, "text"),
            ({"kind": FindingKind.CAUSE, "text": "Dịch bệnh"}, "cause_kind"),
            ({"kind": FindingKind.LESSON, "text": "Sớm hơn", "cause_kind": CauseKind.OBJECTIVE}, "cause_kind"),
            ({"kind": FindingKind.LESSON, "text": "Sớm hơn", "addressee_words": "Tỉnh ủy"}, "addressee"),
        ],
    )
    def test_what_says_nothing_or_does_not_fit_is_refused(self, round, secretary, said, field):
        with pytest.raises(RuleBroken) as refused:
            findings.add_finding(round, actor=secretary, **said)
        assert refused.value.field == field
        assert not round.findings.exists()

    def test_a_program_outside_the_round_is_refused(self, round, secretary, following):
        with pytest.raises(RuleBroken) as refused:
            write(round, secretary, program=following)
        assert refused.value.field == "program"

    def test_a_recommendation_has_one_addressee(self, round, secretary, program):
        told = {"kind": FindingKind.RECOMMENDATION, "text": "Bố trí kinh phí"}
        agency = program.parties.first().agency
        with pytest.raises(RuleBroken) as refused:
            findings.add_finding(round, actor=secretary, addressee=agency, addressee_words="Tỉnh ủy", **told)
        assert refused.value.field == "addressee_words"
        findings.add_finding(round, actor=secretary, addressee_words="Tỉnh ủy", **told)
        findings.add_finding(round, actor=secretary, addressee=agency, **told)
        findings.add_finding(round, actor=secretary, addressee_words="Tỉnh ủy", **told)
        groups = findings_by_kind(secretary, round)
        assert [(group.title, len(group.findings)) for group in groups] == [
            ("Kiến nghị với Tỉnh ủy", 2),
            (f"Kiến nghị với {agency.current_name}", 1),
        ]

    def test_a_cause_belongs_to_a_limitation_of_its_own_round(self, round, secretary):
        strength = write(round, secretary)
        cause = {"kind": FindingKind.CAUSE, "cause_kind": CauseKind.SUBJECTIVE, "text": "Chậm cập nhật"}
        with pytest.raises(RuleBroken) as refused:
            write(round, secretary, of_limitation=strength, **cause)
        assert refused.value.field == "of_limitation"
        limitation = make_limitation(round)
        assert write(round, secretary, of_limitation=limitation, **cause).of_limitation == limitation

    def test_a_change_leaves_both_values_and_a_stale_one_is_refused(self, round, secretary):
        finding = write(round, secretary)
        said = {"kind": FindingKind.STRENGTH, "text": "Phối hợp chặt chẽ"}
        findings.edit_finding(finding, actor=secretary, revision=1, **said)
        last = entries_about(finding).order_by("-sequence").first()
        assert (last.before["text"], last.after["text"]) == ("Phối hợp tốt", "Phối hợp chặt chẽ")
        with pytest.raises(Conflict):
            findings.edit_finding(finding, actor=secretary, revision=1, **(said | {"text": "Khác"}))
        finding.refresh_from_db()
        assert finding.text == "Phối hợp chặt chẽ"

    def test_nothing_changes_once_the_results_are_closed(self, round, secretary):
        finding = write(round, secretary)
        evaluations.close_round(round, actor=secretary, narrative="Chốt.")
        finding = Finding.objects.get(pk=finding.pk)
        for act in (
            lambda: write(round, secretary),
            lambda: findings.edit_finding(finding, actor=secretary, revision=1, kind="strength", text="Khác"),
            lambda: findings.remove_finding(finding, actor=secretary),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert list(round.findings.values_list("text", flat=True)) == ["Phối hợp tốt"]

    def test_what_others_hang_on_is_not_removed(self, round, secretary):
        limitation = make_limitation(round)
        lesson = write(round, secretary, kind=FindingKind.LESSON, text="Sớm hơn", of_limitation=limitation)
        with pytest.raises(RuleBroken):
            findings.remove_finding(limitation, actor=secretary)
        findings.remove_finding(lesson, actor=secretary)
        findings.remove_finding(limitation, actor=secretary)
        assert not round.findings.exists()


class TestRemedies:
    def test_a_task_of_the_program_that_follows_mends_it(self, round, secretary, following):
        limitation = make_limitation(round)
        task = findings.create_remedy(
            limitation, actor=secretary, program=following, draft=make_draft(following, title="Khắc phục")
        )
        limitation.refresh_from_db()
        assert (limitation.remedied_by, limitation.remedy) == (task, Remedy.GIVEN)
        assert entries_about(limitation).order_by("-sequence").first().after["remedied_by"] == task.code

    def test_also_after_the_results_are_closed(self, round, secretary, following):
        limitation = make_limitation(round)
        evaluations.close_round(round, actor=secretary, narrative="Chốt.")
        findings.name_remedy(limitation, actor=secretary, task=make_task(following))
        assert Finding.objects.standing(Remedy.GIVEN).get() == limitation

    def test_a_task_of_a_program_that_ended_before_the_cut_off_is_refused(self, program, secretary):
        task = make_task(program)
        round = make_round(programs=[program], cut_off_on=date(2023, 1, 5))
        with pytest.raises(RuleBroken) as refused:
            findings.name_remedy(make_limitation(round), actor=secretary, task=task)
        assert refused.value.field == "task"

    def test_a_task_of_the_program_evaluated_mends_nothing_in_the_days_after_the_cut_off(
        self, program, round, secretary
    ):
        """The figures of a year close before it ends; what is left of it is no next program."""
        task = make_task(program)
        assert program.period_end > round.cut_off_on
        with pytest.raises(RuleBroken) as refused:
            findings.name_remedy(make_limitation(round), actor=secretary, task=task)
        assert refused.value.field == "task"
        assert task not in remedies_for(secretary, round.findings.get())

    def test_of_a_half_year_the_same_program_goes_on(self, program, secretary):
        half = evaluations.open_round(
            program.unit, actor=secretary, year=2022, period="half", part=1, programs=[program],
            scheme=make_round(programs=[program]).scheme, cut_off_on=date(2022, 3, 28),
        )  # fmt: skip
        task = make_task(program)
        assert findings.name_remedy(make_limitation(half), actor=secretary, task=task).remedy is Remedy.GIVEN

    def test_one_whose_task_was_not_completed_waits_again(self, round, secretary, following):
        limitation = make_limitation(round, Remedy.GIVEN, task=make_task(following, "in_progress"))
        tasks.close_program_year(following, actor=secretary)
        limitation = Finding.objects.get(pk=limitation.pk)
        assert limitation.remedy is Remedy.OPEN
        assert list(Finding.objects.standing(Remedy.OPEN)) == [limitation]
        assert not Finding.objects.standing(Remedy.GIVEN).exists()
        assert limitation.remedied_by not in remedies_for(secretary, limitation)

    def test_a_task_the_secretary_does_not_see_is_as_none(self, round, secretary):
        foreign = make_task(make_program("signed", year=2023))
        with pytest.raises(NotAllowed) as refused:
            findings.name_remedy(make_limitation(round), actor=secretary, task=foreign)
        assert refused.value.decision.hidden

    def test_one_whose_task_was_cancelled_waits_again(self, round, secretary, following):
        task = make_task(following)
        limitation = make_limitation(round, Remedy.GIVEN, task=task)
        tasks.cancel(task, actor=secretary, reason="Không còn phù hợp", decision="Công văn 5/UBND ngày 30/3/2022")
        limitation = Finding.objects.get(pk=limitation.pk)
        assert limitation.remedy is Remedy.OPEN
        assert list(Finding.objects.standing(Remedy.OPEN)) == [limitation]
        other = make_task(following)
        assert findings.name_remedy(limitation, actor=secretary, task=other).remedy is Remedy.GIVEN

    def test_only_a_leader_waives_and_only_with_a_reason(self, round, secretary, program):
        limitation, leader = make_limitation(round), leader_over(program)
        with pytest.raises(NotAllowed):
            findings.waive_limitation(limitation, actor=secretary, reason="Không cần")
        with pytest.raises(RuleBroken) as refused:
            findings.waive_limitation(limitation, actor=leader, reason=" \n")
        assert refused.value.field == "reason"
        waived = findings.waive_limitation(limitation, actor=leader, reason="Đã hết nguyên nhân")
        assert (waived.remedy, waived.waived_by) == (Remedy.WAIVED, leader)

    def test_what_is_being_mended_is_not_waived(self, round, program, following):
        limitation = make_limitation(round, Remedy.GIVEN, task=make_task(following))
        with pytest.raises(RuleBroken):
            findings.waive_limitation(limitation, actor=leader_over(program), reason="Không cần")

    def test_a_waiver_is_taken_back_by_a_leader_or_ended_by_a_task(self, round, secretary, program, following):
        limitation = make_limitation(round, Remedy.WAIVED)
        with pytest.raises(NotAllowed):
            findings.reopen_limitation(limitation, actor=secretary, reason="Xem lại")
        assert (
            findings.reopen_limitation(limitation, actor=leader_over(program), reason="Xem lại").remedy is Remedy.OPEN
        )
        again = findings.waive_limitation(limitation, actor=leader_over(program), reason="Đã hết nguyên nhân")
        mended = findings.name_remedy(again, actor=secretary, task=make_task(following))
        assert (mended.remedy, mended.waiver_reason) == (Remedy.GIVEN, "")

    def test_the_standings_part_all_limitations(self, round, following):
        """Each limitation is in exactly one of them: what is counted is what is listed."""
        standing = [remedy for remedy in Remedy if remedy != Remedy.RECURRED]
        made = {remedy: make_limitation(round, remedy, text=remedy.value) for remedy in standing}
        for remedy, limitation in made.items():
            assert list(Finding.objects.standing(remedy)) == [limitation]
            assert Finding.objects.select_related("remedied_by").get(pk=limitation.pk).remedy is remedy

    def test_the_database_keeps_a_limitation_from_being_both(self, round, following):
        limitation = make_limitation(round, Remedy.WAIVED)
        with pytest.raises(IntegrityError), transaction.atomic():
            Finding.objects.filter(pk=limitation.pk).update(remedied_by=make_task(following))
        with pytest.raises(IntegrityError), transaction.atomic():
            Finding.objects.filter(pk=limitation.pk).update(waiver_reason="")


class TestRepeats:
    @pytest.fixture
    def three(self, program, secretary):
        """The same limitation in the rounds of a half-year, the year, and the year after."""
        parties = [party.agency for party in program.parties.select_related("agency").order_by("letterhead_order")]
        later = make_program("signed", year=2023, agencies=parties, secretary=secretary)
        half = make_round(programs=[program], cut_off_on=date(2022, 3, 20))
        year = evaluations.open_round(
            program.unit, actor=secretary, year=2022, period="half", part=1, programs=[program], scheme=half.scheme,
            cut_off_on=date(2022, 3, 28),
        )  # fmt: skip
        next_year = make_round(programs=[later], scheme=half.scheme, cut_off_on=date(2023, 12, 14))
        first = make_limitation(half)
        second = make_limitation(year, repeats=first)
        return first, second, make_limitation(next_year, repeats=second)

    def test_years_are_counted_not_rounds(self, three, django_assert_num_queries):
        limitations = list(Finding.objects.limitations().select_related("round"))
        with django_assert_num_queries(1):
            years = years_of(limitations)
        assert [years[one.pk] for one in three] == [1, 1, 2]

    def test_the_chain_is_read_from_any_of_its_links(self, three, secretary):
        first, second, third = three
        assert chain_of(secretary, second) == [first, third]
        assert chain_of(secretary, third) == [first, second]

    def test_it_is_counted_on_where_units_were_merged(self, program, round):
        """Whoever took the secretariat over finds the same again in the evaluation of the new unit."""
        first, later, day = make_limitation(round), make_program("signed", parties=2, year=2023), clock.today()
        end_agency(program.drafting_agency, last_day=day)
        AgencySuccession.objects.create(
            predecessor=program.drafting_agency, successor=later.drafting_agency, kind=SuccessionKind.MERGED,
            effective_on=day, decision="Quyết định số 5",
        )  # fmt: skip
        with clock.standing_at(clock.at(date(2023, 12, 20), 9)):
            next_round, keeper = make_round(programs=[later], cut_off_on=date(2023, 12, 14)), keeper_of(later)
            assert first in earlier_limitations(keeper, next_round)
            again = write(next_round, keeper, FindingKind.LIMITATION, "Vẫn chưa kịp thời", repeats=first)
            assert years_of([again, first]) == {again.pk: 2, first.pk: 1}

    def test_only_its_latest_form_waits(self, three, secretary):
        waiting = rounds_waiting(secretary, date(2023, 12, 20), most=5)
        assert [(one.round, one.waiting, one.repeated) for one in waiting] == [(three[2].round, 1, 1)]
        assert set(Finding.objects.standing(Remedy.RECURRED)) == set(three[:2])
        assert list(Finding.objects.standing(Remedy.OPEN)) == [three[2]]

    def test_a_later_limitation_or_a_foreign_one_is_not_repeated(self, three, secretary):
        foreign = make_limitation(make_round(programs=[make_program("signed")], cut_off_on=date(2022, 1, 5)))
        for earlier in (three[2], foreign):
            with pytest.raises(RuleBroken) as refused:
                make_limitation(three[1].round, repeats=earlier)
            assert refused.value.field == "repeats"


def test_what_waits_follows_keepers_and_leaders_alone(round, secretary, program):
    make_limitation(round)
    official = official_of(program.drafting_agency)
    cut_off = round.cut_off_on
    assert [one.waiting for one in rounds_waiting(secretary, cut_off, most=5)] == [1]
    assert [one.waiting for one in rounds_waiting(leader_over(program), cut_off, most=5)] == [1]
    assert rounds_waiting(official, cut_off, most=5) == []
    assert rounds_waiting(secretary, date(2022, 3, 27), most=5) == [], "the figures are not cut off yet"


def test_a_foreign_secretary_learns_nothing(round):
    limitation = make_limitation(round)
    stranger = keeper_of(make_program("signed"))
    for act in (
        lambda: findings.remove_finding(limitation, actor=stranger),
        lambda: findings.reopen_limitation(limitation, actor=stranger, reason="x"),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert refused.value.decision.hidden
    assert Finding.objects.filter(pk=limitation.pk).exists()
