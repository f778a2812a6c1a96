"""One-time addresses for a signing tool: one takes the file, one brings it back, each once, for half an hour."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from agencies.models import Membership
from coordination.programs.services.doors import locked
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.files.services import hand_over
from reports.signing.enums import Way
from reports.signing.models import SignedState, SigningAddress, SigningField
from reports.signing.queries import current_state
from reports.signing.services.taking import must_be_next, open_round, take_signed


@dataclass(frozen=True)
class Addresses:
    """The two addresses, told this once and kept nowhere."""

    download: str
    upload: str
    kept: SigningAddress


@transaction.atomic
def open_addresses(field: SigningField, *, actor: Membership) -> Addresses:
    """Make a pair of addresses for the signing tool of whoever brings this signature; earlier ones end with it.

    Rule: R-SIGN-11. The host is the portal's own setting, never what a request says.
    Raises: NotAllowed; Conflict out of turn.
    """
    program = field.round.version.program
    locked(program, actor=actor)
    round = open_round(field, actor)
    must_be_next(round, field)
    now = clock.machine_now()
    field.addresses.filter(used_at=None, ends_at__gt=now).update(ends_at=now)
    download, upload = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    kept = SigningAddress.objects.create(
        field=field,
        state=current_state(round),
        member=actor,
        download_digest=_digest(download),
        upload_digest=_digest(upload),
        made_at=now,
        ends_at=now + timedelta(minutes=settings.SIGNING_ADDRESS_MINUTES),
    )
    told = {"party": field.slot.agency_name, "signing_address": field.name}
    record(AuditAction.CHANGED, actor=actor, about=program, after=told)
    return Addresses(
        settings.PORTAL_ADDRESS + reverse("reports:signing-tool-file", args=[download]),
        settings.PORTAL_ADDRESS + reverse("reports:signing-tool-upload", args=[upload]),
        kept,
    )


@transaction.atomic
def hand_over_by_address(token: str) -> tuple[bytes, str] | None:
    """The file at a download address, once; None for an address that is none, has ended or was used.

    Why no entry of its own: that the file was handed over, to whom and at which address, is told with the file.
    Raises: NotAllowed; Conflict; FileNotFoundError.
    """
    address = _live(SigningAddress.objects.filter(download_digest=_digest(token), downloaded_at=None))
    if address is None:
        return None
    open_round(address.field, address.member)
    address.downloaded_at = clock.machine_now()
    address.save(update_fields=["downloaded_at"])
    file = address.state.file
    about = address.field.round.version.program
    with hand_over(file, about=about, actor=address.member, signing_address=address.field.name) as content:
        return content.read(), file.name


def take_by_address(token: str, content: bytes) -> SignedState | None:
    """The file brought to an upload address; None for an address that is none, has ended or was used.

    Rule: R-SIGN-11. The address is used up by the first whole file that comes, whatever becomes of it.
    Raises: NotAllowed; Conflict; RuleBroken as `take_signed`.
    """
    with transaction.atomic():
        address = _used(token)
    if address is None:
        return None
    return take_signed(address.field, actor=address.member, content=content, way=Way.BY_TOOL)


def _used(token: str) -> SigningAddress | None:
    address = _live(SigningAddress.objects.filter(upload_digest=_digest(token)))
    if address is None:
        return None
    address.used_at = clock.machine_now()
    address.save(update_fields=["used_at"])
    told = {"party": address.field.slot.agency_name, "signing_address": address.field.name}
    record(AuditAction.CHANGED, actor=address.member, about=address.field.round.version.program, after=told)
    return address


def _live(rows) -> SigningAddress | None:
    """An address that holds, of a member who may still act; locked until the transaction ends."""
    found = rows.filter(used_at=None, ends_at__gt=clock.machine_now()).select_for_update(of=("self",)).first()
    if found is None or not Membership.objects.usable_on(clock.today()).filter(pk=found.member_id).exists():
        return None
    return found


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
