"""A program in each of its states, and every act on one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from agencies.models import Agency, Membership, OfficeHolding
from coordination.programs import permissions
from coordination.programs import services as programs
from coordination.programs.enums import ProgramKind, ProgramState, SignatureMethod
from coordination.programs.models import Program, SignatureSlot
from coordination.register import services as register
from coordination.reminders.permissions import can_ask_to_sign
from coordination.reminders.services import ask_to_sign
from coordination.tasks import services as tasks
from coordination.tasks.permissions import can_create_task
from records import clock
from records.files.enums import FileKind
from records.files.services import keep_bytes
from reports.issuing.permissions import can_issue_program
from tests.factories.people import make_holder, make_office
from tests.factories.programs import SHORT_TITLE, TITLE, advance, make_committee, make_program
from tests.factories.programs import STATES as WALKED
from tests.factories.tasks import PDF, make_draft, make_task
from tests.integration.rights import drafting
from tests.integration.rights.cast import Cast

NONE_YET = "not yet created"
STATES = (NONE_YET, *WALKED)


@dataclass(frozen=True)
class Stage:
    """One program for each state, all between the same parties, each with a task that others coordinate."""

    cast: Cast
    programs: dict[str, Program]
    signer: OfficeHolding
    committee: Agency

    def later_than(self, program: Program) -> Program:
        """Another program in force that can take the place of one."""
        return self.programs["evaluating" if program != self.programs["evaluating"] else "signed"]


def set_stage(cast: Cast) -> Stage:
    staged = {}
    head = make_office(cast.agencies["party"], "Chủ tịch Bên thứ 2", "CHỦ TỊCH", is_head=True)
    signer = make_holder(head, "Nguyễn Thị Dung", since=date(2021, 7, 1))
    helpers = (cast.agencies["third"], cast.agencies["helper"], cast.agencies["helpbelow"])
    for state in WALKED:
        program = make_program("draft", agencies=cast.parties, secretary=cast.secretary)
        programs.set_legal_bases(program, actor=cast.secretary, texts=["Luật A.", "Luật B."])
        make_task(program, lead=cast.agencies["party"], coordinators=helpers)
        staged[state] = advance(program, state, secretary=cast.secretary)
        scan = keep_bytes("ban-ky.pdf", FileKind.PDF, PDF)
        SignatureSlot.objects.filter(version__program=program, party__agency=cast.agencies["party"]).update(scan=scan)
    return Stage(cast, staged, signer, make_committee(cast.secretary.agency.unit))


def viewed(stage: Stage):
    """The model with its `visible_to`, the predicate that must agree with it."""
    return [(Program, permissions.can_view_program)]


def reached(stage: Stage) -> set[str]:
    """The states the staged programs are in."""
    return {program.state for program in stage.programs.values()}


EVERY_STATE = set(ProgramState.values)


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about a program, asked of the one in this state."""
    return _creating(stage.cast) if state == NONE_YET else _about(stage, state)


def _creating(cast: Cast) -> dict[str, Callable[[Membership], object] | None]:
    parties = [programs.PartyDraft(agency, is_lead=place == 0) for place, agency in enumerate(cast.parties)]
    return {
        "can_create_program": permissions.can_create_program,
        "create_program": lambda actor: programs.create_program(
            actor=actor,
            year=2022,
            kind=ProgramKind.PROGRAM,
            title=TITLE,
            short_title=SHORT_TITLE,
            period_start=date(2022, 1, 1),
            period_end=date(2022, 12, 31),
            parties=parties,
            drafting_agency=cast.agencies["drafter"],
        ),
    }


def _about(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    program, today = stage.programs[state], clock.today()
    slot = SignatureSlot.objects.filter(version__program=program, party__agency=stage.cast.agencies["party"]).first()
    section, party = program.sections.first(), program.parties.get(agency=stage.cast.agencies["party"])
    about = {
        "can_view_program": lambda actor: permissions.can_view_program(actor, program),
        "can_view_drafting": lambda actor: permissions.can_view_drafting(actor, program),
        "can_view_paper": lambda actor: permissions.can_view_paper(actor, program),
        "can_edit_program": lambda actor: permissions.can_edit_program(actor, program),
        "can_state_agreement": lambda actor: permissions.can_state_agreement(actor, program, party),
        "can_take_step": lambda actor: permissions.can_take_step(actor, program),
        "can_ask_to_sign": lambda actor: can_ask_to_sign(actor, program),
        "can_create_task": lambda actor: can_create_task(actor, program),
        "can_issue_program": lambda actor: can_issue_program(actor, program),
        "edit_program": lambda actor: programs.edit_program(
            program, actor=actor, revision=program.revision, title="Tên khác"
        ),
        "set_legal_bases": lambda actor: programs.set_legal_bases(program, actor=actor, texts=["Luật A."]),
        "write_section": lambda actor: programs.write_section(program, actor=actor, numbering="V", heading="Thêm"),
        "edit_section": lambda actor: programs.edit_section(
            section, actor=actor, revision=1, numbering="I", heading="Khác", body=""
        ),
        "send_for_comments": lambda actor: programs.send_for_comments(program, actor=actor, until=today),
        "end_comments": lambda actor: programs.end_comments(program, actor=actor),
        "record_agreement:stated": lambda actor: programs.record_agreement(program, party, actor=actor),
        "record_agreement:letter": lambda actor: programs.record_agreement(
            program, party, actor=actor, ground="letter", letter=programs.Letter("07/CV", today)
        ),
        "settle": lambda actor: programs.settle(program, actor=actor),
        "submit": lambda actor: programs.submit(program, actor=actor, committee=stage.committee),
        "clear": lambda actor: programs.clear(program, actor=actor, on=today),
        "send_back": lambda actor: programs.send_back(program, actor=actor, on=today, reason="Bổ sung căn cứ"),
        "reopen": lambda actor: programs.reopen(program, actor=actor, reason="Sửa"),
        "lock_for_signing": lambda actor: programs.lock_for_signing(program, actor=actor),
        "assign_number": lambda actor: register.assign_number(program, actor=actor, number=77, symbol="CTPH-X"),
        "plan_signing": lambda actor: programs.plan_signing(program, actor=actor, plans=_plans(program)),
        "set_last_day": lambda actor: programs.set_last_day(program, actor=actor, until=today),
        "recall_version": lambda actor: programs.recall_version(program, actor=actor, reason="Quá hạn ký"),
        "ask_to_sign": lambda actor: ask_to_sign(program, actor=actor),
        "open_evaluation": lambda actor: programs.open_evaluation(program, actor=actor),
        "close": lambda actor: programs.close(program, actor=actor),
        "supersede": lambda actor: programs.supersede(program, actor=actor, by=stage.later_than(program)),
        "choose_paper_rules": lambda actor: programs.choose_paper_rules(program, actor=actor, rules="neutral"),
        "cancel": lambda actor: programs.cancel(program, actor=actor, reason="Không còn cần thiết"),
        "close_program_year": lambda actor: tasks.close_program_year(program, actor=actor),
        "create_task": lambda actor: tasks.create_task(
            program, actor=actor, draft=make_draft(program, lead=stage.cast.agencies["party"])
        ),
    }
    return about | drafting.acts(program, section) | _at_the_place_to_sign(slot, stage.signer, today)


def _plans(program: Program) -> list[programs.SlotPlan]:
    """Every party of the version being signed on paper, in one round."""
    slots = SignatureSlot.objects.filter(version__program=program, version__voided_at=None)
    return [programs.SlotPlan(slot.pk, 1, SignatureMethod.PAPER) for slot in slots]


def _at_the_place_to_sign(
    slot: SignatureSlot | None, holding: OfficeHolding, today: date
) -> dict[str, Callable[[Membership], object] | None]:
    acts = {
        "can_name_signer": lambda actor: permissions.can_name_signer(actor, slot),
        "can_record_signature:paper": lambda actor: permissions.can_record_signature(
            actor, slot, SignatureMethod.PAPER
        ),
        "can_record_signature:digital": lambda actor: permissions.can_record_signature(
            actor, slot, SignatureMethod.DIGITAL
        ),
        "attest_scan": lambda actor: programs.attest_scan(slot, actor=actor),
        "can_return_version": lambda actor: permissions.can_return_version(actor, slot),
        "choose_signer": lambda actor: programs.choose_signer(slot, actor=actor, holding=holding),
        "hand_over_scan": lambda actor: programs.hand_over_scan(slot, actor=actor).close(),
        "name_signer": lambda actor: programs.name_signer(slot, actor=actor, signer_name="", title="PHÓ CHỦ TỊCH"),
        "record_signature:paper": lambda actor: programs.record_signature(
            slot, actor=actor, method=SignatureMethod.PAPER, signed_on=today
        ),
        "record_signature:digital": lambda actor: programs.record_signature(
            slot, actor=actor, method=SignatureMethod.DIGITAL, signed_on=today
        ),
        "return_version": lambda actor: programs.return_version(slot, actor=actor, reason="Sai tên"),
    }
    return acts if slot else dict.fromkeys(acts)
