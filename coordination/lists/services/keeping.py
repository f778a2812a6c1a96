"""Keeping the views officials return to."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.lists.models import SavedView
from coordination.lists.permissions import can_change_view, can_save_view
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken

MOST_VIEWS = 30


@transaction.atomic
def save_view(
    *, actor: Membership, name: str, query: str, is_shared: bool = False, is_pinned: bool = True
) -> SavedView:
    """Keep filters, order and columns under a name, for oneself or for one's agency.

    Rule: R-LIST-2.
    Raises: NotAllowed; RuleBroken for a name one has already, or for too many views.
    """
    require(can_save_view(actor))
    own = SavedView.objects.select_for_update().filter(member=actor)
    _refuse_same_name(own, name)
    if own.count() >= MOST_VIEWS:
        raise RuleBroken(_("You keep %(count)s views already. Delete one you no longer need.") % {"count": MOST_VIEWS})
    kept = {"name": name, "query": query, "is_shared": is_shared, "is_pinned": is_pinned}
    view = SavedView.objects.create(member=actor, agency=actor.agency, saved_at=clock.now(), **kept)
    record(AuditAction.CREATED, actor=actor, about=view, after=kept)
    return view


@transaction.atomic
def change_view(view: SavedView, *, actor: Membership, name: str, is_shared: bool, is_pinned: bool) -> SavedView:
    """Rename a view, share it or keep it for oneself, show it above the list or only on its page.

    Raises: NotAllowed; RuleBroken for a name its keeper has already.
    """
    view = SavedView.objects.select_for_update().get(pk=view.pk)
    require(can_change_view(actor, view))
    _refuse_same_name(SavedView.objects.filter(member=view.member_id).exclude(pk=view.pk), name)
    changed = {"name": name, "is_shared": is_shared, "is_pinned": is_pinned}
    before = {column: getattr(view, column) for column in changed}
    for column, value in changed.items():
        setattr(view, column, value)
    view.save(update_fields=list(changed))
    record(AuditAction.CHANGED, actor=actor, about=view, before=before, after=changed)
    return view


@transaction.atomic
def delete_view(view: SavedView, *, actor: Membership) -> None:
    """Delete a view; the tasks it showed are not touched.

    Raises: NotAllowed.
    """
    view = SavedView.objects.select_for_update().get(pk=view.pk)
    require(can_change_view(actor, view))
    record(AuditAction.ENDED, actor=actor, about=view, before={"name": view.name, "query": view.query})
    view.delete()


def _refuse_same_name(others, name: str) -> None:
    if others.filter(name=name).exists():
        raise RuleBroken(_("You have a view of this name already"), "name")
