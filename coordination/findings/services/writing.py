"""What a round found: written by the secretariat in the order it is to be read, changed until the round is closed."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Agency, Membership
from coordination.evaluations.models import EvaluationRound
from coordination.evaluations.permissions import can_keep_round
from coordination.findings.enums import CauseKind, FindingKind
from coordination.findings.models import Finding
from coordination.findings.permissions import can_write_finding
from coordination.programs.models import Program
from records.audit.enums import AuditAction
from records.audit.services import named, record
from records.errors import Conflict, RuleBroken

_OF_A_LIMITATION = (FindingKind.CAUSE, FindingKind.LESSON, FindingKind.RECOMMENDATION)


@dataclass(frozen=True)
class FindingDraft:
    """Everything that is said of a finding before it is written."""

    kind: FindingKind | str
    text: str
    heading: str = ""
    program: Program | None = None
    cause_kind: CauseKind | str = ""
    of_limitation: Finding | None = None
    repeats: Finding | None = None
    addressee: Agency | None = None
    addressee_words: str = ""
    is_doubtful: bool = False


@transaction.atomic
def add_finding(round: EvaluationRound, *, actor: Membership, **said) -> Finding:
    """Write down what the round found, about one program or about all of them, after what is there.

    Rule: R-FINDING-1. Shape: `said` are the fields of a `FindingDraft`.
    Raises: NotAllowed, also when the round is closed; RuleBroken at the field that can mend it.
    """
    round = _locked(round)
    require(can_keep_round(actor, round))
    draft = FindingDraft(**said)
    _check(draft, round, actor)
    last = round.findings.aggregate(last=Max("position"))["last"] or 0
    finding = Finding.objects.create(round=round, position=last + 1, **vars(draft))
    record(AuditAction.CREATED, actor=actor, about=finding, after=_told(finding))
    return finding


@transaction.atomic
def edit_finding(finding: Finding, *, actor: Membership, revision: int, **said) -> Finding:
    """Change a finding nobody else has changed since the actor opened it.

    Raises: NotAllowed, also when the round is closed; Conflict when the revision is stale; RuleBroken at the field,
    also where something hangs on its being a limitation.
    """
    round = _locked(finding.round)
    finding = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    require(can_write_finding(actor, finding))
    if finding.revision != revision:
        raise Conflict(_("Someone else has just changed this finding."))
    draft = FindingDraft(**said)
    _check(draft, round, actor, finding)
    before = _told(finding)
    for name, value in vars(draft).items():
        setattr(finding, name, value)
    after = _told(finding)
    if before == after:
        return finding
    finding.revision += 1
    finding.save()
    record(AuditAction.CHANGED, actor=actor, about=finding, before=before, after=after)
    return finding


@transaction.atomic
def remove_finding(finding: Finding, *, actor: Membership) -> None:
    """Take a finding off the round while it is open; what it said stays in the log.

    Raises: NotAllowed, also when the round is closed; RuleBroken where causes, lessons or a remedy hang on it.
    """
    _locked(finding.round)
    finding = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    require(can_write_finding(actor, finding))
    if _is_built_on(finding):
        raise RuleBroken(_("Causes, lessons, a remedy or a later limitation hang on it. Change or remove those first."))
    record(AuditAction.ENDED, actor=actor, about=finding, before=_told(finding))
    finding.delete()


def _locked(round: EvaluationRound) -> EvaluationRound:
    return EvaluationRound.objects.select_for_update(of=("self",)).get(pk=round.pk)


def _is_built_on(finding: Finding) -> bool:
    decided = finding.remedied_by_id is not None or finding.waived_at is not None
    return decided or finding.causes_and_lessons.exists() or finding.repeated_by.exists()


def _check(draft: FindingDraft, round: EvaluationRound, actor: Membership, finding: Finding | None = None) -> None:
    """A finding says something, and each of its ties belongs to its kind. Rule: R-FINDING-1."""
    if not draft.text.strip():
        raise RuleBroken(_("Enter the finding"), "text")
    if (draft.kind == FindingKind.CAUSE) != bool(draft.cause_kind):
        raise RuleBroken(_("Choose objective or subjective for a cause, and only for a cause."), "cause_kind")
    if draft.program is not None and not round.programs.filter(pk=draft.program.pk).exists():
        raise RuleBroken(_("Choose a program of this evaluation."), "program")
    if finding is not None and finding.is_limitation and draft.kind != FindingKind.LIMITATION and _is_built_on(finding):
        raise RuleBroken(_("Causes, lessons or a remedy hang on this limitation, so it stays one."), "kind")
    _check_limitation(draft, round, finding)
    _check_repeats(draft, round, actor, finding)
    _check_addressee(draft)


def _check_limitation(draft: FindingDraft, round: EvaluationRound, finding: Finding | None) -> None:
    """A cause, a lesson or a recommendation may name a limitation of the same round."""
    limitation = draft.of_limitation
    if limitation is None:
        return
    if draft.kind not in _OF_A_LIMITATION:
        raise RuleBroken(_("Only a cause, a lesson or a recommendation belongs to a limitation."), "of_limitation")
    if limitation.round_id != round.pk or not limitation.is_limitation:
        raise RuleBroken(_("Choose a limitation of this evaluation."), "of_limitation")
    if finding is not None and limitation.pk == finding.pk:
        raise RuleBroken(_("Choose another finding than this one."), "of_limitation")


def _check_repeats(draft: FindingDraft, round: EvaluationRound, actor: Membership, finding: Finding | None) -> None:
    """A limitation may repeat one that the actor sees, of a round whose figures were cut off before this one's."""
    earlier = draft.repeats
    if earlier is None:
        return
    if draft.kind != FindingKind.LIMITATION:
        raise RuleBroken(_("Only a limitation repeats an earlier one."), "repeats")
    seen = Finding.objects.visible_to(actor).limitations().filter(pk=earlier.pk).select_related("round").first()
    kept = finding is not None and finding.repeats_id == earlier.pk
    if not kept and (seen is None or seen.round.cut_off_on >= round.cut_off_on):
        raise RuleBroken(_("Choose a limitation of an earlier evaluation."), "repeats")


def _check_addressee(draft: FindingDraft) -> None:
    named_so = bool(draft.addressee) + bool(draft.addressee_words.strip())
    if named_so and draft.kind != FindingKind.RECOMMENDATION:
        raise RuleBroken(_("Only a recommendation is addressed to somebody."), "addressee")
    if named_so > 1:
        raise RuleBroken(_("Choose an agency or write who it is, not both."), "addressee_words")


def _told(finding: Finding) -> dict:
    """What the log keeps of a finding."""
    return {
        "kind": str(finding.kind),
        "heading": finding.heading,
        "text": finding.text,
        "cause_kind": str(finding.cause_kind),
        "is_doubtful": finding.is_doubtful,
        "program": finding.program.code if finding.program else "",
        "of_limitation": str(finding.of_limitation or ""),
        "repeats": f"{finding.repeats.round.year}: {finding.repeats}" if finding.repeats else "",
        "addressed_to": named(finding.addressee) if finding.addressee else finding.addressee_words,
    }
