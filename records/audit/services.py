"""Writing and proving the audit chain."""

import hashlib
import json
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC
from typing import Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry

_CHAIN_LOCK = 720_031_922  # any fixed number: PostgreSQL lets one transaction at a time append


class Actor(Protocol):
    """What the audit must know of whoever acts; memberships, one floor up, have it."""

    pk: int
    agency_id: int

    @property
    def unit_id(self) -> int: ...


@dataclass(frozen=True)
class Origin:
    """Where a request came from: address and request id, blank for commands."""

    address: str = ""
    request_id: str = ""


origin: ContextVar[Origin] = ContextVar("origin", default=Origin())


def record(
    action: AuditAction,
    *,
    actor: Actor | None = None,
    about: models.Model | None = None,
    before: dict | None = None,
    after: dict | None = None,
    actor_label: str = "",
) -> AuditEntry:
    """Append one entry to the chain in the caller's transaction.

    `actor` is a membership (agency, role and person at that moment) or None for the system itself.
    """
    with transaction.atomic():
        _wait_for_turn()
        last = AuditEntry.objects.order_by("-sequence").values_list("sequence", "digest").first() or (0, "")
        entry = AuditEntry(
            sequence=last[0] + 1,
            previous_digest=last[1],
            at=clock.now(),
            action=action,
            actor_id=getattr(actor, "pk", None),
            actor_label=(actor_label or (str(actor) if actor else ""))[:300],
            agency_id=getattr(actor, "agency_id", None),
            unit_id=getattr(actor, "unit_id", None),
            object_kind=about._meta.label_lower if about is not None else "",
            object_id=about.pk if about is not None else None,
            object_label=str(about)[:400] if about is not None else "",
            before=_plain(before),
            after=_plain(after),
            address=origin.get().address,
            request_id=origin.get().request_id,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
    return entry


def digest_of(entry: AuditEntry) -> str:
    """SHA-256 over every column of the entry and the digest before it, in one fixed writing."""
    content = {
        field.attname: getattr(entry, field.attname) for field in AuditEntry._meta.fields if field.attname != "digest"
    }
    content["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def broken_links() -> list[str]:
    """Where the chain does not hold, one sentence a fault; empty when every entry is as it was written."""
    faults, expected, previous = [], 1, ""
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            faults.append(f"entries {expected} to {entry.sequence - 1} are missing")
        elif entry.previous_digest != previous:
            faults.append(f"entry {entry.sequence} does not follow entry {entry.sequence - 1}")
        if digest_of(entry) != entry.digest:
            faults.append(f"entry {entry.sequence} was changed")
        expected, previous = entry.sequence + 1, entry.digest
    return faults


def _wait_for_turn() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def _plain(values: dict | None) -> dict:
    """Values as they come back from the database, so the digest can be computed again."""
    return json.loads(json.dumps(values or {}, cls=DjangoJSONEncoder, default=str))
