"""Figures of a report survive being frozen, and are told as officials write them."""

import json
from datetime import date

import pytest

from coordination.figures.shapes import CumulativeMonth
from coordination.figures.tally import Tally
from coordination.tasks.enums import Bucket
from reports.composed.counts import Part, ReportFacts, YearCounts
from reports.composed.values import MEASURES, change, counted, share, values_of

KEYS = (("year", "2021"),)


def tally(on_time: int = 0, late: int = 0, overdue: int = 0, keys=KEYS) -> Tally:
    counted = {Bucket.DONE_ON_TIME: on_time, Bucket.DONE_LATE: late, Bucket.OVERDUE: overdue}
    return Tally(buckets=dict.fromkeys(Bucket, 0) | counted, keys=keys)


def facts(now: Tally, before: Tally | None = None) -> ReportFacts:
    months = tuple(CumulativeMonth(month, month, month - 1 if month < 4 else None) for month in range(1, 13))
    area = Part("gpmb", "Giải phóng mặt bằng", tally(3, 1, 2, keys=None))
    counts = YearCounts(2021, date(2021, 12, 14), now, areas=(area,), months=months)
    then = before and YearCounts(2020, date(2020, 12, 14), before)
    return ReportFacts(counts, then, planned=(30, 2), signed=1, parties=(("DH-2021-02", 8),))


def test_what_is_frozen_is_read_again_as_it_was():
    given = facts(tally(36, 7, 3), tally(30, 10, 5))
    kept = json.loads(json.dumps(given.as_json()))
    assert ReportFacts.from_json(kept) == given


def test_a_frozen_number_still_leads_to_its_list():
    values = values_of(ReportFacts.from_json(facts(tally(36, 7, 3)).as_json()))
    assert values["hoan_thanh"].text == "43"
    assert values["hoan_thanh"].query == "?year=2021&bucket=done_on_time&bucket=done_late"
    assert values["linh_vuc.gpmb.hoan_thanh"].query == ""


def test_every_measure_is_told_for_every_part():
    values = values_of(facts(tally(36, 7, 3)))
    assert {name for name in values if name.startswith("linh_vuc.gpmb.")} == {
        f"linh_vuc.gpmb.{measure.name}" for measure in MEASURES
    }
    assert values["ty_le_hoan_thanh"].text == "93,5%" and values["cham"].text == "07"
    assert values["luy_ke.thang"].text == "3" and values["luy_ke.den_han"].text == "03"
    assert values["chuong_trinh.dh-2021-02.so_ben"].text == "08"


def test_the_year_before_is_told_only_where_there_was_one():
    assert not [name for name in values_of(facts(tally(1))) if name.startswith(("nam_truoc", "chenh"))]
    values = values_of(facts(tally(36, 7, 3), tally(30, 10, 10)))
    assert values["nam_truoc.nam"].text == "2020" and values["nam_truoc.ty_le_hoan_thanh"].text == "80%"
    assert values["chenh.so_nhiem_vu"].text == "giảm 04"
    assert values["chenh.ty_le_hoan_thanh"].text == "tăng 13,5 điểm %"


@pytest.mark.parametrize(
    ("now", "then", "told"),
    [(tally(5), tally(5), "bằng năm trước"), (tally(), tally(5), "-"), (tally(10), tally(5, 0, 5), "tăng 50 điểm %")],
)
def test_a_share_moves_by_points(now, then, told):
    rate = next(measure for measure in MEASURES if measure.name == "ty_le_hoan_thanh")
    assert change(rate, now, then) == told


@pytest.mark.parametrize(("number", "told"), [(0, "00"), (7, "07"), (10, "10"), (3000, "3.000")])
def test_counts_are_written_as_offices_do(number, told):
    assert counted(number) == told


def test_what_falls_short_of_the_whole_is_never_the_whole():
    assert share(999_999, 1_000_000) == "99,9%" and share(2, 2) == "100%" and share(0, 0) == "-"
