"""A conference is planned, opened and closed; programs are put on it."""

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
from coordination.conferences.services.locking import locked, next_position
from coordination.programs.models import Program
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
) -> Conference:
    """Plan a conference that reviews one year and plans the same or a later one.

    Raises: NotAllowed; RuleBroken when the years are out of order or the half-day is taken.
    """
    require(can_plan_conference(actor, unit, organiser))
    if plan_year < review_year:
        raise RuleBroken(_("The year planned must not be before the year reviewed."), "plan_year")
    must_exist_on([organiser], held_on, "organiser")
    AdminUnit.objects.select_for_update(of=("self",)).get(pk=unit.pk)  # two who plan at once take turns
    if Conference.objects.filter(unit=unit, held_on=held_on, half_day=half_day).exists():
        raise RuleBroken(_("There is already a conference on this half-day."), "held_on")
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
    for purpose, programs in ((ProgramPurpose.REVIEW, reviews), (ProgramPurpose.SIGN, signs)):
        for program in programs:
            add_program(conference, program, actor=actor, purpose=purpose)
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
def open_conference(conference: Conference, *, actor: Membership) -> Conference:
    """Declare a planned conference in session.

    Raises: NotAllowed; RuleBroken when it is not being prepared.
    """
    return _move(conference, ConferenceState.PLANNED, ConferenceState.RUNNING, actor=actor)


@transaction.atomic
def close_conference(conference: Conference, *, actor: Membership, ended_at: time | None = None) -> Conference:
    """Declare a conference in session held; its agenda stays as it is. When it ended is told where it is known.

    Raises: NotAllowed; RuleBroken when it is not in session, or ended before it began.
    """
    conference = _move(conference, ConferenceState.RUNNING, ConferenceState.HELD, actor=actor)
    if ended_at is None:
        return conference
    if conference.starts_at and ended_at <= conference.starts_at:
        words = _("The conference began at %(time)s; it ended later than that.")
        raise RuleBroken(words % {"time": f"{conference.starts_at:%H:%M}"}, "ended_at")
    conference.ended_at = ended_at
    conference.save(update_fields=["ended_at"])
    record(AuditAction.CHANGED, actor=actor, about=conference, after={"ended_at": ended_at})
    return conference


def _planned(conference: Conference) -> dict:
    """The columns an audit entry tells about."""
    columns = ("title", "held_on", "half_day", "starts_at", "place", "review_year", "plan_year", "year_theme")
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
