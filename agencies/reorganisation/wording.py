"""Names that follow a unit's name: what agencies and titles are called once their unit is called otherwise; and how a
decision is cited, in Vietnamese as official papers write it."""

from dataclasses import replace
from datetime import date

from agencies.directory import wording as directory_wording
from agencies.reorganisation.plans import AgencyNaming
from agencies.units.enums import WORD_OF_KIND, UnitKind
from records.wording import day


def following(naming: AgencyNaming, before: tuple[str, str], after: tuple[str, str]) -> AgencyNaming:
    """How an agency is called once its unit has another kind and bare name, as usual; a proposal to be read over.

    Shape: `before` and `after` are the kind of the unit and its name without the kind.
    """
    words = ("name", "short_name", "letterhead_lines", "superior_lines", "authority_lines", "head_title")
    told = {name: in_unit(getattr(naming, name), before, after) for name in words}
    last = f" {WORD_OF_KIND[UnitKind(before[0])].upper()}"
    if told["authority_lines"].endswith(last):
        told["authority_lines"] = told["authority_lines"][: -len(last)] + f" {WORD_OF_KIND[UnitKind(after[0])].upper()}"
    return replace(naming, **told)


def in_unit(text: str, before: tuple[str, str], after: tuple[str, str]) -> str:
    """A text in which the unit is named by its new name, in capitals where it was in capitals."""
    old, new = whole_name(*before), whole_name(*after)
    for written, instead in ((old, new), (old.upper(), new.upper()), (_capital(old), _capital(new))):
        text = text.replace(written, instead)
    return text


def whole_name(kind: str, bare_name: str) -> str:
    """The name of a unit with the word of its kind before it: "xã Quảng Tân"."""
    return f"{WORD_OF_KIND[UnitKind(kind)]} {bare_name}"


def cited(number: str, issuing_body: str, decided_on: date | None = None) -> str:
    """A decision as papers cite it: "Nghị quyết 1679/NQ-UBTVQH15 ngày 16/6/2025 của Ủy ban Thường vụ Quốc hội"."""
    on = f" ngày {day(decided_on)}" if decided_on else ""
    by = f" của {issuing_body}" if issuing_body else ""
    return f"{number}{on}{by}"


def title_of_head(head_title: str, agency: str) -> str:
    """The title of an agency's head in texts, from the capitals its papers print."""
    return directory_wording.title_of_head(head_title.capitalize(), agency)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
