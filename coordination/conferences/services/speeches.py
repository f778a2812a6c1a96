"""Who asks for the floor, who has it and who took it, with the titles of that day."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership, Person
from coordination.conferences.enums import AgendaState, ConferenceState, SpeechKind, SpeechState
from coordination.conferences.models import AgendaItem, Conference, Speech
from coordination.conferences.permissions import can_keep_record, can_run_conference
from coordination.conferences.services.agenda import LONGEST_MINUTES, end_floor, next_number
from coordination.conferences.services.groups import swap
from coordination.conferences.services.locking import locked, next_position
from coordination.programs.services.doors import must_be_revision
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


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
    minutes_allowed: int | None = None,
    is_registered: bool = False,
    summary: str = "",
) -> Speech:
    """Record that someone took the floor, by the name and titles of that day; or, registered, that someone will.

    Raises: NotAllowed; RuleBroken when name or title is missing or the agenda item is of another conference.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    _check_facts(conference, speaker_name, speaker_title, agenda_item, minutes_allowed)
    if is_registered and conference.state == ConferenceState.HELD:
        raise RuleBroken(_("The conference has been held; nobody can take the floor any more."), "is_registered")
    speech = Speech.objects.create(
        conference=conference,
        number=next_number(conference.speeches),
        position=next_position(conference.speeches),
        kind=kind,
        state=SpeechState.REGISTERED if is_registered else SpeechState.SPOKEN,
        person=person,
        speaker_name=speaker_name,
        speaker_title=speaker_title,
        agenda_item=agenda_item,
        minutes_allowed=minutes_allowed,
        summary=summary,
    )
    record(AuditAction.CREATED, actor=actor, about=speech, after=_told(speech))
    return speech


@transaction.atomic
def edit_speech(
    speech: Speech,
    *,
    actor: Membership,
    revision: int,
    kind: SpeechKind,
    speaker_name: str,
    speaker_title: str,
    person: Person | None = None,
    agenda_item: AgendaItem | None = None,
    minutes_allowed: int | None = None,
    summary: str = "",
) -> Speech:
    """Correct who spoke and write down what was said; whoever is named without a new person stays the person known.

    Raises: NotAllowed; Conflict when somebody else saved it meanwhile; RuleBroken as when it is recorded.
    """
    conference = locked(speech.conference)
    require(can_keep_record(actor, conference))
    speech = _held(speech)
    must_be_revision(speech, revision)
    _check_facts(conference, speaker_name, speaker_title, agenda_item, minutes_allowed)
    before = _told(speech)
    kept = speech.person if speaker_name == speech.speaker_name else None
    speech.kind, speech.person, speech.agenda_item = kind, person or kept, agenda_item
    speech.speaker_name, speech.speaker_title = speaker_name, speaker_title
    speech.minutes_allowed, speech.summary = minutes_allowed, summary
    speech.revision += 1
    speech.save()
    after = _told(speech)
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        told = {"before": {name: before[name] for name in changed}, "after": {name: after[name] for name in changed}}
        record(AuditAction.CHANGED, actor=actor, about=speech, **told)
    return speech


@transaction.atomic
def give_floor(speech: Speech, *, actor: Membership) -> Speech:
    """Give the floor to someone who asked for it; whoever had it has spoken. Twice is once.

    Rule: R-AGENDA-3. One alone has the floor, while the conference is in session.
    Raises: NotAllowed; RuleBroken when it is not in session.
    """
    conference = locked(speech.conference)
    require(can_run_conference(actor, conference))
    speech = _held(speech)
    if conference.state != ConferenceState.RUNNING:
        raise RuleBroken(_("Open the conference first; then the floor can be given."))
    if speech.has_floor:
        return speech
    end_floor(conference, actor=actor, but_for=speech.pk)
    before = {"floor": speech.state}
    speech.state, speech.began_at, speech.ended_at = SpeechState.SPEAKING, clock.now(), None
    running = conference.agenda.filter(state=AgendaState.RUNNING).first()
    if speech.agenda_item_id is None and running is not None:
        speech.agenda_item = running
    speech.save(update_fields=["state", "began_at", "ended_at", "agenda_item"])
    record(AuditAction.MOVED, actor=actor, about=speech, before=before, after={"floor": speech.state})
    return speech


@transaction.atomic
def take_floor_back(speech: Speech, *, actor: Membership) -> Speech:
    """Whoever has the floor has spoken. Twice is once.

    Raises: NotAllowed.
    """
    conference = locked(speech.conference)
    require(can_run_conference(actor, conference))
    end_floor(conference, actor=actor)
    return _held(speech)


@transaction.atomic
def move_speech(speech: Speech, *, actor: Membership, up: bool) -> bool:
    """Put a speaker who waits one place up or down among those who wait; whether it moved.

    Raises: NotAllowed; RuleBroken when the floor was taken: who spoke when stays as it was.
    """
    conference = locked(speech.conference)
    require(can_keep_record(actor, conference))
    if not _held(speech).is_registered:
        raise RuleBroken(_("The floor was taken; the order in which people spoke stays."))
    waiting = conference.speeches.filter(state=SpeechState.REGISTERED).order_by("position")
    if not swap(list(waiting), speech, up=up, free=next_position(conference.speeches)):
        return False
    order = list(waiting.values_list("pk", flat=True))
    record(AuditAction.CHANGED, actor=actor, about=speech, after={"place": order.index(speech.pk) + 1})
    return True


@transaction.atomic
def strike_speech(speech: Speech, *, actor: Membership) -> None:
    """Take someone off the order of speaking who has not spoken; twice is once.

    Raises: NotAllowed; RuleBroken when the floor was taken: what was said stays said.
    """
    conference = locked(speech.conference)
    require(can_keep_record(actor, conference))
    speech = conference.speeches.select_for_update(of=("self",)).filter(pk=speech.pk).first()
    if speech is None:
        return
    if not speech.is_registered:
        raise RuleBroken(_("The floor was taken; the speech stays in the record. Correct it instead."))
    told = {"before": {"speaker": str(speech)}, "after": {"speaker": ""}}
    record(AuditAction.CHANGED, actor=actor, about=conference, **told)
    speech.delete()


def _held(speech: Speech) -> Speech:
    return Speech.objects.select_for_update(of=("self",)).select_related("person").get(pk=speech.pk)


def _check_facts(
    conference: Conference,
    speaker_name: str,
    speaker_title: str,
    agenda_item: AgendaItem | None,
    minutes_allowed: int | None,
) -> None:
    if not speaker_name.strip():
        raise RuleBroken(_("Enter the speaker's name"), "speaker_name")
    if not speaker_title.strip():
        raise RuleBroken(_("Enter the speaker's title"), "speaker_title")
    if agenda_item is not None and agenda_item.conference_id != conference.pk:
        raise RuleBroken(_("Choose an item of this agenda."), "agenda_item")
    if minutes_allowed is not None and not 1 <= minutes_allowed <= LONGEST_MINUTES:
        raise RuleBroken(
            _("Enter a duration from 1 to %(most)s minutes") % {"most": LONGEST_MINUTES}, "minutes_allowed"
        )


def _told(speech: Speech) -> dict:
    return {
        "speaker": str(speech),
        "kind": speech.kind,
        "minutes_allowed": speech.minutes_allowed,
        "summary": speech.summary,
    }
