"""Who may do what, state by state: every action × state × actor has one expected answer."""

from dataclasses import dataclass

import pytest

from agencies.access.enums import Role
from coordination.programs import services as programs
from coordination.programs.enums import ProgramState, SignatureMethod
from coordination.programs.models import Program, SignatureSlot
from records import clock
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import STATES, advance, make_parties, make_program, secretary_of

pytestmark = pytest.mark.django_db

OK, MOVED_ON, REFUSED, UNSEEN = "ok", "moved on", "refused", "unseen"

# The states an action is open in; in any other it answers that the program has moved on.
OPEN_IN = {
    "edit": ("draft", "consulting"),
    "legal bases": ("draft", "consulting"),
    "write section": ("draft", "consulting"),
    "edit section": ("draft", "consulting"),
    "send": ("draft",),
    "settle": ("consulting",),
    "reopen": ("agreed",),
    "lock": ("agreed",),
    "number": ("agreed", "signing", "signed", "evaluating"),
    "evaluate": ("signed",),
    "close": ("signed", "evaluating"),
    "sign": ("signing",),
    "return": ("signing",),
    "name signer": ("signing",),
}
# Who may, besides the state. Parties: A leads and drafts, B is the party whose slot is acted on, C the third.
MAY = {
    "secretary A": set(OPEN_IN) - {"return"},
    "leader A": set(),
    "official A": set(),
    "organiser A": set(),
    "secretary B": {"sign", "return", "name signer"},
    "leader B": {"sign", "return", "name signer"},
    "official B": set(),
    "secretary of B's office": {"sign", "return", "name signer"},
    "secretary C": set(),
    "leader C": set(),
}
STRANGERS = ("secretary outside", "secretary of another unit", "unit_admin A", "system_admin A")


@dataclass
class Stage:
    program: Program
    slot: SignatureSlot | None
    actors: dict


def set_stage(state: str) -> Stage:
    unit = make_unit()
    a, b, c = make_parties(unit, 3)
    program = advance(make_program(agencies=[a, b, c]), state)
    office = make_agency(unit, "van-phong", serves=[b])
    actors = {
        "secretary A": secretary_of(a),
        "secretary B": secretary_of(b),
        "secretary C": secretary_of(c),
        "secretary of B's office": make_member(office, Role.SECRETARY),
        "secretary outside": make_member(make_agency(unit, "ngoai"), Role.SECRETARY),
        "secretary of another unit": make_member(make_agency(make_unit(), "la"), Role.SECRETARY),
    }
    for role in (Role.LEADER, Role.OFFICIAL, Role.ORGANISER, Role.UNIT_ADMIN, Role.SYSTEM_ADMIN):
        actors[f"{role.value} A"] = make_member(a, role)
    for role in (Role.LEADER, Role.OFFICIAL):
        actors[f"{role.value} B"] = make_member(b, role)
    actors["leader C"] = make_member(c, Role.LEADER)
    slot = SignatureSlot.objects.filter(version__program=program, party__agency=b).first()
    return Stage(program, slot, actors)


def act(action: str, stage: Stage, actor) -> None:
    program, slot, today = stage.program, stage.slot, clock.today()
    acts = {
        "edit": lambda: programs.edit_program(program, actor=actor, revision=program.revision, title="Tên khác"),
        "legal bases": lambda: programs.set_legal_bases(program, actor=actor, texts=["Luật A."]),
        "write section": lambda: programs.write_section(program, actor=actor, numbering="V", heading="Thêm"),
        "edit section": lambda: programs.edit_section(
            program.sections.first(), actor=actor, revision=1, numbering="I", heading="Khác", body=""
        ),
        "send": lambda: programs.send_for_comments(program, actor=actor, until=today),
        "settle": lambda: programs.settle(program, actor=actor),
        "reopen": lambda: programs.reopen(program, actor=actor, reason="Sửa"),
        "lock": lambda: programs.lock_for_signing(program, actor=actor),
        "number": lambda: programs.assign_number(program, actor=actor, number=7, symbol="CTPH-X"),
        "evaluate": lambda: programs.open_evaluation(program, actor=actor),
        "close": lambda: programs.close(program, actor=actor),
        "sign": lambda: programs.record_signature(slot, actor=actor, method=SignatureMethod.PAPER, signed_on=today),
        "return": lambda: programs.return_version(slot, actor=actor, reason="Sai tên"),
        "name signer": lambda: programs.name_signer(slot, actor=actor, signer_name="", title="PHÓ CHỦ TỊCH"),
    }
    acts[action]()


def answer(action: str, stage: Stage, who: str) -> str:
    try:
        act(action, stage, stage.actors[who])
    except NotAllowed as refusal:
        return UNSEEN if refusal.decision.hidden else REFUSED
    except Conflict:
        return MOVED_ON
    return OK


def expected(action: str, state: str, who: str) -> str:
    if who in STRANGERS:
        return UNSEEN
    if action not in MAY[who]:
        return REFUSED
    return OK if state in OPEN_IN[action] else MOVED_ON


def snapshot(program: Program) -> tuple:
    """Everything a refused action must leave as it was."""
    rows = [Program.objects.filter(pk=program.pk).values(), program.sections.values(), program.legal_bases.values()]
    slots = SignatureSlot.objects.filter(version__program=program).values()
    return tuple(list(values) for values in (*rows, program.versions.values(), slots, program.state_changes.values()))


@pytest.mark.parametrize("state", STATES)
def test_refused_actions_change_nothing(state):
    stage = set_stage(state)
    before, entries, wrong = snapshot(stage.program), AuditEntry.objects.count(), []
    for action in OPEN_IN:
        if stage.slot is None and action in ("sign", "return", "name signer"):
            assert state not in OPEN_IN[action]
            continue
        for who in (*MAY, *STRANGERS):
            want = expected(action, state, who)
            if want != OK and (got := answer(action, stage, who)) != want:
                wrong.append((action, who, want, got))
    assert wrong == []
    assert (snapshot(stage.program), AuditEntry.objects.count()) == (before, entries)


@pytest.mark.parametrize(
    ("action", "state", "who"),
    [
        (action, state, who)
        for action, states in OPEN_IN.items()
        for state in states
        for who in MAY
        if action in MAY[who]
    ],
)
def test_allowed_action_is_done(action, state, who):
    stage = set_stage(state)
    before = snapshot(stage.program)
    assert answer(action, stage, who) == OK
    assert snapshot(stage.program) != before
    assert AuditEntry.objects.order_by("-sequence").first().actor_id == stage.actors[who].pk


def test_every_service_has_its_row():
    named = set(programs.__all__) - {"PartyDraft", "Scan", "create_program"}
    assert len(named) == len(OPEN_IN)


@pytest.mark.parametrize("role", Role)
def test_only_secretaries_create(role):
    agencies = make_parties(make_unit(), 2)
    actor = make_member(agencies[0], role)
    if role == Role.SECRETARY:
        assert make_program(agencies=agencies, secretary=actor).drafting_agency == agencies[0]
    else:
        with pytest.raises(NotAllowed) as refusal:
            make_program(agencies=agencies, secretary=actor)
        assert str(refusal.value) and not Program.objects.exists()


def test_drafting_secretary_of_an_office_edits_and_the_lead_party_may_too():
    unit = make_unit()
    a, b = make_parties(unit, 2)
    office = make_agency(unit, "van-phong", serves=[])
    drafter = make_member(office, Role.SECRETARY)
    program = make_program(agencies=[a, b], secretary=drafter)
    programs.edit_program(program, actor=secretary_of(a), revision=program.revision, title="Bên chủ trì sửa")
    with pytest.raises(NotAllowed) as refusal:
        programs.send_for_comments(program, actor=secretary_of(a), until=clock.today())
    assert "van-phong" in str(refusal.value)


@pytest.mark.parametrize("state", STATES)
def test_drafts_and_programs_of_others_stay_unseen(state):
    stage = set_stage(state)
    other = make_program(state, unit=make_unit())
    seen = {who for who, actor in stage.actors.items() if Program.objects.visible_to(actor).filter(pk=stage.program.pk)}
    assert seen == set(MAY)
    assert not any(Program.objects.visible_to(actor).filter(pk=other.pk).exists() for actor in stage.actors.values())
    assert not Program.objects.visible_to(None).exists()


def test_state_names_of_the_table_are_all_states():
    assert len(STATES) == len(ProgramState)
