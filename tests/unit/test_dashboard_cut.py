"""A long table shows the rows that matter most, says how many are left and where they stand; no sum is cut."""

from django.http import QueryDict

from coordination.figures.shapes import (
    AgencyFigures,
    AgencyLabel,
    AreaFigures,
    Choice,
    Figures,
    MonthCell,
    MonthRow,
)
from coordination.figures.tally import Tally, YearFigures
from coordination.tasks.enums import Bucket
from reports.dashboard.cut import CHOICES_OFFERED, MOST, cut_by
from reports.dashboard.page import Filter


def of(count: int) -> Tally:
    return Tally({Bucket.DONE_ON_TIME: count})


def figures(n: int) -> Figures:
    """Agencies in order of precedence, each with one task more than the one before."""
    labels = [AgencyLabel(pk, f"cq{pk}", f"Cơ quan {pk}", f"CQ {pk}") for pk in range(n)]
    months = tuple(MonthCell(month, of(0)) for month in range(1, 13))
    return Figures(
        year=YearFigures({Bucket.DONE_ON_TIME: sum(range(n))}),
        agencies=tuple(AgencyFigures(label, of(label.pk), of(label.pk)) for label in labels),
        areas=tuple(AreaFigures(pk, f"lv{pk}", f"Lĩnh vực {pk}", of(n - pk)) for pk in range(n)),
        programs=(),
        months=MonthRow(None, (), of(0)),
        months_of=lambda label: MonthRow(label, months, of(0)),
        cumulative=(),
        choices={},
    )


def test_the_largest_agencies_stay_in_their_order_in_both_tables_and_no_sum_changes():
    whole = figures(MOST["agencies"] + 5)
    shown = cut_by(QueryDict()).figures(whole)
    kept = list(range(5, MOST["agencies"] + 5))
    assert [row.agency.pk for row in shown.agencies] == [row.agency.pk for row in shown.months_by_agency] == kept
    assert (len(shown.areas), shown.year) == (MOST["areas"], whole.year)


def test_what_fits_is_shown_whole_and_nothing_is_told_of_a_rest():
    whole, cut = figures(MOST["areas"]), cut_by(QueryDict())
    assert cut.figures(whole) == whole and cut.rest("areas", whole.areas) is None


def test_the_rest_is_counted_and_its_address_keeps_what_was_chosen():
    query = QueryDict("year=2022&area=yt&all=awaited")
    rest = cut_by(query).rest("agencies", range(MOST["agencies"] + 7))
    assert "7" in rest.text and rest.address == "?year=2022&area=yt&all=awaited&all=agencies"
    whole = figures(MOST["agencies"] + 7)
    cut = cut_by(QueryDict(rest.address[1:]))
    assert cut.figures(whole).agencies == whole.agencies and cut.rest("agencies", whole.agencies) is None


def test_names_of_no_table_are_left_out():
    assert cut_by(QueryDict("all=everything&all=areas&all=areas&all=")).whole == ("areas",)


def test_what_is_too_much_to_choose_from_is_typed():
    choices = tuple(Choice(pk, f"cq{pk}", f"CQ {pk}") for pk in range(CHOICES_OFFERED + 1))
    assert Filter("agency", "", "", choices, "").is_typed and len(Filter("agency", "", "", choices, "").offered) == 60
    assert not Filter("agency", "", "", choices[1:], "").is_typed
