"""Two who write the same form of an evaluation: the second one sees both texts, and nothing is replaced unseen."""

from decimal import Decimal

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from coordination.evaluations import services as evaluations
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.models import Correction, Evaluation
from records.errors import Conflict
from tests.factories.evaluations import grader_of, keeper_of, make_round
from tests.factories.people import make_member

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


@pytest.fixture
def leader(program):
    return make_member(program.drafting_agency, Role.LEADER)


def colleague(agency, role=Role.OFFICIAL):
    """Somebody else of the same agency in the same role."""
    return make_member(agency, role)


def opened(client, name: str, query: str = "") -> tuple[str, dict]:
    """The address of a form and what it carries along when it is opened."""
    address = reverse(f"coordination:evaluation-{name}", args=[YEAR]) + query
    form = client.get(address).context["form"]
    return address, {one.name: one.value() for one in form.hidden_fields()}


def told(answer, *texts: str) -> None:
    """Both texts stand on the page of the slower one, and the newest is what the form now knows of."""
    assert answer.status_code == 409
    page = answer.content.decode()
    for text in texts:
        assert text in page


def test_a_self_evaluation(round, parties, sign_in):
    client = sign_in(grader_of(parties[1]))
    address, carried = opened(client, "self")
    faster = {"score": Decimal(88), "remark": "Bản của người gửi trước"}
    evaluations.submit_self(round, actor=colleague(parties[1]), agency=parties[1], **faster)
    typed = {"score": "93,5", "remark": "Bản của người gửi sau", "act": "send"}
    answer = client.post(address, typed | carried)
    told(answer, "Bản của người gửi trước", "Bản của người gửi sau")
    assert Evaluation.objects.get().score == 88
    carried = {one.name: one.value() for one in answer.context["form"].hidden_fields()}
    assert client.post(address, typed | carried).status_code == 302
    assert Evaluation.objects.get().score == Decimal("93.5")


def test_a_draft_of_what_a_colleague_has_sent(round, parties, sign_in):
    client = sign_in(grader_of(parties[1]))
    address, carried = opened(client, "self")
    evaluations.submit_self(round, actor=colleague(parties[1]), agency=parties[1], score=88)
    answer = client.post(address, {"score": "70", "remark": "Còn bổ sung", "act": "draft"} | carried)
    told(answer, "Còn bổ sung")
    assert not Evaluation.objects.get().is_draft


def test_a_cross_evaluation(round, parties, sign_in):
    client = sign_in(grader_of(parties[0]))
    address, carried = opened(client, "cross")
    given = {"agency": parties[1], "by_agency": parties[0], "score": 71, "remark": "Nhận xét trước"}
    evaluations.submit_cross(round, actor=colleague(parties[0]), **given)
    typed = {f"score_{parties[1].pk}": "90", f"remark_{parties[1].pk}": "Nhận xét sau"}
    told(client.post(address, typed | carried), "Nhận xét trước", "Nhận xét sau")
    assert Evaluation.objects.get().score == 71


def test_a_verification(round, program, parties, sign_in):
    client = sign_in(keeper_of(program))
    address, carried = opened(client, "verify", f"?agency={parties[1].code}")
    faster = colleague(keeper_of(program).agency, Role.SECRETARY)
    evaluations.verify(round, actor=faster, agency=parties[1], score=80, remark="Thẩm định trước")
    told(client.post(address, {"score": "90", "remark": "Thẩm định sau"} | carried), "Thẩm định trước", "Thẩm định sau")
    assert Evaluation.objects.get().score == 80


def test_a_conclusion(round, parties, leader, sign_in):
    client = sign_in(leader)
    address, carried = opened(client, "conclude")
    faster = colleague(leader.agency, Role.LEADER)
    evaluations.conclude(round, actor=faster, agency=parties[1], grade="Hoàn thành", remark="Kết luận trước")
    typed = {f"grade_{parties[1].pk}": "Hoàn thành tốt", f"remark_{parties[1].pk}": "Kết luận sau"}
    told(client.post(address, typed | carried), "Kết luận trước", "Kết luận sau")
    assert Evaluation.objects.get(kind=EvaluationKind.CONCLUDED).grade == "Hoàn thành"


def test_a_correction(program, parties, leader, sign_in):
    closed = make_round("closed", programs=[program], graded=True)
    client = sign_in(leader)
    address, carried = opened(client, "correct", f"?agency={parties[1].code}")
    right = {"grade": "Chưa hoàn thành", "reason": "Đính chính trước"}
    evaluations.correct_result(closed, actor=colleague(leader.agency, Role.LEADER), agency=parties[1], **right)
    typed = {"grade": "Hoàn thành tốt", "reason": "Đính chính sau"}
    told(client.post(address, typed | carried), "Chưa hoàn thành", "Đính chính sau")
    assert Correction.objects.get().reason == "Đính chính trước"


def test_another_row_of_the_same_round_is_no_reason(round, program, parties, sign_in):
    client = sign_in(grader_of(parties[1]))
    address, carried = opened(client, "self")
    evaluations.submit_self(round, actor=grader_of(parties[2]), agency=parties[2], score=88)
    evaluations.verify(round, actor=keeper_of(program), agency=parties[1], score=80)
    assert client.post(address, {"score": "93,5", "act": "send"} | carried).status_code == 302


def test_the_service_tells_who_was_slower(round, parties):
    slower, faster = grader_of(parties[1]), colleague(parties[1])
    evaluations.submit_self(round, actor=faster, agency=parties[1], score=88)
    for seen in ("", "1:00000000", "x"):
        with pytest.raises(Conflict):
            evaluations.submit_self(round, actor=slower, agency=parties[1], score=90, seen=seen)
    assert Evaluation.objects.get().score == 88


def test_a_conclusion_sent_twice_answers_the_same(round, parties, leader, sign_in):
    client = sign_in(leader)
    address, carried = opened(client, "conclude")
    assert client.post(address, carried).status_code == 422, "nothing is chosen"
    typed = {f"grade_{parties[1].pk}": "Hoàn thành", f"remark_{parties[1].pk}": "Theo thẩm định"}
    assert [client.post(address, typed | carried).status_code for _ in range(2)] == [302, 302]
    assert Evaluation.objects.count() == 1


def test_a_form_sent_twice_answers_the_same(round, parties, sign_in):
    client = sign_in(grader_of(parties[0]))
    for name, typed in (
        ("self", {"score": "93,5", "act": "send"}),
        ("cross", {f"score_{parties[1].pk}": "90", f"score_{parties[2].pk}": "91"}),
    ):
        address, carried = opened(client, name)
        answers = [client.post(address, typed | carried) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
    assert Evaluation.objects.count() == 3


def test_the_running_total_is_that_of_the_points_typed(program, parties, sign_in):
    round = make_round(programs=[program], criteria=[("Kết quả", 60), ("Phối hợp", 40)])
    first, second = round.scheme.criteria.all()
    client = sign_in(grader_of(parties[1]))
    address, carried = opened(client, "self")
    assert client.get(address).context["form"].running_total == 0
    client.post(address, {f"points_{first.pk}": "33,5", "act": "draft"} | carried)
    assert client.get(address).context["form"].running_total == Decimal("33.5")
    answer = client.post(address, {f"points_{first.pk}": "50", f"points_{second.pk}": "99"} | opened(client, "self")[1])
    assert answer.status_code == 422
    assert answer.context["form"].running_total == 100
