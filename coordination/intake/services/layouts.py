"""Telling once what the columns of an office's own table hold."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.intake.enums import REQUIRED_COLUMNS, Column
from coordination.intake.models import TableLayout, TaskTable
from coordination.intake.permissions import can_tell_columns
from coordination.intake.queries.layouts import LinesShown, signature_of
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@transaction.atomic
def tell_columns(
    table: TaskTable, *, actor: Membership, shown: LinesShown, columns: Mapping[int, Column]
) -> TableLayout:
    """Keep what the columns below a row hold, for this table and every later one of the agency with the same row.

    Raises: NotAllowed; RuleBroken when a column that is needed is not there, or one is told twice.
    """
    require(can_tell_columns(actor, table))
    if shown.is_workbook:
        raise RuleBroken(_("This is a workbook of the portal; its columns are known."))
    chosen = list(columns.values())
    for column in REQUIRED_COLUMNS:
        if column not in chosen:
            raise RuleBroken(_("Say which column is “%(name)s”") % {"name": column.heading})
    twice = next((column for column in chosen if chosen.count(column) > 1), None)
    if twice is not None:
        raise RuleBroken(_("“%(name)s” is chosen for two columns") % {"name": twice.heading})
    told = {str(place): column.value for place, column in sorted(columns.items())}
    signature = signature_of(shown.line)
    layout = TableLayout.objects.select_for_update().filter(agency=actor.agency, signature=signature).first()
    before = layout.columns if layout else {}
    layout, _is_new = TableLayout.objects.update_or_create(
        agency=actor.agency, signature=signature, defaults={"columns": told, "by": actor, "at": clock.now()}
    )
    action = AuditAction.CHANGED if before else AuditAction.CREATED
    record(action, actor=actor, about=layout, before=_words(before), after=_words(told))
    return layout


def _words(told: Mapping[str, str]) -> dict:
    return {"columns": [f"{int(place) + 1}: {Column(name).heading}" for place, name in told.items()]} if told else {}
