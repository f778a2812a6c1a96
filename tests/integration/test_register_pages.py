"""The pages of the register, of issue and of amendment: who is let in, what they show, how many queries they take."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access.enums import Role
from coordination.programs.models import Program
from coordination.register import services as register
from coordination.register.enums import DocumentType
from coordination.register.models import NumberSeries, RegisterEntry
from records import clock
from records.audit.models import AuditEntry
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_parties, make_program, secretary_of

pytestmark = pytest.mark.django_db
LIST_BUDGET, SERIES_BUDGET = 14, 15


def url(name: str, *args) -> str:
    return reverse(f"coordination:{name}", args=args)


@pytest.fixture
def parties():
    return make_parties(make_unit(), 3)


@pytest.fixture
def secretary(parties):
    return secretary_of(parties[0])


@pytest.fixture
def client(sign_in, secretary):
    return sign_in(secretary)


@pytest.fixture
def series(parties, secretary):
    return register.open_series(actor=secretary, agency=parties[0], document_type=DocumentType.PROGRAM, year=2022)


def numbered(parties) -> Program:
    program = make_program("signed", agencies=parties)
    actor = secretary_of(parties[0])
    register.assign_number(program, actor=actor, symbol="CTPH-A-B-C")
    return Program.objects.get(pk=program.pk)


def test_the_list_shows_the_series_of_the_year_with_what_became_of_their_numbers(client, series, parties, secretary):
    numbered(parties)
    register.explain_gap(series, actor=secretary, first=2, last=4, why="outside", words="Ký trên giấy")
    elsewhere = make_agency(make_unit("XA", "huyện Xa"), "ubnd", "UBND huyện Xa")
    register.open_series(actor=secretary_of(elsewhere), agency=elsewhere, document_type=DocumentType.PROGRAM, year=2022)
    rows = client.get(url("register-list")).context["rows"]
    assert [(row.series, row.used, row.reserved, row.voided, row.unexplained) for row in rows] == [(series, 3, 1, 0, 0)]
    assert client.get(url("register-list"), {"year": "2021"}).context["rows"] == []
    assert client.get(url("register-list"), {"type": "QCPH"}).context["rows"] == []
    strange = client.get(url("register-list"), {"agency": str(elsewhere.pk), "type": "\x00", "year": "10" * 20})
    assert strange.status_code == 200 and elsewhere.current_short_name not in strange.content.decode()


def test_a_series_shows_its_numbers_newest_first_and_is_searched_by_part_of_a_number(
    client, series, parties, secretary
):
    program = numbered(parties)
    register.reserve_number(series, actor=secretary, subject="Kế hoạch đón Tết", symbol="KHPH-X")
    page = client.get(url("series-detail", series.pk))
    assert [entry.number for entry in page.context["page_obj"]] == [2, 1]
    assert program.short_title in page.content.decode() and "Kế hoạch đón Tết" in page.content.decode()
    for words, found in (("01/CTPH", [1]), ("khph-x", [2]), ("don tet", [2]), ("không có", [])):
        answer = client.get(url("series-detail", series.pk), {"q": words})
        assert [entry.number for entry in answer.context["page_obj"]] == found, words


def test_a_gap_that_nothing_explains_is_told(client, series):
    NumberSeries.objects.filter(pk=series.pk).update(next_number=4)
    page = client.get(url("series-detail", series.pk))
    assert [str(gap) for gap in page.context["gaps"]] == ["1–3"]
    assert client.get(url("register-list")).context["rows"][0].unexplained == 3


def test_a_party_reads_its_own_entries_and_keeps_nothing(sign_in, series, parties, secretary):
    numbered(parties)
    register.reserve_number(series, actor=secretary, subject="Việc riêng của bên thứ nhất")
    client = sign_in(secretary_of(parties[1]))
    page = client.get(url("series-detail", series.pk))
    assert [entry.number for entry in page.context["page_obj"]] == [1]
    assert "Việc riêng" not in page.content.decode() and page.context["gaps"] == []
    for name in ("series-reserve", "series-explain"):
        assert client.get(url(name, series.pk)).status_code == 403
    assert client.get(url("number-void", series.pk, 1)).status_code == 403
    assert client.get(url("number-void", series.pk, 2)).status_code == 404


def test_a_number_of_which_nothing_may_be_known_is_not_found(sign_in, series, parties):
    missing = sign_in(secretary_of(make_agency(parties[0].unit, "khac", "Hội khác")))
    assert missing.get(url("series-detail", series.pk)).status_code == 404
    assert missing.get(f"/so-van-ban/{10**30}/").status_code == 404
    assert missing.get(f"/so-van-ban/{series.pk}/{10**30}/huy/").status_code == 404


@pytest.mark.parametrize("rows", (1, 3))
def test_the_pages_take_as_many_queries_for_one_row_as_for_three(client, series, parties, rows):
    for _number in range(rows):
        numbered(parties)
    for address, budget in ((url("register-list"), LIST_BUDGET), (url("series-detail", series.pk), SERIES_BUDGET)):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= budget, (address, [query["sql"][:120] for query in asked])


def test_reading_writes_nothing(client, series, parties):
    program, entries = numbered(parties), AuditEntry.objects.count()
    number = program.register_entries.get().number
    for address in (
        url("register-list"), url("series-open"), url("series-detail", series.pk), url("series-reserve", series.pk),
        url("series-explain", series.pk), url("number-void", series.pk, number), url("program-number", program.slug),
        url("program-issue", program.slug), url("program-amend", program.slug),
    ):  # fmt: skip
        assert client.get(address).status_code == 200, address
    assert AuditEntry.objects.count() == entries


def test_a_number_is_proposed_and_given_on_its_page(client, parties):
    program = make_program("agreed", agencies=parties)
    address = url("program-number", program.slug)
    form = client.get(address).context["form"]
    assert (form["number"].value(), form["symbol"].value()) == (1, "CTPH-BEN-1-BEN-2-BEN-3")
    assert client.post(address, {"number": "1", "symbol": "CTPH-A"}).status_code == 302
    assert Program.objects.get().paper_number == "01/CTPH-A"
    other = make_program("agreed", agencies=parties)
    skipping = {"number": "4", "symbol": "CTPH-A"}
    refused = client.post(url("program-number", other.slug), skipping)
    assert refused.status_code == 422 and list(refused.context["form"].errors) == ["number"]
    explained = skipping | {"skipped": "Hai văn bản trên giấy"}
    assert client.post(url("program-number", other.slug), explained).status_code == 302


def test_a_draft_has_no_number_yet(client, parties):
    assert client.get(url("program-number", make_program("draft", agencies=parties).slug)).status_code == 409


def test_what_is_kept_through_the_pages_stands_in_the_register(client, parties):
    opened = {"agency": parties[0].pk, "document_type": "QCPH", "year": "2022", "first_number": "12"}
    assert client.post(url("series-open"), opened).status_code == 302
    series = NumberSeries.objects.get()
    reserved = {"number": "12", "subject": "Quy chế trên giấy", "dated_on": "15/3/2022"}
    assert client.post(url("series-reserve", series.pk), reserved).status_code == 302
    assert client.post(url("number-use", series.pk, 12), {"used_on": "16/3/2022"}).status_code == 302
    assert client.post(url("number-void", series.pk, 12), {"reason": "Nhầm"}).status_code == 409
    assert client.post(url("series-reserve", series.pk), {"number": "13", "subject": "Quy chế hai"}).status_code == 302
    assert client.post(url("number-void", series.pk, 13), {"reason": "Không ký"}).status_code == 302
    assert list(RegisterEntry.objects.order_by("number").values_list("number", "state")) == [
        (12, "used"),
        (13, "voided"),
    ]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"year": "", "valid_from": "1/8/2020"}, "valid_to"),
        ({"year": "", "valid_from": "", "valid_to": ""}, "year"),
        ({"valid_from": "1/8/2020", "valid_to": "31/7/2025"}, "year"),
        ({"first_number": "0"}, "first_number"),
        ({"agency": "999999"}, "agency"),
    ],
)
def test_a_bad_series_is_refused_at_its_field(client, parties, fields, wrong):
    opened = {"agency": parties[0].pk, "document_type": "QCPH", "year": "2022", "first_number": "1"} | fields
    response = client.post(url("series-open"), opened)
    assert response.status_code == 422 and list(response.context["form"].errors) == [wrong]


def test_a_program_is_issued_on_its_page_and_says_so(client, parties):
    program = numbered(parties)
    address = url("program-issue", program.slug)
    proposed = client.get(address).context["form"]["recipients"].value()
    assert proposed.split("\n") == [str(agency) for agency in parties]
    sent = {"issued_on": clock.today().strftime("%d/%m/%Y"), "recipients": proposed}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 409
    page = client.get(url("program-detail", program.slug)).content.decode()
    assert "Bên thứ 3" in page and address not in page
    history = client.get(url("program-history", program.slug)).context["history"].events
    assert any("01/CTPH-A-B-C" in event.text and event.tone == "ok" for event in history[:2])


def test_a_number_not_known_is_told_on_the_page_of_issue(client, parties):
    program = make_program("signed", agencies=parties)
    page = client.get(url("program-issue", program.slug)).content.decode()
    assert url("program-number", program.slug) in page


def test_an_amendment_is_begun_on_its_page_and_both_pages_lead_to_each_other(client, sign_in, parties):
    program = numbered(parties)
    address = url("program-amend", program.slug)
    proposed = client.get(address).context["form"]
    sent = {"by": "program", "title": proposed["title"].value(), "period_end": "31/12/2022"}
    answer = client.post(address, sent)
    draft = Program.objects.get(amends=program)
    assert answer.status_code == 302 and answer.url == url("program-edit", draft.slug)
    again = client.post(address, sent)
    assert again.status_code == 422 and list(again.context["form"].errors) == ["beside_another"]
    assert client.post(address, sent | {"beside_another": "on"}).status_code == 302
    assert url("program-detail", draft.slug) in client.get(url("program-detail", program.slug)).content.decode()
    assert url("program-detail", program.slug) in client.get(url("program-detail", draft.slug)).content.decode()
    for page in (program, draft):
        assert client.get(url("program-history", page.slug)).status_code == 200


def test_buttons_are_shown_to_whom_they_serve(client, sign_in, parties):
    program = numbered(parties)
    mine = client.get(url("program-detail", program.slug)).content.decode()
    assert url("program-amend", program.slug) in mine and url("program-issue", program.slug) in mine
    others = sign_in(make_member(parties[1], Role.LEADER)).get(url("program-detail", program.slug)).content.decode()
    assert url("program-amend", program.slug) not in others and url("program-issue", program.slug) not in others
