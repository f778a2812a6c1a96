"""The agenda: items are put on it before, moved on and minuted during the conference."""

from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.directory.lineage import must_exist_on
from agencies.models import Agency, Membership
from coordination.conferences.enums import AgendaKind, AgendaState, ConferenceState
from coordination.conferences.models import AgendaItem, Conference
from coordination.conferences.permissions import can_keep_record, can_run_conference
from coordination.conferences.services.locking import locked, next_position
from coordination.conferences.workflow import AGENDA_MOVES
from coordination.programs.models import Program
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@transaction.atomic
def add_agenda_item(
    conference: Conference,
    *,
    actor: Membership,
    kind: AgendaKind,
    title: str,
    starts_at: time | None = None,
    presenter_agency: Agency | None = None,
    presenter: str = "",
    program: Program | None = None,
) -> AgendaItem:
    """Put an item at the end of the agenda.

    Raises: NotAllowed, also when the conference has been held; RuleBroken when it has no title.
    """
    conference = locked(conference)
    require(can_run_conference(actor, conference))
    if not title.strip():
        raise RuleBroken(_("Enter the agenda item"), "title")
    if program is not None and not Program.objects.visible_to(actor).filter(pk=program.pk).exists():
        require(unseen())
    if presenter_agency is not None:
        must_exist_on([presenter_agency], conference.held_on, "presenter_agency")
    item = AgendaItem.objects.create(
        conference=conference,
        position=next_position(conference.agenda),
        kind=kind,
        title=title,
        starts_at=starts_at,
        presenter_agency=presenter_agency,
        presenter=presenter,
        program=program,
    )
    told = {"title": title, "kind": kind, "starts_at": starts_at, "presenter": presenter or str(presenter_agency or "")}
    record(AuditAction.CREATED, actor=actor, about=item, after=told)
    return item


@transaction.atomic
def advance_agenda(item: AgendaItem, *, actor: Membership, state: AgendaState, minutes: str = "") -> AgendaItem:
    """Move an agenda item on and write its minutes; without new minutes the old ones stay.

    Rule: items move while the conference is in session; minutes are also written afterwards.
    Raises: NotAllowed; RuleBroken at `state`.
    """
    conference = locked(item.conference)
    require(can_keep_record(actor, conference))
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    before = {"state": item.state, "minutes": item.minutes}
    if state != item.state:
        require(can_run_conference(actor, conference))
        _check_move(conference, item, state)
    item.state, item.minutes = state, minutes or item.minutes
    item.save(update_fields=["state", "minutes"])
    action = AuditAction.MOVED if state != before["state"] else AuditAction.CHANGED
    record(action, actor=actor, about=item, before=before, after={"state": item.state, "minutes": item.minutes})
    return item


def _check_move(conference: Conference, item: AgendaItem, state: AgendaState) -> None:
    if conference.state != ConferenceState.RUNNING:
        raise RuleBroken(_("Open the conference first; then its agenda can move on."), "state")
    if state not in AGENDA_MOVES[item.state]:
        raise RuleBroken(
            _("An item that is “%(state)s” cannot become “%(next)s”.")
            % {"state": item.status.label, "next": AgendaState(state).label},
            "state",
        )
