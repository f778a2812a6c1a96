"""Geometry and typography of papers: each value with its unit and source clause, chosen by family and day."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agencies.directory.enums import Family
from records.errors import RuleBroken


@dataclass(frozen=True)
class Measure:
    """One value of a layout. Units: as written in `unit`; `clause` is the source, `allowed` the range it gives."""

    value: float
    unit: str
    clause: str
    allowed: tuple[float, float] | None = None

    def __post_init__(self):
        if self.allowed and not self.allowed[0] <= self.value <= self.allowed[1]:
            raise ValueError(f"{self.value} {self.unit} is outside {self.allowed} ({self.clause})")

    @property
    def css(self) -> str:
        return f"{self.value:g}{self.unit}"


@dataclass(frozen=True)
class LayoutProfile:
    """The presentation rules a paper follows, in force from a day."""

    code: str
    source: str
    in_force_from: date
    measures: dict[str, Measure]

    def custom_properties(self) -> Iterator[tuple[str, str]]:
        """Names and values under which the style sheet reads the measures."""
        for name, measure in self.measures.items():
            yield f"--{name}", measure.css


_GENERAL = "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục I, khoản"
_PARTS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản"
_OTHER_PARTS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục III, khoản"
_HOUSE = "the portal's own choice; the decree is silent"

ND30 = LayoutProfile(
    code="ND30",
    source="Nghị định 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020, Phụ lục I",
    in_force_from=date(2020, 3, 5),
    measures={
        "margin-top": Measure(20, "mm", f"{_GENERAL} 3", (20, 25)),
        "margin-right": Measure(15, "mm", f"{_GENERAL} 3", (15, 20)),
        # 22, not 20: the smallest line (10 pt) then still ends above the 25 mm that strict offices measure.
        "margin-bottom": Measure(22, "mm", f"{_GENERAL} 3", (20, 25)),
        "margin-left": Measure(30, "mm", f"{_GENERAL} 3", (30, 35)),
        "landscape-binding-edge": Measure(30, "mm", f"{_GENERAL} 3, turned: the binding edge is on top", (30, 35)),
        "landscape-side": Measure(20, "mm", f"{_GENERAL} 3, turned: top and bottom become the sides", (20, 25)),
        "page-number": Measure(13, "pt", f"{_GENERAL} 7", (13, 14)),
        "national": Measure(12, "pt", f"{_PARTS} 1, điểm a", (12, 13)),
        "motto": Measure(13, "pt", f"{_PARTS} 1, điểm b", (13, 14)),
        "issuer": Measure(12, "pt", f"{_PARTS} 2", (12, 13)),
        "issuer-rule": Measure(36, "%", f"{_PARTS} 2: 1/3 to 1/2 of the line", (33.4, 50)),
        "number": Measure(13, "pt", f"{_PARTS} 3", (13, 13)),
        "place": Measure(13, "pt", f"{_PARTS} 4", (13, 14)),
        "title": Measure(14, "pt", f"{_PARTS} 5, điểm a", (13, 14)),
        "subject-rule": Measure(38, "%", f"{_PARTS} 5, điểm a: 1/3 to 1/2 of the line", (33.4, 50)),
        "body": Measure(14, "pt", f"{_PARTS} 6", (13, 14)),
        "line-height": Measure(1.3, "", f"{_PARTS} 6: single to 1,5 lines (of 1,149 em)", (1.149, 1.7235)),
        "indent": Measure(1.27, "cm", f"{_PARTS} 6", (1, 1.27)),
        "paragraph-gap": Measure(6, "pt", f"{_PARTS} 6: at least 6 pt", (6, 12)),
        "signature": Measure(14, "pt", f"{_PARTS} 7", (13, 14)),
        "signature-many": Measure(13, "pt", f"{_PARTS} 7, several signers", (13, 14)),
        "signature-room": Measure(26, "mm", f"{_PARTS} 7 and 8: room for the signature and a seal over a third of it"),
        "recipients-head": Measure(12, "pt", f"{_PARTS} 9", (12, 12)),
        "recipients": Measure(11, "pt", f"{_PARTS} 9", (11, 11)),
        "annex-label": Measure(14, "pt", f"{_OTHER_PARTS} 1", (14, 14)),
        "table": Measure(12, "pt", _HOUSE, (12, 13)),
        "note": Measure(11, "pt", _HOUSE),
    },
)

PROFILES = {ND30.code: ND30}
_UNDER_ND30 = {Family.STATE, Family.FRONT}


def profile_for(lead: Family, parties: Collection[Family], day: date) -> LayoutProfile:
    """The profile of the lead agency's family on the paper's day; Decree 30 wherever a state body signs.

    Rule: one paper, one national heading. The Front follows Decree 30 as well.
    Raises: RuleBroken where the portal has no complete rules: papers of Party bodies or unions alone, and papers
    older than the decree.
    """
    if day < ND30.in_force_from:
        raise RuleBroken(_("The portal has no presentation rules for papers dated before 5 March 2020."))
    if Family.STATE in parties or lead in _UNDER_ND30:
        return ND30
    raise RuleBroken(
        _("The portal can lay out papers under Decree 30 only; a paper that no state body signs follows other rules.")
    )
