"""Grading schemes: what is refused, when they are locked, what a new version keeps; their screen."""

from decimal import Decimal

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from coordination.evaluations import services as evaluations
from coordination.evaluations.enums import Audience, CriterionKind, Layer, PartKind, SchemeKind, Since
from coordination.evaluations.models import Disclosure, GradingScheme
from coordination.evaluations.services import BandDraft
from records import clock
from records.audit.queries import entries_about
from records.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.evaluations import grader_of, keeper_of, make_round, make_scheme, scheme_draft, words_draft
from tests.factories.people import make_agency, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def secretary(program):
    return keeper_of(program)


@pytest.fixture
def scheme(program, secretary):
    return make_scheme(program.unit, secretary, criteria=[("Kết quả", 60), ("Phối hợp", 40)])


def edit(scheme, actor, **changes):
    draft = scheme_draft(criteria=[("Kết quả", 60), ("Phối hợp", 40)], **changes)
    return evaluations.edit_scheme(scheme, actor=actor, draft=draft, revision=scheme.revision)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"parts": {PartKind.RESULTS: 50, PartKind.SELF: 20, PartKind.CROSS: 29}}, "parts"),
        ({"parts": {PartKind.RESULTS: 50, PartKind.SELF: 20, PartKind.CROSS: 31}}, "parts"),
        ({"asks_cross": False}, "parts"),
        ({"criteria": [("Kết quả", 60), ("Phối hợp", 39)]}, "criteria"),
        ({"criteria": [("Kết quả", 100), ("Sáng kiến", 5, CriterionKind.BONUS, "results")]}, "criteria"),
        ({"bands": []}, "bands"),
        ({"bands": [BandDraft("Tốt", 90), BandDraft("Đạt", 70)]}, "bands"),
        ({"bands": [BandDraft("Đạt", 0), BandDraft("Tốt", 90)]}, "bands"),
        ({"bands": [BandDraft("Tốt", 90), BandDraft("tốt", 0)]}, "bands"),
        ({"bands": [BandDraft("Tốt", 90, cap_percent=101), BandDraft("Đạt", 0)]}, "bands"),
        ({"late_points": Decimal(101)}, "late_points"),
        ({"difference_from": Decimal(0)}, "difference_from"),
        ({"spread_from": Decimal("7.25")}, "spread_from"),
    ],
)
def test_what_does_not_hold_is_refused_at_its_field(program, secretary, changes, field):
    with pytest.raises(RuleBroken) as refused:
        evaluations.create_scheme(program.unit, actor=secretary, draft=scheme_draft(**changes))
    assert refused.value.field == field
    assert not GradingScheme.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"bands": [BandDraft("Tốt")]}, "bands"),
        ({"parts": {PartKind.SELF: 100}}, "kind"),
        ({"bands": [BandDraft("Tốt", 90), BandDraft("Yếu", 0)]}, "kind"),
    ],
)
def test_a_scheme_of_words_has_grades_and_no_points(program, secretary, changes, field):
    with pytest.raises(RuleBroken) as refused:
        evaluations.create_scheme(program.unit, actor=secretary, draft=words_draft(**changes))
    assert refused.value.field == field


def test_bonus_and_penalty_points_stand_beside_the_hundred(program, secretary):
    rows = [("Kết quả", 100), ("Sáng kiến", 5, CriterionKind.BONUS), ("Báo cáo chậm", 10, CriterionKind.PENALTY)]
    scheme = make_scheme(program.unit, secretary, criteria=rows)
    assert [one.kind for one in scheme.criteria.all()] == ["base", "bonus", "penalty"]


class TestLocking:
    def test_opening_a_round_leaves_the_scheme_to_be_changed(self, program, secretary, scheme):
        make_round(programs=[program], scheme=scheme)
        changed = edit(scheme, secretary, basis="Quyết định 12/QĐ-UBND")
        assert (changed.basis, changed.revision) == ("Quyết định 12/QĐ-UBND", 2)
        assert entries_about(changed)[0].after == {"basis": "Quyết định 12/QĐ-UBND"}

    def test_the_first_score_locks_it_and_its_criteria_are_no_longer_changed(self, program, secretary, scheme):
        round = make_round(programs=[program], scheme=scheme)
        agency = program.parties.first().agency
        lines = [evaluations.CriterionPoints(one, Decimal(40)) for one in scheme.criteria.all()]
        evaluations.submit_self(round, actor=grader_of(agency), agency=agency, scores=lines)
        scheme.refresh_from_db()
        assert scheme.is_locked
        with pytest.raises(NotAllowed) as refused:
            edit(scheme, secretary)
        assert "phiên bản mới" in str(refused.value)
        assert [one.name for one in scheme.criteria.all()] == ["Kết quả", "Phối hợp"]

    def test_a_draft_is_a_score_too(self, program, secretary, scheme):
        round = make_round(programs=[program], scheme=scheme)
        agency = program.parties.first().agency
        first = scheme.criteria.first()
        evaluations.save_self_draft(
            round, actor=grader_of(agency), agency=agency, scores=[evaluations.CriterionPoints(first, Decimal(40))]
        )
        with pytest.raises(NotAllowed):
            edit(scheme, secretary)

    def test_a_new_version_is_the_same_and_open(self, program, secretary, scheme):
        GradingScheme.objects.filter(pk=scheme.pk).update(locked_at=clock.now())
        copy = evaluations.copy_scheme(scheme, actor=secretary)
        assert (copy.version, copy.name, copy.is_locked) == (2, scheme.name, False)
        assert evaluations.draft_of(copy) == evaluations.draft_of(scheme)

    def test_one_a_round_uses_is_changed_by_those_who_keep_a_round(self, program, scheme):
        make_round(programs=[program], scheme=scheme)
        other = make_member(make_agency(program.unit, "ngoai"), Role.SECRETARY)
        with pytest.raises(NotAllowed):
            edit(scheme, other)

    def test_the_second_of_two_who_change_it_is_told(self, secretary, scheme):
        edit(scheme, secretary, basis="Một")
        with pytest.raises(Conflict):
            edit(scheme, secretary, basis="Hai")
        scheme.refresh_from_db()
        assert scheme.basis == "Một"


class TestScreen:
    def data(self, **changes):
        rows = {
            "name": "Thang mới", "basis": "", "kind": SchemeKind.POINTS, "asks_self": "on", "asks_cross": "on",
            "weight_results": "50", "weight_self": "20", "weight_cross": "30",
            "band_label_0": "Tốt", "band_floor_0": "90", "band_cap_0": "20",
            "band_label_1": "Đạt", "band_floor_1": "0",
            "criterion_name_0": "Kết quả", "criterion_points_0": "70", "criterion_source_0": "results",
            "criterion_name_1": "Phối hợp", "criterion_points_1": "30",
            "criterion_name_2": "Sáng kiến", "criterion_points_2": "5", "criterion_kind_2": "bonus",
            "shown_results_parties": Since.CLOSED, "shown_cross_leaders": Since.AT_ONCE, "late_points": "72,5",
        }  # fmt: skip
        return rows | changes

    def test_what_is_entered_is_kept(self, program, secretary, sign_in):
        answer = sign_in(secretary).post(reverse("coordination:scheme-create"), self.data())
        written = GradingScheme.objects.get()
        assert answer["Location"] == reverse("coordination:scheme-detail", args=[written.pk])
        assert written.late_points == Decimal("72.5")
        assert [(one.name, one.max_points, one.kind, one.source) for one in written.criteria.all()] == [
            ("Kết quả", 70, "base", "results"), ("Phối hợp", 30, "base", ""), ("Sáng kiến", 5, "bonus", ""),
        ]  # fmt: skip
        assert [(one.label, one.from_points, one.cap_percent) for one in written.bands.all()] == [
            ("Tốt", 90, 20), ("Đạt", 0, None),
        ]  # fmt: skip
        assert {(one.layer, one.audience, one.since) for one in Disclosure.objects.all()} == {
            (Layer.RESULTS, Audience.PARTIES, Since.CLOSED), (Layer.CROSS, Audience.LEADERS, Since.AT_ONCE),
        }  # fmt: skip
        page = sign_in(secretary).get(answer["Location"]).content.decode()
        assert "Kết quả" in page

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"weight_cross": "31"}, "weight_results"),
            ({"criterion_points_1": "29"}, "criterion_name_0"),
            ({"band_floor_1": "10"}, "band_label_0"),
            ({"criterion_name_1": ""}, "criterion_name_1"),
            ({"criterion_points_1": ""}, "criterion_points_1"),
            ({"criterion_points_1": "9" * 40}, "criterion_points_1"),
            ({"shown_results_parties": "always"}, "shown_results_parties"),
            ({"kind": "stars"}, "kind"),
        ],
    )
    def test_what_does_not_hold_is_said_at_its_field_and_kept(self, secretary, sign_in, changes, field):
        answer = sign_in(secretary).post(reverse("coordination:scheme-create"), self.data(**changes))
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert "Sáng kiến" in answer.content.decode()
        assert not GradingScheme.objects.exists()

    def test_the_slower_of_two_keeps_what_they_typed(self, secretary, scheme, sign_in):
        address = reverse("coordination:scheme-edit", args=[scheme.pk])
        typed = self.data(name=scheme.name, revision="1")
        client = sign_in(secretary)
        edit(scheme, secretary, basis="Nhanh hơn")
        answer = client.post(address, typed)
        assert answer.status_code == 409
        assert "Sáng kiến" in answer.content.decode()
        again = client.post(address, typed | {"revision": "2"})
        assert again.status_code == 302
        assert [one.name for one in scheme.criteria.all()] == ["Kết quả", "Phối hợp", "Sáng kiến"]

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_keeps_its_budget(self, program, secretary, sign_in, count, django_assert_max_num_queries):
        for _ in range(count):
            make_scheme(program.unit, secretary)
        client = sign_in(grader_of(program.parties.first().agency))
        with django_assert_max_num_queries(10):
            answer = client.get(reverse("coordination:scheme-list"))
        assert [one.version for one in answer.context["schemes"]] == list(range(count, 0, -1))

    def test_a_number_too_large_and_a_scheme_of_others_are_not_there(self, program, secretary, scheme, sign_in):
        client = sign_in(secretary)
        for number in (10**30, scheme.pk + 999):
            assert client.get(f"/danh-gia/tieu-chi/{number}/").status_code == 404
