"""Writing the audit: every entry in the transaction of what it tells, every head sealed."""

import json
import logging
from collections.abc import Iterable
from typing import Any, Protocol

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import translation

from records import clock, text
from records.audit.chain import digest_of, is_sealed, seal_of
from records.audit.enums import AuditAction
from records.audit.models import LAYOUT, AuditEntry, AuditHead
from records.audit.origin import origin

log = logging.getLogger(__name__)

# What objects are known by among people, where they are.
_CODES = ("code", "slug", "username")
_AT_ONCE = 500


class Account(Protocol):
    """What the audit must know of an account."""

    pk: int
    username: str


class Actor(Protocol):
    """What the audit must know of whoever acts; memberships, one floor up, have it."""

    pk: int
    user: Account
    agency_id: int
    agency: object
    role: str

    @property
    def unit_id(self) -> int: ...

    def get_role_display(self) -> str:
        """The role as people call it."""


def record(
    action: AuditAction,
    *,
    actor: Actor | None = None,
    account: Account | None = None,
    about: models.Model | None = None,
    before: dict | None = None,
    after: dict | None = None,
    actor_label: str = "",
    unit_id: int | None = None,
) -> AuditEntry:
    """Append one entry to the chain in the caller's transaction.

    `actor` is a membership (agency, role and person at that moment); `account` is the account where it acts in no
    membership, as at sign-in; neither is there when the portal itself acts. `actor_label` is a name that was typed,
    `unit_id` the unit whose administrators it concerns where nobody acts in one.
    Rule: R-AUDIT-1.
    """
    with transaction.atomic(savepoint=False):
        head = _head()
        whole = {
            **_moment_and_place(),
            **_who(actor, account or getattr(actor, "user", None), actor_label, unit_id),
            **_what(about),
            "action": action,
            "before": _plain(before),
            "after": _plain(after),
        }
        entry = _chained(whole, head.sequence, head.digest)
        entry.save(force_insert=True)
        _advance(head, entry)
    return entry


def record_many(action: AuditAction, *, actor: Actor, told: Iterable[tuple[models.Model, dict]]) -> int:
    """Append one entry for each of many objects one act has made, each with the values after; how many there were.

    Why beside `record`: the head is held and moved on once, and thousands of entries are written piece by piece.
    Rule: R-AUDIT-1.
    """
    with transaction.atomic(savepoint=False):
        head = _head()
        same = {**_moment_and_place(), **_who(actor, actor.user, "", None), "action": action, "before": {}}
        last, pending, count = head, [], 0
        for about, after in told:
            last = _chained({**same, **_what(about), "after": _plain(after)}, last.sequence, last.digest)
            pending.append(last)
            count += 1
            if len(pending) == _AT_ONCE:
                AuditEntry.objects.bulk_create(pending)
                pending = []
        AuditEntry.objects.bulk_create(pending)
        if count:
            _advance(head, last)
    return count


def _moment_and_place() -> dict[str, Any]:
    """When it happens and where the request came from."""
    moment = clock.now()
    return {
        "layout": LAYOUT,
        "at": moment,
        "local_at": clock.wall_clock(moment),
        "address": _line(origin.get().address, 45),
        "request_id": _line(origin.get().request_id, 36),
    }


def _chained(values: dict[str, Any], sequence: int, digest: str) -> AuditEntry:
    """The entry after the one with this number and digest."""
    entry = AuditEntry(sequence=sequence + 1, previous_digest=digest, **values)
    entry.digest = digest_of(entry)
    return entry


def named(thing: models.Model, part: object = "") -> dict[str, Any]:
    """How an agency is recorded as a value: by number for machines, by its name of that day for people.

    `part` is a body or an office inside it.
    """
    return {"id": thing.pk, "name": str(thing)} | ({"part": str(part)} if part else {})


@transaction.atomic
def seal_again(*, reason: str) -> AuditEntry:
    """Seal a head that none of the portal's keys sealed, after someone has looked why; the act is an entry itself."""
    head = _head()
    AuditHead.objects.filter(pk=head.pk).update(seal=seal_of(head.sequence, head.digest))
    return record(AuditAction.CHANGED, after={"head": str(head), "reason": reason})


def _head() -> AuditHead:
    """The head, held until the transaction ends, so that entries take turns.

    Why not refuse where it is gone: an office must be able to work on; what is wrong stays visible to `verify`.
    """
    head = AuditHead.objects.select_for_update().filter(pk=AuditHead.ONLY).first()
    if head is None:
        log.error("The head of the audit is missing; it is set up again without a seal.")
        last = AuditEntry.objects.order_by("-sequence").values_list("sequence", "digest").first() or (0, "")
        head = AuditHead.objects.create(sequence=last[0], digest=last[1])
    return head


def _advance(head: AuditHead, entry: AuditEntry) -> None:
    """Move the head to the entry. A head that was not sealed stays so: the portal never covers up what it found."""
    seal = seal_of(entry.sequence, entry.digest) if is_sealed(head) else ""
    if head.seal and not seal:
        log.error("The head of the audit before entry %s was not sealed by this portal's key.", entry.sequence)
    AuditHead.objects.filter(pk=head.pk).update(sequence=entry.sequence, digest=entry.digest, seal=seal)


def _who(actor: Actor | None, account: Account | None, typed: str, unit_id: int | None) -> dict[str, Any]:
    """Account, agency and role as they are called at this moment, in the portal's own language."""
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "actor_id": actor.pk if actor else None,
            "actor_label": _line(typed or (actor if actor else getattr(account, "username", "")), 300),
            "user_id": account.pk if account else None,
            "user_name": _line(account.username if account else typed, 150),
            "role": _line(actor.role, 20) if actor else "",
            "role_label": _line(actor.get_role_display(), 60) if actor else "",
            "agency_id": actor.agency_id if actor else None,
            "agency_label": _line(actor.agency, 200) if actor else "",
            "unit_id": actor.unit_id if actor else unit_id,
        }


def _what(about: models.Model | None) -> dict[str, Any]:
    if about is None:
        return {"object_kind": "", "object_id": None, "object_code": "", "object_label": ""}
    return {
        "object_kind": about._meta.label_lower,
        "object_id": about.pk,
        "object_code": _line(next((code for name in _CODES if (code := getattr(about, name, ""))), ""), 60),
        "object_label": _line(about, 400),
    }


def _line(value: object, longest: int) -> str:
    """One line of what can be shown, so that no name that was typed breaks a line of the log."""
    return " ".join(text.without_forbidden(text.nfc(str(value))).split())[:longest]


def _plain(values: dict | None) -> dict:
    """Values as they come back from the database, so the digest can be computed again."""
    return _clean(json.loads(json.dumps(values or {}, cls=DjangoJSONEncoder, default=str)))


def _clean(value: Any) -> Any:
    """Without what a database cannot keep or writes otherwise: control characters, halves of pairs, fractions."""
    if isinstance(value, str):
        return text.without_forbidden(value)
    if isinstance(value, dict):
        return {text.without_forbidden(name): _clean(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return str(value) if isinstance(value, float) else value
