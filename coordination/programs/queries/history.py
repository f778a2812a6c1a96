"""What happened to a program, in plain words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from coordination.programs.enums import ProgramKind, ProgramState, SignatureMethod
from coordination.programs.models import Program
from records import wording
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.audit.queries import entries_about

_LONGEST = 200


@dataclass(frozen=True)
class Change:
    """One value before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, who, what, the values that changed and the tone of its mark."""

    at: datetime
    who: str
    text: str
    changes: tuple[Change, ...] = ()
    reason: str = ""
    tone: str = "idle"


def history_of(program: Program) -> list[Event]:
    """The events of a program, newest first. The caller has already asked whether the actor may see it."""
    return [_event(entry) for entry in entries_about(program)]


def _event(entry: AuditEntry) -> Event:
    if entry.action == AuditAction.CREATED:
        return Event(entry.at, entry.actor_label, _("Created the program"))
    if entry.action == AuditAction.MOVED:
        return _moved(entry)
    return _changed(entry) if entry.action == AuditAction.CHANGED else _other(entry)


def _changed(entry: AuditEntry) -> Event:
    if "signature" in entry.after:
        return _signature(entry)
    if "signer_name" in entry.after:
        text = _("Named the signer of %(agency)s") % {"agency": entry.after["party"]}
        return Event(entry.at, entry.actor_label, text, _changes(entry, ("signer_name",)))
    if "section" in entry.after:
        text = _("Wrote section %(section)s") if not entry.before else _("Changed section %(section)s")
        return Event(
            entry.at,
            entry.actor_label,
            text % {"section": entry.after["section"]},
            _changes(entry, ("section", "body")),
        )
    if "document_number" in entry.after:
        number = f"{entry.after['document_number']:02}/{entry.after['document_symbol']}"
        return Event(entry.at, entry.actor_label, _("Gave the number %(number)s") % {"number": number}, tone="ok")
    return Event(entry.at, entry.actor_label, _("Changed the facts of the program"), _changes(entry, entry.after))


def _other(entry: AuditEntry) -> Event:
    return Event(entry.at, entry.actor_label, str(AuditAction(entry.action).label))


def _moved(entry: AuditEntry) -> Event:
    target = ProgramState(entry.after["state"])
    tone = {"ok": "ok", "wait": "", "run": ""}.get(target.tone, "idle")
    text = _("The program is now: %(state)s") % {"state": target.label}
    return Event(entry.at, entry.actor_label, text, reason=entry.after.get("reason", ""), tone=tone)


def _signature(entry: AuditEntry) -> Event:
    party = {"agency": entry.after["party"], "version": entry.after["version"]}
    if entry.after["signature"] == "returned":
        text = _("%(agency)s returned signing version %(version)s") % party
        return Event(entry.at, entry.actor_label, text, reason=entry.after["reason"], tone="bad")
    method = SignatureMethod(entry.after["method"]).label
    text = _("%(agency)s signed version %(version)s") % party
    return Event(entry.at, entry.actor_label, f"{text}: {method}, {_written(entry.after['signed_on'])}", tone="ok")


def _changes(entry: AuditEntry, names) -> tuple[Change, ...]:
    labels = _labels()
    changes = (
        Change(labels[name], _written(entry.before.get(name)), _written(entry.after.get(name)))
        for name in names
        if name in labels
    )
    return tuple(change for change in changes if change.before != change.after)


def _labels() -> dict[str, str]:
    return {
        "title": _("Program title"),
        "short_title": _("Short title"),
        "kind": _("Kind"),
        "period_start": _("From"),
        "period_end": _("To"),
        "based_on": _("Based on"),
        "continues": _("Continues"),
        "opening": _("Opening sentence"),
        "effect_clause": _("Effect"),
        "place": _("Place of issue"),
        "recipients": _("Recipients"),
        "document_symbol": _("Symbol"),
        "parties": _("Parties"),
        "legal_bases": _("Legal bases"),
        "signer_name": _("Signer"),
        "section": _("Section"),
        "body": _("Text"),
    }


def _written(value) -> str:
    """A stored value as people read it: days, kinds, lists; long text is cut."""
    if isinstance(value, list):
        return _cut("; ".join(str(one).strip(" ;.*") for one in value))
    if value in ProgramKind.values:
        return str(ProgramKind(value).label)
    plain = str(value or "")
    try:
        return wording.day(date.fromisoformat(plain)) if len(plain) == 10 else _cut(plain)
    except ValueError:
        return plain


def _cut(plain: str) -> str:
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]} …"
