"""The task list: what it shows, how it is narrowed, counted, sorted, grouped and laid out."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.lists.enums import ListColumn
from coordination.lists.filters import SORTS, TaskFilters
from coordination.lists.queries import found_by, task_list
from coordination.lists.queries.counting import MOST_OPTIONS
from coordination.tasks.models import Task
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_area, make_program, secretary_of
from tests.factories.tasks import make_task, official_of

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 30)
YEAR = TaskFilters(year=2022)
# Beyond session and rights: the saved views, the programs seen, all counts in one, the rows, their parts, targets.
QUERIES_OF_THE_LIST = 6


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def official(program):
    return official_of(program.parties.first().agency)


@pytest.fixture
def two(program):
    """One overdue task of the first party in its own area, one of the last party without a deadline."""
    first, last = program.parties.first().agency, program.parties.last().agency
    area = make_area(program.unit, "gpmb", "Giải phóng mặt bằng")
    late = make_task(
        program, "in_progress", title="Bàn giao mặt bằng", area=area, lead=first, coordinators=(last,),
        due_on=date(2022, 3, 15),
    )  # fmt: skip
    ongoing = make_task(program, title="Nắm tình hình", lead=last, schedule_kind="ongoing", start_on=None, due_on=None)
    return late, ongoing


def codes_in(response) -> list[str]:
    return re.findall(r'pf-c-code"><span>([\d.]+)<', response.content.decode())


def queries_of(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def found(actor, **asked) -> list[Task]:
    return list(found_by(actor, YEAR.but(**asked), today=TODAY).order_by("ordinal"))


def test_the_list_shows_what_the_actor_sees_and_nothing_foreign(program, official, sign_in):
    mine, late = make_task(program), make_task(program, "in_progress", title="Đã trễ", due_on=date(2022, 3, 15))
    make_task(make_program("signed", unit=make_unit()))
    make_task(
        make_program(
            "draft", unit=program.unit, agencies=[make_agency(program.unit, "x"), make_agency(program.unit, "y")]
        )
    )
    response = sign_in(official).get("/nhiem-vu/?year=2022")
    assert codes_in(response) == [late.short_code, mine.short_code]


def test_each_filter_lets_its_task_through_and_stops_the_other(program, official, two):
    late, ongoing = two
    first, last = program.parties.first().agency, program.parties.last().agency
    lets_through = {
        "statuses": ("overdue",), "programs": (program.slug,), "areas": ("gpmb",), "leads": (first.code,),
        "involves": (first.code,), "buckets": ("overdue",), "due_month": 3, "due_from": date(2022, 3, 15),
        "due_to": date(2022, 3, 15), "mine": True, "q": "ban GIAO mat bang",
    }  # fmt: skip
    for name, value in lets_through.items():
        expected = [late, ongoing] if name == "programs" else [late]
        assert found(official, **{name: value}) == expected, name
    assert found(official, involves=(last.code,)) == [late, ongoing]
    stops = {
        "statuses": ("completed",), "programs": ("tn-2022-99",), "areas": ("antt",), "due_month": 12,
        "due_from": date(2022, 3, 16), "due_to": date(2022, 3, 14), "q": "vắc xin", "buckets": ("in_time",),
    }  # fmt: skip
    for name, value in stops.items():
        assert found(official, **{name: value}) == [], name


def test_a_percent_sign_or_a_line_is_looked_for_and_stands_for_nothing_else_abuse_36(program, official, two):
    for words in ("%", "_", "\\", "' OR 1=1 --", "%s"):
        assert found(official, q=words) == []
        assert task_list(official, YEAR.but(q=words), today=TODAY).page.paginator.count == 0


def test_counts_of_a_group_respect_the_other_groups(program, official):
    first, second, _third = [party.agency for party in program.parties.all()]
    other_area = make_area(program.unit, "gpmb", "Giải phóng mặt bằng")
    make_task(program, "in_progress")
    make_task(program, title="Hai", area=other_area)
    make_task(program, title="Ba", area=other_area, lead=second)
    listed = task_list(official, YEAR.but(areas=("gpmb",)), today=TODAY)
    facets = {facet.key: {option.value: option.count for option in facet.options} for facet in listed.facets}
    assert facets["area"] == {"chung": 1, "gpmb": 2}
    assert facets["lead"] == {first.code: 1, second.code: 1}
    assert facets["status"] == {"in_progress": 0, "not_started": 2}
    assert facets["program"] == {program.slug: 2}
    assert [row.title for row in listed.rows] == ["Hai", "Ba"]


def test_of_many_options_the_largest_and_the_chosen_are_offered_and_others_are_found_by_name(
    program, official, sign_in
):
    for number in range(1, MOST_OPTIONS + 3):
        area = make_area(program.unit, f"lv{number:02}", f"Lĩnh vực số {number:02}")
        make_task(program, title=f"Việc {number}", area=area)
    make_task(program, title="Việc thêm", area=make_area(program.unit, "lv14"))
    client, last = sign_in(official), "lv13"

    def areas(**asked) -> dict[str, int]:
        facets = client.get("/nhiem-vu/", {"year": 2022, **asked}).context["tasks"].facets
        return {option.value: option.count for option in next(one for one in facets if one.key == "area").options}

    assert list(areas()) == [*(f"lv{number:02}" for number in range(1, MOST_OPTIONS)), "lv14"]
    assert list(areas(area=last))[-2:] == [last, "lv14"]
    assert areas(find_area="LINH vuc 13") == {last: 1}
    assert areas(find_area="so 12", area=last) == {"lv12": 1, last: 1}
    assert areas(find_area="không có đâu") == {}
    page = client.get("/nhiem-vu/?year=2022").content.decode()
    assert 'name="find_area"' in page and 'name="find_lead"' not in page
    assert "find-area" in page


def test_each_icon_of_the_rows_is_drawn_once(program, official, sign_in):
    for number in range(3):
        make_task(program, title=f"Việc {number}", due_on=date(2022, 3, 15 + number))
    page = sign_in(official).get("/nhiem-vu/?year=2022").content.decode()
    rows = page.split("<tbody>")[1].split("</tbody>")[0]
    assert (rows.count('<g id="i-'), rows.count('<use href="#i-')) == (1, 2)
    assert set(re.findall(r'<use href="#([\w-]+)"', page)) <= set(re.findall(r'<g id="([\w-]+)"', page))


@pytest.mark.parametrize("typed", ["%", "\x00", "' OR 1=1 --", "𠀀" * 300, " ", "{{ 7 }}"])
def test_whatever_is_typed_to_find_an_option_breaks_nothing(program, official, two, sign_in, typed):
    answer = sign_in(official).get("/nhiem-vu/", {"year": 2022, "find_area": typed, "find_lead": typed, "find_x": "1"})
    assert answer.status_code == 200
    assert len(codes_in(answer)) == 2


def test_every_option_counts_what_choosing_it_shows(program, official, two):
    """Each count is the length of the list it leads to, whatever else is chosen."""
    names = {"status": "statuses", "program": "programs", "area": "areas", "lead": "leads"}
    for here in (YEAR, YEAR.but(statuses=("overdue",)), YEAR.but(q="tinh hinh"), YEAR.but(mine=True)):
        for facet in task_list(official, here, today=TODAY).facets:
            for option in facet.options:
                asked = here.but(**{names[facet.key]: (option.value,)})
                assert found_by(official, asked, today=TODAY).count() == option.count, (here, facet.key, option)


def test_every_view_shows_as_many_tasks_as_it_says(program, official, sign_in):
    make_task(program, "in_progress", due_on=date(2022, 3, 15))
    make_task(program, "awaiting", title="Chờ", lead=program.parties.last().agency, due_on=date(2022, 3, 31))
    make_task(program, "completed", title="Xong")
    client = sign_in(official)
    views = task_list(official, YEAR, today=TODAY).views
    assert [view.count for view in views] == [3, 2, 2, 1, 2]
    for view in views:
        assert len(codes_in(client.get(f"/nhiem-vu/{view.query}"))) == view.count


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_turns_round(program, official, two, sort):
    two[1].roles.first().agency.__class__.objects.filter(pk=two[1].roles.first().agency_id).update(protocol_order=900)
    rows = [row.code for row in task_list(official, YEAR.but(sort=sort), today=TODAY).rows]
    back = [row.code for row in task_list(official, YEAR.but(sort=f"-{sort}"), today=TODAY).rows]
    late, ongoing = two
    smaller_first = [ongoing.code, late.code] if sort == "progress" else [late.code, ongoing.code]
    assert rows == smaller_first
    # Without a deadline a task comes last either way.
    assert back == (smaller_first if sort == "due" else smaller_first[::-1])


def test_titles_sort_as_vietnamese_dictionaries_do(program, official):
    for title in ("Đối thoại", "Dạy nghề", "Ăn ở", "An sinh", "Ấm no"):
        make_task(program, title=title)
    rows = task_list(official, YEAR.but(sort="title"), today=TODAY).rows
    assert [row.title for row in rows] == ["An sinh", "Ăn ở", "Ấm no", "Dạy nghề", "Đối thoại"]


def test_task_100_comes_after_task_99_not_after_task_10(program, official):
    for number in range(3):
        make_task(program, title=f"Việc {number}")
    for ordinal, task in zip((99, 100, 10), Task.objects.order_by("pk"), strict=True):
        Task.objects.filter(pk=task.pk).update(ordinal=ordinal, code=f"{program.code}.{ordinal}")
    rows = task_list(official, YEAR.but(sort="code"), today=TODAY).rows
    assert [row.code.rpartition(".")[2] for row in rows] == ["10", "99", "100"]


def test_groups_are_headed_with_their_size(program, official, two):
    make_task(program, title="Thứ ba")
    for group, heads in (("agency", 2), ("area", 2), ("due", 0)):
        rows = task_list(official, YEAR.but(group=group), today=TODAY).rows
        sizes = [row.group_count for row in rows if row.group]
        assert len(sizes) == heads
        assert sum(sizes) == (3 if heads else 0)


def test_the_tasks_of_a_program_stand_under_its_sections_in_reading_order(program, official):
    aims, _content, countryside = program.sections.all()
    make_task(program, title="Ngoài mục")
    make_task(program, title="Hai", section=countryside)
    make_task(program, title="Một", section=aims)
    make_task(program, title="Ba", section=countryside)
    listed = task_list(official, YEAR.but(programs=(program.slug,), group="section"), today=TODAY)
    assert [(row.group, row.group_count, row.title) for row in listed.rows] == [
        (aims.name, 1, "Một"),
        (countryside.name, 2, "Hai"),
        ("", 0, "Ba"),
        ("Không thuộc mục nào", 1, "Ngoài mục"),
    ]
    offered = [grouping.label for grouping in task_list(official, YEAR, today=TODAY).groupings]
    assert "Mục" in [grouping.label for grouping in listed.groupings] and "Mục" not in offered


def test_sections_of_two_programs_are_told_apart_by_the_code_of_the_program(program, official):
    other = make_program("signed", unit=program.unit, agencies=[party.agency for party in program.parties.all()])
    first, second = sorted((program, other), key=lambda each: each.code)
    make_task(program, section=program.sections.first())
    make_task(other)
    rows = task_list(official, YEAR.but(group="section"), today=TODAY).rows
    heads = {row.program: row.group for row in rows}
    assert [row.program for row in rows] == [first.code, second.code]
    assert heads[program.code] == f"{program.code}, {program.sections.first().name}"
    assert heads[other.code] == f"{other.code}, Không thuộc mục nào"
    assert [row.group_count for row in rows] == [1, 1]


def test_a_group_that_goes_on_is_headed_again_on_the_next_page_with_its_whole_size(program, official, sign_in):
    for number in range(23):
        make_task(program, title=f"Việc số {number}")
    listed = task_list(official, YEAR.but(group="agency"), today=TODAY, page=2)
    assert [(row.group_count, bool(row.group)) for row in listed.rows] == [(23, True), (0, False), (0, False)]


def test_pages_hold_twenty_fifty_or_a_hundred_and_a_silly_page_is_the_last_abuse_40(program, official, sign_in):
    for number in range(23):
        make_task(program, title=f"Việc số {number}")
    client = sign_in(official)
    assert len(codes_in(client.get("/nhiem-vu/"))) == 20
    assert len(codes_in(client.get("/nhiem-vu/?size=50"))) == 23
    for silly in ("2", "99", "-1", "9" * 400):
        assert len(codes_in(client.get(f"/nhiem-vu/?page={silly}"))) == 3
    for silly in ("page=TOTAL", "size=1e9", "size=-20", "size=%00"):
        assert len(codes_in(client.get(f"/nhiem-vu/?{silly}"))) == 20


def test_the_columns_asked_for_are_shown_and_no_others(program, official, two, sign_in):
    page = sign_in(official).get("/nhiem-vu/?column=program&column=deliverable").content.decode()
    heads = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', page)
    assert [head.strip() for head in heads if head.strip()] == ["Nhiệm vụ", "Chương trình", "Sản phẩm"]
    assert program.code in page
    assert "Biên bản bàn giao mặt bằng" in page


def test_no_word_of_a_task_is_taken_for_markup(program, official, sign_in):
    lead = program.parties.first().agency
    type(lead).objects.filter(pk=lead.pk).update(current_short_name="Hội <i>A</i> & {B}")
    area = make_area(program.unit, "rao", "Lĩnh vực <u>{0}</u>")
    make_task(program, title="Việc <b>{title}</b>", area=area, lead=lead, deliverable="<script>{}</script>")
    columns = "&".join(f"column={column}" for column in ListColumn)
    page = sign_in(official).get(f"/nhiem-vu/?group=agency&{columns}").content.decode()
    for written in ("Việc &lt;b&gt;{title}&lt;/b&gt;", "Hội &lt;i&gt;A&lt;/i&gt; &amp; {B}", "&lt;u&gt;{0}&lt;/u&gt;"):
        assert written in page
    assert not any(markup in page for markup in ("<b>{title}", "<i>A", "<u>{0}", "<script>{}"))


def test_every_column_can_be_shown(program, official, two, sign_in):
    address = "&".join(f"column={column}" for column in ListColumn)
    assert len(codes_in(sign_in(official).get(f"/nhiem-vu/?{address}"))) == 2


@pytest.mark.parametrize("key", ["program", "area", "lead", "involves", "status", "bucket", "column", "q", "due_from"])
@pytest.mark.parametrize("value", ["%00", "%ED%A0%80", "%E2%80%AE", "1" * 400, "%5C%27%22", "%F0%9F%92%A5"])
def test_no_value_in_the_address_breaks_the_list_abuse_39(program, official, two, sign_in, key, value):
    assert sign_in(official).get(f"/nhiem-vu/?{key}={value}").status_code in (200, 400)


def test_the_name_of_an_agency_nobody_involved_here_has_is_not_told(program, official, two):
    make_agency(make_unit(), "mat", "Cơ quan mật")
    chips = task_list(official, YEAR.but(involves=("mat",)), today=TODAY).chips
    assert [chip.label for chip in chips] == ["mat"]


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/nhiem-vu/", QUERIES_OF_THE_LIST - 1),
        ("/nhiem-vu/?status=not_started&group=agency&q=viec&mine=1", QUERIES_OF_THE_LIST),
        ("/nhiem-vu/?sort=lead", QUERIES_OF_THE_LIST),
    ],
)
def test_the_list_stays_within_its_queries(program, official, sign_in, address, queries):
    """Rule: P18: at most 6 beyond session and rights, whatever the number of rows; one less where all is known to
    stand as it did.
    """
    client = sign_in(official)
    beside = queries_of(client, "/nhiem-vu/bo-loc/") - 1
    make_task(program, title="Việc 1", coordinators=(program.parties.last().agency,))
    assert queries_of(client, address) - beside == queries
    make_task(program, title="Việc 2")
    make_task(program, title="Việc 3", lead=program.parties.last().agency)
    assert queries_of(client, address) - beside == queries


def test_whoever_has_no_right_on_content_is_shown_nothing(program, two):
    for role in (Role.UNIT_ADMIN, Role.SYSTEM_ADMIN):
        listed = task_list(make_member(program.drafting_agency, role), YEAR, today=TODAY)
        assert (listed.total_of_year, len(listed.rows), [view.count for view in listed.views]) == (0, 0, [0] * 5)


def test_reading_the_list_writes_nothing(program, two, sign_in):
    client = sign_in(secretary_of(program.drafting_agency))
    for path in ("", "?group=area&size=100", "bo-loc/", "bo-loc/luu/", "da-xoa/", "hang-loat/?act=bin"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/nhiem-vu/{path}").status_code == 200
        writes = [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        assert writes == [], path
