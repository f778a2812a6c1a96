"""A long log for tests and measurements: entries chained and sealed as the portal does it, written many at a time."""

from datetime import timedelta
from itertools import islice

from agencies.models import Membership
from records import clock
from records.audit.chain import digest_of, seal_of
from records.audit.enums import AuditAction
from records.audit.models import LAYOUT, AuditEntry, AuditHead

_PIECE = 5000
_ACTIONS = (AuditAction.CHANGED, AuditAction.REPORTED, AuditAction.SIGNED_IN, AuditAction.REFUSED)


def fill_log(actor: Membership, number: int) -> None:
    """Add this many entries by a member, a minute apart, as if they had been recorded one by one."""
    head = AuditHead.objects.get()
    entries = _entries(actor, head.sequence, head.digest, number)
    while piece := list(islice(entries, _PIECE)):
        AuditEntry.objects.bulk_create(piece)
    last = AuditEntry.objects.order_by("-sequence").first()
    AuditHead.objects.update(sequence=last.sequence, digest=last.digest, seal=seal_of(last.sequence, last.digest))


def _entries(actor: Membership, sequence: int, digest: str, number: int):
    moment = clock.now() - timedelta(minutes=number)
    for place in range(number):
        sequence, moment = sequence + 1, moment + timedelta(minutes=1)
        entry = AuditEntry(
            sequence=sequence, previous_digest=digest, layout=LAYOUT, at=moment, local_at=clock.wall_clock(moment),
            action=_ACTIONS[place % len(_ACTIONS)], actor_id=actor.pk, actor_label=str(actor), user_id=actor.user_id,
            user_name=actor.user.username, role=actor.role, role_label=actor.get_role_display(),
            agency_id=actor.agency_id, agency_label=str(actor.agency), unit_id=actor.unit_id,
            object_kind="coordination.task", object_id=place % 1000, object_code=f"TN-2022-01.{place % 1000}",
            object_label="Vận động hộ dân hiến đất làm đường", before={"value": "41", "percent": 91},
            after={"value": "44", "percent": 97, "files": []}, address=f"10.0.0.{place % 250}",
            request_id=f"00000000-0000-0000-0000-{place:012}",
        )  # fmt: skip
        entry.digest = digest = digest_of(entry)
        yield entry
