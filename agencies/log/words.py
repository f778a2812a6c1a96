"""The words for what is recorded on this floor, from units to accounts, and for values any entry may tell."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.access.enums import Role
from agencies.accounts.enums import Limit, LinkPurpose, SignInEnd
from agencies.directory.enums import AgencyKind, Family, PaperRules, SigningAuthority
from agencies.people.enums import AccountState
from agencies.reorganisation.enums import ReorganisationState, StepKind, Subject
from agencies.units.enums import SuccessionKind, UnitKind
from records.audit import history
from records.audit.history import Word
from records.mail.enums import MailState
from records.workdays.enums import DayKind


def _kind(value: Any) -> str:
    """Kinds of units, of agencies and of successions have different values, so one word serves them."""
    written = (history.choice(kinds)(value) for kinds in (UnitKind, AgencyKind, SuccessionKind))
    return next((text for text in written if text), "")


# Values an entry about anything may tell.
COMMON = {
    "reason": Word(_("Reason"), history.text),
    "decision": Word(pgettext_lazy("audit", "Decision"), history.text),
    "file": Word(_("File"), history.text),
    "sha256": Word(_("Digest of the file"), history.text),
    "content_digest": Word(_("Digest of the content"), history.text),
    "digest": Word(_("Digest of the content"), history.text),
    "scan": Word(_("Digest of the scan"), history.text),
    "path": Word(_("Address asked for"), history.text),
    "method": Word(_("Method"), history.text),
    "status": Word(_("Answer"), history.whole),
    "step": Word(_("Step"), history.text),
    "head": Word(_("Head of the log"), history.text),
    "log": Word(_("Filters"), history.text),
    "entries": Word(_("Number of entries"), history.quantity),
}
_PERIOD = {
    "since": Word(_("From"), history.day),
    "until": Word(_("Until"), history.day),
    "last_day": Word(_("Last day"), history.day),
    "decision": Word(pgettext_lazy("audit", "Decision"), history.text),
    "ended_by": Word(_("Ended by decision"), history.text),
}
_NAMING = {
    "name": Word(_("Name"), history.text),
    "bare_name": Word(_("Name without its kind"), history.text),
    "short_name": Word(_("Short name"), history.text),
    "abbreviation": Word(_("Abbreviation"), history.text),
    "kind": Word(_("Kind"), _kind),
    "kind_label": Word(_("Kind in words"), history.text),
    "family": Word(_("Family"), history.choice(Family)),
    "document_symbol": Word(_("Symbol in document numbers"), history.text),
    "protocol_order": Word(_("Protocol order"), history.whole),
    "letterhead_lines": Word(_("Letterhead: this body"), history.text),
    "superior_lines": Word(_("Letterhead: superior body"), history.text),
    "authority": Word(_("Signing authority"), history.choice(SigningAuthority)),
    "authority_lines": Word(_("Body signed for"), history.text),
    "head_title": Word(_("Title of the head"), history.text),
    "paper_rules": Word(_("Rules of its own papers"), history.choice(PaperRules)),
    "legal_basis": Word(_("Legal basis"), history.text),
    "parent": Word(_("Belongs to"), history.text),
    "from": Word(_("Took over from"), history.text),
    "serves": Word(_("Works for"), history.text),
}
_CONTACT = {
    "phone": Word(_("Telephone"), history.text),
    "email": Word(_("E-mail"), history.text),
    "address": Word(_("Postal address"), history.text),
}
BODY = {**_NAMING, **_PERIOD, **_CONTACT, "correction": Word(_("Correction of a record"), history.marked)}
OFFICE = {
    "title": Word(_("Title"), history.text),
    "printed_title": Word(_("Printed title"), history.text),
    "authority": Word(_("Signing authority"), history.choice(SigningAuthority)),
    "seats": Word(_("Number of holders"), history.whole),
    "protocol_order": Word(_("Protocol order"), history.whole),
    "agency": Word(_("Agency"), history.text),
    **_PERIOD,
}
HOLDING = {
    "person": Word(_("Person"), history.text),
    "office": Word(_("Post"), history.text),
    "agency": Word(_("Agency"), history.text),
    "acting": Word(_("Acting"), history.marked),
    **_PERIOD,
}
PERSON = {"full_name": Word(_("Full name"), history.text)}
ACCOUNT = {
    "state": Word(pgettext_lazy("audit", "State"), history.choice(AccountState)),
    "password": Word(_("Password"), history.text),
    "second_factor": Word(_("Second factor"), history.text),
    "recovery_codes": Word(_("Recovery codes"), history.text),
    "theme": Word(_("Appearance"), history.text),
    "language": Word(_("Language"), history.text),
    "email": Word(_("E-mail"), history.text),
    "device": Word(_("Device"), history.text),
    "devices": Word(_("Devices signed out"), history.whole),
    "devices_signed_out": Word(_("Devices signed out"), history.whole),
    "because": Word(_("Why"), history.choice(SignInEnd)),
    "purpose": Word(_("Purpose"), history.choice(LinkPurpose)),
    "expires_at": Word(_("Valid until"), history.day),
    "limit": Word(_("Limit reached"), history.choice(Limit)),
    "tries": Word(_("Wrong tries"), history.whole),
    "minutes": Word(_("Minutes locked"), history.whole),
}
MEMBERSHIP = {
    "account": Word(_("Account"), history.text),
    "role": Word(_("Role"), history.choice(Role)),
    "agency": Word(_("Agency"), history.text),
    "title": Word(_("Title"), history.text),
    "revoked_at": Word(_("Taken back"), history.day),
    **_PERIOD,
}
POLICY = {
    "second_factor_required": Word(_("Second factor required"), history.yes_or_no),
    "idle_minutes": Word(_("Minutes without use"), history.whole),
    "longest_hours": Word(_("Hours signed in at most"), history.whole),
}

REORGANISATION = {
    "state": Word(pgettext_lazy("audit", "State"), history.choice(ReorganisationState)),
    "title": Word(_("Title of the act"), history.text),
    "number": Word(_("Number of the decision"), history.text),
    "issuing_body": Word(_("Issuing body"), history.text),
    "decided_on": Word(_("Day of the decision"), history.day),
    "effective_on": Word(_("Day it takes effect"), history.day),
    "scope": Word(_("Unit concerned"), history.text),
    "subject": Word(_("About"), history.choice(Subject)),
    "kind": Word(_("Kind"), history.choice(StepKind)),
    "bodies": Word(_("Bodies it acts on"), history.text),
    "heirs": Word(_("Successors"), history.text),
    "plan": Word(_("What the step does"), history.text),
    "founded": Word(_("Bodies founded"), history.whole),
    "ended": Word(_("Bodies ended"), history.whole),
    "called": Word(_("Bodies called or placed otherwise"), history.whole),
    "members": Word(_("Roles moved"), history.whole),
    "posts": Word(_("Posts ended"), history.whole),
    "tasks": Word(_("Tasks handed over"), history.whole),
    "programs": Word(_("Programs handed over"), history.whole),
}
GROUP = {
    "name": Word(_("Name"), history.text),
    "members": Word(_("Agencies of the group"), history.text),
    **_PERIOD,
}
LETTER = {
    "state": Word(pgettext_lazy("audit", "State"), history.choice(MailState)),
    "fault": Word(_("What went wrong"), history.text),
}
SCHEDULED = {"scheduled_job": Word(_("Done at once"), history.text)}
WORKDAY = {
    "day": Word(_("Day"), history.day),
    "day_kind": Word(_("Kind"), history.choice(DayKind)),
    "day_name": Word(_("What the day is called"), history.text),
    "days": Word(_("Days in the list"), history.whole),
}

KINDS = {
    "agencies.adminunit": (_("Administrative unit"), BODY),
    "agencies.agency": (_("Agency"), BODY),
    "agencies.office": (_("Post"), OFFICE),
    "agencies.officeholding": (_("Holding of a post"), HOLDING),
    "agencies.person": (_("Person"), PERSON),
    "agencies.user": (_("Account"), ACCOUNT),
    "agencies.membership": (_("Role of an account"), MEMBERSHIP),
    "agencies.signin": (pgettext_lazy("kind of object", "Device signed in"), ACCOUNT),
    "agencies.onetimelink": (_("One-time link"), ACCOUNT),
    "agencies.signinpolicy": (_("Sign-in policy"), POLICY),
    "agencies.reorganisation": (_("Reorganisation"), REORGANISATION),
    "agencies.agencygroup": (_("Group of agencies"), GROUP),
    "records.outgoingmail": (_("Letter sent by e-mail"), LETTER),
    "records.scheduledjob": (_("Scheduled job"), SCHEDULED),
    "records.specialday": (_("Day off or worked instead"), WORKDAY),
    "records.workyear": (_("Working days of a year"), WORKDAY),
}
for _name, (_called, _words) in KINDS.items():
    history.speak(_name, _called, _words)
