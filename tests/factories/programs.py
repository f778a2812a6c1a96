"""Programs in every state of their life, walked there by the real services."""

from datetime import date

from agencies.access.enums import Role
from agencies.models import AdminUnit, Agency, Membership
from coordination.programs import services as programs
from coordination.programs.enums import ProgramKind, SignatureMethod
from coordination.programs.models import Area, Program, Section, SignatureSlot
from coordination.programs.queries import signing_stand
from records import clock
from tests.factories.people import make_agency, make_member, make_unit

STATES = ("draft", "consulting", "agreed", "signing", "signed", "evaluating", "closed")
TITLE = "Phối hợp công tác giữa các bên của huyện"
SHORT_TITLE = "Phối hợp công tác"


def make_program(
    state: str = "draft",
    parties: int = 3,
    *,
    unit: AdminUnit | None = None,
    agencies: list[Agency] | None = None,
    secretary: Membership | None = None,
    year: int = 2022,
    kind: ProgramKind = ProgramKind.PROGRAM,
    title: str = TITLE,
    short_title: str = SHORT_TITLE,
    signed: int = 0,
    **facts,
) -> Program:
    """A program whose first party leads and drafts it; with `signed` slots signed while it is in signing."""
    assert state in STATES, state
    unit = unit or (secretary.agency.unit if secretary else agencies[0].unit if agencies else make_unit())
    agencies = agencies or make_parties(unit, parties)
    secretary = secretary or secretary_of(agencies[0])
    program = programs.create_program(
        actor=secretary,
        year=year,
        kind=kind,
        title=title,
        short_title=short_title,
        period_start=facts.pop("period_start", date(year, 1, 1)),
        period_end=facts.pop("period_end", date(year, 12, 31)),
        parties=[programs.PartyDraft(agency, is_lead=place == 0) for place, agency in enumerate(agencies)],
        drafting_agency=facts.pop("drafting_agency", secretary.agency),
        **facts,
    )
    write_text(program, secretary)
    return advance(program, state, secretary=secretary, signed=signed)


def make_parties(unit: AdminUnit, count: int) -> list[Agency]:
    """Agencies of a unit in protocol order."""
    return [
        make_agency(unit, f"ben-{number}", f"Bên thứ {number}", protocol_order=number * 10)
        for number in range(1, count + 1)
    ]


def make_area(unit: AdminUnit, code: str = "chung", name: str = "Lĩnh vực chung") -> Area:
    """An area of coordination of a unit; the same one when it is there already."""
    position = unit.areas.count() + 1
    return Area.objects.get_or_create(unit=unit, code=code, defaults={"name": name, "position": position})[0]


def secretary_of(agency: Agency) -> Membership:
    """A secretary acting in an agency; the same one when there is one already."""
    return agency.memberships.filter(role=Role.SECRETARY).first() or make_member(agency, Role.SECRETARY)


def write_text(program: Program, secretary: Membership) -> list[Section]:
    """Two sections and a sub-item."""
    purpose = programs.write_section(
        program, actor=secretary, numbering="I", heading="Mục đích, yêu cầu", body="Tăng cường phối hợp giữa các bên."
    )
    content = programs.write_section(program, actor=secretary, numbering="II", heading="Nội dung phối hợp")
    detail = programs.write_section(
        program,
        actor=secretary,
        numbering="1",
        heading="Xây dựng nông thôn mới",
        body="Vận động nhân dân cùng làm.",
        parent=content,
    )
    return [purpose, content, detail]


def advance(program: Program, state: str, *, secretary: Membership | None = None, signed: int = 0) -> Program:
    """Walk a draft on to a state."""
    secretary = secretary or secretary_of(program.drafting_agency)
    goal = STATES.index(state)
    if goal >= STATES.index("consulting"):
        programs.send_for_comments(program, actor=secretary, until=clock.today())
    if goal >= STATES.index("agreed"):
        programs.settle(program, actor=secretary)
    if goal >= STATES.index("signing"):
        programs.lock_for_signing(program, actor=secretary)
        sign(program, signed if state == "signing" else None, secretary=secretary)
    if goal >= STATES.index("evaluating"):
        programs.open_evaluation(program, actor=secretary)
    if goal >= STATES.index("closed"):
        programs.close(program, actor=secretary)
    return Program.objects.get(pk=program.pk)


def sign(program: Program, count: int | None = None, *, secretary: Membership | None = None) -> None:
    """Record the next `count` paper signatures, all of them when no count is given."""
    secretary = secretary or secretary_of(program.drafting_agency)
    for slot in signing_stand(program).awaited[:count]:
        programs.record_signature(slot, actor=secretary, method=SignatureMethod.PAPER, signed_on=clock.today())


def slot_of(program: Program, agency: Agency) -> SignatureSlot:
    """An agency's place to sign the live version."""
    return next(slot for slot in signing_stand(program).slots if slot.party.agency_id == agency.pk)
