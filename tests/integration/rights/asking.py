"""Asking a service or a predicate whether a member may, and taking back whatever was done."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction

from agencies.access.enums import Role
from agencies.models import Membership
from portal.permissions_page.tables import BROKEN, MOVED_ON, OK, REFUSED, UNSEEN, Cells
from records.errors import Conflict, Decision, NotAllowed, RuleBroken
from records.models import AuditEntry

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b")
# Typing, pasting, being here and asking for a file change nothing anybody agreed; the services say so (“Why no entry”).
NO_ENTRY = {"keep_draft", "keep_paste", "be_present", "keep_unsaved_task", "ask_for_papers"}
Act = Callable[[Membership], object]
Members = Mapping[tuple[str, Role], Membership]


@dataclass
class Faults:
    """What is wrong besides the answers: refusals without a reason, refused writes, deeds without their audit."""

    found: list[str] = field(default_factory=list)
    reasons: dict[str, set[str]] = field(default_factory=dict)


def asked(act: Act, name: str, member: Membership, faults: Faults) -> str:
    """The sign of the answer; a deed is taken back, a refusal must have written nothing and must say why."""
    writes: list[str] = []
    try:
        with connection.execute_wrapper(_noting(writes)), transaction.atomic():
            answer = act(member)
            if isinstance(answer, Decision):
                return _decided(answer, name, member, faults)
            if writes and name not in NO_ENTRY and not _is_audited(member, writes):
                faults.found.append(f"{name}: what {member} did left no audit entry")
            transaction.set_rollback(True)
    except NotAllowed as refusal:
        if writes:
            faults.found.append(f"{name}: refused to {member} after {writes[0][:60]}")
        return _decided(refusal.decision, name, member, faults)
    except Conflict:
        return MOVED_ON
    except RuleBroken:
        return BROKEN
    return OK


def answers(acts: Mapping[str, Act | None], members: Members, relations: list[str], faults: Faults) -> dict[str, Cells]:
    """For each act and relation the signs of all roles; an act that is None cannot be tried."""
    return {
        name: {
            relation: "".join(asked(act, name, members[relation, role], faults) for role in Role)
            for relation in relations
        }
        if act
        else {}
        for name, act in acts.items()
    }


def _decided(decision: Decision, name: str, member: Membership, faults: Faults) -> str:
    if decision:
        return OK
    if decision.hidden:
        return UNSEEN
    faults.reasons.setdefault(str(decision.reason), set()).add(name)
    if not str(decision.reason).strip():
        faults.found.append(f"{name}: refused to {member} without a reason")
    return REFUSED


def _is_audited(member: Membership, writes: list[str]) -> bool:
    """Whether one of the entries just written is in the member's name."""
    written = sum('INTO "records_auditentry"' in sql for sql in writes)
    last = AuditEntry.objects.order_by("-sequence").values_list("actor_id", flat=True)[:written]
    return member.pk in last


def _noting(writes: list[str]):
    def wrapper(execute, sql, params, many, context):
        if _WRITES.match(sql):
            writes.append(sql)
        return execute(sql, params, many, context)

    return wrapper
