"""The register of numbers: no number twice, no gap that nothing explains, the year of Hà Nội."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from agencies.access.enums import Role
from agencies.directory.enums import Family
from coordination.programs import services as programs
from coordination.programs.models import Program
from coordination.register import services as register
from coordination.register.enums import DocumentType, GapReason, NumberState
from coordination.register.models import NumberSeries, RegisterEntry
from coordination.register.queries import entries_of, gaps_of, proposal_for, series_rows
from records import clock
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_parties, make_program, secretary_of

pytestmark = pytest.mark.django_db
SYMBOL = "CTPH-BEN-1-BEN-2"


@pytest.fixture
def parties():
    return make_parties(make_unit(), 2)


@pytest.fixture
def keeper(parties):
    return secretary_of(parties[0])


@pytest.fixture
def series(parties, keeper):
    return register.open_series(actor=keeper, agency=parties[0], document_type=DocumentType.PROGRAM, year=2022)


def numbered(program: Program, number: int | None = None, symbol: str = SYMBOL, **more) -> Program:
    actor = secretary_of(program.drafting_agency)
    return register.assign_number(program, actor=actor, number=number, symbol=symbol, **more)


def told(series: NumberSeries) -> list[tuple]:
    series.refresh_from_db()
    entries = series.entries.order_by("number")
    return [(entry.number, entry.state, entry.program_id or entry.subject or entry.reason) for entry in entries]


def test_the_next_number_is_proposed_and_reserved(parties):
    one, two = (make_program("agreed", agencies=parties) for _ in range(2))
    assert (proposal_for(one).number, proposal_for(one).symbol) == (1, SYMBOL)
    assert numbered(one).paper_number == f"01/{SYMBOL}"
    assert proposal_for(two).number == 2 and numbered(two).document_number == 2
    entries = RegisterEntry.objects.order_by("number")
    assert [(entry.number, entry.state, entry.program) for entry in entries] == [
        (1, NumberState.RESERVED, one),
        (2, NumberState.RESERVED, two),
    ]


def test_a_number_is_given_once_in_the_series_whatever_the_symbol(parties):
    one, two = (make_program("agreed", agencies=parties) for _ in range(2))
    numbered(one, 2)
    with pytest.raises(RuleBroken) as refusal:
        numbered(two, 2, "CTPH-KHAC")
    assert refusal.value.field == "number"
    assert Program.objects.get(pk=two.pk).document_number is None


def test_each_lead_agency_type_and_year_counts_for_itself(parties):
    first, second = parties
    three = [
        make_program("agreed", agencies=[first, second]),
        make_program("agreed", agencies=[second, first], secretary=secretary_of(second)),
        make_program("agreed", agencies=[first, second], kind="regulation"),
    ]
    for program, symbol in zip(three, ("CTPH-1-2", "CTPH-2-1", "QCPH-1-2"), strict=True):
        assert numbered(program, symbol=symbol).document_number == 1
    assert NumberSeries.objects.count() == 3


def test_thematic_programs_count_among_the_programs(parties):
    numbered(make_program("agreed", agencies=parties))
    assert numbered(make_program("agreed", agencies=parties, kind="thematic")).document_number == 2


def test_a_typed_number_opens_the_series_where_the_paper_register_stands(parties):
    numbered(make_program("agreed", agencies=parties), 5)
    series = NumberSeries.objects.get()
    assert (series.first_number, series.next_number, gaps_of(series)) == (5, 6, [])
    assert numbered(make_program("agreed", agencies=parties)).document_number == 6


def test_a_gap_is_refused_unless_it_is_explained(parties):
    one, two = (make_program("agreed", agencies=parties) for _ in range(2))
    numbered(one)
    with pytest.raises(RuleBroken) as refusal:
        numbered(two, 4)
    assert refusal.value.field == "number" and RegisterEntry.objects.count() == 1
    numbered(two, 4, skipped="Hai quy chế ký trên giấy")
    words = "Hai quy chế ký trên giấy"
    assert told(NumberSeries.objects.get()) == [
        (1, "reserved", one.pk),
        (2, "used", words),
        (3, "used", words),
        (4, "reserved", two.pk),
    ]


def test_skipped_numbers_are_explained_in_a_range(series, keeper):
    register.explain_gap(series, actor=keeper, first=1, last=3, why=GapReason.OUTSIDE, words="Ký trên giấy")
    register.explain_gap(series, actor=keeper, first=4, last=4, why=GapReason.NOT_USED, words="Ghi nhầm")
    assert [(number, state) for number, state, _what in told(series)] == [
        (1, "used"),
        (2, "used"),
        (3, "used"),
        (4, "voided"),
    ]
    assert series.next_number == 5 and gaps_of(series) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"first": 2}, "first"),
        ({"first": 0}, "first"),
        ({"last": 100_000}, "last"),
        ({"last": 501}, "last"),
        ({"first": 1, "last": 0}, "last"),
        ({"why": "maybe"}, "why"),
        ({"words": "  "}, "words"),
        ({"words": "x" * 301}, "words"),
    ],
)
def test_a_bad_explanation_is_refused_at_its_field(series, keeper, changed, field):
    given = {"first": 1, "last": 2, "why": GapReason.OUTSIDE, "words": "Ký trên giấy"} | changed
    with pytest.raises(RuleBroken) as refusal:
        register.explain_gap(series, actor=keeper, **given)
    assert refusal.value.field == field and told(series) == []


def test_what_stands_in_the_register_is_not_explained_again(series, keeper):
    register.reserve_number(series, actor=keeper, subject="Kế hoạch")
    with pytest.raises(RuleBroken):
        register.explain_gap(series, actor=keeper, first=1, last=2, why=GapReason.OUTSIDE, words="Ký trên giấy")


def test_a_number_before_the_first_one_can_still_be_entered(parties, keeper):
    series = register.open_series(
        actor=keeper, agency=parties[0], document_type=DocumentType.PROGRAM, year=2022, first_number=7
    )
    assert register.reserve_number(series, actor=keeper, subject="Kế hoạch cũ", number=3).number == 3
    assert register.reserve_number(series, actor=keeper, subject="Kế hoạch mới").number == 7
    series.refresh_from_db()
    assert series.next_number == 8 and gaps_of(series) == []


def test_a_reserved_number_is_used_or_voided_once(series, keeper):
    one, two = (register.reserve_number(series, actor=keeper, subject=f"Kế hoạch {n}") for n in (1, 2))
    register.use_number(one, actor=keeper, used_on=clock.today())
    with pytest.raises(Conflict):
        register.void_number(one, actor=keeper, reason="Nhầm")
    with pytest.raises(RuleBroken) as refusal:
        register.void_number(two, actor=keeper, reason="  ")
    assert refusal.value.field == "reason"
    register.void_number(two, actor=keeper, reason="Không ký")
    with pytest.raises(Conflict):
        register.use_number(two, actor=keeper, used_on=clock.today())
    assert [state for _number, state, _what in told(series)] == ["used", "voided"]
    assert register.reserve_number(series, actor=keeper, subject="Kế hoạch 3").number == 3


def test_a_voided_number_leaves_its_program_without_one(parties, keeper):
    program = numbered(make_program("agreed", agencies=parties))
    register.void_number(program.register_entries.get(), actor=keeper, reason="Ghi nhầm loại văn bản")
    program.refresh_from_db()
    assert program.document_number is None and program.document_symbol == SYMBOL
    assert numbered(program).document_number == 2


def test_another_number_for_a_program_voids_the_one_before(parties):
    program = numbered(make_program("agreed", agencies=parties))
    numbered(program, 2)
    assert [(number, state) for number, state, _what in told(NumberSeries.objects.get())] == [
        (1, "voided"),
        (2, "reserved"),
    ]
    numbered(program, 2, "CTPH-KHAC")
    assert program.register_entries.get(number=2).printed == "02/CTPH-KHAC"


def test_a_number_of_a_cancelled_program_counts_as_void_and_is_given_to_nothing_else(parties, keeper):
    program = numbered(make_program("agreed", agencies=parties))
    programs.cancel(program, actor=keeper, reason="Các bên không ký")
    series = NumberSeries.objects.get()
    entry = entries_of(series, actor=keeper, state="voided").get()
    assert entry.status == NumberState.VOIDED and entry.number == 1
    row = series_rows(keeper, year=2022)[0]
    assert (row.reserved, row.used, row.voided, row.unexplained) == (0, 0, 1, 0)
    assert numbered(make_program("agreed", agencies=parties)).document_number == 2


@pytest.mark.parametrize(
    ("moment", "year"),
    [(datetime(2021, 12, 31, 16, 35, tzinfo=UTC), 2021), (datetime(2021, 12, 31, 17, 5, tzinfo=UTC), 2022)],
)
def test_the_year_of_a_series_is_that_of_ha_noi(parties, moment, year):
    with clock.standing_at(moment):
        numbered(make_program("agreed", agencies=parties, year=2022))
    assert NumberSeries.objects.get().year == year


def test_a_signed_paper_takes_its_number_from_the_year_on_the_paper(parties):
    with clock.standing_at(datetime(2021, 12, 28, 8, tzinfo=UTC)):
        program = make_program("signed", agencies=parties)
    assert numbered(program).document_number == 1
    assert NumberSeries.objects.get().year == 2021


def test_a_party_committee_counts_through_its_term():
    unit = make_unit()
    board = make_agency(unit, "btghu", "Ban Tuyên giáo", family=Family.PARTY, protocol_order=1)
    parties, keeper = [board, make_agency(unit, "ubnd", "Ủy ban nhân dân", protocol_order=2)], secretary_of(board)
    program = make_program("agreed", agencies=parties)
    with pytest.raises(RuleBroken) as refusal:
        numbered(program)
    assert refusal.value.field == "number" and not NumberSeries.objects.exists()
    term = (date(2020, 8, 1), date(2025, 7, 31))
    series = register.open_series(
        actor=keeper, agency=board, document_type=DocumentType.PROGRAM, term=term, first_number=12
    )
    assert numbered(program).document_number == 12 and series.is_of_term
    with clock.standing_at(datetime(2023, 2, 1, tzinfo=UTC)):
        assert numbered(make_program("agreed", agencies=parties, year=2023)).document_number == 13


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"year": None}, "year"),
        ({"term": (date(2022, 1, 1), date(2022, 12, 31))}, "year"),
        ({"year": 1999}, "year"),
        ({"year": None, "term": (date(2022, 5, 1), date(2022, 4, 1))}, "valid_to"),
        ({"year": None, "term": (date(1999, 5, 1), date(2022, 4, 1))}, "valid_from"),
        ({"first_number": 0}, "first_number"),
        ({"first_number": 10**30}, "first_number"),
        ({"document_type": "XX"}, "document_type"),
    ],
)
def test_a_bad_series_is_refused_at_its_field(parties, keeper, changed, field):
    given = {"agency": parties[0], "document_type": DocumentType.PROGRAM, "year": 2022} | changed
    with pytest.raises(RuleBroken) as refusal:
        register.open_series(actor=keeper, **given)
    assert refusal.value.field == field and not NumberSeries.objects.exists()


def test_two_series_of_one_agency_and_type_never_hold_on_one_day(series, parties, keeper):
    term = (date(2020, 8, 1), date(2022, 1, 1))
    for period in ({"year": 2022}, {"term": term}):
        with pytest.raises(RuleBroken):
            register.open_series(actor=keeper, agency=parties[0], document_type=DocumentType.PROGRAM, **period)
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberSeries.objects.create(
            agency=parties[0], document_type=DocumentType.PROGRAM, valid_from=term[0], valid_to=term[1],
            opened_at=clock.now(),
        )  # fmt: skip


def test_the_database_keeps_what_was_taken(series, keeper):
    entry = register.reserve_number(series, actor=keeper, subject="Kế hoạch")
    impossible = [
        lambda: RegisterEntry.objects.filter(pk=entry.pk).update(number=9),
        lambda: RegisterEntry.objects.filter(pk=entry.pk).delete(),
        lambda: RegisterEntry.objects.filter(pk=entry.pk).update(state="voided"),
        lambda: NumberSeries.objects.filter(pk=series.pk).update(next_number=1),
        lambda: RegisterEntry.objects.create(series=series, number=1, subject="x", reserved_at=clock.now()),
        lambda: RegisterEntry.objects.create(series=series, number=2, reserved_at=clock.now()),
    ]
    for act in impossible:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


@pytest.mark.parametrize("who", ["another party", Role.LEADER, Role.OFFICIAL, Role.UNIT_ADMIN])
def test_only_a_secretary_of_the_agency_keeps_its_series(series, parties, keeper, who):
    entry = register.reserve_number(series, actor=keeper, subject="Kế hoạch")
    other = secretary_of(parties[1]) if who == "another party" else make_member(parties[0], who)
    for act in (
        lambda: register.reserve_number(series, actor=other, subject="x"),
        lambda: register.void_number(entry, actor=other, reason="x"),
        lambda: register.use_number(entry, actor=other, used_on=clock.today()),
        lambda: register.explain_gap(series, actor=other, first=2, last=2, why="outside", words="x"),
        lambda: register.open_series(actor=other, agency=parties[0], document_type="QCPH", year=2022),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert told(series) == [(1, "reserved", "Kế hoạch")]


def test_parties_see_the_entries_of_their_programs_and_no_others(series, parties, keeper):
    program = numbered(make_program("agreed", agencies=parties))
    register.reserve_number(series, actor=keeper, subject="Việc riêng")
    party = secretary_of(parties[1])
    assert [entry.program for entry in RegisterEntry.objects.visible_to(party)] == [program]
    assert list(NumberSeries.objects.visible_to(party)) == [series]
    assert RegisterEntry.objects.visible_to(keeper).count() == 2
    stranger = secretary_of(make_agency(parties[0].unit, "khac", "Hội khác"))
    assert not NumberSeries.objects.visible_to(stranger).exists()
    assert not RegisterEntry.objects.visible_to(make_member(parties[0], Role.UNIT_ADMIN)).exists()


def test_every_act_leaves_its_entry(series, keeper):
    entry = register.reserve_number(series, actor=keeper, subject="Kế hoạch")
    register.void_number(entry, actor=keeper, reason="Không ký")
    register.explain_gap(series, actor=keeper, first=2, last=3, why=GapReason.OUTSIDE, words="Ký trên giấy")
    kinds = AuditEntry.objects.order_by("-sequence").values_list("object_kind", "action")[:4]
    assert list(reversed(kinds)) == [
        ("coordination.numberseries", "created"),
        ("coordination.registerentry", "created"),
        ("coordination.registerentry", "changed"),
        ("coordination.numberseries", "changed"),
    ]
