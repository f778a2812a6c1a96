"""Days, moments and numbers are written as officials write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from records import wording


def _shown(words: str, **values) -> str:
    return Template(words).render(Context(values))


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2022, 1, 5), "05/01/2022"),
        (date(2022, 2, 28), "28/02/2022"),
        (date(2022, 3, 5), "05/3/2022"),
        (date(2022, 4, 2), "02/4/2022"),
        (date(2022, 3, 15), "15/3/2022"),
        (date(2022, 12, 1), "01/12/2022"),
        (None, "–"),
    ],
)
def test_day_pads_days_below_ten_and_the_first_two_months(day, written):
    assert wording.day(day) == written
    assert _shown("{{ day|day }}", day=day) == written


def test_moment_is_read_from_the_wall_clock_of_hanoi():
    late_in_utc = datetime(2022, 3, 29, 17, 5, tzinfo=UTC)
    assert _shown("{{ at|moment }}", at=late_in_utc) == "00:05 30/3/2022"
    assert wording.day(late_in_utc) == "30/3/2022"


def test_decree_date_is_written_out():
    assert _shown("{{ day|decree_date }}", day=date(2022, 3, 5)) == "ngày 05 tháng 3 năm 2022"
    assert _shown("{{ day|decree_date }}", day=date(2022, 2, 15)) == "ngày 15 tháng 02 năm 2022"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1450, "1.450"),
        (Decimal("93.50"), "93,5"),
        (Decimal("1234567.895"), "1.234.567,9"),
        (0.005, "0,01"),
        (Decimal("-0.001"), "0"),
        (100, "100"),
        (None, "–"),
    ],
)
def test_number_has_points_between_thousands_and_no_idle_zeros(value, written):
    assert _shown("{{ value|number }}", value=value) == written


@pytest.mark.parametrize(("value", "written"), [(93.478, "93,5%"), (78.26, "78,3%"), (100, "100%"), (None, "–")])
def test_percent_has_one_decimal_at_most_and_no_space(value, written):
    assert _shown("{{ value|percent }}", value=value) == written


def test_zero_padded_counts_below_ten():
    assert [_shown("{{ n|zero_padded }}", n=n) for n in (3, 12, 120)] == ["03", "12", "120"]


def test_nobreak_keeps_together_and_escapes():
    shown = _shown("{{ name|nobreak }}", name="<b>Tân Bình – Đại Bình</b>")
    assert shown == '<span class="pf-nowrap">&lt;b&gt;Tân Bình – Đại Bình&lt;/b&gt;</span>'
