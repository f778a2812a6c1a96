"""How an entry is written for its digest, and how the head of the chain is sealed.

Rule: R-AUDIT-3, R-AUDIT-4.
Why two things: digests tie each entry to the one before it, so a change in the middle is found by anybody; the seal
ties the last entry to a key that is not in the database, so an end cut off or written anew is found as well.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from records.audit.models import FIRST_LAYOUT, LAYOUT, AuditEntry, AuditHead

_SALT = "records.audit.head"
_NEW = {
    "local_at", "user_id", "user_name", "role", "role_label", "agency_label", "object_code", "layout",
}  # fmt: skip
_ALL = [field.attname for field in AuditEntry._meta.fields if field.attname != "digest"]

# The columns a digest covers. A column added later belongs to a new layout: digests once written must stay true.
COLUMNS: dict[int, tuple[str, ...]] = {
    FIRST_LAYOUT: tuple(sorted(set(_ALL) - _NEW)),
    LAYOUT: tuple(sorted(_ALL)),
}
# What an entry of an older layout leaves empty, so that nothing can be written into it afterwards.
EMPTY: dict[int, tuple[str, ...]] = {FIRST_LAYOUT: tuple(sorted(_NEW - {"layout"})), LAYOUT: ()}

_write = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def digest_of(entry: AuditEntry) -> str:
    """SHA-256 over every column the entry's layout covers, the digest before it among them."""
    return digest_of_values({name: getattr(entry, name) for name in COLUMNS[entry.layout]})


def digest_of_values(values: Mapping[str, Any]) -> str:
    """SHA-256 of the columns in one fixed writing: sorted names, no spaces, letters as they are, moments in UTC."""
    moment = values["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(_write({**values, "at": moment}).encode()).hexdigest()


def seal_of(sequence: int, digest: str, *, key: str = "") -> str:
    """HMAC-SHA256 of a head, with a key derived from the portal's secret key."""
    sealed = salted_hmac(_SALT, f"{sequence}:{digest}", secret=key or settings.SECRET_KEY, algorithm="sha256")
    return sealed.hexdigest()


def is_sealed(head: AuditHead) -> bool:
    """Whether the portal sealed the head, with its present key or with one it had before."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(seal_of(head.sequence, head.digest, key=key), head.seal) for key in keys)
