"""What happened to a conference and everything kept about it, in plain words."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agencies.models import Membership
from coordination.conferences.enums import (
    AgendaKind,
    AgendaState,
    CommendationForm,
    CommendationState,
    Commended,
    ConferenceState,
    HalfDay,
    Presence,
    ProgramPurpose,
    Rank,
    Reply,
    SpeechKind,
    SpeechState,
)
from coordination.conferences.models import Conference
from coordination.programs.models import Program
from coordination.tasks.models import Task
from records.audit import history
from records.audit.enums import AuditAction
from records.audit.history import History, Told, Word
from records.audit.models import AuditEntry
from records.audit.queries import entries_about

CONFERENCE = {
    "state": Word(pgettext_lazy("audit", "State"), history.choice(ConferenceState)),
    "title": Word(gettext_lazy("Title of the conference"), history.text),
    "full_title": Word(gettext_lazy("Full title"), history.text),
    "held_on": Word(gettext_lazy("Day"), history.day),
    "half_day": Word(gettext_lazy("Half-day"), history.choice(HalfDay)),
    "starts_at": Word(gettext_lazy("Begins at"), history.hour),
    "ended_at": Word(gettext_lazy("Ended at"), history.hour),
    "place": Word(gettext_lazy("Place"), history.text),
    "organiser": Word(gettext_lazy("Organiser"), history.text),
    "review_year": Word(gettext_lazy("Year reviewed"), history.whole),
    "plan_year": Word(gettext_lazy("Year planned"), history.whole),
    "sent": Word(gettext_lazy("Invitations sent"), history.whole),
    "reply_by": Word(gettext_lazy("Answer by"), history.day),
    "asked_to_answer": Word(gettext_lazy("Reminded to answer"), history.text),
    "year_theme": Word(gettext_lazy("Theme of the year"), history.text),
    "program": Word(gettext_lazy("Program"), history.text),
    "purpose": Word(gettext_lazy("Purpose"), history.choice(ProgramPurpose)),
    "chaired_by": Word(gettext_lazy("Chaired by"), history.text),
    "concluded_by": Word(gettext_lazy("Concluded by"), history.text),
    "concluded_by_title": Word(gettext_lazy("Title of that day"), history.text),
    "highest_guest": Word(gettext_lazy("Highest guest"), history.text),
    "highest_guest_title": Word(gettext_lazy("Title of that day"), history.text),
    "invitations": Word(gettext_lazy("Invitations"), history.whole),
}
AGENDA_ITEM = {
    "title": Word(gettext_lazy("Agenda item"), history.text),
    "kind": Word(gettext_lazy("Kind"), history.choice(AgendaKind)),
    "starts_at": Word(gettext_lazy("Begins at"), history.hour),
    "duration_minutes": Word(gettext_lazy("Duration in minutes"), history.whole),
    "presenter": Word(gettext_lazy("Presenter"), history.text),
    "paper": Word(gettext_lazy("Paper under the item"), history.text),
    "state": Word(pgettext_lazy("audit", "State"), history.choice(AgendaState)),
    "minutes": Word(gettext_lazy("Minutes"), history.text),
}
ATTENDANCE = {
    "invited": Word(gettext_lazy("Invited"), history.whole),
    "present": Word(gettext_lazy("Present"), history.whole),
    "substitutes": Word(gettext_lazy("Substitutes"), history.whole),
    "excused": Word(gettext_lazy("Absent with leave"), history.whole),
}
INVITATION = {
    "title": Word(pgettext_lazy("audit", "Title of the office"), history.text),
    "agency_name": Word(gettext_lazy("Agency"), history.text),
    "person_name": Word(gettext_lazy("Name"), history.text),
    "group": Word(gettext_lazy("Group"), history.text),
    "rank_asked": Word(gettext_lazy("Who may come"), history.choice(Rank)),
    "reply": Word(pgettext_lazy("invitation", "Answer"), history.choice(Reply)),
    "presence": Word(gettext_lazy("Roll call"), history.choice(Presence)),
    "delegate_title": Word(gettext_lazy("Office of the delegate"), history.text),
    "delegate_rank": Word(gettext_lazy("Rank of the delegate"), history.choice(Rank)),
    "delegate_name": Word(gettext_lazy("Name of the delegate"), history.text),
    "reason": Word(gettext_lazy("Reason"), history.text),
    "by_organiser": Word(gettext_lazy("Answer entered by the organiser"), history.yes_or_no),
    "sent_at": Word(gettext_lazy("Sent at"), history.day),
}
SPEECH = {
    "speaker": Word(gettext_lazy("Speaker"), history.text),
    "kind": Word(gettext_lazy("Kind"), history.choice(SpeechKind)),
    "minutes_allowed": Word(gettext_lazy("Minutes allowed"), history.whole),
    "floor": Word(gettext_lazy("The floor"), history.choice(SpeechState)),
    "summary": Word(gettext_lazy("Summary"), history.text),
}
CONCLUSION = {
    "text": Word(gettext_lazy("Conclusion"), history.text),
    "agencies": Word(pgettext_lazy("audit", "Given to"), history.text),
    "due_on": Word(gettext_lazy("Due on"), history.day),
    "task": Word(gettext_lazy("Task"), history.text),
    "settled_reason": Word(gettext_lazy("Why it needs no task"), history.text),
}
PRESS = {
    "title": Word(gettext_lazy("Title of the account"), history.text),
    "author": Word(gettext_lazy("Author"), history.text),
    "source": Word(gettext_lazy("Source"), history.text),
    "address": Word(gettext_lazy("Address of the page"), history.text),
    "published_on": Word(gettext_lazy("Published on"), history.day),
    "damaged_passage": Word(gettext_lazy("Damaged passage"), history.text),
    "doubt": Word(gettext_lazy("What is doubtful"), history.text),
}
PHOTO = {
    "caption": Word(gettext_lazy("Caption"), history.text),
    "credit": Word(gettext_lazy("Taken by"), history.text),
}
HEARD = {
    "title": Word(gettext_lazy("Title of the report"), history.text),
    "presenter": Word(gettext_lazy("Who read it"), history.text),
    "presented_by": Word(gettext_lazy("Agency that reported"), history.text),
    "agenda_item": Word(gettext_lazy("Agenda item"), history.text),
    "program": Word(gettext_lazy("Program"), history.text),
    "party_report": Word(gettext_lazy("Report of a party"), history.text),
    "number": Word(gettext_lazy("Number and symbol"), history.text),
    "dated_on": Word(gettext_lazy("Dated"), history.day),
}
COMMENDATION = {
    "recipient": Word(gettext_lazy("Who is proposed"), history.text),
    "commended": Word(gettext_lazy("Proposed as"), history.choice(Commended)),
    "form": Word(gettext_lazy("Form of commendation"), history.choice(CommendationForm)),
    "granted_by": Word(gettext_lazy("To be granted by"), history.text),
    "reason": Word(gettext_lazy("What for"), history.text),
    "proposed_by": Word(gettext_lazy("Proposed by"), history.text),
    "state": Word(pgettext_lazy("audit", "State"), history.choice(CommendationState)),
    "decision_number": Word(gettext_lazy("Number of the decision"), history.text),
    "decided_on": Word(gettext_lazy("Dated"), history.day),
    "answer": Word(gettext_lazy("Reason"), history.text),
}

KINDS = {
    "coordination.conference": (gettext_lazy("Conference"), CONFERENCE),
    "coordination.agendaitem": (gettext_lazy("Agenda item"), AGENDA_ITEM),
    "coordination.attendance": (gettext_lazy("Attendance"), ATTENDANCE),
    "coordination.invitation": (gettext_lazy("Invitation to a conference"), INVITATION),
    "coordination.speech": (gettext_lazy("Speech"), SPEECH),
    "coordination.conclusion": (gettext_lazy("Conclusion"), CONCLUSION),
    "coordination.pressaccount": (gettext_lazy("Press account"), PRESS),
    "coordination.photo": (gettext_lazy("Photo"), PHOTO),
    "coordination.heardreport": (gettext_lazy("Report heard"), HEARD),
    "coordination.commendation": (gettext_lazy("Commendation"), COMMENDATION),
}
for _kind, (_name, _words) in KINDS.items():
    history.speak(_kind, _name, _words)

_NAMED = ("chaired_by", "concluded_by", "concluded_by_title", "highest_guest", "highest_guest_title")


def history_of(actor: Membership, conference: Conference, *, before: str = "", after: str = "") -> History:
    """The events of a conference and its parts, newest first. The caller has asked whether the actor may see it.

    Rule: R-SEE-4. Programs and tasks the actor does not see are told without their codes.
    """
    parts = (
        conference.agenda.all(),
        conference.attendance.all(),
        conference.invitations.visible_to(actor),
        conference.speeches.all(),
        conference.conclusions.all(),
        conference.press_accounts.all(),
        conference.photos.all(),
        conference.heard_reports.all(),
        conference.commendations.visible_to(actor),
        conference.documents.visible_to(actor),
    )
    tell = partial(tell_to, _codes_seen(actor, conference))
    return history.read(entries_about(conference, *parts), tell, before=before, after=after)


def tell_to(seen: frozenset[str], entry: AuditEntry) -> Told:
    """One entry about a conference or a part of it as a sentence; `seen` are the codes the reader may know."""
    if entry.action == AuditAction.ISSUED:
        return Told(_("Issued the report of the conference"), "ok", shown=())
    tell = _TELLERS.get(entry.object_kind)
    return tell(entry, seen) if tell else Told(str(AuditAction(entry.action).label), shown=())


def _codes_seen(actor: Membership, conference: Conference) -> frozenset[str]:
    programs = Program.objects.visible_to(actor).filter(conference_links__conference=conference)
    tasks = Task.objects.visible_to(actor).filter(conclusions__conference=conference)
    return frozenset([*programs.values_list("code", flat=True), *tasks.values_list("code", flat=True)])


def _conference(entry: AuditEntry, seen: frozenset[str]) -> Told:
    if entry.action == AuditAction.CREATED:
        return Told(_("Planned the conference"), shown=("held_on", "half_day", "starts_at", "place", "organiser"))
    if entry.action == AuditAction.INVITED:
        return Told(_("Sent invitations to the conference"), shown=("sent", "reply_by"))
    if entry.action == AuditAction.MOVED:
        state = ConferenceState(entry.after["state"])
        text = _("The conference is now: %(state)s") % {"state": state.label}
        return Told(text, "ok" if state == ConferenceState.HELD else "", shown=())
    if entry.after.get("program"):
        if entry.after["program"] not in seen:
            return Told(_("Put a program on the conference"), shown=("purpose",))
        text = _("Put program %(code)s on the conference") % {"code": entry.after["program"]}
        return Told(text, shown=("purpose",))
    if "program" in entry.before:
        return Told(_("Took a program off the conference"), shown=("purpose",))
    if "agenda_item" in entry.before:
        return Told(_("Took “%(item)s” off the agenda") % {"item": entry.before["agenda_item"]}, shown=())
    if "speaker" in entry.before:
        return Told(_("Took %(speaker)s off the order of speaking") % entry.before, shown=())
    if "asked_to_answer" in entry.after:
        return Told(_("Reminded the agencies that have not answered their invitation"), shown=("asked_to_answer",))
    if "concluded_by" in entry.after:
        return Told(_("Named who concluded the conference"), shown=_NAMED)
    if "chaired_by" in entry.after:
        return Told(_("Named the chair"), shown=_NAMED)
    if "highest_guest" in entry.after:
        return Told(_("Named the highest guest"), shown=_NAMED)
    return Told(_("Changed the facts of the conference"))


def _agenda_item(entry: AuditEntry, seen: frozenset[str]) -> Told:
    item = {"item": entry.object_label}
    if entry.action == AuditAction.CREATED:
        return Told(_("Put “%(item)s” on the agenda") % item, shown=("kind", "starts_at", "presenter"))
    if entry.action == AuditAction.MOVED:
        state = AgendaState(entry.after["state"]).label
        return Told(_("“%(item)s” is now: %(state)s") % {**item, "state": state}, "", shown=("minutes",))
    if "place" in entry.after:
        return Told(_("Moved “%(item)s” on the agenda") % item, shown=())
    if "paper" in entry.after:
        text = _("Laid a paper under “%(item)s”") if entry.after["paper"] else _("Took a paper away from “%(item)s”")
        return Told(text % item, shown=())
    if "minutes" not in entry.after:
        return Told(_("Changed “%(item)s” on the agenda") % item)
    return Told(_("Wrote the minutes of “%(item)s”") % item, shown=("minutes",))


def _attendance(entry: AuditEntry, seen: frozenset[str]) -> Told:
    if "place" in entry.after:
        return Told(_("Moved the group “%(group)s”") % {"group": entry.object_label}, shown=())
    if entry.action == AuditAction.ENDED:
        return Told(_("Took the group “%(group)s” off the list") % {"group": entry.object_label}, shown=())
    text = _("Corrected the attendance of “%(group)s”") if entry.before else _("Recorded the attendance of “%(group)s”")
    return Told(text % {"group": entry.object_label})


def _invitation(entry: AuditEntry, seen: frozenset[str]) -> Told:
    who = {"who": entry.object_label}
    if entry.action == AuditAction.INVITED:
        return Told(_("Sent the invitation of %(who)s") % who, shown=())
    if "reply" in entry.after:
        return Told(_("Answered the invitation of %(who)s") % who)
    if entry.action == AuditAction.ENDED:
        return Told(_("Withdrew the invitation of %(who)s") % who, shown=("reason",))
    if entry.action == AuditAction.CREATED:
        return Told(_("Put %(who)s on the list of those invited") % who)
    if "place" in entry.after:
        return Told(_("Moved the seat of %(who)s") % who, shown=())
    if "presence" in entry.after:
        return Told(_("Marked the seat of %(who)s") % who)
    return Told(_("Corrected the invitation of %(who)s") % who)


def _speech(entry: AuditEntry, seen: frozenset[str]) -> Told:
    who = {"speaker": entry.object_label}
    if entry.action == AuditAction.MOVED:
        has = entry.after["floor"] == SpeechState.SPEAKING
        return Told((_("%(speaker)s was given the floor") if has else _("%(speaker)s has spoken")) % who, shown=())
    if "place" in entry.after:
        return Told(_("Moved %(speaker)s in the order of speaking") % who, shown=())
    if entry.action == AuditAction.CHANGED:
        return Told(_("Corrected the speech of %(speaker)s") % who)
    return Told(_("Recorded that %(speaker)s took the floor") % who, shown=("kind", "summary"))


def _conclusion(entry: AuditEntry, seen: frozenset[str]) -> Told:
    task = entry.after.get("task")
    if task == "":
        return Told(_("Took a task off a conclusion"), shown=())
    if "settled_reason" in entry.after:
        if entry.after["settled_reason"]:
            return Told(_("Settled a conclusion without a task"), shown=("settled_reason",))
        return Told(_("Let a conclusion wait for a task again"), shown=())
    if "place" in entry.after:
        return Told(_("Moved a conclusion in their order"), shown=())
    if task is None:
        wrote = _("Wrote a conclusion") if entry.action == AuditAction.CREATED else _("Changed a conclusion")
        return Told(wrote, shown=("text", "agencies", "due_on"))
    if task not in seen:
        return Told(_("Linked a task to a conclusion"), shown=())
    return Told(_("Linked task %(code)s to a conclusion") % {"code": task}, shown=())


def _press(entry: AuditEntry, seen: frozenset[str]) -> Told:
    if entry.action == AuditAction.ENDED:
        return Told(_("Removed a press account"), shown=("title",))
    return Told(_("Corrected a press account") if entry.before else _("Recorded a press account"))


def _photo(entry: AuditEntry, seen: frozenset[str]) -> Told:
    if entry.action == AuditAction.ENDED:
        return Told(_("Removed a photo"), shown=("caption",))
    if "place" in entry.after:
        return Told(_("Moved a photo"), shown=())
    if entry.action == AuditAction.CREATED:
        return Told(_("Recorded a photo"))
    text = _("Put a picture to “%(photo)s”") if "sha256" in entry.after else _("Changed the photo “%(photo)s”")
    return Told(text % {"photo": entry.object_label})


def _heard(entry: AuditEntry, seen: frozenset[str]) -> Told:
    if entry.action == AuditAction.ENDED:
        return Told(_("Took a report off those heard"), shown=("title",))
    return Told(_("Corrected a report that was heard") if entry.before else _("Recorded a report that was heard"))


def _commendation(entry: AuditEntry, seen: frozenset[str]) -> Told:
    who = {"who": entry.object_label}
    if entry.action == AuditAction.CREATED:
        return Told(_("Proposed %(who)s for a commendation") % who, shown=("form", "reason", "proposed_by"))
    if entry.action != AuditAction.MOVED:
        return Told(_("Changed the proposal for %(who)s") % who)
    state = CommendationState(entry.after["state"])
    told = {**who, "state": state.label}
    shown = ("decision_number", "decided_on", "answer")
    return Told(_("The proposal for %(who)s is now: %(state)s") % told, "ok" if state.tone == "ok" else "", shown=shown)


_TELLERS = {
    "coordination.conference": _conference,
    "coordination.agendaitem": _agenda_item,
    "coordination.attendance": _attendance,
    "coordination.invitation": _invitation,
    "coordination.speech": _speech,
    "coordination.conclusion": _conclusion,
    "coordination.pressaccount": _press,
    "coordination.photo": _photo,
    "coordination.heardreport": _heard,
    "coordination.commendation": _commendation,
}
