"""The portal's search: what it finds, what it keeps quiet about, what it says when there is nothing."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.programs import services as programs
from coordination.programs.models import Program
from coordination.register import services as register
from coordination.register.enums import DocumentType
from coordination.tasks.models import Task
from coordination.tasks.queries import search as tasks_found
from records.finding import holding, typed_words
from reports.issuing.services import issue_program
from reports.search.enums import Kind
from reports.search.queries import find, kinds_for, shorter
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_parties, make_program, secretary_of, sign
from tests.factories.tasks import make_task, official_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties():
    return make_parties(make_unit("DH", "huyện Đầm Hà"), 2)


@pytest.fixture
def secretary(parties):
    return secretary_of(parties[0])


@pytest.fixture
def program(parties, secretary):
    program = make_program("agreed", agencies=parties, secretary=secretary, title="Phối hợp giải phóng mặt bằng")
    return register.assign_number(program, actor=secretary, number=69, symbol="QCPH-HĐND-UBND-MTTQ")


def kinds(actor, asked, today, **more) -> list[str]:
    """The groups in which something was found."""
    return [group.kind.value for group in find(actor, asked, today=today, **more).groups]


def titles(actor, asked) -> set[str]:
    return set(tasks_found(actor, asked).values_list("title", flat=True))


@pytest.mark.parametrize(
    "asked",
    ["giai phong mat bang", "GIẢI PHÓNG", "bằng mặt phóng", "gia\u0309i pho\u0301ng", "h-2022", "69/QCPH-HĐND"],
)
def test_a_program_is_found_by_words_code_and_part_of_its_number(program, secretary, today, asked):
    make_program("agreed", unit=make_unit(), title="Phối hợp giải phóng mặt bằng")
    (group,) = find(secretary, asked, today=today).groups
    assert (group.kind, list(group.hits), group.has_more) == (Kind.PROGRAMS, [program], False)


def test_a_task_is_found_when_every_word_lies_in_it(program, secretary):
    make_task(program, title="Vận động hộ dân hiến đất")
    make_task(program, title="Vận động đoàn viên")
    assert titles(secretary, "dat van dong") == {"Vận động hộ dân hiến đất"}
    assert titles(secretary, "01.01") == {"Vận động hộ dân hiến đất"}
    assert titles(secretary, "van dong xay") == set()


def test_a_word_of_two_letters_begins_a_word_a_longer_one_lies_anywhere(program, secretary):
    make_task(program, title="Hỗ trợ xã Tân Bình")
    make_task(program, title="Bảo đảm trật tự")
    assert titles(secretary, "xa") == titles(secretary, "ho") == {"Hỗ trợ xã Tân Bình"}
    assert titles(secretary, "ro") == set()
    assert titles(secretary, "inh") == {"Hỗ trợ xã Tân Bình"}


@pytest.mark.parametrize("typed", ["%", "_", "%%%", "___", "\\", "a%b", "100%", "'", '"'])
def test_signs_of_patterns_mean_themselves(program, secretary, typed):
    make_task(program, title="Đạt 100% kế hoạch")
    make_task(program, title="Đạt a b kế hoạch")
    assert titles(secretary, typed) == ({"Đạt 100% kế hoạch"} if typed == "100%" else set())


def test_the_last_entered_task_comes_first(program, secretary):
    first, second = make_task(program, title="Tập huấn một"), make_task(program, title="Tập huấn hai")
    assert list(tasks_found(secretary, "tap huan")) == [second, first]


def test_only_what_the_reader_sees_is_found(program, parties, secretary, today):
    make_task(program, title="Việc riêng của các bên")
    stranger = make_member(make_agency(parties[0].unit, "ngoai", "Cơ quan ngoài"))
    outside = official_of(make_parties(make_unit("HH"), 2)[0])
    for reader in (stranger, outside):
        assert kinds(reader, "viec rieng", today) == kinds(reader, "giai phong", today) == []
    assert kinds(secretary, "viec rieng", today) == ["tasks"]


def test_an_agency_that_only_coordinates_finds_its_task(program, parties, today):
    helper = make_agency(parties[0].unit, "xa", "UBND xã Tân Bình")
    make_task(program, title="Việc có xã giúp", coordinators=(helper,))
    make_task(program, title="Việc không có xã giúp")
    (group,) = find(make_member(helper), "viec giup", today=today).groups
    assert [row.task.title for row in group.hits] == ["Việc có xã giúp"]


def test_agencies_are_found_by_the_words_of_their_names(parties, secretary, today):
    (group,) = find(secretary, "ben thu 2", today=today).groups
    assert [row.agency for row in group.hits] == [parties[1]]


def test_an_administrator_searches_the_directory_alone(program, parties, sign_in, today):
    keeper = make_member(parties[0], Role.UNIT_ADMIN)
    assert kinds_for(keeper) == [Kind.AGENCIES]
    assert kinds(keeper, "giai phong", today) == []
    assert kinds(keeper, "ben thu", today) == ["agencies"]
    page = sign_in(keeper).get("/tim-kiem/?q=giai phong&kind=tasks").content.decode()
    assert program.code not in page and "kind=tasks" not in page.partition("<main")[2].partition('name="kind"')[0]


def test_an_issued_paper_is_found_by_part_of_its_number_and_opened(program, secretary, sign_in, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR", tmp_path)
    programs.lock_for_signing(program, actor=secretary)
    sign(program, secretary=secretary)
    document = issue_program(Program.objects.get(pk=program.pk), actor=secretary)
    page = sign_in(secretary).get("/tim-kiem/", {"q": "qcph-hdnd", "kind": "documents"}).content.decode()
    assert f'href="/bao-cao/van-ban/{document.pk}.pdf"' in page and "69/QCPH-HĐND-UBND-MTTQ" in page
    stranger = official_of(make_parties(make_unit("HH"), 2)[0])
    assert "69/QCPH" not in sign_in(stranger).get("/tim-kiem/", {"q": "qcph-hdnd"}).content.decode()


def test_a_paper_outside_the_portal_is_found_in_its_register(parties, secretary, sign_in):
    series = register.open_series(actor=secretary, agency=parties[0], document_type=DocumentType.PROGRAM, year=2021)
    register.reserve_number(series, actor=secretary, subject="Kế hoạch tiếp công dân", symbol="KH-UBND")
    client = sign_in(secretary)
    for asked in ("tiep cong dan", "01/kh-ubnd"):
        page = client.get("/tim-kiem/", {"q": asked}).content.decode()
        (address,) = re.findall(rf'href="(/so-van-ban/{series.pk}/\?q=[^"]+)"', page)
        assert "Kế hoạch tiếp công dân" in client.get(address).content.decode()


def test_a_group_shows_its_first_hits_and_leads_to_the_rest(program, secretary, sign_in):
    for number in range(12):
        make_task(program, title=f"Tuần tra đợt {number}")
    client = sign_in(secretary)
    page = client.get("/tim-kiem/", {"q": "tuan tra"}).content.decode()
    assert page.count("Tuần tra đợt") == 10 and "?q=tuan+tra&amp;kind=tasks" in page
    assert client.get("/tim-kiem/?q=tuan+tra&kind=tasks").content.decode().count("Tuần tra đợt") == 12


def test_shorter_searches_are_offered_when_they_find_something(program, secretary, sign_in):
    make_task(program, title="Tuần tra ban đêm")
    assert shorter(secretary, "tuần tra bam") == ["tuần tra", "tuần", "tra"]
    assert shorter(secretary, "zzz") == shorter(secretary, "xxx yyy") == []
    page = sign_in(secretary).get("/tim-kiem/", {"q": "tuần tra bam"}).content.decode()
    assert "?q=tu%E1%BA%A7n+tra" in page and page.count("<li>", page.index("pf-empty")) >= 3


def test_a_suggestion_tells_nothing_of_what_is_hidden(program, secretary):
    make_task(make_program("agreed", unit=make_unit()), title="Chuyện của người khác")
    assert shorter(secretary, "chuyện zzz") == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_search_stays_within_its_queries(program, secretary, sign_in, number):
    for place in range(number):
        make_task(program, title=f"Giải phóng mặt bằng {place}")
    client = sign_in(secretary)
    client.get("/tim-kiem/?q=giai phong")
    with CaptureQueriesContext(connection) as captured:
        client.get("/tim-kiem/?q=giai phong")
    assert len(captured) == 13
    with CaptureQueriesContext(connection) as captured:
        client.get("/tim-kiem/?q=giai phong zzzz")
    assert len(captured) == 13


def test_typed_words_are_few_and_each_tells_something():
    assert typed_words("Giải  giải giảI phóng pho gi") == ["phong", "giai", "gi"]
    assert len(typed_words(" ".join(f"tu{n}x" for n in range(50)))) == 8
    assert typed_words("  ") == []


def test_the_index_serves_a_search_by_parts_of_words(program):
    """What a plan says once sequential reading is forbidden: the index knows parts of three letters and beginnings."""
    asked = Task._base_manager.filter(holding("title_folded", ["giai", "ho"])).values("pk")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_indexscan = off")
    assert "task_title_parts" in asked.explain()
