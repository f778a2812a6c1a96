"""The system log: who reads which entries, how they are found, and what leaves the portal as a file."""

import csv
import io
import re

import pytest
from django.db import connection
from django.urls import reverse

from agencies.access.enums import Role
from agencies.log.queries import LogFilters, entries_found
from agencies.models import Membership
from agencies.units.enums import UnitKind, UnitLevel
from agencies.units.services import found_unit
from records import clock
from records.audit.enums import AuditAction
from records.audit.origin import Origin, origin
from records.audit.services import record
from records.audit.verification import faults
from records.models import AuditEntry
from records.spreadsheets import as_csv, cell
from tests.factories.audit import fill_log
from tests.factories.people import BEGINNING, make_agency, make_member, make_unit
from tests.factories.programs import make_program, secretary_of

pytestmark = pytest.mark.django_db

TOKEN = re.compile(rb'csrfmiddlewaretoken" value="[^"]+')
LOG, EXPORT = "/quan-tri/nhat-ky/", "/quan-tri/nhat-ky/xuat.csv"


@pytest.fixture
def unit():
    return make_unit("QN", "huyện Thử")


@pytest.fixture
def below(unit):
    names = {"name": "xã Thử", "bare_name": "Thử"}
    of = {"level": UnitLevel.COMMUNE, "kind": UnitKind.COMMUNE, "parent": unit}
    return found_unit(code="XT", valid_from=BEGINNING, **names, **of)


@pytest.fixture
def elsewhere():
    return make_unit("KH", "xã Khác")


@pytest.fixture
def system_admin(unit) -> Membership:
    return make_member(make_agency(unit, "so", "Sở Nội vụ"), Role.SYSTEM_ADMIN, "quan-tri-he-thong")


@pytest.fixture
def unit_admin(unit) -> Membership:
    return make_member(make_agency(unit, "vp", "Văn phòng tỉnh"), Role.UNIT_ADMIN, "quan-tri-tinh")


def without_token(page) -> bytes:
    return TOKEN.sub(b"", page.content)


def official_of(unit, code: str = "ubnd", name: str = "Ủy ban nhân dân") -> Membership:
    return make_member(make_agency(unit, code, name))


def numbers(client, query: str = "") -> list[int]:
    return [row.entry.sequence for row in client.get(LOG + query).context["rows"]]


def lines_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LEADER, Role.SECRETARY, Role.ORGANISER])
def test_the_log_is_for_administrators(role, unit, sign_in):
    client = sign_in(make_member(make_agency(unit, "ubnd"), role))
    refused = client.get(LOG)
    assert refused.status_code == 403 and "quản trị" in refused.content.decode()
    assert client.get(f"{LOG}1/").status_code == 403
    assert client.post(EXPORT).status_code == 403


def test_a_unit_administrator_reads_the_entries_of_the_unit_and_of_units_below(
    unit, below, elsewhere, unit_admin, system_admin, sign_in
):
    own, under, foreign = (record(AuditAction.CHANGED, actor=official_of(where)) for where in (unit, below, elsewhere))
    nobody = record(AuditAction.CHANGED)
    told = numbers(sign_in(unit_admin))
    assert {own.sequence, under.sequence} <= set(told)
    assert not {foreign.sequence, nobody.sequence} & set(told)
    assert {own.sequence, under.sequence, foreign.sequence, nobody.sequence} <= set(numbers(sign_in(system_admin)))


def test_a_foreign_entry_answers_as_one_that_does_not_exist(elsewhere, unit_admin, sign_in):
    foreign = record(AuditAction.CHANGED, actor=official_of(elsewhere))
    client = sign_in(unit_admin)
    hidden, missing = client.get(f"{LOG}{foreign.sequence}/"), client.get(f"{LOG}999999/")
    assert hidden.status_code == missing.status_code == client.get(f"{LOG}{10**30}/").status_code == 404
    assert without_token(hidden) == without_token(missing)


def test_sign_ins_of_the_unit_are_among_its_entries_even_when_they_failed(unit, unit_admin, sign_in, client):
    member = official_of(unit)
    client.post("/dang-nhap/", {"username": member.user.username, "password": "sai"})
    client.post("/dang-nhap/", {"username": "khong-co-ai-ca", "password": "sai"})
    shown = [
        row.entry.user_name
        for row in sign_in(unit_admin).get(LOG).context["rows"]
        if row.entry.action == "sign_in_failed"
    ]
    assert shown == [member.user.username]


@pytest.fixture
def program(unit):
    agencies = [make_agency(unit, code, f"Cơ quan {code}") for code in ("a", "b")]
    titles = {"title": "Vun trồng tình đoàn kết", "short_title": "Vun trồng"}
    return make_program("signed", unit=unit, agencies=agencies, **titles)


def test_of_content_only_codes_acts_and_names_of_values_are_shown(program, system_admin, sign_in):
    """Administrators have no right on content: no title, text or value, on the page, on an entry or in the file."""
    client = sign_in(system_admin)
    about = AuditEntry.objects.filter(object_kind="coordination.program", object_id=program.pk)
    pages = [client.get(f"{LOG}?kind=coordination.program")]
    pages += [client.get(f"{LOG}{entry.sequence}/") for entry in about]
    texts = [page.content.decode() for page in pages]
    texts.append(b"".join(client.post(f"{EXPORT}?kind=coordination.program").streaming_content).decode())
    bodies = [section.body for section in program.sections.all() if section.body]
    assert bodies
    for text in texts:
        assert program.code in text
        assert not [said for said in (program.title, program.short_title, *bodies) if said in text]
    assert "Tên chương trình" in texts[1 + list(about).index(about.get(action="created"))]


def test_an_entry_shows_all_it_tells(unit, system_admin, sign_in):
    token = origin.set(Origin(address="10.1.2.3", request_id="a1b2"))
    try:
        member = official_of(unit)
        entry = record(
            AuditAction.CHANGED, actor=member, about=member.agency, before={"name": "Cũ"}, after={"name": "Mới"}
        )
    finally:
        origin.reset(token)
    page = sign_in(system_admin).get(f"{LOG}{entry.sequence}/").content.decode()
    entry.refresh_from_db()
    for told in (
        "Sửa đổi", "Cơ quan", member.user.username, "Chuyên viên", "Ủy ban nhân dân", "“Cũ” → “Mới”", "10.1.2.3",
        "a1b2", entry.local_at, "2022-03-30T10:30:00.000000Z", entry.digest, entry.previous_digest,
        f">{entry.sequence}<",
    ):  # fmt: skip
        assert told in page, told


def by(client, **query) -> set[int]:
    from urllib.parse import urlencode

    return set(numbers(client, f"?{urlencode(query)}"))


def test_what_is_told_stands_in_one_order_whatever_order_it_was_kept_in(unit, system_admin, sign_in):
    told = {"reason": "vì thế", "khac": "a", "bare_name": "Thử", "an": "b", "name": "huyện Thử"}
    client, labels = sign_in(system_admin), []
    for kept in (told, dict(reversed(told.items()))):
        entry = record(AuditAction.CHANGED, actor=system_admin, about=unit, after=kept)
        labels.append([change.label for change in client.get(f"{LOG}{entry.sequence}/").context["row"].changes])
    assert labels[0] == labels[1]
    assert labels[0][-3:] == ["Lý do", "an", "khac"], "its own words, those any entry has, those without a word"


def test_filters_narrow_by_who_what_when_and_from_where(unit, below, system_admin, sign_in):
    first = official_of(unit, "hnd", "Hội Nông dân")
    second = official_of(below, "ctd", "Chữ thập đỏ")
    token = origin.set(Origin(address="10.9.9.9", request_id="yeu-cau-1"))
    try:
        moved = record(AuditAction.MOVED, actor=first, about=first.agency)
    finally:
        origin.reset(token)
    with clock.standing_at(clock.at(clock.today().replace(month=2, day=10), 23, 59)):
        earlier = record(AuditAction.REPORTED, actor=second, about=second.user)
    client = sign_in(system_admin)
    assert (
        by(client, action="moved")
        == by(client, address="10.9.9.9")
        == by(client, request_id="yeu-cau-1")
        == {moved.sequence}
    )
    assert by(client, words="nong dan") == by(client, words=first.user.username) == {moved.sequence}
    assert by(client, words="chu thap") == {earlier.sequence}
    assert earlier.sequence in by(client, kind="agencies.user")
    assert by(client, day_from="10/02/2022", day_to="10/2/2022") == {earlier.sequence}
    assert by(client, day_to="09/02/2022") == set()
    assert by(client, words="nong dan", action="reported") == set()


def test_an_agency_is_found_by_a_name_it_has_only_now(unit, system_admin, sign_in):
    from agencies.directory.services import Naming, call_agency

    member = official_of(unit, "btg", "Ban Tuyên giáo")
    entry = record(AuditAction.CHANGED, actor=member)
    name = "Ban Tuyên giáo và Dân vận"
    naming = Naming(name=name, short_name=name, abbreviation="BTGDV", document_symbol="BTGDV", family="party",
                    protocol_order=5, letterhead_lines=name.upper())  # fmt: skip
    call_agency(member.agency, naming, since=clock.today())
    client = sign_in(system_admin)
    assert entry.sequence in by(client, words="dan van") & by(client, words="tuyen giao")


def test_a_name_typed_at_a_failed_sign_in_is_found(system_admin, sign_in, client):
    client.post("/dang-nhap/", {"username": "ke-la-mat", "password": "x"})
    entry = AuditEntry.objects.filter(action="sign_in_failed").last()
    assert by(sign_in(system_admin), words="ke-la-mat") == {entry.sequence}


@pytest.mark.parametrize(
    "query",
    [
        "?day_from=31/2/2022", "?day_to=x", "?action=nothing", "?kind=nothing", f"?before={10**30}", "?before=-5",
        "?after=abc", "?words=" + "x" * 5000, "?words=%F0%9D%84%9E", "?words=%25_%27%22", "?address=%0A%0D",
        "?request_id=%00",
        "?day_from=01/01/0001", "?words=%EF%BC%9D1", "?before=1&after=1", "?words=%27%20OR%201=1--",
    ],
)  # fmt: skip
def test_filters_that_make_no_sense_are_no_failure(query, system_admin, sign_in):
    assert sign_in(system_admin).get(LOG + query).status_code == 200


def test_a_day_that_does_not_exist_is_said_beside_its_field(system_admin, sign_in):
    assert "Ngày không có thật" in sign_in(system_admin).get(f"{LOG}?day_from=31/2/2022").content.decode()


def test_the_log_is_read_in_stretches_newest_first(unit, system_admin, sign_in):
    fill_log(official_of(unit), 130)
    client = sign_in(system_admin)
    first = client.get(LOG).context
    second = client.get(f"{LOG}?before={first['stretch'].older}").context
    sequences = [row.entry.sequence for row in (*first["rows"], *second["rows"])]
    assert sequences == sorted(sequences, reverse=True) and len(set(sequences)) == 100
    again = client.get(f"{LOG}?after={second['stretch'].newer}").context
    assert [row.entry.sequence for row in again["rows"]] == sequences[:50]


def test_entries_are_counted_up_to_a_limit(unit, system_admin, sign_in):
    fill_log(official_of(unit), 1010)
    page = sign_in(system_admin).get(LOG)
    assert (page.context["number"], page.context["is_more"]) == (1000, True)
    assert "Hơn 1.000 mục" in page.content.decode()


@pytest.mark.parametrize("entries", [1, 60])
def test_the_page_keeps_its_budget_however_many_entries_there_are(
    entries, unit, system_admin, sign_in, django_assert_max_num_queries
):
    fill_log(official_of(unit), entries)
    client = sign_in(system_admin)
    with django_assert_max_num_queries(12):
        assert client.get(f"{LOG}?words=uy+ban").status_code == 200


# Which filters must be answered through which index, so that a long log is searched as quickly as a short one.
INDEXED = {
    "newest": (LogFilters(), "sequence|auditentry_pkey|PRIMARY KEY|autoindex"),
    "account": (LogFilters(words="khong-co-ai-ca"), "auditentry_user|auditentry_user_name"),
    "request": (LogFilters(request_id="x"), "auditentry_request"),
    "address": (LogFilters(address="10.255.255.255"), "auditentry_address"),
    "act": (LogFilters(action="undone"), "auditentry_action"),
    "kind": (LogFilters(kind="agencies.agency"), "auditentry_kind|auditentry_object"),
    "day": (LogFilters(day_from=BEGINNING, day_to=BEGINNING), "auditentry_at"),
}


@pytest.mark.parametrize("what", INDEXED)
def test_each_filter_is_answered_through_an_index(what, unit, system_admin):
    fill_log(official_of(unit), 3000)
    filters, index = INDEXED[what]
    assert re.search(index, plan_of(entries_found(system_admin, filters)))


def test_the_entries_of_a_unit_are_found_through_an_index(unit, elsewhere, sign_in):
    fill_log(official_of(unit), 3000)
    keeper = make_member(make_agency(elsewhere, "vp"), Role.UNIT_ADMIN)
    assert re.search("auditentry_unit", plan_of(entries_found(keeper, LogFilters())))


def plan_of(entries) -> str:
    """How the database finds a stretch of entries; never by reading all of them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE records_auditentry")
    plan = entries[:51].explain()
    assert not re.search(r"Seq Scan on records_auditentry|SCAN records_auditentry(?! USING)", plan), plan
    return plan


# The file.


def test_only_a_system_administrator_takes_the_log_out(unit_admin, system_admin, sign_in):
    """Rule: R-LOG-2. A right of its own: reading on screen is not taking away."""
    refused = sign_in(unit_admin).post(EXPORT)
    assert refused.status_code == 403
    page = sign_in(unit_admin).get(LOG)
    assert "Chỉ quản trị hệ thống được xuất nhật ký" in page.content.decode()
    assert f'action="{EXPORT}' not in page.content.decode()
    taken = sign_in(system_admin).post(EXPORT)
    assert taken.status_code == 200 and taken["Content-Type"] == "text/csv; charset=utf-8"
    assert taken["Content-Disposition"] == 'attachment; filename="nhat-ky-2022-03-30.csv"'
    assert sign_in(system_admin).get(EXPORT).status_code == 405
    list(taken.streaming_content)


def test_the_file_holds_what_the_page_shows_in_local_time_and_utc(unit, system_admin, sign_in):
    member = official_of(unit)
    entries = [record(AuditAction.REPORTED, actor=member, about=member.agency) for _number in range(3)]
    client = sign_in(system_admin)
    header, *rows = lines_of(client.post(f"{EXPORT}?action=reported"))
    assert header[:3] == ["Số thứ tự", "Lúc (giờ UTC)", "Lúc (giờ Việt Nam)"]
    assert [int(row[0]) for row in rows] == [entry.sequence for entry in reversed(entries)]
    assert rows[0][1:3] == ["2022-03-30T10:30:00.000000Z", "2022-03-30T17:30:00+07:00"]
    assert rows[0][4:8] == [member.user.username, str(member), "Chuyên viên", "Ủy ban nhân dân"]
    assert all(len(row) == len(header) for row in rows)


def test_taking_the_log_out_is_an_entry_that_says_what_was_taken(unit, system_admin, sign_in):
    member = official_of(unit)
    record(AuditAction.REPORTED, actor=member)
    client = sign_in(system_admin)
    list(client.post(f"{EXPORT}?action=reported&day_from=01/3/2022").streaming_content)
    entry = AuditEntry.objects.last()
    assert (entry.action, entry.actor_id) == (AuditAction.EXPORTED, system_admin.pk)
    assert entry.after == {"log": {"action": "reported", "day_from": "2022-03-01"}, "entries": 1}
    assert list(faults()) == []


def test_a_refused_export_takes_nothing_out_and_is_told(unit_admin, sign_in):
    sign_in(unit_admin).post(EXPORT)
    assert AuditEntry.objects.last().action == AuditAction.REFUSED
    assert not AuditEntry.objects.filter(action=AuditAction.EXPORTED).exists()


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", " =1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("typed", FORMULAS)
def test_no_cell_is_a_formula(typed):
    """Case 35."""
    written = next(csv.reader(io.StringIO("".join(as_csv(["a"], [[typed]])).removeprefix("\ufeff").split("\r\n")[1])))
    assert written[0].startswith("'") and " ".join(typed.split()) in written[0]


def test_an_ordinary_value_stays_as_it_is():
    assert [cell(value) for value in ("Hội Nông dân", 12, None, "a-b", "'x")] == ["Hội Nông dân", "12", "", "a-b", "'x"]


@pytest.mark.parametrize("typed", ["=cmd|x", "a\r\n2,3", "b\x1b[31mđỏ", "c\u2028d", "＝1"])
def test_a_name_typed_at_the_door_breaks_no_line_and_is_no_formula(typed, unit, system_admin, sign_in):
    """Cases 35 and 41: whatever was typed as a user name stands in one line of the file."""
    record(AuditAction.SIGN_IN_FAILED, actor_label=typed)
    header, *rows = lines_of(sign_in(system_admin).post(f"{EXPORT}?action=sign_in_failed"))
    assert len(rows) == 1 and len(rows[0]) == len(header)
    assert not rows[0][4].startswith(("=", "＝")) and "\x1b" not in rows[0][4]


def test_a_long_file_is_written_piece_by_piece(unit, system_admin, sign_in):
    fill_log(official_of(unit), 4500)
    response = sign_in(system_admin).post(EXPORT)
    assert response.streaming
    pieces = list(response.streaming_content)
    assert len(pieces) > 20 and max(map(len, pieces)) < 200_000
    assert (
        sum(piece.count(b"\r\n") for piece in pieces)
        == AuditEntry.objects.filter(sequence__lt=AuditEntry.objects.filter(action="exported").last().sequence).count()
        + 1
    )


def test_the_administration_page_leads_to_the_log(system_admin, sign_in):
    assert reverse("agencies:log-list") in sign_in(system_admin).get("/quan-tri/").content.decode()


def test_what_a_program_is_refused_to_shows_by_its_address(program, unit, system_admin, sign_in):
    stranger = official_of(unit, "khac")
    sign_in(stranger).get(f"/chuong-trinh/{program.slug}/")
    page = sign_in(system_admin).get(f"{LOG}?action=refused").content.decode()
    assert f"GET /chuong-trinh/{program.slug}/" in page and program.title not in page


def test_secretaries_export_entries_name_what_they_took(program, sign_in):
    reader = secretary_of(program.drafting_agency)
    sign_in(reader).get(f"/bao-cao/chuong-trinh/{program.slug}.pdf")
    entry = AuditEntry.objects.last()
    assert (entry.action, entry.object_code, entry.actor_id) == (AuditAction.EXPORTED, program.code, reader.pk)
