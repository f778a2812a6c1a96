"""A grading scheme as it is written down, before it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from coordination.evaluations.enums import Audience, CriterionKind, CriterionSource, Layer, SchemeKind, Since

SHOWN_AT_FIRST = {
    (Layer.RESULTS, Audience.LEADERS): Since.AT_ONCE,
    (Layer.RESULTS, Audience.EVALUATED): Since.CLOSED,
    (Layer.RESULTS, Audience.PARTIES): Since.CLOSED,
}


@dataclass(frozen=True)
class BandDraft:
    """A grade: its words, the lowest total that earns it (none in a scheme of words), its tone, its cap in percent."""

    label: str
    from_points: Decimal | int | None = None
    tone: str = "run"
    cap_percent: int | None = None


@dataclass(frozen=True)
class CriterionDraft:
    """A row of the scoring sheet: its words, its most points, how they count and what they start from."""

    name: str
    max_points: int
    kind: str = CriterionKind.BASE
    source: str = CriterionSource.JUDGED


@dataclass(frozen=True)
class SchemeDraft:
    """Everything a grading scheme says. Units: weights in percent, points out of 100."""

    name: str
    bands: Sequence[BandDraft]
    kind: str = SchemeKind.POINTS
    basis: str = ""
    parts: Mapping[str, int] = field(default_factory=dict)
    criteria: Sequence[CriterionDraft] = ()
    on_time_points: Decimal = Decimal(100)
    late_points: Decimal = Decimal(70)
    unfinished_points: Decimal = Decimal(70)
    asks_self: bool = True
    asks_cross: bool = True
    reason_below: Decimal = Decimal(70)
    difference_from: Decimal = Decimal("2.1")
    spread_from: Decimal = Decimal(7)
    shown: Mapping[tuple[str, str], str] = field(default_factory=lambda: dict(SHOWN_AT_FIRST))
