"""How the figures name agencies, by the names of the year shown, and programs and areas by those of today."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from functools import partial
from typing import NamedTuple

from django.db.models import BigIntegerField, CharField, F, FilteredRelation, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from agencies.models import Agency
from coordination.figures.queries.counts import AreaLabel, ProgramLabel
from coordination.figures.shapes import AgencyLabel
from coordination.programs.models import Area, Program
from records.keys import one_of

_NOW = ("current_name", "current_short_name", "protocol_order")
_THEN = ("held__name", "held__short_name", "held__protocol_order")


class _Named(NamedTuple):
    """An agency by its name and rank of a day."""

    pk: int
    code: str
    unit_id: int
    name: str
    short_name: str
    order: int


def agency_labels(agency_ids: set[int], day: date, own_unit: int) -> dict[int, AgencyLabel]:
    """The agencies with a part in the year in order of precedence, by the names and ranks they had on a day. One query.

    Rule: R-FIG-22. Agencies that share a short name, such as those of several units, go by their full ones.
    """
    agencies = sorted(_named_on(day, agency_ids), key=lambda agency: agency.order)
    codes, names = Counter(agency.code for agency in agencies), Counter(agency.short_name for agency in agencies)
    return {
        agency.pk: AgencyLabel(
            agency.pk,
            agency.code,
            agency.name,
            agency.short_name if names[agency.short_name] == 1 else agency.name,
            is_reached=codes[agency.code] == 1 or agency.unit_id == own_unit,
        )
        for agency in agencies
    }


def labels_of(
    programs: Collection[int], areas: Collection[int]
) -> tuple[dict[int, ProgramLabel], dict[int, AreaLabel]]:
    """Programs and areas by key, as tables name them. One query."""
    text, whole, key = (partial(Cast, output_field=kind) for kind in (CharField(), IntegerField(), BigIntegerField()))
    named = _labelled(Program, programs, F("short_title"), whole(0), text(Value("")), key(0))
    of_areas = _labelled(Area, areas, F("name"), F("position"), F("unit__current_name"), F("unit_id"))
    found: dict[str, dict] = {"program": {}, "area": {}}
    for kind, pk, code, *told in named.union(of_areas, all=True):
        found[kind][pk] = ProgramLabel(code, told[0]) if kind == "program" else AreaLabel(code, *told)
    return found["program"], found["area"]


def _labelled(model: type[Area | Program], keys: Collection[int], *told) -> QuerySet:
    told = (Value(model._meta.model_name, CharField()), F("pk"), F("code"), *told)
    columns = {f"label_{place}": each for place, each in enumerate(told)}
    return model.objects.filter(one_of("pk", keys)).order_by().annotate(**columns).values_list(*columns)


def _named_on(day: date, agency_ids: set[int]) -> list[_Named]:
    """Each word by the name held on the day, where there is one.

    Why all names up to the day: the last of few is found sooner than asked for at each of a thousand agencies.
    """
    held = FilteredRelation("names", condition=Q(names__valid_from__lte=day))
    named = Agency.objects.filter(pk__in=agency_ids).annotate(held=held)
    told = named.order_by("name_sorted", "pk", "held__valid_from").values_list("pk", "code", "unit_id", *_NOW, *_THEN)
    last = {pk: (code, unit_id, names[:3], names[3:]) for pk, code, unit_id, *names in told}
    return [
        _Named(pk, code, unit_id, *(now if then is None else then for now, then in zip(names, held, strict=True)))
        for pk, (code, unit_id, names, held) in last.items()
    ]
