"""Which entries of the system log a reader sees, and by what they are found."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from agencies.access.enums import Role
from agencies.log.permissions import can_view_log
from agencies.models import Agency, Membership, User
from agencies.people.queries.matching import agencies_called
from agencies.units.reach import units_kept_by
from records import clock, text
from records.audit.models import AuditEntry

MOST_COUNTED, MOST_MATCHES = 1000, 300


@dataclass(frozen=True)
class LogFilters:
    """What the log is narrowed by, as an address says it."""

    words: str = ""
    action: str = ""
    kind: str = ""
    day_from: date | None = None
    day_to: date | None = None
    address: str = ""
    request_id: str = ""

    @property
    def is_narrowed(self) -> bool:
        return self != LogFilters()

    def told(self) -> dict:
        """The filters in use, as an entry about an export tells them."""
        return {name: value for name, value in vars(self).items() if value}


def log_seen_by(actor: Membership | None) -> QuerySet[AuditEntry]:
    """Every entry for system administrators; for unit administrators those of their unit and of units below it.

    Rule: R-LOG-1.
    """
    if actor is None or not can_view_log(actor):
        return AuditEntry.objects.none()
    if actor.role == Role.SYSTEM_ADMIN:
        return AuditEntry.objects.all()
    units = list(units_kept_by(actor).values_list("pk", flat=True))
    return AuditEntry.objects.filter(unit_id__in=units)


def entries_found(actor: Membership, filters: LogFilters) -> QuerySet[AuditEntry]:
    """The entries an actor sees that pass the filters, newest first. Every filter goes through an index."""
    entries = log_seen_by(actor).order_by("-sequence")
    exact = {
        "action": filters.action,
        "object_kind": filters.kind,
        "address": filters.address,
        "request_id": filters.request_id,
    }
    entries = entries.filter(**{column: value for column, value in exact.items() if value})
    if filters.day_from:
        entries = entries.filter(at__gte=clock.at(filters.day_from))
    if filters.day_to:
        entries = entries.filter(at__lt=clock.at(filters.day_to + timedelta(days=1)))
    return entries.filter(_by_whom(actor, filters.words)) if filters.words else entries


def counted(entries: QuerySet[AuditEntry]) -> int:
    """How many entries there are, counted up to a limit; one more than it stands for “more”."""
    return entries.order_by()[: MOST_COUNTED + 1].count()


def _by_whom(actor: Membership, words: str) -> Q:
    """Entries of the accounts and agencies the words name, and of a user name typed exactly so.

    Why by number: an agency called otherwise since is found by any of its names.
    """
    named = Q(username__contains=text.slug(words)) | Q(person__name_folded__contains=text.fold(words))
    accounts = User.objects.visible_to(actor).filter(named) if text.fold(words) else User.objects.none()
    agencies = agencies_called(Agency.objects.visible_to(actor), words) if text.words(words) else Agency.objects.none()
    return (
        Q(user_name=words.lower())
        | Q(user_id__in=list(accounts.values_list("pk", flat=True)[:MOST_MATCHES]))
        | Q(agency_id__in=list(agencies.values_list("pk", flat=True)[:MOST_MATCHES]))
    )
