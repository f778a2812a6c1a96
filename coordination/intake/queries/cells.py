"""The cells of a row as values of a plan; what one cannot be read as is told at the cell."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Agency
from coordination.intake.enums import Column
from coordination.intake.queries.frame import RowRead, meant, one_of_the_parties, time_advice
from coordination.intake.reading.grids import Cell
from coordination.intake.reading.rules import LONGEST_BODY
from coordination.intake.reading.targets import LONGEST_UNIT, LONGEST_WORDS, Aim, aim_of
from coordination.intake.reading.times import Time, time_of
from coordination.programs.models import Area
from coordination.tasks.enums import ScheduleKind
from coordination.tasks.services.drafts import MOST_LEADS, LeadDraft

Values = dict[str, Any]
# How Excel counts days where a cell has lost its form as a date.
_DAY_ZERO, _SERIALS = date(1899, 12, 30), range(36526, 73051)
# What other kinds of schedule say besides; a time that was written anew says none of it.
_NO_DETAIL = {"schedule_until": None, "due_time": None, "follows": None, "within_days": None, "waves": ()}
_BODY_IN_AGENCY = re.compile(r"^(.+?)\s*\(([^()]+)\)$", re.DOTALL)


def read_cells(row: RowRead, columns: Collection[Column], group: Area | None = None) -> None:
    """Put into the row's plan what these cells say; the rest of the plan stays as it is."""
    said: Values = {}
    for column in columns:
        said |= {"area": _area(row, group)} if column == Column.AREA else _READERS[column](row)
    row.draft = replace(row.draft, **said)


def _title(row: RowRead) -> Values:
    return {"title": " ".join(row.text(Column.CONTENT).split())}


def _lead_values(row: RowRead) -> Values:
    return {"leads": tuple(_leads(row))}


def _coordinator_values(row: RowRead) -> Values:
    found = _coordinators(row)
    stays = {agency.pk for agency in found}
    adds = {pk: words for pk, words in row.draft.contributions.items() if pk in stays}
    return {"coordinators": found, "contributions": adds}


def _deliverable(row: RowRead) -> Values:
    return {"deliverable": row.text(Column.DELIVERABLE)}


def _funding(row: RowRead) -> Values:
    return {"funding": " ".join(row.text(Column.FUNDING).split())}


def _note(row: RowRead) -> Values:
    return {"note": row.text(Column.NOTE)}


def _area(row: RowRead, group: Area | None) -> Area | None:
    written = row.text(Column.AREA)
    area = row.frame.areas.one(written) if written else group or row.frame.areas.only
    if area is None:
        what = _("No such area") if written else _("Enter the area")
        row.fault(Column.AREA, what, row.frame.areas.advice(written))
    return area


def _leads(row: RowRead) -> Iterator[LeadDraft]:
    written = row.text(Column.LEAD)
    if not written:
        row.fault(Column.LEAD, _("Choose the lead agency"), one_of_the_parties(row))
        return
    inside = _body_in(row, written)
    if inside is not None:
        yield inside
        return
    found = row.frame.names.several(written)
    for said, near in found.unknown:
        row.fault(Column.LEAD, _("No agency is called “%(name)s”") % {"name": said[:80]}, meant(near, row))
    if len(found.agencies) > MOST_LEADS:
        row.fault(Column.LEAD, _("A task has at most two lead agencies"), _("Move the others to the coordinating ones"))
        return
    yield from (LeadDraft(agency) for agency in found.agencies)


def _body_in(row: RowRead, written: str) -> LeadDraft | None:
    """Such as “Phòng Nội vụ (UBND huyện)”: a body that leads in the name of its agency."""
    named = _BODY_IN_AGENCY.match(written)
    if not named or row.frame.names.one(written).agencies:
        return None
    agency = row.frame.names.one(named[2]).agencies
    body = " ".join(named[1].split())
    return LeadDraft(agency[0], body) if agency and len(body) <= LONGEST_BODY else None


def _coordinators(row: RowRead) -> tuple[Agency, ...]:
    found = row.frame.names.several(row.text(Column.COORDINATORS))
    for said, near in found.unknown:
        row.fault(Column.COORDINATORS, _("No agency is called “%(name)s”") % {"name": said[:80]}, meant(near, row))
    return found.agencies


def _time_values(row: RowRead) -> Values:
    cell, start = row.cell(Column.TIME), _start(row)
    day = day_in(cell)
    time = Time(ScheduleKind.BEFORE_DAY, due_on=day) if day else time_of(cell.text, year=row.frame.year)
    if time is None:
        what = _("This time is not understood") if cell.text else _("Enter the time")
        row.fault(Column.TIME, what, time_advice(row))
        return {}
    if start and time.due_on and time.kind in (ScheduleKind.BEFORE_DAY, ScheduleKind.ON_DAY):
        time = Time(ScheduleKind.RANGE, start_on=start, due_on=time.due_on)
    return {
        "schedule_kind": time.kind,
        "schedule_number": time.number,
        "start_on": time.start_on or start,
        "due_on": time.due_on,
        **_NO_DETAIL,
    }


def _start(row: RowRead) -> date | None:
    cell = row.cell(Column.START)
    day = day_in(cell)
    if day or not cell.text:
        return day
    time = time_of(cell.text, year=row.frame.year)
    day = time and (time.start_on or time.due_on)
    if day is None:
        row.fault(Column.START, _("Not a real date"), _("Write day/month/year, for example 15/4/2022"))
    return day


def day_in(cell: Cell) -> date | None:
    """The day a cell holds as a date, or as the number Excel keeps a date by."""
    if cell.day is None and cell.amount is not None and cell.amount in _SERIALS:
        return _DAY_ZERO + timedelta(days=int(cell.amount))
    return cell.day


def _target_values(row: RowRead) -> Values:
    """A target as a number with its unit, or in words; the name a target has already may stand before it."""
    written, name = row.text(Column.TARGET), row.draft.target_name
    aim = aim_of(written.removeprefix(f"{name}: ")) if written else Aim()
    if aim.lacks_unit:
        row.fault(Column.TARGET, _("The number has no unit"), _("Write the unit beside the number"))
        return {}
    if len(aim.words) > LONGEST_WORDS or len(aim.unit) > LONGEST_UNIT:
        row.fault(Column.TARGET, _("The target is too long"), _("At most 300 characters; move the rest to the note"))
        return {}
    return {
        "target_name": name if name and written.startswith(f"{name}: ") else "",
        "target_measure": None,
        "target_operator": aim.operator,
        "target_value": aim.value,
        "target_unit": aim.unit,
        "target_words": aim.words,
    }


_READERS: dict[Column, Callable[[RowRead], Values]] = {
    Column.CONTENT: _title,
    Column.LEAD: _lead_values,
    Column.COORDINATORS: _coordinator_values,
    Column.TIME: _time_values,
    Column.DELIVERABLE: _deliverable,
    Column.TARGET: _target_values,
    Column.FUNDING: _funding,
    Column.NOTE: _note,
}
