"""The log of the tasks: an entry for each state a task passed into, chained and sealed as the portal does it."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from agencies.models import Membership
from coordination.tasks.models import TaskStateChange
from records import clock
from records.audit.chain import digest_of_values, seal_of
from records.audit.enums import AuditAction
from records.audit.models import LAYOUT, AuditEntry, AuditHead
from tests.bench.data.scales import LAST_YEAR, Scale
from tests.bench.data.store import Table

_MOVED, _CREATED = AuditAction.MOVED.value, AuditAction.CREATED.value
_COLUMNS = tuple(field.attname for field in AuditEntry._meta.concrete_fields)


def tell(scale: Scale) -> int:
    """Write the entries in the order of their moments; how many there are."""
    head, table = AuditHead.objects.get(), Table(AuditEntry, *_COLUMNS)
    sequence, digest = head.sequence, head.digest
    for values in _told(scale):
        sequence += 1
        values |= {"sequence": sequence, "previous_digest": digest}
        digest = values["digest"] = digest_of_values(values)
        table.add(*(_kept(values[name]) for name in _COLUMNS))
    table.flush()
    AuditHead.objects.update(sequence=sequence, digest=digest, seal=seal_of(sequence, digest))
    return table.count


def _told(scale: Scale) -> Iterator[dict]:
    people = {one.pk: one for one in Membership.objects.select_related("user", "agency").iterator()}
    changes = TaskStateChange.objects.order_by("at", "pk")
    if not scale.logged:
        changes = changes.filter(task__program__year=LAST_YEAR)
    wanted = ("from_state", "to_state", "at", "by_id", "task_id", "task__code", "task__title", "reason")
    for before, after, at, by, task, code, title, reason in changes.values_list(*wanted).iterator(20_000):
        actor = people[by]
        yield {
            "at": at, "local_at": clock.wall_clock(at), "action": (_MOVED if before else _CREATED),
            "actor_id": by, "actor_label": str(actor), "user_id": actor.user_id, "user_name": actor.user.username,
            "role": actor.role, "role_label": "Chuyên viên", "agency_id": actor.agency_id,
            "agency_label": actor.agency.current_name, "unit_id": actor.agency.unit_id,
            "object_kind": "coordination.task", "object_id": task, "object_code": code, "object_label": title,
            "before": {"state": before} if before else {},
            "after": {"state": after} | ({"reason": reason} if reason else {}),
            "address": "", "request_id": "", "layout": LAYOUT,
        }  # fmt: skip


def _kept(value):
    """A value as the database writes it."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
