"""An agency in the directory with its posts and their holders, and every act on them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cryptography.hazmat.primitives.serialization import Encoding

from agencies.access.enums import Role
from agencies.certificates import permissions as may_keep
from agencies.certificates import services as certificates
from agencies.directory import permissions
from agencies.directory.services import end_agency
from agencies.models import Agency, Membership, OfficeHolding, SigningCertificate
from agencies.people import permissions as keeping
from agencies.people import services as people
from agencies.people.services import register_person
from agencies.registry import services as registry
from records import clock
from tests.factories.people import BEGINNING, make_agency, make_holder, make_office
from tests.factories.signing import certificate, register
from tests.integration.rights.cast import Cast

PRESENT, ENDED = "existing", "ended"
STATES = EVERY_STATE = (PRESENT, ENDED)


@dataclass(frozen=True)
class Stage:
    """The second party, and an agency of the same unit that has ended; each with a post and its holder."""

    cast: Cast
    agencies: dict[str, Agency]
    holdings: dict[str, OfficeHolding]
    certificates: dict[str, SigningCertificate]


def set_stage(cast: Cast) -> Stage:
    past = make_agency(cast.unit, "da-giai-the", "Cơ quan đã giải thể")
    agencies = {PRESENT: cast.agencies["party"], ENDED: past}
    holdings = {
        state: make_holder(
            make_office(agency, "Trưởng phòng", "TRƯỞNG PHÒNG", seats=2), "Trần Thị Bình", since=BEGINNING
        )
        for state, agency in agencies.items()
    }
    for agency in agencies.values():
        make_office(agency, "Văn thư", "VĂN THƯ")
    keeper, seal = cast.members["party", Role.SYSTEM_ADMIN], certificate("Dấu mẫu")
    registered = {state: register(agency, seal, keeper, as_seal=True) for state, agency in agencies.items()}
    end_agency(past, last_day=clock.today() - timedelta(days=1))
    return Stage(cast, agencies, holdings, registered)


def viewed(stage: Stage):
    """The models with their `visible_to`, the predicates that must agree with them."""
    return [
        (Agency, permissions.can_view_agency),
        (SigningCertificate, may_keep.can_view_certificate),
    ]


def reached(stage: Stage) -> set[str]:
    """Whether an agency exists today."""
    today = clock.today()
    found = Agency.objects.filter(pk__in=[agency.pk for agency in stage.agencies.values()])
    return {PRESENT if agency.holds_on(today) else ENDED for agency in found}


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about an agency, asked of the one in this state."""
    agency = Agency.objects.get(pk=stage.agencies[state].pk)
    facts = registry.facts_of(agency, agency.name_on(clock.today()))
    renamed = replace(facts, name="Cơ quan tên khác", short_name="Tên khác")
    new = replace(facts, name="Báo Thử Nghiệm", short_name="Báo", abbreviation="BAO", document_symbol="BAO")
    revision = {"revision": agency.revision}
    return {
        "can_view_agency": lambda actor: permissions.can_view_agency(actor, agency),
        "can_add_agency": lambda actor: permissions.can_add_agency(actor, agency.unit),
        "can_change_agency": lambda actor: permissions.can_change_agency(actor, agency),
        "add_agency": lambda actor: registry.add_agency(agency.unit, new, actor=actor, valid_from=date(2022, 3, 1)),
        "change_agency": lambda actor: registry.change_agency(
            agency, renamed, actor=actor, since=date(2022, 3, 1), **revision
        ),
        "correct_agency": lambda actor: registry.correct_agency(
            agency, renamed, actor=actor, reason="Gõ nhầm", **revision
        ),
        "set_contact": lambda actor: registry.set_contact(
            agency, registry.Contact(phone="0203 000 000"), actor=actor, **revision
        ),
        **_posts(agency, stage.holdings[state]),
        **_certificates(agency, stage.certificates[state]),
    }


def _certificates(agency: Agency, kept: SigningCertificate) -> dict[str, Callable[[Membership], object]]:
    content = certificate("Con dấu mới").certificate.public_bytes(Encoding.PEM)
    return {
        "can_keep_certificates": lambda actor: may_keep.can_keep_certificates(actor, agency),
        "can_view_certificate": lambda actor: may_keep.can_view_certificate(actor, kept),
        "register_certificate": lambda actor: certificates.register_certificate(
            agency, actor=actor, content=content, office=None, reason="Cấp mới"
        ),
        "end_certificate": lambda actor: certificates.end_certificate(kept, actor=actor, reason="Mất thiết bị"),
    }


def _posts(agency: Agency, holding: OfficeHolding) -> dict[str, Callable[[Membership], object]]:
    office, day = holding.office, date(2022, 3, 1)
    vacant = agency.offices.get(title="Văn thư")
    other = register_person("Vũ Văn Em")
    titles = {"title": "Phó trưởng phòng", "printed_title": "PHÓ TRƯỞNG PHÒNG", "authority": "KT"}
    return {
        "can_keep_offices": lambda actor: keeping.can_keep_offices(actor, agency),
        "can_view_person": lambda actor: keeping.can_view_person(actor, holding.person),
        "can_correct_name": lambda actor: keeping.can_correct_name(actor, holding.person),
        "set_up_office": lambda actor: people.set_up_office(agency, actor=actor, **titles),
        "change_office": lambda actor: people.change_office(
            office, actor=actor, seats=3, protocol_order=90, since=date(2022, 3, 1), **titles
        ),
        "close_office": lambda actor: people.close_office(vacant, last_day=day, actor=actor),
        "appoint": lambda actor: people.appoint(other, office, since=day, until=date(2022, 3, 20), actor=actor),
        "appoint_new_person": lambda actor: people.appoint_new_person(
            "Lê Văn Cường", office, since=day, until=date(2022, 3, 20), actor=actor
        ),
        "correct_holding": lambda actor: people.correct_holding(
            holding,
            since=date(2020, 1, 1),
            until=day,
            decision="QĐ 1",
            is_acting=False,
            reason="Gõ nhầm",
            actor=actor,
        ),
        "end_holding": lambda actor: people.end_holding(holding, last_day=day, actor=actor),
        "rename_person": lambda actor: people.rename_person(holding.person, "Trần Thị Bình Minh", actor=actor),
    }
