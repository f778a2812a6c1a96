"""Conferences in preparation, in session and held, walked there by the real services."""

from collections.abc import Iterable
from datetime import date, time

from agencies.models import Agency, Membership
from coordination.conferences import services as conferences
from coordination.conferences.enums import AgendaKind, HalfDay
from coordination.conferences.models import Conference
from coordination.programs.models import Program
from records import clock
from tests.factories.people import make_agency, make_unit
from tests.factories.programs import secretary_of

STATES = ("planned", "running", "held")


def make_conference(
    state: str = "planned",
    *,
    organiser: Agency | None = None,
    actor: Membership | None = None,
    held_on: date | None = None,
    half_day: HalfDay = HalfDay.AFTERNOON,
    items: int = 2,
    reviews: Iterable[Program] = (),
    signs: Iterable[Program] = (),
    title: str = "Hội nghị đánh giá chương trình phối hợp",
    invited: Iterable[Agency] = (),
    guest: str = "",
) -> Conference:
    """A conference with some agenda items, brought to a state; the heads of agencies and a guest invited before."""
    assert state in STATES, state
    organiser = organiser or make_agency(make_unit(), "ubnd", "UBND huyện")
    actor = actor or secretary_of(organiser)
    conference = conferences.plan_conference(
        organiser.unit,
        actor=actor,
        title=title,
        full_title="",
        held_on=held_on or clock.today(),
        half_day=half_day,
        starts_at=time(14, 0),
        place="Hội trường",
        review_year=2021,
        plan_year=2022,
        organiser=organiser,
        reviews=list(reviews),
        signs=list(signs),
    )
    for number in range(1, items + 1):
        conferences.add_agenda_item(
            conference, actor=actor, kind=AgendaKind.REPORT, title=f"Nội dung thứ {number}", presenter_agency=organiser
        )
    if invited or guest:
        conferences.invite(
            conference, actor=actor, group="Được mời", agencies=list(invited), guest=conferences.Guest(guest)
        )
        conferences.send_invitations(conference, actor=actor)
    if state != "planned":
        conference = conferences.open_conference(conference, actor=actor)
    if state == "held":
        conference = conferences.close_conference(conference, actor=actor)
    return conference
