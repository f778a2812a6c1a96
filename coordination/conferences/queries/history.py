"""What happened to a conference and everything kept about it, in plain words."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agencies.models import Membership
from coordination.conferences.enums import (
    AgendaKind,
    AgendaState,
    ConferenceState,
    HalfDay,
    ProgramPurpose,
    SpeechKind,
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
    "held_on": Word(gettext_lazy("Day"), history.day),
    "half_day": Word(gettext_lazy("Half-day"), history.choice(HalfDay)),
    "starts_at": Word(gettext_lazy("Begins at"), history.hour),
    "ended_at": Word(gettext_lazy("Ended at"), history.hour),
    "place": Word(gettext_lazy("Place"), history.text),
    "organiser": Word(gettext_lazy("Organiser"), history.text),
    "review_year": Word(gettext_lazy("Year reviewed"), history.whole),
    "plan_year": Word(gettext_lazy("Year planned"), history.whole),
    "year_theme": Word(gettext_lazy("Theme of the year"), history.text),
    "program": Word(gettext_lazy("Program"), history.text),
    "purpose": Word(gettext_lazy("Purpose"), history.choice(ProgramPurpose)),
    "chaired_by": Word(gettext_lazy("Chair"), history.text),
    "concluded_by": Word(gettext_lazy("Concluded by"), history.text),
    "concluded_by_title": Word(gettext_lazy("Title of that day"), history.text),
    "highest_guest": Word(gettext_lazy("Highest guest"), history.text),
    "highest_guest_title": Word(gettext_lazy("Title of that day"), history.text),
}
AGENDA_ITEM = {
    "title": Word(gettext_lazy("Agenda item"), history.text),
    "kind": Word(gettext_lazy("Kind"), history.choice(AgendaKind)),
    "starts_at": Word(gettext_lazy("Begins at"), history.hour),
    "presenter": Word(gettext_lazy("Presenter"), history.text),
    "state": Word(pgettext_lazy("audit", "State"), history.choice(AgendaState)),
    "minutes": Word(gettext_lazy("Minutes"), history.text),
}
ATTENDANCE = {
    "invited": Word(gettext_lazy("Invited"), history.whole),
    "present": Word(gettext_lazy("Present"), history.whole),
    "substitutes": Word(gettext_lazy("Substitutes"), history.whole),
    "excused": Word(gettext_lazy("Absent with leave"), history.whole),
}
SPEECH = {
    "speaker": Word(gettext_lazy("Speaker"), history.text),
    "kind": Word(gettext_lazy("Kind"), history.choice(SpeechKind)),
    "summary": Word(gettext_lazy("Summary"), history.text),
}
CONCLUSION = {
    "text": Word(gettext_lazy("Conclusion"), history.text),
    "agencies": Word(pgettext_lazy("audit", "Given to"), history.text),
    "due_on": Word(gettext_lazy("Due on"), history.day),
    "task": Word(gettext_lazy("Task"), history.text),
}
PRESS = {
    "title": Word(gettext_lazy("Title of the account"), history.text),
    "author": Word(gettext_lazy("Author"), history.text),
    "source": Word(gettext_lazy("Source"), history.text),
    "damaged_passage": Word(gettext_lazy("Damaged passage"), history.text),
    "doubt": Word(gettext_lazy("What is doubtful"), history.text),
}
PHOTO = {"caption": Word(gettext_lazy("Caption"), history.text)}

KINDS = {
    "coordination.conference": (gettext_lazy("Conference"), CONFERENCE),
    "coordination.agendaitem": (gettext_lazy("Agenda item"), AGENDA_ITEM),
    "coordination.attendance": (gettext_lazy("Attendance"), ATTENDANCE),
    "coordination.speech": (gettext_lazy("Speech"), SPEECH),
    "coordination.conclusion": (gettext_lazy("Conclusion"), CONCLUSION),
    "coordination.pressaccount": (gettext_lazy("Press account"), PRESS),
    "coordination.photo": (gettext_lazy("Photo"), PHOTO),
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
        conference.speeches.all(),
        conference.conclusions.all(),
        conference.press_accounts.all(),
        conference.photos.all(),
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
    if entry.action == AuditAction.MOVED:
        state = ConferenceState(entry.after["state"])
        text = _("The conference is now: %(state)s") % {"state": state.label}
        return Told(text, "ok" if state == ConferenceState.HELD else "", shown=())
    if "program" in entry.after:
        if entry.after["program"] not in seen:
            return Told(_("Put a program on the conference"), shown=("purpose",))
        text = _("Put program %(code)s on the conference") % {"code": entry.after["program"]}
        return Told(text, shown=("purpose",))
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
    return Told(_("Wrote the minutes of “%(item)s”") % item, shown=("minutes",))


def _attendance(entry: AuditEntry, seen: frozenset[str]) -> Told:
    text = _("Corrected the attendance of “%(group)s”") if entry.before else _("Recorded the attendance of “%(group)s”")
    return Told(text % {"group": entry.object_label})


def _speech(entry: AuditEntry, seen: frozenset[str]) -> Told:
    return Told(
        _("Recorded that %(speaker)s took the floor") % {"speaker": entry.object_label}, shown=("kind", "summary")
    )


def _conclusion(entry: AuditEntry, seen: frozenset[str]) -> Told:
    task = entry.after.get("task")
    if task is None:
        return Told(_("Wrote a conclusion"), shown=("text", "agencies", "due_on"))
    if task not in seen:
        return Told(_("Linked a task to a conclusion"), shown=())
    return Told(_("Linked task %(code)s to a conclusion") % {"code": task}, shown=())


def _press(entry: AuditEntry, seen: frozenset[str]) -> Told:
    return Told(_("Recorded a press account"))


def _photo(entry: AuditEntry, seen: frozenset[str]) -> Told:
    return Told(_("Recorded a photo"))


_TELLERS = {
    "coordination.conference": _conference,
    "coordination.agendaitem": _agenda_item,
    "coordination.attendance": _attendance,
    "coordination.speech": _speech,
    "coordination.conclusion": _conclusion,
    "coordination.pressaccount": _press,
    "coordination.photo": _photo,
}
