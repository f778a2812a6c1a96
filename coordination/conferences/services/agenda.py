"""The agenda: items are put on it, changed and put in order before and during the conference, run and minuted in it."""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Manager, Max
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.directory.lineage import must_exist_on
from agencies.models import Agency, Membership
from coordination.conferences.enums import AgendaKind, AgendaState, ConferenceState, SpeechState
from coordination.conferences.models import AgendaItem, Conference
from coordination.conferences.permissions import can_keep_record, can_run_conference
from coordination.conferences.services.groups import swap
from coordination.conferences.services.locking import locked, next_position
from coordination.conferences.workflow import AGENDA_MOVES
from coordination.programs.models import Program
from coordination.programs.services.doors import must_be_revision
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken

LONGEST_MINUTES = 600
_FACTS = ("kind", "title", "starts_at", "duration_minutes", "presenter")


@transaction.atomic
def add_agenda_item(
    conference: Conference,
    *,
    actor: Membership,
    kind: AgendaKind,
    title: str,
    starts_at: time | None = None,
    duration_minutes: int | None = None,
    presenter_agency: Agency | None = None,
    presenter: str = "",
    program: Program | None = None,
) -> AgendaItem:
    """Put an item at the end of the agenda.

    Raises: NotAllowed, also when the conference has been held; RuleBroken when it has no title or takes no time.
    """
    conference = locked(conference)
    require(can_run_conference(actor, conference))
    _check_facts(conference, title, duration_minutes, presenter_agency, program, actor=actor)
    item = AgendaItem.objects.create(
        conference=conference,
        number=next_number(conference.agenda),
        position=next_position(conference.agenda),
        kind=kind,
        title=title,
        starts_at=starts_at,
        duration_minutes=duration_minutes,
        presenter_agency=presenter_agency,
        presenter=presenter,
        program=program,
    )
    record(AuditAction.CREATED, actor=actor, about=item, after=_told(item))
    return item


@transaction.atomic
def edit_agenda_item(
    item: AgendaItem,
    *,
    actor: Membership,
    revision: int,
    kind: AgendaKind,
    title: str,
    starts_at: time | None = None,
    duration_minutes: int | None = None,
    presenter_agency: Agency | None = None,
    presenter: str = "",
    program: Program | None = None,
) -> AgendaItem:
    """Change what is planned for an item; its state and its minutes stay.

    Raises: NotAllowed, also when the conference has been held; Conflict when somebody else saved it meanwhile;
    RuleBroken as when it is added.
    """
    conference = locked(item.conference)
    require(can_run_conference(actor, conference))
    item = held_item(item)
    must_be_revision(item, revision)
    before = _told(item)
    program = _kept_where_unseen(item, program, actor=actor)
    _check_facts(conference, title, duration_minutes, presenter_agency, program, actor=actor, was=item)
    item.kind, item.title, item.starts_at, item.duration_minutes = kind, title, starts_at, duration_minutes
    item.presenter_agency, item.presenter, item.program = presenter_agency, presenter, program
    item.revision += 1
    item.save()
    after = _told(item)
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        told = {"before": {name: before[name] for name in changed}, "after": {name: after[name] for name in changed}}
        record(AuditAction.CHANGED, actor=actor, about=item, **told)
    return item


@transaction.atomic
def move_agenda_item(item: AgendaItem, *, actor: Membership, up: bool) -> bool:
    """Put an item one place up or down; whether it moved. Its number and its times stay.

    Raises: NotAllowed, also when the conference has been held.
    """
    conference = locked(item.conference)
    require(can_run_conference(actor, conference))
    rows = list(conference.agenda.order_by("position"))
    if not swap(rows, item, up=up):
        return False
    place = list(conference.agenda.order_by("position").values_list("pk", flat=True)).index(item.pk) + 1
    record(AuditAction.CHANGED, actor=actor, about=item, after={"place": place})
    return True


@transaction.atomic
def remove_agenda_item(item: AgendaItem, *, actor: Membership) -> None:
    """Take an item off the agenda that has not begun and of which nothing was written down; twice is once.

    Raises: NotAllowed, also when the conference has been held; RuleBroken when something would be lost with it.
    """
    conference = locked(item.conference)
    require(can_run_conference(actor, conference))
    item = conference.agenda.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if item is None:
        return
    if not item.is_waiting:
        raise RuleBroken(_("The item has been begun; it stays on the agenda."))
    if item.minutes or item.speeches.exists() or item.papers.exists():
        raise RuleBroken(_("Minutes, speeches or papers belong to this item; move or remove them first."))
    told = {"before": {"agenda_item": item.title}, "after": {"agenda_item": ""}}
    record(AuditAction.CHANGED, actor=actor, about=conference, **told)
    item.delete()


@transaction.atomic
def advance_agenda(
    item: AgendaItem,
    *,
    actor: Membership,
    state: AgendaState,
    minutes: str | None = None,
    revision: int | None = None,
) -> AgendaItem:
    """Move an agenda item on and write its minutes; without new minutes the old ones stay.

    Rule: R-AGENDA-2. Items move while the conference is in session, one at a time: what is under way ends when another
    begins. Minutes are also written afterwards.
    Raises: NotAllowed; Conflict when somebody else wrote it since `revision`; RuleBroken at `state`.
    """
    conference = locked(item.conference)
    require(can_keep_record(actor, conference))
    item = held_item(item)
    if revision is not None:
        must_be_revision(item, revision)
    before = {"state": item.state, "minutes": item.minutes}
    if state != item.state:
        require(can_run_conference(actor, conference))
        _check_move(conference, item, state)
        _make_room(conference, item, state, actor=actor)
        _stamp(item, state, clock.now())
    if minutes is not None and minutes != item.minutes:
        item.minutes = minutes
        item.revision += 1
    if (after := {"state": item.state, "minutes": item.minutes}) == before:
        return item
    item.save(update_fields=["state", "minutes", "revision", "began_at", "ended_at"])
    action = AuditAction.MOVED if item.state != before["state"] else AuditAction.CHANGED
    record(action, actor=actor, about=item, before=before, after=after)
    return item


def held_item(item: AgendaItem) -> AgendaItem:
    """An item as it is now, its conference held by the caller."""
    return AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)


def next_number(rows: Manager) -> int:
    """The number after the highest one in a list."""
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def end_floor(conference: Conference, *, actor: Membership, but_for: int | None = None) -> None:
    """Whoever has the floor has spoken. The conference is held by the caller."""
    for speech in conference.speeches.filter(state=SpeechState.SPEAKING).exclude(pk=but_for):
        speech.state, speech.ended_at = SpeechState.SPOKEN, clock.now()
        speech.save(update_fields=["state", "ended_at"])
        told = {"before": {"floor": SpeechState.SPEAKING}, "after": {"floor": SpeechState.SPOKEN}}
        record(AuditAction.MOVED, actor=actor, about=speech, **told)


@transaction.atomic
def end_what_runs(conference: Conference, *, actor: Membership, but_for: int | None = None) -> None:
    """Items under way are done. The conference is held by the caller."""
    for other in conference.agenda.filter(state=AgendaState.RUNNING).exclude(pk=but_for):
        before = {"state": other.state, "minutes": other.minutes}
        _stamp(other, AgendaState.DONE, clock.now())
        other.save(update_fields=["state", "began_at", "ended_at"])
        record(AuditAction.MOVED, actor=actor, about=other, before=before, after={**before, "state": other.state})


def _check_facts(
    conference: Conference,
    title: str,
    duration_minutes: int | None,
    presenter_agency: Agency | None,
    program: Program | None,
    *,
    actor: Membership,
    was: AgendaItem | None = None,
) -> None:
    if not title.strip():
        raise RuleBroken(_("Enter the agenda item"), "title")
    if duration_minutes is not None and not 1 <= duration_minutes <= LONGEST_MINUTES:
        raise RuleBroken(
            _("Enter a duration from 1 to %(most)s minutes") % {"most": LONGEST_MINUTES}, "duration_minutes"
        )
    is_new = program is not None and (was is None or was.program_id != program.pk)
    if is_new and not Program.objects.visible_to(actor).filter(pk=program.pk).exists():
        require(unseen())
    if presenter_agency is not None:
        must_exist_on([presenter_agency], conference.held_on, "presenter_agency")


def _kept_where_unseen(item: AgendaItem, program: Program | None, *, actor: Membership) -> Program | None:
    """The program the form names; one the actor does not see is not offered there and stays."""
    if program is not None or item.program_id is None:
        return program
    seen = Program.objects.visible_to(actor).filter(pk=item.program_id).exists()
    return None if seen else item.program


def _told(item: AgendaItem) -> dict:
    by = item.presenter or str(item.presenter_agency or "")
    return {name: getattr(item, name) for name in _FACTS} | {"presenter": by}


def _check_move(conference: Conference, item: AgendaItem, state: AgendaState) -> None:
    if conference.state != ConferenceState.RUNNING:
        raise RuleBroken(_("Open the conference first; then its agenda can move on."), "state")
    if state not in AGENDA_MOVES[item.state]:
        raise RuleBroken(
            _("An item that is “%(state)s” cannot become “%(next)s”.")
            % {"state": item.status.label, "next": AgendaState(state).label},
            "state",
        )


def _make_room(conference: Conference, item: AgendaItem, state: AgendaState, *, actor: Membership) -> None:
    """One item at a time, and nobody keeps the floor beyond the item it was given in. Rule: R-AGENDA-2."""
    if state == AgendaState.RUNNING:
        end_what_runs(conference, actor=actor, but_for=item.pk)
    if state == AgendaState.RUNNING or item.status.is_now:
        end_floor(conference, actor=actor)


def _stamp(item: AgendaItem, state: AgendaState, now: datetime) -> None:
    """Note when it began and ended; what is taken up again has not ended, what was put back has not begun."""
    item.state = state
    if state == AgendaState.WAITING:
        item.began_at = item.ended_at = None
    elif state == AgendaState.RUNNING:
        item.began_at, item.ended_at = item.began_at or now, None
    elif item.began_at is not None:
        item.ended_at = now
