"""An agency of a kind nobody planned for takes part at once: party, lead, coordinator and signer, also on paper."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.directory.enums import AgencyKind, Family
from agencies.models import Agency, Membership
from coordination.programs import services as programs
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program
from coordination.programs.queries import signing_stand
from coordination.tasks.enums import RoleKind, TargetOperator
from coordination.tasks.models import Task
from records.audit.enums import AuditAction
from records.audit.queries import entries_about
from reports.documents.program_paper import program_paper
from reports.documents.render import paper_html
from reports.pdf.engine import render_pdf
from tests.checkers.pdf import taken_apart
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import advance, make_area, write_text

pytestmark = pytest.mark.django_db

NEWSPAPER = {
    "name": "Báo Bình Minh",
    "kind": "other",
    "kind_label": "Báo",
    "abbreviation": "BBM",
    "short_name": "",
    "head_title": "Tổng Biên tập",
    "valid_from": "30/3/2022",
    "valid_to": "",
    "parent": "",
    "legal_basis": "",
    "code": "",
    "family": "",
    "document_symbol": "",
    "superior_lines": "",
    "letterhead_lines": "",
    "authority": "usual",
    "authority_lines": "",
    "phone": "0203 3880 001",
    "email": "toasoan@binhminh.example",
    "address": "Số 1, phố Chính",
}
PROGRAM = {
    "title": "Chương trình phối hợp tuyên truyền năm 2022",
    "short_title": "Phối hợp tuyên truyền",
    "kind": "program",
    "year": "2022",
    "period_start": "01/01/2022",
    "period_end": "31/12/2022",
    "based_on": "",
    "continues": "",
    "place": "Bình Minh",
    "document_symbol": "CTPH",
}
TASK = {
    "title": "Mở chuyên trang về nông thôn mới",
    "schedule_kind": "range",
    "start_on": "01/4/2022",
    "due_on": "30/6/2022",
    "deliverable": "Chuyên trang trên báo",
    "target_operator": TargetOperator.IN_WORDS.value,
    "target_words": "Mỗi tháng một chuyên trang",
    "update_cycle": "monthly",
}


@pytest.fixture
def ubnd():
    return make_agency(make_unit("BM", "huyện Bình Minh"), "ubnd", "UBND huyện", protocol_order=20)


@pytest.fixture
def mttq(ubnd):
    return make_agency(
        ubnd.unit, "mttq", "Ủy ban MTTQ", kind=AgencyKind.FRONT_COMMITTEE, family=Family.FRONT, protocol_order=21
    )


@pytest.fixture
def secretary(ubnd) -> Membership:
    return make_member(ubnd, Role.SECRETARY)


def add_newspaper(client, ubnd, **changes) -> Agency:
    """An official sends the form, the newspaper to stand behind the People's Committee."""
    answer = client.post(reverse("agencies:agency-create"), NEWSPAPER | {"after": str(ubnd.pk)} | changes)
    assert answer.status_code == 302, answer.context["form"].errors
    return Agency.objects.get(kind=AgencyKind.OTHER)


def make_program_by_form(client, parties: list[Agency], lead: Agency, drafter: Agency) -> Program:
    chosen = {"parties": [agency.pk for agency in parties], "lead": lead.pk, "drafting_agency": drafter.pk}
    answer = client.post(reverse("coordination:program-create"), PROGRAM | chosen)
    assert answer.status_code == 302, answer.context["form"].errors
    return Program.objects.get()


def make_task_by_form(client, program: Program, lead: Agency, coordinator: Agency) -> Task:
    chosen = {
        "program": program.slug, "area": make_area(program.unit).pk, "lead": lead.pk, "coordinators": [coordinator.pk]
    }  # fmt: skip
    answer = client.post(f"{reverse('coordination:task-create')}?program={program.slug}", TASK | chosen)
    assert answer.status_code == 302, answer.context["form"].errors
    return Task.objects.get()


def test_a_newspaper_is_added_by_an_official_with_all_that_papers_need(ubnd, mttq, sign_in):
    official = make_member(ubnd)
    newspaper = add_newspaper(sign_in(official), ubnd)
    name = newspaper.names.get()
    assert (newspaper.code, newspaper.kind_label, newspaper.phone) == ("bbm", "Báo", "0203 3880 001")
    assert (name.family, name.document_symbol, name.short_name) == (Family.OTHER, "BBM", "Báo Bình Minh")
    assert (name.letterhead_lines, name.authority, name.head_title) == ("BÁO BÌNH MINH", "", "TỔNG BIÊN TẬP")
    head = newspaper.offices.get()
    assert (head.is_head, head.title, head.printed_title) == (True, "Tổng Biên tập Báo Bình Minh", "TỔNG BIÊN TẬP")
    assert [agency.code for agency in ubnd.unit.agencies.in_protocol_order()] == ["ubnd", "bbm", "mttq"]
    assert entries_about(newspaper).filter(action=AuditAction.CREATED, actor_id=official.pk).exists()


def test_the_newspaper_is_party_lead_coordinator_and_signer_at_once(ubnd, mttq, secretary, sign_in):
    newspaper = add_newspaper(sign_in(make_member(ubnd)), ubnd)
    client = sign_in(secretary)

    program = make_program_by_form(client, [newspaper, ubnd, mttq], lead=newspaper, drafter=ubnd)
    assert program.parties.get(is_lead=True).agency == newspaper
    write_text(program, secretary)
    advance(program, "agreed", secretary=secretary)

    led = make_task_by_form(client, program, lead=newspaper, coordinator=mttq)
    assert [(role.kind, role.agency) for role in led.roles.order_by("-kind")] == [
        (RoleKind.LEAD, newspaper),
        (RoleKind.COORDINATOR, mttq),
    ]
    programs.lock_for_signing(program, actor=secretary)
    for slot in signing_stand(program).slots:
        day = {f"sign-{slot.pk}-signed_on": "30/3/2022", f"sign-{slot.pk}-method": "paper"}
        answer = client.post(reverse("coordination:program-sign", args=[program.slug, slot.pk]), day)
        assert answer.status_code == 302, answer.content.decode()[:2000]
    assert Program.objects.get().state == ProgramState.IN_FORCE

    printed = taken_apart(render_pdf(paper_html(program_paper(Program.objects.get(), day=date(2022, 3, 30)))))
    nation = printed.find("^CỘNG HÒA", page=1)
    letterhead = " ".join(line.text for line in printed.on(1) if line.x1 < nation.x0 and line.top < nation.top + 75)
    assert "BÁO BÌNH MINH" in letterhead
    title, unit = printed.find("^TỔNG BIÊN TẬP$"), printed.find("HUYỆN BÌNH MINH")
    assert title.is_bold
    assert title.x0 > unit.x0, "the lead signs at the right"


def test_the_newspaper_coordinates_a_task_of_a_program_it_does_not_sign(ubnd, mttq, secretary, sign_in):
    newspaper = add_newspaper(sign_in(make_member(ubnd)), ubnd)
    client = sign_in(secretary)
    program = make_program_by_form(client, [ubnd, mttq], lead=ubnd, drafter=ubnd)
    chosen = {"program": program.slug, "area": make_area(program.unit).pk, "lead": ubnd.pk}
    answer = client.post(
        f"{reverse('coordination:task-create')}?program={program.slug}",
        TASK | chosen | {"other_coordinators": [newspaper.pk]},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert Task.objects.get().roles.get(kind=RoleKind.COORDINATOR).agency == newspaper


@pytest.mark.parametrize(
    ("name", "label", "head", "code"),
    [
        ("Ban Chỉ huy Quân sự huyện", "Cơ quan quân sự", "Chỉ huy trưởng", "BCHQS"),
        ("Ban Trị sự Giáo hội Phật giáo huyện", "Tổ chức tôn giáo", "Trưởng Ban Trị sự", "BTS"),
        ("Hội Chữ thập đỏ huyện", "Hội quần chúng", "", "CTĐ"),
    ],
)
def test_other_kinds_nobody_planned_for_are_added_alike(name, label, head, code, ubnd, sign_in):
    changes = {"name": name, "kind_label": label, "head_title": head, "abbreviation": code}
    agency = add_newspaper(sign_in(make_member(ubnd)), ubnd, **changes)
    assert agency.kind_label == label
    assert agency.offices.get().printed_title == (head or "Thủ trưởng").upper()
    assert agency.names.get().letterhead_lines == name.upper()
