"""Grading schemes: written as data, changed until the first score, then copied into the next version."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import AdminUnit, Membership
from coordination.evaluations.models import Criterion, Disclosure, GradeBand, GradingPart, GradingScheme
from coordination.evaluations.permissions import can_edit_scheme, can_keep_schemes
from coordination.evaluations.services.scheme_drafts import BandDraft, CriterionDraft, SchemeDraft
from coordination.evaluations.services.scheme_rules import check_scheme
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken

_COLUMNS = (
    "name", "kind", "basis", "on_time_points", "late_points", "unfinished_points", "asks_self", "asks_cross",
    "reason_below", "difference_from", "spread_from",
)  # fmt: skip


@transaction.atomic
def create_scheme(unit: AdminUnit, *, actor: Membership, draft: SchemeDraft) -> GradingScheme:
    """Write a grading scheme; a name used before makes its next version, so rounds keep theirs.

    Raises: NotAllowed; RuleBroken at the field that does not hold.
    """
    require(can_keep_schemes(actor, unit))
    check_scheme(draft)
    AdminUnit.objects.select_for_update(of=("self",)).get(pk=unit.pk)  # two who write at once take turns
    last = GradingScheme.objects.filter(unit=unit, name=draft.name).aggregate(last=Max("version"))["last"] or 0
    scheme = GradingScheme.objects.create(unit=unit, version=last + 1, **_columns(draft))
    _write_rows(scheme, draft)
    record(AuditAction.CREATED, actor=actor, about=scheme, after={"version": scheme.version} | told(draft))
    return scheme


@transaction.atomic
def edit_scheme(scheme: GradingScheme, *, actor: Membership, draft: SchemeDraft, revision: int) -> GradingScheme:
    """Change a grading scheme under which no score has been given yet; rounds that use it go by the new one.

    Rule: R-EVAL-3. `revision` is the one the writer read.
    Raises: NotAllowed, also once it is locked; Conflict when someone else changed it; RuleBroken naming the field.
    """
    scheme = locked_scheme(scheme)
    require(can_edit_scheme(actor, scheme))
    check_scheme(draft)
    if scheme.revision != revision:
        raise Conflict(_("Someone else has changed this scheme since you opened it."))
    if draft.name != scheme.name:
        raise RuleBroken(_("A scheme keeps its name. Write a new scheme for another name."), "name")
    before = told(draft_of(scheme))
    for column, value in _columns(draft).items():
        setattr(scheme, column, value)
    scheme.revision += 1
    scheme.save()
    for rows in (scheme.parts, scheme.bands, scheme.criteria, scheme.disclosures):
        rows.all().delete()
    _write_rows(scheme, draft)
    after = told(draft)
    changed = [name for name in after if before[name] != after[name]]
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=scheme,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return scheme


@transaction.atomic
def copy_scheme(scheme: GradingScheme, *, actor: Membership) -> GradingScheme:
    """Make the next version of a scheme, the same in everything and not locked.

    Raises: NotAllowed.
    """
    require(can_keep_schemes(actor, scheme.unit))
    return create_scheme(scheme.unit, actor=actor, draft=draft_of(scheme))


def locked_scheme(scheme: GradingScheme) -> GradingScheme:
    """The scheme as it is now, held until the transaction ends."""
    return GradingScheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)


def draft_of(scheme: GradingScheme) -> SchemeDraft:
    """A scheme as it would be written down."""
    return SchemeDraft(
        **{column: getattr(scheme, column) for column in _COLUMNS},
        parts={part.kind: part.weight_percent for part in scheme.parts.all()},
        bands=[BandDraft(band.label, band.from_points, band.tone, band.cap_percent) for band in scheme.bands.all()],
        criteria=[CriterionDraft(one.name, one.max_points, one.kind, one.source) for one in scheme.criteria.all()],
        shown={(row.layer, row.audience): row.since for row in scheme.disclosures.all()},
    )


def told(draft: SchemeDraft) -> dict:
    """What an audit entry tells of a scheme."""
    return _columns(draft) | {
        "parts": {str(kind): weight for kind, weight in draft.parts.items()},
        "bands": [[band.from_points, band.label, band.cap_percent] for band in draft.bands],
        "criteria": [[one.name, one.max_points, str(one.kind), str(one.source)] for one in draft.criteria],
        "shown": sorted([str(layer), str(audience), str(since)] for (layer, audience), since in draft.shown.items()),
    }


def _columns(draft: SchemeDraft) -> dict:
    return {column: getattr(draft, column) for column in _COLUMNS}


def _write_rows(scheme: GradingScheme, draft: SchemeDraft) -> None:
    GradingPart.objects.bulk_create(
        GradingPart(scheme=scheme, kind=kind, weight_percent=weight) for kind, weight in draft.parts.items()
    )
    GradeBand.objects.bulk_create(
        GradeBand(
            scheme=scheme,
            position=position,
            label=band.label,
            from_points=band.from_points,
            tone=band.tone,
            cap_percent=band.cap_percent,
        )
        for position, band in enumerate(draft.bands, start=1)
    )
    Criterion.objects.bulk_create(
        Criterion(
            scheme=scheme,
            position=position,
            name=one.name,
            max_points=one.max_points,
            kind=one.kind,
            source=one.source,
        )
        for position, one in enumerate(draft.criteria, start=1)
    )
    Disclosure.objects.bulk_create(
        Disclosure(scheme=scheme, layer=layer, audience=audience, since=since)
        for (layer, audience), since in draft.shown.items()
    )
