"""Grading schemes: written as data, locked once a round uses them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import AdminUnit, Membership
from coordination.evaluations.enums import PartKind
from coordination.evaluations.models import Criterion, GradeBand, GradingPart, GradingScheme
from coordination.evaluations.permissions import can_keep_schemes
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken

WHOLE = 100


@transaction.atomic
def create_scheme(
    unit: AdminUnit,
    *,
    actor: Membership,
    name: str,
    parts: Mapping[PartKind, int],
    bands: Sequence[tuple[Decimal | int, str, str]],
    criteria: Sequence[tuple[str, int]] = (),
    on_time_points: Decimal | int = 100,
    late_points: Decimal | int = 70,
    unfinished_points: Decimal | int = 70,
) -> GradingScheme:
    """Write a grading scheme; the same name again makes the next version, so closed rounds keep theirs.

    Units: part weights in percent, points out of 100; a band is its lowest points, its label and its tone.
    Raises: NotAllowed; RuleBroken when there is no band or the criteria give more than 100 points.
    """
    require(can_keep_schemes(actor, unit))
    if not bands:
        raise RuleBroken(_("A grading scheme needs at least one grade."), "bands")
    if sum(most for _name, most in criteria) > WHOLE:
        raise RuleBroken(_("The criteria together give more than 100 points."), "criteria")
    last = GradingScheme.objects.filter(unit=unit, name=name).aggregate(last=Max("version"))["last"] or 0
    scheme = GradingScheme.objects.create(
        unit=unit,
        name=name,
        version=last + 1,
        on_time_points=on_time_points,
        late_points=late_points,
        unfinished_points=unfinished_points,
    )
    for kind, weight in parts.items():
        GradingPart.objects.create(scheme=scheme, kind=kind, weight_percent=weight)
    for from_points, label, tone in bands:
        GradeBand.objects.create(scheme=scheme, from_points=from_points, label=label, tone=tone)
    for position, (title, most) in enumerate(criteria, start=1):
        Criterion.objects.create(scheme=scheme, position=position, name=title, max_points=most)
    told = {"parts": dict(parts), "version": scheme.version, "bands": [list(band) for band in bands]}
    record(AuditAction.CREATED, actor=actor, about=scheme, after=told | {"criteria": [list(one) for one in criteria]})
    return scheme
