"""The left head of a paper: who issues it, one agency or several together."""

from collections.abc import Sequence
from datetime import date

from agencies.directory.enums import Family
from agencies.models import AdminUnit, AgencyName
from reports.documents.papers import Letterhead, PaperDay
from reports.documents.wording import hyphenated, lines

# What fits the left column: lines of so many capitals, so many of them before the unit's own line.
LETTERS_A_LINE, LINES = 21, 4
ORGANISATIONS = "CÁC TỔ CHỨC CHÍNH TRỊ - XÃ HỘI"


def single_letterhead(
    name: AgencyName, unit: AdminUnit, *, number: int | None, symbol: str, place: str, day: PaperDay, on: date
) -> Letterhead:
    """One agency issues: its superior body above it, its own lines, the unit's line where they do not name it."""
    own = lines(name.letterhead_lines.upper())
    return Letterhead(
        superior_lines=lines(name.superior_lines.upper()),
        issuer_lines=own + _unit_line(own, name.family, unit, on),
        number=number,
        symbol=symbol,
        place=place,
        day=day,
    )


def joint_letterhead(
    names: Sequence[AgencyName],
    unit: AdminUnit,
    *,
    number: int | None,
    symbol: str,
    place: str,
    day: PaperDay,
    on: date,
) -> Letterhead:
    """Several agencies issue together: all of them in letterhead order, then the unit they share.

    Rule: full names one below the other where they fit; otherwise short names joined by hyphens, and the
    socio-political organisations together under their common name.
    """
    return Letterhead(
        issuer_lines=(*_joint_lines(names, unit, on), unit.name_on(on).upper()),
        number=number,
        symbol=symbol,
        place=place,
        day=day,
    )


def place_of(unit: AdminUnit, on: date) -> str:
    """The bare name of the unit, for "Đầm Hà, ngày …" where no place was entered."""
    held = sorted((name for name in unit.names.all() if name.valid_from <= on), key=lambda name: name.valid_from)
    return held[-1].bare_name if held else ""


def _unit_line(own: tuple[str, ...], family: str, unit: AdminUnit, on: date) -> tuple[str, ...]:
    named = place_of(unit, on).upper() in " ".join(own)
    return () if named or family == Family.PARTY else (unit.name_on(on).upper(),)


def _joint_lines(names: Sequence[AgencyName], unit: AdminUnit, on: date) -> tuple[str, ...]:
    stacked = [" ".join(lines(name.letterhead_lines.upper())) for name in names]
    if sum(-(-(len(line) + 2) // LETTERS_A_LINE) for line in stacked) <= LINES:
        return (*(f"{line} -" for line in stacked[:-1]), stacked[-1])
    organisations = [name for name in names if name.family == Family.ORGANISATION]
    listed = [name for name in names if len(organisations) < 2 or name not in organisations]
    unit_word = f" {unit.name_on(on).split(' ')[0]}"
    short = [hyphenated(name.short_name).removesuffix(unit_word).upper() for name in listed]
    joint = " - ".join(short)
    if len(organisations) > 1:
        joint += f" VÀ {ORGANISATIONS}" if short else ORGANISATIONS
    if len(joint) > LETTERS_A_LINE * LINES:
        joint = " - ".join(hyphenated(name.abbreviation) for name in names)
    return (joint,)
