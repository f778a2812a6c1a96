"""The journal of an act: every row it wrote, as it was before and is after; and putting all of it back.

Why the rows and not the acts: what several rooms write in one transaction is taken back as a whole, exactly.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models
from django.db.models import Q

from agencies.directory.models import Agency, AgencyName, AgencyWord
from agencies.directory.services import index_agencies
from agencies.people.models import OfficeHolding, OfficeTitle
from agencies.reorganisation.models import Reorganisation, ReorganisationStep, RowChange
from agencies.reorganisation.queries.rows import DERIVED, row_values
from agencies.units.models import AdminUnit, UnitName, UnitWord
from agencies.units.services import index_units, rebuild_reach

_OWN = (Reorganisation, ReorganisationStep, RowChange)
_OWN_LABEL = Agency._meta.app_label
_THROUGH_OFFICE = {OfficeHolding: "office__agency", OfficeTitle: "office__agency"}


@dataclass
class Touched:
    """What an act reaches, by number; rows of these are watched."""

    units: set[int] = field(default_factory=set)
    agencies: set[int] = field(default_factory=set)
    tasks: set[int] = field(default_factory=set)
    programs: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Watched:
    """A table and which of its rows an act may write."""

    model: type[models.Model]
    rows: Callable[[Touched], Q]


def tables_of_agencies() -> list[Watched]:
    """Every table of this floor whose rows belong to a unit or an agency, the ones others point at first."""
    found = []
    for model in apps.get_app_config("agencies").get_models():
        if model in _OWN or model in DERIVED:
            continue
        if rows := _rows_of(model):
            found.append(Watched(model, rows))
    return in_order(found)


def in_order(tables: Iterable[Watched]) -> list[Watched]:
    """Tables so that each comes after those it points at."""
    waiting, ordered = list(tables), []
    while waiting:
        models_waiting = {table.model for table in waiting}
        ready = [table for table in waiting if not (_points_at(table.model) - {table.model}) & models_waiting]
        ordered += ready or waiting
        waiting = [table for table in waiting if table not in ordered]
    return ordered


def hold_rows(act: Reorganisation) -> None:
    """Lock every row an act wrote, so that nothing new points at one while it is taken back.

    Work of the floors above is held first, as everyone does who acts on it.
    """
    rows: dict[str, list[int]] = {}
    for table, row in act.changes.order_by("position").values_list("table", "row"):
        rows.setdefault(table, []).append(row)
    for table, numbers in sorted(rows.items(), key=lambda one: apps.get_model(one[0])._meta.app_label == _OWN_LABEL):
        held = apps.get_model(table)._base_manager.select_for_update(of=("self",))
        list(held.filter(pk__in=numbers).order_by("pk").values_list("pk", flat=True))


class Journal:
    """Watch rows while an act is carried out, then keep what changed.

    Why it holds them all from the beginning: the first entry of the log makes everyone else wait, so that nobody may
    hold by then what the act still needs.
    """

    def __init__(self, act: Reorganisation, tables: list[Watched], touched: Touched):
        self.act, self.tables, self.touched = act, tables, touched
        self._before = {table.model: row_values(table.model, table.rows(touched), hold=True) for table in tables}

    def close(self) -> int:
        """Compare with the rows of now and keep every difference; how many there are.

        The bodies the act founded belong to `touched` by then.
        """
        changes: list[RowChange] = []
        for table in self.tables:
            before = self._before[table.model]
            after = _rows(table, self.touched) | _rows_by_number(table.model, before)
            for row in sorted({*before, *after}):
                if before.get(row) != after.get(row):
                    changes.append(
                        RowChange(
                            act=self.act,
                            position=len(changes) + 1,
                            table=table.model._meta.label_lower,
                            row=row,
                            before=before.get(row),
                            after=after.get(row),
                        )
                    )
        RowChange.objects.bulk_create(changes, batch_size=500)
        return len(changes)


def take_back(act: Reorganisation) -> None:
    """Put every row back as it was before the act, those the act made are gone afterwards.

    A building block: whoever takes an act back tells it, in the same transaction.
    Why what was made goes first, without asking who points at it: the rows that do are put back a moment later. The
    caller has seen that no others do, and the database looks once more when the transaction ends.
    """
    changes = list(act.changes.order_by("position"))
    for change in reversed(changes):
        if change.before is None:
            rows = apps.get_model(change.table)._base_manager.filter(pk=change.row)
            rows._raw_delete(rows.db)
    for change in changes:
        if change.before is not None and change.after is not None:
            model = apps.get_model(change.table)
            model._base_manager.filter(pk=change.row).update(**_without_key(model, change.before))
    for change in changes:
        if change.after is None:
            model = apps.get_model(change.table)
            model._base_manager.bulk_create([model(**change.before)])
    act.changes.all().delete()
    _derive_anew(changes)


def _rows(table: Watched, touched: Touched) -> dict[int, dict]:
    return row_values(table.model, table.rows(touched))


def _rows_by_number(model: type[models.Model], known: Iterable[int]) -> dict[int, dict]:
    """Rows seen before, also where a change took them out of what is watched."""
    return row_values(model, Q(pk__in=list(known)))


def _rows_of(model: type[models.Model]) -> Callable[[Touched], Q] | None:
    if model is AdminUnit:
        return lambda touched: Q(pk__in=touched.units)
    paths = {
        one.name: one.related_model
        for one in model._meta.concrete_fields
        if isinstance(one, models.ForeignKey) and one.related_model in (AdminUnit, Agency)
    }
    if model in _THROUGH_OFFICE:
        paths = {_THROUGH_OFFICE[model]: Agency}
    if not paths:
        return None

    def rows(touched: Touched) -> Q:
        wanted = Q(pk__in=touched.agencies) if model is Agency else Q(pk__in=[])
        for path, related in paths.items():
            wanted |= Q(**{f"{path}__in": touched.units if related is AdminUnit else touched.agencies})
        return wanted

    return rows


def _points_at(model: type[models.Model]) -> set[type[models.Model]]:
    return {one.related_model for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey)}


def _without_key(model: type[models.Model], row: dict) -> dict:
    return {name: value for name, value in row.items() if name != model._meta.pk.attname}


def _bodies_in(changes: Iterable[RowChange], body: type[models.Model], name: type[models.Model]) -> set[int]:
    """The bodies the act wrote or gave a name: what is derived of them is derived from these rows."""
    column = "unit_id" if body is AdminUnit else "agency_id"
    named = {(one.after or one.before)[column] for one in changes if one.table == name._meta.label_lower}
    return named | {one.row for one in changes if one.table == body._meta.label_lower}


def _derive_anew(changes: Iterable[RowChange]) -> None:
    units = _bodies_in(changes, AdminUnit, UnitName)
    agencies = _bodies_in(changes, Agency, AgencyName)
    UnitWord.objects.filter(unit_id__in=units).delete()
    AgencyWord.objects.filter(agency_id__in=agencies).delete()
    index_units(AdminUnit.objects.filter(pk__in=units))
    index_agencies(Agency.objects.filter(Q(pk__in=agencies) | Q(unit_id__in=units)))
    rebuild_reach()
