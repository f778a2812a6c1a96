"""Targets as official papers write them, in Vietnamese, and the lines officials type them in."""

from decimal import Decimal

from coordination.tasks.enums import TargetMeasure, TargetOperator
from records import wording

_BOUNDS = {
    TargetOperator.AT_LEAST: "ít nhất ",
    TargetOperator.ABOUT: "khoảng ",
    TargetOperator.NEARLY: "gần ",
    TargetOperator.MORE_THAN: "hơn ",
}
_PERCENT = "%"


def words(
    name: str, operator: str, value: Decimal | str | None, unit: str, words: str, part_of: int | None = None
) -> str:
    """A target as plans write it: "Vận động: ít nhất 45 hộ"; one that is a part of a total says so."""
    if operator == TargetOperator.IN_WORDS:
        reached = words
    else:
        reached = f"{_BOUNDS.get(operator, '')}{quantity(Decimal(value), unit)}"
    whole = f"{name}: {reached}" if name else reached
    return f"trong đó {whole}" if part_of else whole


def quantity(value: Decimal, unit: str) -> str:
    """A number with its unit: 45 hộ, 95%, 95% hộ dân."""
    return f"{wording.number(value)}{unit}" if unit.startswith(_PERCENT) else f"{wording.number(value)} {unit}"


def measure_of(value: Decimal | None, unit: str) -> TargetMeasure:
    """What a number is, where the plan does not say: a percentage is a share, a broken number an amount."""
    if unit.startswith(_PERCENT):
        return TargetMeasure.SHARE
    if value is not None and value % 1:
        return TargetMeasure.SUM
    return TargetMeasure.COUNT
