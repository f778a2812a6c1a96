"""Who came, who spoke, who chaired, who was the highest guest, with the titles they had that day."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.directory.lineage import must_exist_on
from agencies.models import Agency, Membership, Person
from coordination.conferences.enums import SpeechKind
from coordination.conferences.models import AgendaItem, Attendance, Conference, Speech
from coordination.conferences.permissions import can_keep_record
from coordination.conferences.services.locking import locked, next_position
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@transaction.atomic
def record_attendance(
    conference: Conference,
    *,
    actor: Membership,
    group: str,
    agency: Agency | None = None,
    is_party: bool = False,
    invited: int | None = None,
    present: int | None = None,
    substitutes: int = 0,
    excused: int = 0,
) -> Attendance:
    """Record how many of a group came; the same group again corrects its row.

    Rule: no more can be present, or absent with leave, than were invited; an unknown count stays empty.
    Raises: NotAllowed; RuleBroken at the count that does not fit.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    _check_counts(group, invited, present, substitutes, excused)
    if agency is not None:
        must_exist_on([agency], conference.held_on, "agency")
    counts = {"invited": invited, "present": present, "substitutes": substitutes, "excused": excused}
    row = conference.attendance.filter(group=group).first()
    before = {key: getattr(row, key) for key in counts} if row else {}
    row = row or Attendance(conference=conference, group=group, position=next_position(conference.attendance))
    row.agency, row.is_party = agency, is_party
    for key, value in counts.items():
        setattr(row, key, value)
    row.save()
    action = AuditAction.CHANGED if before else AuditAction.CREATED
    record(action, actor=actor, about=row, before=before, after=counts)
    return row


@transaction.atomic
def record_speech(
    conference: Conference,
    *,
    actor: Membership,
    kind: SpeechKind,
    speaker_name: str,
    speaker_title: str,
    person: Person | None = None,
    agenda_item: AgendaItem | None = None,
    summary: str = "",
) -> Speech:
    """Record that someone took the floor, by the name and titles of that day.

    Raises: NotAllowed; RuleBroken when name or title is missing or the agenda item is of another conference.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    if not speaker_name.strip():
        raise RuleBroken(_("Enter the speaker's name"), "speaker_name")
    if not speaker_title.strip():
        raise RuleBroken(_("Enter the speaker's title"), "speaker_title")
    if agenda_item is not None and agenda_item.conference_id != conference.pk:
        raise RuleBroken(_("Choose an item of this agenda."), "agenda_item")
    speech = Speech.objects.create(
        conference=conference,
        position=next_position(conference.speeches),
        kind=kind,
        person=person,
        speaker_name=speaker_name,
        speaker_title=speaker_title,
        agenda_item=agenda_item,
        summary=summary,
    )
    told = {"speaker": str(speech), "kind": kind, "summary": summary}
    record(AuditAction.CREATED, actor=actor, about=speech, after=told)
    return speech


@transaction.atomic
def name_chair(conference: Conference, *, actor: Membership, person: Person) -> Conference:
    """Record who chaired the conference."""
    return _name(conference, actor=actor, chaired_by=person)


@transaction.atomic
def name_highest_guest(conference: Conference, *, actor: Membership, person: Person, title: str) -> Conference:
    """Record the highest guest, with the titles of that day."""
    return _name(conference, actor=actor, highest_guest=person, highest_guest_title=title)


def _name(conference: Conference, *, actor: Membership, **named) -> Conference:
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    before = {field: str(getattr(conference, field) or "") for field in named}
    for field, value in named.items():
        setattr(conference, field, value)
    conference.save(update_fields=list(named))
    after = {field: str(value) for field, value in named.items()}
    record(AuditAction.CHANGED, actor=actor, about=conference, before=before, after=after)
    return conference


def _check_counts(group: str, invited: int | None, present: int | None, substitutes: int, excused: int) -> None:
    if not group.strip():
        raise RuleBroken(_("Enter the group"), "group")
    if invited is not None and present is not None and present > invited:
        raise RuleBroken(_("No more people can be present than were invited (%(n)s).") % {"n": invited}, "present")
    if invited is not None and excused + (present or 0) > invited:
        raise RuleBroken(
            _("Present and absent with leave are more than were invited (%(n)s).") % {"n": invited}, "excused"
        )
    if present is not None and substitutes > present:
        raise RuleBroken(
            _("No more substitutes can have come than people present (%(n)s).") % {"n": present}, "substitutes"
        )
