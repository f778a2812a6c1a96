"""Targets as official papers write them, in Vietnamese."""

from decimal import Decimal

from coordination.tasks.enums import TargetOperator
from records import wording


def words(name: str, operator: str, value: Decimal | str | None, unit: str, words: str) -> str:
    """A target as plans write it: "Vận động: ít nhất 45 hộ"."""
    if operator == TargetOperator.IN_WORDS:
        reached = words
    else:
        bound = {TargetOperator.AT_LEAST: "ít nhất ", TargetOperator.ABOUT: "khoảng "}.get(operator, "")
        reached = f"{bound}{wording.number(Decimal(value))} {unit}"
    return f"{name}: {reached}" if name else reached
