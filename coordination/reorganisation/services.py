"""Applying and undoing a reorganisation: what happens to bodies, people and open work, in one act."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.enums import Role
from agencies.models import AdminUnit, Agency, Membership, Reorganisation
from agencies.people.services.last_administrator import no_unit_left_without
from agencies.reorganisation.enums import ReorganisationState, Subject
from agencies.reorganisation.plans import Ref
from agencies.reorganisation.queries import Ground, ground_of
from agencies.reorganisation.services import (
    Journal,
    Touched,
    carry_out,
    hold_rows,
    lock_accounts,
    lock_bodies,
    locked,
    mark_applied,
    mark_undone,
    must_be_in,
    must_be_revision,
    reached,
    tables_of_agencies,
    take_back,
)
from coordination.handover.services import hand_over, lock_work, tables_of_work, touch
from coordination.reorganisation.queries import Preview, built_since, preview_of
from records import wording
from records.errors import Conflict, RuleBroken


class PreviewChanged(Conflict):
    """The world changed since the preview was read: nothing was applied, the new preview is to be read first."""


@transaction.atomic
def apply(act: Reorganisation, *, actor: Membership, revision: int, digest: str) -> Reorganisation:
    """Carry an act out from its day on, exactly as it was previewed.

    Rule: R-SUCC-2. Everything in one transaction: bodies, names, members, posts, offices, open work, the journal.
    Raises: NotAllowed; PreviewChanged when it would now do something else than was previewed; Conflict; RuleBroken
    naming what must be decided first, or the day from which it can be applied.
    """
    act = locked(act, actor=actor)
    must_be_in(act, ReorganisationState.PREPARED)
    must_be_revision(act, revision)
    seen = preview_of(act)
    lock_work(seen.work)
    lock_accounts(seen.effects)
    with no_unit_left_without(_administrators_concerned(seen), actor=actor):
        lock_bodies(ground_of(act), seen.effects)
        ground = ground_of(act)
        preview = preview_of(act, ground)
        _must_be_ready(preview)
        if preview.digest != digest:
            raise PreviewChanged(
                _("What the reorganisation does has changed since you read it. Read it again, then apply.")
            )
        _carry_out_watched(act, preview, ground, actor)
    return mark_applied(act, actor=actor, digest=digest, told=preview.counts())


@transaction.atomic
def undo(act: Reorganisation, *, actor: Membership, revision: int, reason: str) -> Reorganisation:
    """Put everything back as it was before an act was applied, while nothing was built on it.

    Rule: R-SUCC-7.
    Raises: NotAllowed; Conflict; RuleBroken listing what was built on it, or without a reason.
    """
    act = locked(act, actor=actor)
    must_be_in(act, ReorganisationState.APPLIED)
    must_be_revision(act, revision)
    reason = " ".join(reason.split())
    if not reason:
        raise RuleBroken(_("Give the reason"), "reason")
    hold_rows(act)
    if built := built_since(act):
        told = {"list": "; ".join(one.words for one in built)}
        raise RuleBroken(_("Since then there are: %(list)s. The reorganisation can no longer be undone.") % told)
    take_back(act)
    return mark_undone(act, actor=actor, reason=reason)


def _must_be_ready(preview: Preview) -> None:
    if stops := preview.stops:
        told = {"list": "; ".join(problem.text for problem in stops)}
        raise RuleBroken(_("First decide: %(list)s") % told)
    if not preview.has_come:
        told = {"day": wording.day(preview.act.effective_on)}
        raise RuleBroken(_("The reorganisation can be applied from %(day)s on.") % told)


def _carry_out_watched(act: Reorganisation, preview: Preview, ground: Ground, actor: Membership) -> None:
    touched = Touched(*reached(ground, preview.effects))
    touch(touched, preview.work)
    journal = Journal(act, [*tables_of_agencies(), *tables_of_work()], touched)
    founded = carry_out(act, preview.effects, actor=actor)

    def body(ref: Ref) -> Agency:
        return founded[ref] if isinstance(ref, str) else Agency.objects.get(pk=ref)

    hand_over(act, preview.work, bodies=body, actor=actor)
    touched.units |= {one.pk for one in founded.values() if isinstance(one, AdminUnit)}
    touched.agencies |= {one.pk for one in founded.values() if isinstance(one, Agency)}
    journal.close()


def _administrators_concerned(preview: Preview) -> list[Membership]:
    """Those whose role moves or ends, except administrators of a unit that ends with it."""
    numbers = [one.membership for one in preview.effects.people.members]
    ending = {one.body for one in preview.effects.bodies.ended if one.subject == Subject.UNIT}
    rows = Membership.objects.filter(pk__in=numbers, role__in=(Role.SYSTEM_ADMIN, Role.UNIT_ADMIN))
    rows = list(rows.select_related("agency"))
    return [row for row in rows if row.role == Role.SYSTEM_ADMIN or row.unit_id not in ending]
