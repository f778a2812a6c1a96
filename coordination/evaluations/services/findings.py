"""What a round found: written by the secretariat, in the order it is to be read."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.models import Membership
from coordination.evaluations.enums import CauseKind, FindingKind
from coordination.evaluations.models import EvaluationRound, Finding
from coordination.evaluations.permissions import can_keep_round
from coordination.programs.models import Program
from coordination.tasks.models import Task
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@transaction.atomic
def add_finding(
    round: EvaluationRound,
    *,
    actor: Membership,
    kind: FindingKind,
    text: str,
    heading: str = "",
    program: Program | None = None,
    cause_kind: CauseKind | str = "",
    of_limitation: Finding | None = None,
    remedied_by: Task | None = None,
    is_doubtful: bool = False,
) -> Finding:
    """Write down what the round found, about one program or about all of them.

    Rule: a cause is objective or subjective; a cause or a lesson may name the limitation it belongs to.
    Raises: NotAllowed, also when the round is closed; RuleBroken at the field that can mend it.
    """
    round = EvaluationRound.objects.select_for_update(of=("self",)).get(pk=round.pk)
    require(can_keep_round(actor, round))
    if not text.strip():
        raise RuleBroken(_("Enter the finding"), "text")
    if (kind == FindingKind.CAUSE) != bool(cause_kind):
        raise RuleBroken(_("Choose objective or subjective for a cause, and only for a cause."), "cause_kind")
    if program is not None and not round.programs.filter(pk=program.pk).exists():
        raise RuleBroken(_("Choose a program of this evaluation."), "program")
    if of_limitation is not None and not _is_limitation_of(round, of_limitation):
        raise RuleBroken(_("Choose a limitation of this evaluation."), "of_limitation")
    if remedied_by is not None and not Task.objects.visible_to(actor).filter(pk=remedied_by.pk).exists():
        require(unseen())
    if remedied_by is not None and kind != FindingKind.LIMITATION:
        raise RuleBroken(_("Only a limitation names the task that mends it."), "remedied_by")
    last = round.findings.aggregate(last=Max("position"))["last"] or 0
    finding = Finding.objects.create(
        round=round,
        program=program,
        kind=kind,
        position=last + 1,
        heading=heading,
        text=text,
        cause_kind=cause_kind,
        of_limitation=of_limitation,
        remedied_by=remedied_by,
        is_doubtful=is_doubtful,
    )
    told = {"kind": kind, "heading": heading, "text": text, "cause_kind": cause_kind, "is_doubtful": is_doubtful}
    told |= {"program": program.code if program else "", "of_limitation": of_limitation.text if of_limitation else ""}
    told |= {"remedied_by": remedied_by.code if remedied_by else ""}
    record(AuditAction.CREATED, actor=actor, about=finding, after=told)
    return finding


def _is_limitation_of(round: EvaluationRound, finding: Finding) -> bool:
    return finding.round_id == round.pk and finding.kind == FindingKind.LIMITATION
