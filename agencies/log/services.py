"""Taking the system log out of the portal."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agencies.access.decisions import require
from agencies.log.permissions import can_export_log
from agencies.log.queries import LogFilters, LogRow, entries_found, row_of
from agencies.models import Membership
from records.audit.enums import AuditAction
from records.audit.history import Change
from records.audit.models import AuditEntry
from records.audit.queries import newest_first
from records.audit.services import record
from records.spreadsheets import as_csv


@transaction.atomic
def export_log(filters: LogFilters, *, actor: Membership) -> Iterator[str]:
    """The entries that pass the filters, newest first, as comma-separated text; the log tells who took what out.

    Rule: R-LOG-2. Of content it holds no more than the page: codes and names of values.
    Why the text comes piece by piece afterwards: the log may be long; what is in it is fixed by the entry written here.
    Raises: NotAllowed.
    """
    require(can_export_log(actor))
    entries = entries_found(actor, filters)
    told = {"log": filters.told(), "entries": entries.count()}
    taken = record(AuditAction.EXPORTED, actor=actor, after=told)
    rows = _rows(entries.filter(sequence__lt=taken.sequence), translation.get_language())
    return as_csv(_header(), rows)


def _rows(entries: QuerySet[AuditEntry], language: str) -> Iterator[list[object]]:
    """Each entry in the reader's language, which has ended with the request when a row is read."""
    for entry in newest_first(entries):
        with translation.override(language):
            row = _row(row_of(entry))
        yield row


def _header() -> list[str]:
    return [
        pgettext("audit", "Number"), _("When (UTC)"), _("When (local)"), _("Act"), _("Account"), _("Who"), _("Role"),
        _("Agency"), _("Kind of object"), _("Code"), _("Object"), _("Values"), _("Asked for"), _("Network address"),
        _("Request"), _("Digest"),
    ]  # fmt: skip


def _row(row: LogRow) -> list[object]:
    entry = row.entry
    return [
        entry.sequence, row.utc, entry.local_at, row.action, entry.user_name, row.who,
        entry.role_label or entry.role, entry.agency_label, row.kind, row.code, row.label,
        "; ".join(_told(change) for change in row.changes), row.asked, entry.address, entry.request_id, entry.digest,
    ]  # fmt: skip


def _told(change: Change) -> str:
    if not (change.before or change.after):
        return change.label
    return f"{change.label}: {change.before} → {change.after}" if change.before else f"{change.label}: {change.after}"
