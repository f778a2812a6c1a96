"""What the cells of progress say: a quantity with or without its unit, a share in percent, a day."""

import re
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from coordination.intake.reading.times import time_of
from coordination.tasks.enums import ScheduleKind
from records.fields import QuantityField

_SHARE = re.compile(r"^(\d{1,3})\s*%?$", re.ASCII)
_OF_A_DAY = (ScheduleKind.ON_DAY, ScheduleKind.BEFORE_DAY)


def amount_of(written: str, unit: str = "") -> Decimal | None:
    """The number of "38", "1.450" or "38 hộ"; None where it is no number, or one of something else."""
    line = " ".join(written.split())
    try:
        return QuantityField().to_python(line.removesuffix(unit).strip())
    except ValidationError:
        return None


def share_of(written: str) -> int | None:
    """The whole percent of "40%" or "40"; None where it is none. Whether it is at most 100 is a rule of reports."""
    found = _SHARE.match(written.strip())
    return int(found[1]) if found else None


def day_of(written: str, *, year: int) -> date | None:
    """The one day a text names; `year` is meant where it writes none. None where it names no day, or several."""
    found = time_of(written, year=year)
    is_day = found is not None and found.kind in _OF_A_DAY and found.start_on is None
    return found.due_on if is_day else None
