"""Programs in every state of their life, walked there by the real services."""

from datetime import date

from agencies.access.enums import Role
from agencies.directory.enums import Family
from agencies.models import AdminUnit, Agency, Membership
from coordination.programs import services as programs
from coordination.programs.enums import AgreementGround, ProgramKind, SignatureMethod
from coordination.programs.models import Area, Program, Section, SignatureSlot
from coordination.programs.queries import signing_stand
from records import clock
from tests.factories.people import make_agency, make_member, make_unit

# The road every program walks, and where another state is reached from on the way.
ROAD = ("draft", "consulting", "revising", "agreed", "signing", "signed", "evaluating", "closed")
ASIDE = {"submitted": "agreed", "superseded": "signed", "cancelled": "revising"}
STATES = (*ROAD, *ASIDE)
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
    goal = ROAD.index(ASIDE.get(state, state))
    if goal >= ROAD.index("consulting"):
        programs.send_for_comments(program, actor=secretary, until=clock.today())
    if goal >= ROAD.index("revising"):
        programs.end_comments(program, actor=secretary)
    if goal >= ROAD.index("agreed"):
        agree(program, secretary=secretary)
        programs.settle(program, actor=secretary)
    if goal >= ROAD.index("signing"):
        programs.lock_for_signing(program, actor=secretary)
        sign(program, signed if state == "signing" else None, secretary=secretary)
    if goal >= ROAD.index("evaluating"):
        programs.open_evaluation(program, actor=secretary)
    if goal >= ROAD.index("closed"):
        programs.close(program, actor=secretary)
    if state in ASIDE:
        step_aside(program, state, secretary)
    return Program.objects.get(pk=program.pk)


def agree(program: Program, *, secretary: Membership | None = None) -> None:
    """The letters by which all parties agree with the text as it stands are entered by the drafting secretary."""
    secretary = secretary or secretary_of(program.drafting_agency)
    for party in program.parties.all():
        letter = programs.Letter(f"{party.letterhead_order:02}/CV", clock.today())
        programs.record_agreement(program, party, actor=secretary, ground=AgreementGround.LETTER, letter=letter)


def make_committee(unit: AdminUnit) -> Agency:
    """The Party committee of a unit; the same one when it is there already."""
    found = unit.agencies.filter(current_family=Family.PARTY).first()
    return found or make_agency(unit, "cap-uy", "Ban Thường vụ Cấp ủy", family=Family.PARTY)


def make_successor(program: Program, secretary: Membership) -> Program:
    """A program of the same parties signed by all, which can take the place of an earlier one."""
    agencies = [party.agency for party in program.parties.order_by("letterhead_order")]
    return make_program(
        "signed", agencies=agencies, secretary=secretary, year=program.year, drafting_agency=program.drafting_agency
    )


def step_aside(program: Program, state: str, secretary: Membership) -> None:
    """Leave the road at the place a state aside of it is reached from."""
    if state == "submitted":
        programs.submit(program, actor=secretary, committee=make_committee(program.unit))
    elif state == "superseded":
        programs.supersede(program, actor=secretary, by=make_successor(program, secretary))
    else:
        programs.cancel(program, actor=secretary, reason="Các bên chưa thống nhất chủ trương")


def sign(program: Program, count: int | None = None, *, secretary: Membership | None = None) -> None:
    """Record the next `count` paper signatures, all of them when no count is given."""
    secretary = secretary or secretary_of(program.drafting_agency)
    for slot in signing_stand(program).awaited[:count]:
        programs.record_signature(slot, actor=secretary, method=SignatureMethod.PAPER, signed_on=clock.today())


def slot_of(program: Program, agency: Agency) -> SignatureSlot:
    """An agency's place to sign the live version."""
    return next(slot for slot in signing_stand(program).slots if slot.party.agency_id == agency.pk)
