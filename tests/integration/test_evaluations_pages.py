"""The evaluation pages: what each reader sees, what crafted and mistaken input does, in how many queries."""

import unicodedata

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from coordination.evaluations.enums import EvaluationKind, RoundState
from coordination.evaluations.models import Evaluation, EvaluationRound
from coordination.findings.enums import FindingKind
from coordination.findings.models import Finding
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from tests.factories.evaluations import grade_everyone, grader_of, keeper_of, make_round, make_scheme
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_parties, make_program

pytestmark = pytest.mark.django_db
YEAR = 2022


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def parties(program):
    return [party.agency for party in program.parties.all()]


@pytest.fixture
def round(program):
    return make_round(programs=[program])


def address(name: str, *args) -> str:
    return reverse(f"coordination:evaluation-{name}", args=args)


class TestReading:
    def test_no_round_yet_says_so(self, program, sign_in):
        answer = sign_in(keeper_of(program)).get(address("detail", YEAR))
        assert answer.status_code == 200
        assert "Chưa mở đánh giá năm 2022" in answer.content.decode()

    def test_without_a_grading_scheme_the_form_leads_to_writing_one(self, program, sign_in):
        client = sign_in(keeper_of(program))
        write = reverse("coordination:scheme-create")
        assert write in client.get(address("open")).content.decode()
        make_scheme(program.unit, keeper_of(program))
        assert write not in client.get(address("open")).content.decode()

    def test_a_round_of_others_answers_as_none(self, round, sign_in):
        stranger = make_member(make_agency(round.unit, "ngoai"), Role.SECRETARY)
        client = sign_in(stranger)
        answer = client.get(address("detail", YEAR)).content.decode()
        assert "Chưa mở đánh giá năm 2022" in answer
        assert round.scheme.name not in answer
        assert client.get(address("self", YEAR)).status_code == 404
        assert client.post(address("close", YEAR), {"narrative": "x"}).status_code == 404

    def test_the_year_in_the_address_leads_to_its_page(self, round, sign_in):
        client = sign_in(keeper_of(round.programs.get()))
        answer = client.get(address("list"), {"year": "2022"})
        assert answer["Location"] == f"{address('detail', YEAR)}?year=2022"

    def test_single_scores_are_shown_to_the_secretary_alone(self, round, parties, sign_in):
        grade_everyone(round)
        Evaluation.objects.filter(kind=EvaluationKind.CROSS, by_agency=parties[1], agency=parties[2]).update(score=71.3)
        secretary = sign_in(keeper_of(round.programs.get())).get(address("detail", YEAR)).content.decode()
        assert "71,3" in secretary
        third = sign_in(grader_of(parties[2])).get(address("detail", YEAR)).content.decode()
        assert "71,3" not in third
        assert "pf-mx" not in third
        second = sign_in(grader_of(parties[1])).get(address("detail", YEAR)).content.decode()
        assert "71,3" in second, "what one's own agency gave is always seen"

    def test_parties_see_means_once_closed(self, program, parties, sign_in):
        make_round("closed", programs=[program], graded=True)
        answer = sign_in(grader_of(parties[2])).get(address("detail", YEAR))
        rows = answer.context["page"].results
        assert [row.agency for row in rows] == parties
        assert answer.context["page"].matrices == []
        assert "90,0" in answer.content.decode()

    def test_missing_scores_are_said_in_words_and_the_diagonal_is_hatched(self, round, sign_in):
        page = sign_in(keeper_of(round.programs.get())).get(address("detail", YEAR)).content.decode()
        assert page.count('<td class="none">Chưa có</td>') == 6
        assert page.count('<td class="self">') == 3

    def test_findings_stand_under_their_kind_with_their_program(self, round, sign_in):
        client = sign_in(keeper_of(round.programs.get()))
        program = round.programs.get()
        for kind, cause in ((FindingKind.LESSON, ""), (FindingKind.CAUSE, "objective"), (FindingKind.STRENGTH, "")):
            client.post(
                address("finding", YEAR),
                {"kind": kind, "cause_kind": cause, "text": f"Nhận định {kind}", "program": program.pk},
            )
        groups = client.get(address("findings", YEAR)).context["findings"]
        assert [str(group.title) for group in groups] == ["Ưu điểm", "Nguyên nhân khách quan", "Bài học kinh nghiệm"]
        assert {row.finding.program for group in groups for row in group.findings} == {program}

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_keeps_its_budget(self, count, sign_in, django_assert_max_num_queries):
        unit = make_unit()
        agencies = make_parties(unit, 2)
        for year in range(YEAR, YEAR - count, -1):
            make_round(programs=[make_program("signed", agencies=agencies, year=year)])
        client = sign_in(grader_of(agencies[1]))
        with django_assert_max_num_queries(14):
            answer = client.get(address("list"))
        assert len(answer.context["rows"]) == count

    @pytest.mark.parametrize("count", [2, 4])
    def test_a_round_keeps_its_budget(self, count, sign_in, django_assert_max_num_queries):
        round = make_round(programs=[make_program("signed", parties=count)], graded=True)
        client = sign_in(keeper_of(round.programs.get()))
        with django_assert_max_num_queries(32):
            client.get(address("detail", YEAR))


class TestSelfEvaluation:
    def send(self, client, **fields):
        return client.post(address("self", YEAR), {"score": "93,5", "remark": "", **fields})

    def test_a_comma_is_read_and_sending_again_replaces(self, round, parties, sign_in):
        client = sign_in(grader_of(parties[1]))
        assert self.send(client).status_code == 302
        assert self.send(client, score="88").status_code == 302
        sent = Evaluation.objects.get()
        assert (sent.score, sent.agency, sent.by_agency, sent.kind) == (88, parties[1], parties[1], EvaluationKind.SELF)

    @pytest.mark.parametrize(
        ("score", "message"),
        [
            ("101", "Điểm phải từ 0 đến 100."),
            ("-1", "Nhập điểm từ 0 đến 100, ví dụ 93,5"),
            ("abc", "Nhập điểm từ 0 đến 100, ví dụ 93,5"),
            ("", "Nhập điểm"),
            ("93,55", "Điểm lẻ không quá một chữ số, ví dụ 93,5."),
            ("9" * 3000, "Số quá lớn"),
            ("65", "Nhập lý do cho điểm dưới 70."),
        ],
    )
    def test_a_wrong_score_is_said_beside_the_field_and_kept(self, round, parties, sign_in, score, message):
        answer = self.send(sign_in(grader_of(parties[1])), score=score)
        assert answer.status_code == 422
        assert message in answer.content.decode()
        assert not Evaluation.objects.exists()

    def test_text_is_kept_composed_and_without_hidden_characters(self, round, parties, sign_in):
        client = sign_in(grader_of(parties[1]))
        assert self.send(client, remark=unicodedata.normalize("NFD", "Tiến độ chậm")).status_code == 302
        assert Evaluation.objects.get().remark == "Tiến độ chậm"
        assert self.send(client, remark="Chậm\x00").status_code == 422

    def test_another_partys_form_is_refused_and_told_to_the_audit(self, round, parties, sign_in):
        client = sign_in(grader_of(parties[1]))
        answer = client.post(f"{address('self', YEAR)}?agency={parties[2].code}", {"score": "100"})
        assert answer.status_code == 403
        assert parties[2].current_name in answer.content.decode()
        assert not Evaluation.objects.exists()
        assert AuditEntry.objects.filter(action=AuditAction.REFUSED).count() == 1

    @pytest.mark.parametrize("code", ["khong-co", "%00", "1' OR 1=1"])
    def test_an_unknown_agency_is_not_found(self, round, parties, sign_in, code):
        assert sign_in(grader_of(parties[1])).get(address("self", YEAR), {"agency": code}).status_code == 404

    def test_criteria_are_asked_for_and_make_the_score(self, program, parties, sign_in):
        round = make_round(programs=[program], criteria=[("Kết quả", 60), ("Phối hợp", 40)])
        first, second = round.scheme.criteria.all()
        client = sign_in(grader_of(parties[1]))
        too_much = client.post(address("self", YEAR), {f"points_{first.pk}": "61", f"points_{second.pk}": "30"})
        assert too_much.status_code == 422
        assert "“Kết quả” tối đa 60 điểm." in too_much.content.decode()
        client.post(address("self", YEAR), {f"points_{first.pk}": "55,5", f"points_{second.pk}": "30"})
        assert str(Evaluation.objects.get().score) == "85.5"


class TestCrossEvaluation:
    def test_own_row_is_not_asked_for_and_rows_may_wait(self, round, parties, sign_in):
        client = sign_in(grader_of(parties[0]))
        page = client.get(address("cross", YEAR)).content.decode()
        assert f'name="score_{parties[0].pk}"' not in page
        data = {f"score_{parties[1].pk}": "91", f"score_{parties[2].pk}": ""}
        assert client.post(address("cross", YEAR), data).status_code == 302
        assert list(Evaluation.objects.values_list("agency_id", "by_agency_id", "score")) == [
            (parties[1].pk, parties[0].pk, 91)
        ]

    def test_a_crafted_row_for_oneself_or_a_stranger_is_not_read(self, round, parties, sign_in):
        stranger = make_agency(round.unit, "ngoai")
        data = {f"score_{parties[0].pk}": "100", f"score_{stranger.pk}": "1", f"score_{parties[1].pk}": "90"}
        sign_in(grader_of(parties[0])).post(address("cross", YEAR), data)
        assert set(Evaluation.objects.values_list("agency_id", flat=True)) == {parties[1].pk}

    def test_one_wrong_row_keeps_nothing(self, round, parties, sign_in):
        data = {f"score_{parties[1].pk}": "90", f"score_{parties[2].pk}": "60"}
        answer = sign_in(grader_of(parties[0])).post(address("cross", YEAR), data)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Nhập lý do cho điểm dưới 70." in page
        assert 'value="90"' in page, "what was typed is kept"
        assert not Evaluation.objects.exists()

    @pytest.mark.parametrize("fields", [{}, {"remark": "Chỉ nhận xét"}])
    def test_an_empty_form_says_what_to_enter(self, round, parties, sign_in, fields):
        data = {f"{key}_{parties[1].pk}": value for key, value in fields.items()}
        answer = sign_in(grader_of(parties[0])).post(address("cross", YEAR), data)
        assert answer.status_code == 422
        assert "Nhập" in answer.content.decode()

    def test_for_another_agency_is_refused(self, round, parties, sign_in):
        data = {f"score_{parties[0].pk}": "10", f"remark_{parties[0].pk}": "x"}
        answer = sign_in(grader_of(parties[1])).post(f"{address('cross', YEAR)}?agency={parties[2].code}", data)
        assert answer.status_code == 403
        assert not Evaluation.objects.exists()


class TestKeeping:
    def test_opening_closing_and_a_closed_round(self, program, parties, sign_in):
        client = sign_in(keeper_of(program))
        scheme = make_scheme(program.unit, keeper_of(program))
        data = {"year": YEAR, "programs": [program.pk], "scheme": scheme.pk, "cut_off_on": "30/3/2022"}
        assert client.post(address("open"), data).status_code == 302
        again = client.post(address("open"), data)
        assert again.status_code == 422
        assert program.code in str(again.context["form"].errors["programs"])
        refused = client.post(address("close", YEAR), {"narrative": ""})
        assert refused.status_code == 422
        assert "Nhập lý do chốt khi còn thiếu." in refused.content.decode()
        assert client.post(address("close", YEAR), {"narrative": "Quá hạn."}).status_code == 302
        assert EvaluationRound.objects.get().state == RoundState.CLOSED
        assert sign_in(grader_of(parties[0])).post(address("self", YEAR), {"score": "90"}).status_code == 403
        assert client.post(address("finding", YEAR), {"kind": "strength", "text": "x"}).status_code == 403
        assert not Evaluation.objects.exists()

    def test_reading_closing_pages_changes_nothing(self, round, sign_in):
        client = sign_in(keeper_of(round.programs.get()))
        for name in (
            "self",
            "cross",
            "finding",
            "findings",
            "close",
            "detail",
            "sheet",
            "differences",
            "change",
            "verify",
        ):
            assert client.get(address(name, YEAR)).status_code == 200
        round.refresh_from_db()
        assert round.state == RoundState.OPEN

    @pytest.mark.parametrize("name", ["finding", "close"])
    def test_parties_are_refused(self, round, parties, sign_in, name):
        answer = sign_in(grader_of(parties[1])).post(address(name, YEAR), {"text": "x", "kind": "strength"})
        assert answer.status_code == 403
        round.refresh_from_db()
        assert (round.state, Finding.objects.count()) == (RoundState.OPEN, 0)

    def test_foreign_ids_are_no_choices(self, round, program, sign_in):
        elsewhere = make_program("signed", unit=make_unit())
        foreign = make_scheme(elsewhere.unit, keeper_of(elsewhere))
        client = sign_in(keeper_of(program))
        data = {"year": 2023, "programs": [elsewhere.pk], "scheme": foreign.pk, "cut_off_on": "31/12/2023"}
        answer = client.post(address("open"), data)
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"programs", "scheme"}
        finding = client.post(address("finding", YEAR), {"kind": "strength", "text": "x", "program": elsewhere.pk})
        assert finding.status_code == 422
        assert not Finding.objects.exists()
