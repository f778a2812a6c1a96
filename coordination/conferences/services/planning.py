"""A conference is planned, changed, opened and closed; programs are put on it and taken off it."""

from collections.abc import Sequence
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.directory.lineage import must_exist_on
from agencies.models import AdminUnit, Agency, Membership
from coordination.conferences.enums import ConferenceState, HalfDay, ProgramPurpose
from coordination.conferences.models import Conference, ConferenceProgram
from coordination.conferences.permissions import can_plan_conference, can_run_conference
from coordination.conferences.queries.seats import titles_of
from coordination.conferences.services.agenda import end_floor, end_what_runs
from coordination.conferences.services.conclusions import name_concluder
from coordination.conferences.services.holders import note_holders_anew
from coordination.conferences.services.leading import Leading, name_chairs, name_highest_guest
from coordination.conferences.services.locking import locked, next_position
from coordination.programs.models import Program
from coordination.programs.services.doors import must_be_revision
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import named, record
from records.errors import RuleBroken


@transaction.atomic
def plan_conference(
    unit: AdminUnit,
    *,
    actor: Membership,
    title: str,
    full_title: str,
    held_on: date,
    half_day: HalfDay,
    starts_at: time | None,
    place: str,
    review_year: int,
    plan_year: int,
    organiser: Agency,
    year_theme: str = "",
    reviews: Sequence[Program] = (),
    signs: Sequence[Program] = (),
    leading: Leading | None = None,
) -> Conference:
    """Plan a conference that reviews one year and plans the same or a later one: that of 2021 is held in 2022.

    Raises: NotAllowed; RuleBroken when the years are out of order or the half-day is taken.
    """
    require(can_plan_conference(actor, unit, organiser))
    _check_years(review_year, plan_year, held_on)
    must_exist_on([organiser], held_on, "organiser")
    _keep_free(unit, held_on, half_day)
    conference = Conference.objects.create(
        unit=unit,
        title=title,
        full_title=full_title,
        held_on=held_on,
        half_day=half_day,
        starts_at=starts_at,
        place=place,
        review_year=review_year,
        plan_year=plan_year,
        organiser=organiser,
        year_theme=year_theme,
    )
    record(AuditAction.CREATED, actor=actor, about=conference, after=_planned(conference))
    _put_on(conference, {ProgramPurpose.REVIEW: reviews, ProgramPurpose.SIGN: signs}, actor=actor)
    _name_leading(conference, leading, actor=actor)
    return conference


@transaction.atomic
def edit_conference(
    conference: Conference,
    *,
    actor: Membership,
    revision: int,
    organiser: Agency,
    reviews: Sequence[Program],
    signs: Sequence[Program],
    leading: Leading | None = None,
    **facts,
) -> Conference:
    """Change what was planned until the conference has been held; programs left out that the actor sees are taken off.

    Shape: `facts` are the values `plan_conference` takes. When day, half-day, hour or place change after invitations
    went out, those who answered are asked again.
    Raises: NotAllowed; Conflict when somebody else changed it meanwhile; RuleBroken as when planning.
    """
    conference = locked(conference)
    require(can_run_conference(actor, conference))
    require(can_plan_conference(actor, conference.unit, organiser))
    must_be_revision(conference, revision)
    _check_years(facts["review_year"], facts["plan_year"], facts["held_on"])
    must_exist_on([organiser], facts["held_on"], "organiser")
    _keep_free(conference.unit, facts["held_on"], facts["half_day"], but_for=conference)
    before = _planned(conference)
    for name, value in (facts | {"organiser": organiser}).items():
        setattr(conference, name, value)
    conference.revision += 1
    after = _planned(conference)
    if _asks_again(conference, before, after):
        conference.changed_at = clock.now()
    conference.save()
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        told = {"before": {name: before[name] for name in changed}, "after": {name: after[name] for name in changed}}
        record(AuditAction.CHANGED, actor=actor, about=conference, **told)
    if "held_on" in changed:
        note_holders_anew(conference, actor=actor)
    _put_on(conference, {ProgramPurpose.REVIEW: reviews, ProgramPurpose.SIGN: signs}, actor=actor, others_off=True)
    _name_leading(conference, leading, actor=actor)
    return conference


@transaction.atomic
def add_program(
    conference: Conference, program: Program, *, actor: Membership, purpose: ProgramPurpose
) -> ConferenceProgram:
    """Put a program the actor sees on the conference, to be reviewed or signed; twice is once.

    Raises: NotAllowed, also when the conference has been held.
    """
    conference = locked(conference)
    require(can_run_conference(actor, conference))
    if not Program.objects.visible_to(actor).filter(pk=program.pk).exists():
        require(unseen())
    link, is_new = ConferenceProgram.objects.get_or_create(
        conference=conference,
        program=program,
        purpose=purpose,
        defaults={"position": next_position(conference.program_links)},
    )
    if is_new:
        record(AuditAction.CHANGED, actor=actor, about=conference, after={"program": program.code, "purpose": purpose})
    return link


@transaction.atomic
def remove_program(link: ConferenceProgram, *, actor: Membership) -> None:
    """Take a program the actor sees off the conference; twice is once.

    Raises: NotAllowed, also when the conference has been held.
    """
    conference = locked(link.conference)
    require(can_run_conference(actor, conference))
    if not Program.objects.visible_to(actor).filter(pk=link.program_id).exists():
        require(unseen())
    told = {"program": link.program.code, "purpose": link.purpose}
    if not conference.program_links.filter(pk=link.pk).delete()[0]:
        return
    record(AuditAction.CHANGED, actor=actor, about=conference, before=told, after={"program": ""})


@transaction.atomic
def open_conference(conference: Conference, *, actor: Membership) -> Conference:
    """Declare a planned conference in session.

    Raises: NotAllowed; RuleBroken when it is not being prepared.
    """
    return _move(conference, ConferenceState.PLANNED, ConferenceState.RUNNING, actor=actor)


@transaction.atomic
def close_conference(conference: Conference, *, actor: Membership, ended_at: time | None = None) -> Conference:
    """Declare a conference in session held; what was under way in it is done. When it ended is told where it is known.

    Raises: NotAllowed; RuleBroken when it is not in session, or ended before it began.
    """
    conference = _move(conference, ConferenceState.RUNNING, ConferenceState.HELD, actor=actor)
    end_floor(conference, actor=actor)
    end_what_runs(conference, actor=actor)
    if ended_at is None:
        return conference
    if conference.starts_at and ended_at <= conference.starts_at:
        words = _("The conference began at %(time)s; it ended later than that.")
        raise RuleBroken(words % {"time": f"{conference.starts_at:%H:%M}"}, "ended_at")
    conference.ended_at = ended_at
    conference.save(update_fields=["ended_at"])
    record(AuditAction.CHANGED, actor=actor, about=conference, after={"ended_at": ended_at})
    return conference


def _check_years(review_year: int, plan_year: int, held_on: date) -> None:
    if plan_year < review_year:
        raise RuleBroken(_("The year planned must not be before the year reviewed."), "plan_year")
    if review_year > held_on.year:
        raise RuleBroken(_("A year can only be reviewed once it has begun."), "review_year")


def _keep_free(unit: AdminUnit, held_on: date, half_day: HalfDay, but_for: Conference | None = None) -> None:
    """Hold the unit, so that two who plan at once take turns, and refuse a half-day another conference has."""
    AdminUnit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    taken = Conference.objects.filter(unit=unit, held_on=held_on, half_day=half_day)
    if taken.exclude(pk=but_for.pk if but_for else None).exists():
        raise RuleBroken(_("There is already a conference on this half-day."), "held_on")


def _asks_again(conference: Conference, before: dict, after: dict) -> bool:
    """Whether what an invitation says of day, hour and place is no longer so. Rule: R-PEOPLE-3."""
    moved = any(before[name] != after[name] for name in ("held_on", "half_day", "starts_at", "place"))
    return moved and conference.invitations.standing().filter(sent_at__isnull=False).exists()


def _put_on(
    conference: Conference,
    wanted: dict[ProgramPurpose, Sequence[Program]],
    *,
    actor: Membership,
    others_off: bool = False,
) -> None:
    """Put programs on the conference; with `others_off` those the actor sees and did not name are taken off it."""
    if others_off:
        seen = Program.objects.visible_to(actor).values("pk")
        for link in conference.program_links.filter(program_id__in=seen).select_related("program", "conference"):
            if link.program not in wanted[ProgramPurpose(link.purpose)]:
                remove_program(link, actor=actor)
    for purpose, programs in wanted.items():
        for program in programs:
            add_program(conference, program, actor=actor, purpose=purpose)


def _name_leading(conference: Conference, leading: Leading | None, *, actor: Membership) -> None:
    """Record who leads the conference as the form says; nothing is touched where it says nothing."""
    if leading is None:
        return
    name_chairs(conference, actor=actor, seats=leading.chairs)
    if leading.concluder is not None:
        title = leading.concluder_title or titles_of(leading.concluder, conference.held_on)
        kept = (conference.concluded_by_id, conference.concluded_by_title)
        if kept != (leading.concluder.pk, title):
            name_concluder(conference, actor=actor, person=leading.concluder, title=title)
    elif conference.concluded_by_id is not None:
        _forget_concluder(conference, actor=actor)
    name_highest_guest(
        conference, actor=actor, person=leading.guest, name=leading.guest_name, title=leading.guest_title
    )


def _forget_concluder(conference: Conference, *, actor: Membership) -> None:
    told = {"concluded_by": str(conference.concluded_by), "concluded_by_title": conference.concluded_by_title}
    conference.concluded_by, conference.concluded_by_title = None, ""
    conference.save(update_fields=["concluded_by", "concluded_by_title"])
    record(AuditAction.CHANGED, actor=actor, about=conference, before=told, after=dict.fromkeys(told, ""))


def _planned(conference: Conference) -> dict:
    """The columns an audit entry tells about."""
    columns = (
        "title",
        "full_title",
        "held_on",
        "half_day",
        "starts_at",
        "place",
        "review_year",
        "plan_year",
        "year_theme",
    )
    return {name: getattr(conference, name) for name in columns} | {"organiser": named(conference.organiser)}


def _move(conference: Conference, before: ConferenceState, after: ConferenceState, *, actor: Membership) -> Conference:
    conference = locked(conference)
    require(can_run_conference(actor, conference))
    if conference.state != before:
        raise RuleBroken(
            _("The conference is “%(state)s”; it cannot become “%(next)s”.")
            % {"state": conference.status.label, "next": after.label}
        )
    conference.state = after
    conference.save(update_fields=["state"])
    record(AuditAction.MOVED, actor=actor, about=conference, before={"state": before}, after={"state": after})
    return conference
