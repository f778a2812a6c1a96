"""A target as a table writes it: "ít nhất 45 hộ", "100%", "khoảng 30 buổi", or words alone."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.core.exceptions import ValidationError

from coordination.tasks.enums import TargetOperator
from records.fields import QuantityField
from records.text import fold

LONGEST_UNIT, LONGEST_WORDS = 40, 300
_LEADS = (
    (TargetOperator.AT_LEAST, ("it nhat", "toi thieu", "tren", "tu", ">=", "≥")),
    (TargetOperator.MORE_THAN, ("hon", ">")),
    (TargetOperator.NEARLY, ("gan",)),
    (TargetOperator.ABOUT, ("khoang", "uoc", "chung", "~")),
)
_AMOUNT = re.compile(r"^(\d[\d.\u00a0 ]*(?:,\d+)?)\s*(%|[^\d\s,.].*)?$", re.DOTALL)


@dataclass(frozen=True)
class Aim:
    """What is to be reached: a value and its unit, or words; `lacks_unit` where a number stands alone."""

    operator: TargetOperator = TargetOperator.EXACTLY
    value: Decimal | None = None
    unit: str = ""
    words: str = ""
    lacks_unit: bool = False


@lru_cache(maxsize=1000)
def aim_of(written: str) -> Aim:
    """A number with its unit where the text is one, otherwise the words as they are."""
    line = " ".join(written.split())
    operator, rest = _led(line)
    found = _AMOUNT.match(rest)
    value = _value(found[1]) if found else None
    unit = (found[2] or "").strip(" .;") if found else ""
    if value is None or value <= 0 or len(unit) > LONGEST_UNIT or re.search(r"\d", unit):
        return Aim(TargetOperator.IN_WORDS, words=line)
    return Aim(operator, value=value, unit=unit, lacks_unit=not unit)


def _led(line: str) -> tuple[TargetOperator, str]:
    """How the value is to be met, and what stands after the words that say so."""
    folded = fold(line)
    for operator, leads in _LEADS:
        for lead in leads:
            rest = folded.removeprefix(lead)
            if rest != folded and re.match(r"\s*\d", rest):
                return operator, line[re.search(r"\d", line).start() :]
    return TargetOperator.EXACTLY, line


def _value(written: str) -> Decimal | None:
    try:
        return QuantityField().to_python(written.strip())
    except ValidationError:
        return None
