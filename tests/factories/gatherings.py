"""A conference with its organiser, a party and a commune below, whose seats are invited and ticked by real services."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from agencies.units.enums import UnitKind, UnitLevel
from agencies.units.services import found_unit
from coordination.conferences import services as conferences
from coordination.conferences.enums import CommendationForm, Commended
from coordination.conferences.models import Commendation, Conference, Invitation
from records import clock
from tests.factories.conferences import make_conference
from tests.factories.people import BEGINNING, make_agency, make_holder, make_member, make_office, make_unit

GROUP = "Lãnh đạo các xã, thị trấn"
PROPOSAL = conferences.Proposal(
    Commended.COLLECTIVE, "Hội Nông dân huyện", CommendationForm.CERTIFICATE, "Hoàn thành tốt nhiệm vụ"
)


@dataclass(frozen=True)
class Gathering:
    """Who organises a conference a week away, who is party, who lies below, and the conference itself."""

    organiser: Agency
    party: Agency
    commune: Agency
    keeper: Membership
    conference: Conference

    def member(self, agency: Agency, role: Role = Role.OFFICIAL) -> Membership:
        return make_member(agency, role)

    def invite(self, *agencies: Agency, group: str = GROUP, **more) -> list[Invitation]:
        """Put the heads of agencies on the list."""
        return conferences.invite(self.conference, actor=self.keeper, group=group, agencies=list(agencies), **more)

    def send(self) -> None:
        conferences.send_invitations(self.conference, actor=self.keeper)


def make_gathering(*, held_on: date | None = None) -> Gathering:
    """A district with an organiser and a party whose heads are named, and a commune below it without recorded posts."""
    unit = make_unit()
    organiser = make_agency(unit, "ubnd", "UBND huyện", protocol_order=10)
    party = make_agency(unit, "mttq", "Ủy ban MTTQ huyện", protocol_order=20)
    for agency, title, name in ((organiser, "Chủ tịch UBND huyện", "Trần Văn Bình"), (party, "Chủ tịch", "Lê Thị Cúc")):
        make_holder(make_office(agency, title, "CHỦ TỊCH", is_head=True), name, since=BEGINNING)
    below = found_unit(
        code=f"{unit.code}-X",
        level=UnitLevel.COMMUNE,
        kind=UnitKind.COMMUNE,
        name="xã Tân Bình",
        bare_name="Tân Bình",
        valid_from=BEGINNING,
        parent=unit,
    )
    commune = make_agency(below, "ubnd-xa", "UBND xã Tân Bình", protocol_order=200)
    keeper = make_member(organiser, Role.SECRETARY)
    held_on = held_on or clock.today() + timedelta(days=7)
    conference = make_conference(organiser=organiser, actor=keeper, held_on=held_on)
    return Gathering(organiser, party, commune, keeper, conference)


def conference_page(name: str, conference: Conference, *more) -> str:
    """The address of a page of a conference."""
    return reverse(f"coordination:conference-{name}", args=[conference.slug, *more])


def proposed(gathering: Gathering, **changed) -> Commendation:
    """A commendation that the gathering's party proposes."""
    given = {"actor": gathering.member(gathering.party, Role.SECRETARY), "proposed_by": gathering.party, **changed}
    proposal = given.pop("proposal", PROPOSAL)
    return conferences.propose_commendation(gathering.conference, proposal=proposal, **given)


def granted(row: Commendation, gathering: Gathering, **changed) -> Commendation:
    """The same once the keeper has entered the decision."""
    given = {"decision_number": "1/QĐ-UBND", "decided_on": clock.today()} | changed
    return conferences.grant_commendation(row, actor=gathering.keeper, **given)
