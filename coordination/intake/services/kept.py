"""What a row replaced in a plan, in plain values, and the plan with these values again."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db.models import Model

from agencies.models import Agency, Office
from coordination.intake.enums import Column
from coordination.intake.queries.fields import FIELDS
from coordination.programs.models import Area
from coordination.tasks.models import Task
from coordination.tasks.schedule import Wave
from coordination.tasks.services.drafts import LeadDraft, TaskDraft


def values_of(draft: TaskDraft, columns: Collection[Column]) -> dict[str, Any]:
    """The values these columns stand for, as JSON keeps them."""
    names = [name for column in columns for name in FIELDS[column]]
    return {name: _plain(name, getattr(draft, name)) for name in names}


def with_values(draft: TaskDraft, kept: Mapping[str, Any]) -> TaskDraft:
    """The plan with these values in the place of its own."""
    return replace(draft, **{name: _whole(name, value) for name, value in kept.items()})


def _plain(name: str, value: Any) -> Any:
    if name == "leads":
        return [[lead.agency.pk, lead.body, lead.office.pk if lead.office else None] for lead in value]
    if name == "coordinators":
        return [agency.pk for agency in value]
    if name == "contributions":
        return {str(pk): words for pk, words in value.items()}
    if name == "waves":
        return [[str(wave.start_on or ""), str(wave.due_on), wave.name] for wave in value]
    if isinstance(value, Model):
        return value.pk
    return str(value) if isinstance(value, date | time | Decimal) else value


def _whole(name: str, value: Any) -> Any:
    if name == "leads":
        return tuple(_lead(*one) for one in value)
    if name == "coordinators":
        found = Agency.objects.in_bulk(value)
        return tuple(found[pk] for pk in value)
    if name == "contributions":
        return {int(pk): words for pk, words in value.items()}
    if name == "waves":
        return tuple(Wave(_day(first), date.fromisoformat(last), called) for first, last, called in value)
    if value in (None, ""):
        return value
    return _MADE[name](value) if name in _MADE else value


def _lead(agency: int, body: str, office: int | None) -> LeadDraft:
    return LeadDraft(Agency.objects.get(pk=agency), body, Office.objects.get(pk=office) if office else None)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


_MADE: dict[str, Callable[[Any], Any]] = {
    "area": lambda pk: Area.objects.get(pk=pk),
    "follows": lambda pk: Task.with_binned.get(pk=pk),
    "start_on": _day,
    "due_on": _day,
    "due_time": time.fromisoformat,
    "target_value": Decimal,
}
