"""What a layout is made of: measures with unit and clause, and the conventions by which offices tell papers apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


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

    @property
    def said(self) -> str:
        """What the clause asks for, in words of a paper: "13 - 14 pt", "14 pt"."""
        low, high = self.allowed or (self.value, self.value)
        unit = f" {self.unit}" if self.unit else ""
        shown = [f"{bound:g}".replace(".", ",") for bound in dict.fromkeys((low, high))]
        return " - ".join(shown) + unit

    def allows(self, measured: float, *, slack: float = 0) -> bool:
        """Whether what was measured lies in the range, give or take what drawing rounds away."""
        low, high = self.allowed or (self.value, self.value)
        return low - slack <= measured <= high + slack


@dataclass(frozen=True, kw_only=True)
class Conventions:
    """How papers of one family of offices are worded and marked; each with the clause it follows.

    Shape: `heading` is what stands at the right of page 1, a motto below it where there is one; `issuer_mark` and
    `subject_mark` are what closes the issuer and the subject, where empty a line is drawn.
    """

    heading: tuple[str, ...]
    heading_clause: str
    issuer_mark: str = ""
    subject_mark: str = ""
    number_word: str
    number_joint: str
    number_clause: str
    bases_are_dashed: bool = False
    bases_are_italic: bool = True
    bases_clause: str
    end_mark: str
    end_clause: str
    posts_are_bold: bool = True
    recipients_are_underlined: bool = False
    filed: str
    recipients_clause: str

    def numbered(self, number: str, symbol: str) -> str:
        """Number and symbol as they are written one after the other: "02/CTPH-UBND-BTGHU", "02-CTPH/BTGHU-UBND"."""
        return f"{number}{self.number_joint}{self.symbol_of(symbol)}"

    def symbol_of(self, symbol: str) -> str:
        """The symbol alone as these rules write it: "CTPH-UBND-BTGHU", "CTPH/BTGHU-UBND"."""
        is_told_apart = self.number_joint == "-" and "/" not in symbol
        return symbol.replace("-", "/", 1) if is_told_apart else symbol


@dataclass(frozen=True)
class LayoutProfile:
    """The presentation rules a paper follows, in force from a day to another, or still."""

    code: str
    name: str
    source: str
    in_force_from: date
    measures: dict[str, Measure]
    conventions: Conventions
    in_force_to: date | None = None

    @property
    def css_class(self) -> str:
        """The class of the document, by which the style sheet tells the families apart: nd30, party, youth, neutral."""
        return self.code.split("_")[0].lower()

    def is_in_force(self, day: date) -> bool:
        """Whether papers of a day follow these rules."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def custom_properties(self) -> Iterator[tuple[str, str]]:
        """Names and values under which the style sheet reads the measures."""
        for name, measure in self.measures.items():
            yield f"--{name}", measure.css
