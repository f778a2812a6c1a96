"""Freezing a program's content as a numbered version."""

from django.db import transaction
from django.db.models import Max

from agencies.models import Membership
from coordination.programs.models import Program, ProgramVersion
from coordination.programs.services.snapshot import digest_of, snapshot_of
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record

DRAFT_MAJOR, SIGNING_MAJOR = 0, 1


@transaction.atomic
def freeze(program: Program, *, actor: Membership, for_signing: bool = False) -> ProgramVersion:
    """Keep the content of a program as it stands under the next number: 0.1, 0.2 … for drafts, 1.1, 1.2 … for signing.

    Rule: R-VERSION-1. A draft that was frozen last and did not change since is that version still; one for signing is
    always new. The caller holds the program's row, has asked whether the actor may take the step it belongs to, and
    tells the signing version in the entry of that step.
    """
    content = snapshot_of(program, clock.today())
    digest = digest_of(content)
    last = program.versions.order_by("locked_at", "pk").last()
    if not for_signing and last is not None and not last.for_signing and last.digest == digest:
        return last
    major = SIGNING_MAJOR if for_signing else DRAFT_MAJOR
    version = ProgramVersion.objects.create(
        program=program,
        major=major,
        minor=(program.versions.filter(major=major).aggregate(last=Max("minor"))["last"] or 0) + 1,
        for_signing=for_signing,
        snapshot=content,
        digest=digest,
        locked_at=clock.now(),
        locked_by=actor,
    )
    if not for_signing:
        record(AuditAction.CHANGED, actor=actor, about=program, after={"version": version.label, "digest": digest})
    return version
