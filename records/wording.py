"""How days, moments and numbers are written, on screen and on paper alike."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

NONE = "–"
_FIRST_TWO_MONTHS = 2


def day(value: date | None) -> str:
    """A day as 05/01/2022, 02/4/2022, 15/3/2022.

    Rule: Decree 30/2020/NĐ-CP, Appendix I: days below 10 and months 1 and 2 take a leading zero, other months do not.
    """
    if value is None:
        return NONE
    if isinstance(value, datetime):
        value = _local(value)
    return f"{value.day:02}/{_month(value)}/{value.year}"


def moment(value: datetime | None) -> str:
    """A moment on the wall clock of Hà Nội, as 14:05 15/3/2022."""
    return NONE if value is None else f"{_local(value):%H:%M} {day(value)}"


def decree_date(value: date) -> str:
    """A day as papers write it out: ngày 05 tháng 3 năm 2022, with the leading zeros of `day`."""
    return f"ngày {value.day:02} tháng {_month(value)} năm {value.year}"


def number(value: Decimal | float | int | None, *, decimals: int = 2) -> str:
    """A number with thousands points and a decimal comma, without trailing zeros: 1.450 and 93,5."""
    if value is None:
        return NONE
    if isinstance(value, int):
        return f"{int(value):,d}".replace(",", ".")
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) + 0
    whole, _point, fraction = f"{rounded:,f}".partition(".")
    fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


def percent(value: Decimal | float | int | None) -> str:
    """A percentage with at most one decimal and no space before the sign: 93,5%.

    Units: the value is the number of hundredths, 93.5 and not 0.935.
    """
    return NONE if value is None else f"{number(value, decimals=1)}%"


def zero_padded(value: int) -> str:
    """A small count with the leading zero offices write: 03."""
    return f"{value:02}"


def _month(value: date) -> str:
    return f"{value.month:02}" if value.month <= _FIRST_TWO_MONTHS else str(value.month)


def _local(value: datetime) -> datetime:
    return value.astimezone(timezone.get_default_timezone())
