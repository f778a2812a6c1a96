"""Which records the faults that `manage.py verify` finds belong to, so that their pages can say so.

Rule: R-PROOF-2. What belongs to no record with a page of its own, such as an e-mail or a count, only `doctor` tells.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch

from django.apps import apps
from django.db.models import ForeignKey, Model

from coordination.conferences.models import AgendaPaper, Photo
from coordination.intake.models import TaskTable
from coordination.models import Conference, NumberSeries, PartyReport, Program, Task, UrgingLetter
from coordination.programs.models import SignatureSlot
from coordination.register.queries.counters import WrongCounter
from coordination.tasks.models import Evidence
from coordination.versions.queries.verification import DamagedVersion
from records.audit.queries import told_of
from records.audit.verification import Fault
from records.damage import Harm, Mark
from records.files.queries import Damage
from records.mail.models import OutgoingMail
from records.orphans import Orphan
from reports.composed.models import ComposedReport
from reports.issuing.models import ISSUED_ABOUT, IssuedDocument
from reports.signing.models import SignedState
from reports.signing.queries.proof import BrokenState

_CONTENT, _MOST_STEPS = ("coordination", "reports"), 3
RECORDS = (Program, Task, Conference, PartyReport, ComposedReport, UrgingLetter, NumberSeries)


@dataclass(frozen=True)
class Home:
    """The way from a row that holds a file to its record; whether whoever sees the record sees the file's name."""

    way: str
    shows_name: bool = False


# Every column that leads to a stored file, with the records it is part of.
HOMES: dict[tuple[type[Model], str], tuple[Home, ...]] = {
    (Evidence, "file"): (Home("report__task", True), Home("part__role__task", True)),
    (SignatureSlot, "scan"): (Home("version__program"),),
    (Photo, "file"): (Home("conference", True),),
    (Photo, "small"): (Home("conference", True),),
    (AgendaPaper, "file"): (Home("agenda_item__conference", True),),
    (SignedState, "file"): (Home("round__version__program"),),
    (IssuedDocument, "file"): tuple(Home(column) for column in dict.fromkeys(ISSUED_ABOUT.values())),
    (TaskTable, "file"): (),
    (OutgoingMail, "enclosed"): (),
}


@singledispatch
def marks_of(fault: object) -> set[Mark]:
    """What the records concerned by a fault are marked with; nothing where it concerns none."""
    return set()


@marks_of.register
def _(fault: DamagedVersion) -> set[Mark]:
    return {Mark.on(fault.version.program, Harm.VERSION)}


@marks_of.register
def _(fault: BrokenState) -> set[Mark]:
    return {Mark.on(fault.state.round.version.program, Harm.SIGNED_FILE)}


@marks_of.register
def _(fault: WrongCounter) -> set[Mark]:
    return {Mark.on(fault.series, Harm.COUNTER)}


@marks_of.register
def _(fault: Damage) -> set[Mark]:
    return {
        Mark(kind, pk, Harm.FILE, fault.name if home.shows_name else "")
        for (model, column), homes in HOMES.items()
        for home in homes
        for kind, pk in _records_at(model, column, home.way, fault.pk)
    }


@marks_of.register
def _(fault: Orphan) -> set[Mark]:
    """The row itself where it is a record, otherwise the records it is part of."""
    model = apps.get_model(fault.model)
    if model in RECORDS:
        return {Mark(model._meta.label_lower, fault.pk, Harm.ROW)}
    return {Mark(kind, pk, Harm.ROW) for kind, pk in _records_of(model, fault.pk)}


@marks_of.register
def _(fault: Fault) -> set[Mark]:
    """The records the entries concerned tell of; entries that are gone tell of none."""
    kinds = [model._meta.label_lower for model in RECORDS]
    return {Mark(kind, pk, Harm.LOG) for kind, pk in told_of(kinds, first=fault.first, last=fault.last)}


def _records_at(model: type[Model], column: str, way: str, file: int) -> Iterator[tuple[str, int]]:
    target = model
    for step in way.split("__"):
        target = target._meta.get_field(step).related_model
    rows = model._base_manager.filter(**{column: file}).exclude(**{way: None}).order_by()
    return ((target._meta.label_lower, pk) for pk in rows.values_list(way, flat=True).distinct())


def _records_of(model: type[Model], pk: object, steps: int = _MOST_STEPS) -> set[tuple[str, int]]:
    """The records a row points at; where it points at none, those of the rows of content it points at."""
    columns = [one for one in model._meta.concrete_fields if isinstance(one, ForeignKey)]
    row = model._base_manager.filter(pk=pk).values(*(one.attname for one in columns)).first() or {}
    led = [(one.related_model, row[one.attname]) for one in columns if row.get(one.attname)]
    records = {(target._meta.label_lower, of) for target, of in led if target in RECORDS}
    if records or not steps:
        return records
    parts = [(target, of) for target, of in led if target._meta.app_label in _CONTENT]
    return {record for target, of in parts for record in _records_of(target, of, steps - 1)}
