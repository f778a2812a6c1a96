"""The pages on which work is shared out: the task form and its lines, the task's page, the pages of groups."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from agencies.models import AgencyGroup
from coordination.programs.models import Program
from coordination.tasks import services as tasks
from coordination.tasks.enums import RoleKind, ScheduleKind, TargetOperator
from coordination.tasks.models import Task
from records import clock
from tests.factories.groups import make_group
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_area, make_program, secretary_of
from tests.factories.tasks import make_draft, make_task, official_of
from tests.integration.hostile import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def drawn_up(ground) -> int:
    return make_program("draft").pk


@pytest.fixture
def program(drawn_up):
    return Program.objects.get(pk=drawn_up)


@pytest.fixture
def official(program):
    return official_of(parties(program)[0])


def parties(program):
    return [party.agency for party in program.parties.select_related("agency").order_by("letterhead_order")]


def rich_task(program, official, *, times: int = 1) -> Task:
    """A task with everything that can be said of one, as many times as asked."""
    second, third = parties(program)[1:]
    communes = [make_agency(program.unit, f"xa-{place}", f"UBND xã Thử {place}") for place in range(2 * times)]
    groups = tuple(
        make_group(program.unit, communes[2 * place : 2 * place + 2], name=f"Nhóm {place}") for place in range(times)
    )
    draft = make_draft(
        program,
        coordinators=(second, third)[: 1 + (times > 1)],
        contributions={second.pk: "hướng dẫn kỹ thuật"},
        groups=groups,
        items=tuple(tasks.ItemDraft(f"Phần việc {place}", date(2022, 4, 1), second) for place in range(times)),
        target_name="Số hộ",
        more_targets=tuple(
            tasks.TargetDraft(f"Chỉ tiêu {place}", TargetOperator.NEARLY, Decimal(4), "cuộc") for place in range(times)
        ),
        proof="minutes",
        direction=tasks.DirectionDraft("12/UBND", date(2022, 1, 5), "UBND tỉnh"),
    )
    return tasks.create_task(program, actor=official, draft=draft)


def form_of(client, address: str) -> dict[str, list[str]]:
    """What a browser would send back, which drops the line end a text area begins with."""
    sent = Page(client.get(address).content.decode()).form_with("title", "lead").sent()
    return {name: [value.removeprefix("\n") for value in values] for name, values in sent.items()}


def test_the_form_shows_a_plan_so_that_saving_it_untouched_changes_nothing(program, official, sign_in):
    task = rich_task(program, official)
    before = tasks.draft_of(task)
    client, address = sign_in(official), f"/nhiem-vu/{task.slug}/sua/"
    sent = form_of(client, address)
    assert sent["items"] == [f"Phần việc 0: 01/4/2022, {parties(program)[1].current_short_name}"]
    assert sent["more_targets"] == ["Chỉ tiêu 0: gần 4 cuộc"]
    assert sent["contributions"] == [f"{parties(program)[1].current_short_name}: hướng dẫn kỹ thuật"]
    assert client.post(address, sent).status_code == 302
    task = Task.objects.get(pk=task.pk)
    assert (task.revision, tasks.draft_of(task)) == (2, before)


def test_lines_are_saved_as_typed_without_marks(program, official, sign_in):
    make_area(program.unit)
    client, (lead, second, _third) = sign_in(official), parties(program)
    group = make_group(program.unit, [second, make_agency(program.unit, "xa-1", "UBND xã Thử")])
    sent = form_of(client, "/nhiem-vu/tao/") | {
        "title": ["Vận động hiến đất"],
        "lead": [str(lead.pk)],
        "coordinators": [str(second.pk)],
        "groups": [str(group.pk)],
        "schedule_kind": ["waves"],
        "start_on": [""],
        "due_on": [""],
        "waves": ["Đợt 1: 1/4 - 15/4\nĐợt 2: 1/9 - 30/9/2022"],
        "items": [f"Khảo sát - hạn 10/4, {second.current_short_name.upper()}"],
        "contributions": [f"{second.code}: góp người"],
        "target_value": ["45"],
        "target_unit": ["hộ"],
        "more_targets": ["- Xã A: 20 hộ\n- Xã B: 25 hộ"],
        "deliverable": ["Biên bản"],
        "area": [str(make_area(program.unit).pk)],
    }
    answer = client.post("/nhiem-vu/tao/", sent)
    assert answer.status_code == 302, Page(answer.content.decode()).messages
    task = Task.objects.get(title="Vận động hiến đất")
    assert task.schedule_kind == ScheduleKind.WAVES
    assert (task.start_on, task.due_on) == (date(2022, 4, 1), date(2022, 9, 30))
    assert task.steps.get(kind="item").agency == second
    assert task.roles.get(agency=second).contribution == "góp người"
    assert task.roles.filter(kind=RoleKind.MEMBER).count() == 1, "who coordinates already is no member besides"
    assert [target.part_of_id is not None for target in task.targets.all()] == [False, True, True]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("items", "Khảo sát", "1"),
        ("items", "Khảo sát: 10/4/2022, Cơ quan không có", "1"),
        ("contributions", "Không ai: việc gì", "1"),
        ("more_targets", "Số cuộc họp: 4 cuộc\nSai", "2"),
        ("waves", "ngày nào đó", "1"),
        ("due_time", "25 giờ", ""),
        ("follows", "99", ""),
        ("continues", "KHONG-CO", ""),
    ],
)
def test_a_line_that_cannot_be_read_is_told_at_its_field_and_nothing_is_saved(
    program, official, sign_in, field, typed, said
):
    task, client = rich_task(program, official), sign_in(official)
    address = f"/nhiem-vu/{task.slug}/sua/"
    answer = client.post(address, form_of(client, address) | {field: [typed]})
    assert answer.status_code == 422
    page = Page(answer.content.decode())
    assert page.message_of(field) and said in page.message_of(field)
    assert typed.split("\n")[0] in answer.content.decode()
    assert Task.objects.get(pk=task.pk).revision == 1


def test_an_earlier_task_the_editor_does_not_see_is_neither_shown_nor_lost(program, sign_in):
    """The code of a task of parties one does not belong to is no business of the form."""
    second = parties(program)[1]
    others = make_program("signed", year=2021, agencies=[second, make_agency(program.unit, "khac")])
    earlier = make_task(others, lead=second, due_on=date(2021, 12, 1), start_on=None)
    task = tasks.create_task(
        program, actor=official_of(second), draft=make_draft(program, lead=second, continues=earlier)
    )
    keeper, address = secretary_of(program.drafting_agency), f"/nhiem-vu/{task.slug}/sua/"
    client = sign_in(keeper)
    assert earlier.code not in client.get(address).content.decode()
    assert client.post(address, form_of(client, address)).status_code == 302
    assert Task.objects.get(pk=task.pk).continues == earlier


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_of_a_task_asks_as_often_however_much_it_says(program, official, sign_in, times):
    task, client = rich_task(program, official, times=times), sign_in(official)
    client.get(f"/nhiem-vu/{task.slug}/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(f"/nhiem-vu/{task.slug}/").content.decode()
    assert len(asked) == 24
    for said in ("Phần việc 0", "Chỉ tiêu 0", "hướng dẫn kỹ thuật", "Nhóm 0", "12/UBND"):
        assert said in page


def test_a_step_is_said_done_and_taken_back_on_its_page(official, sign_in):
    program = make_program("signed")
    lead = official_of(parties(program)[0])
    task = rich_task(program, lead)
    step, client = task.steps.get(kind="item"), sign_in(lead)
    address = f"/nhiem-vu/{task.slug}/viec/{step.pk}/"
    assert address in client.get(f"/nhiem-vu/{task.slug}/").content.decode()
    answer = client.post(address, {"done_on": "31/3/2022", "result": ""})
    assert answer.status_code == 422
    assert client.post(address, {"done_on": "30/3/2022", "result": "Đủ hộ"}).status_code == 302
    step.refresh_from_db()
    assert (step.done_on, step.result) == (date(2022, 3, 30), "Đủ hộ")
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Thiếu hộ"}).status_code == 302
    step.refresh_from_db()
    assert step.done_on is None
    stranger = make_member(parties(program)[2], Role.OFFICIAL)
    assert sign_in(stranger).get(address).status_code == 403
    other = make_task(program, title="Nhiệm vụ khác")
    assert client.get(f"/nhiem-vu/{other.slug}/viec/{step.pk}/").status_code == 404


def test_groups_are_kept_on_their_pages_from_a_day_on(program, sign_in):
    lead, second, third = parties(program)
    client = sign_in(make_member(lead, Role.SECRETARY))
    sent = {"name": "Nhóm thử", "agencies": [str(lead.pk), str(second.pk)], "since": "01/3/2022"}
    assert client.post("/nhom-co-quan/tao/", sent).status_code == 302
    group = AgencyGroup.objects.get()
    assert client.post("/nhom-co-quan/tao/", sent | {"name": "nhom thu"}).status_code == 422
    address = f"/nhom-co-quan/{group.pk}/"
    changed = {"name": "Nhóm thử", "agencies": [str(second.pk), str(third.pk)], "since": "15/3/2022", "revision": "1"}
    assert client.post(address, changed | {"since": "28/02/2022"}).status_code == 422
    assert client.post(address, changed).status_code == 302
    assert group.members_on(date(2022, 3, 14)) == [lead, second]
    assert group.members_on(clock.today()) == [second, third]
    conflict = client.post(address, changed | {"name": "Của người thứ hai"})
    assert conflict.status_code == 409
    assert "Của người thứ hai" in conflict.content.decode()
    assert client.post(f"{address}thoi-dung/").status_code == 302
    assert AgencyGroup.objects.on(date(2022, 3, 31)).count() == 0
    assert sign_in(official_of(lead)).get(address).status_code == 403


@pytest.mark.parametrize("groups", [1, 3])
def test_the_list_of_groups_asks_as_often_however_many_there_are(program, sign_in, groups):
    lead, second, third = parties(program)
    for place in range(groups):
        make_group(program.unit, [second, third], name=f"Nhóm {place}")
    client = sign_in(make_member(lead, Role.SECRETARY))
    client.get("/nhom-co-quan/")
    with CaptureQueriesContext(connection) as asked:
        assert f"Nhóm {groups - 1}" in client.get("/nhom-co-quan/").content.decode()
    assert len(asked) == 9
