"""Rounds of signing: order and ways, the prepared file, mixed methods, the last day, return, recall, reminding."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from coordination.programs import services as programs
from coordination.programs.enums import ProgramState, SignatureMethod
from coordination.programs.models import Program, SignatureSlot
from coordination.programs.queries import signing_stand
from coordination.register.services import assign_number, void_number
from coordination.reminders.enums import Occasion
from coordination.reminders.models import Notice
from coordination.reminders.services import ask_to_sign
from records import clock
from records.errors import Conflict, NotAllowed, RuleBroken
from records.files.enums import FileKind
from records.files.services import keep_bytes
from reports.documents.enums import PaperKind
from reports.issuing.services import export_program, issue_program
from reports.signing import services as signing
from reports.signing.models import SignedState, SigningRound
from reports.signing.queries import broken_states, current_state, live_round, missing_before_preparing
from tests.factories.files import make_pdf
from tests.factories.signing import Table, lay_table, trusting
from tests.factories.stored import path_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def mixed(ground) -> Table:
    """Three parties: the lead signs last and digitally, the second digitally, the third on paper."""
    with trusting():
        yield lay_table(3, digital=[1, 2], ranks={1: 2})


@pytest.fixture
def table(mixed) -> Table:
    mixed.program.refresh_from_db()
    return mixed


def slot(table: Table, position: int) -> SignatureSlot:
    return next(one for one in signing_stand(table.program).slots if one.position == position)


def on_paper(table: Table, position: int, *, actor=None, scan: bool = True) -> SignatureSlot:
    content = make_pdf()
    kept = programs.Scan("ban-ky.pdf", BytesIO(content), len(content)) if scan else None
    return programs.record_signature(
        slot(table, position),
        actor=actor or table.secretary,
        method=SignatureMethod.PAPER,
        signed_on=clock.today(),
        scan=kept,
    )


def test_two_parties_sign_digitally_and_one_on_paper_in_the_order_set(table):
    leader = table.leaders[3]
    with pytest.raises(Conflict):
        table.take("ky-1", table.signed("ky-1"))
    with pytest.raises(RuleBroken):
        on_paper(table, 3, actor=leader, scan=False)
    on_paper(table, 3, actor=leader)
    table.take("ky-2", table.signed("ky-2"))
    table.take("ky-1", table.signed("ky-1"))
    table.program.refresh_from_db()
    assert table.program.state == ProgramState.SIGNING, "the scan was not compared yet"
    with pytest.raises(NotAllowed):
        programs.attest_scan(slot(table, 3), actor=leader)
    programs.attest_scan(slot(table, 3), actor=table.secretary)
    table.program.refresh_from_db()
    assert (table.program.state, table.program.signed_on) == (ProgramState.IN_FORCE, clock.today())


def test_the_signed_bytes_are_read_printed_and_issued(table):
    with pytest.raises(RuleBroken):
        issue_program(table.program, actor=table.secretary)
    on_paper(table, 3)
    table.take("ky-2", table.signed("ky-2"))
    last = table.signed("ky-1")
    table.take("ky-1", last)
    table.program.refresh_from_db()
    assert export_program(table.program, actor=table.secretary).content == last
    document = issue_program(table.program, actor=table.secretary)
    assert path_of(document.file).read_bytes() == last
    assert (document.kind, document.dated_on) == (PaperKind.PROGRAM, clock.today())


def test_nothing_the_file_prints_can_change_while_it_stands(table):
    entry = table.program.register_entries.get()
    with pytest.raises(Conflict):
        assign_number(table.program, actor=table.secretary, symbol="CTPH-KHAC")
    with pytest.raises(Conflict):
        void_number(entry, actor=table.secretary, reason="Nhầm")
    with pytest.raises(Conflict):
        programs.name_signer(slot(table, 3), actor=table.secretary, signer_name="", title="PHÓ CHỦ TỊCH")
    with pytest.raises(Conflict):
        programs.plan_signing(table.program, actor=table.secretary, plans=[])
    with pytest.raises(Conflict):
        signing.prepare_file(table.program, actor=table.secretary, dated_on=clock.today())
    signing.withdraw_file(table.program, actor=table.secretary, reason="Đổi người ký")
    programs.name_signer(slot(table, 3), actor=table.secretary, signer_name="", title="PHÓ CHỦ TỊCH")
    assert live_round(table.program) is None


def test_a_file_somebody_has_signed_is_not_taken_back(table):
    on_paper(table, 3)
    with pytest.raises(Conflict):
        signing.withdraw_file(table.program, actor=table.secretary, reason="Đổi người ký")


def test_a_party_that_signs_digitally_states_no_signature_on_paper(table):
    with pytest.raises(Conflict):
        on_paper(table, 2)
    with pytest.raises(RuleBroken):
        programs.record_signature(
            slot(table, 2), actor=table.leaders[2], method=SignatureMethod.DIGITAL, signed_on=clock.today()
        )


def test_a_return_ends_the_file_for_all(table):
    field = table.field("ky-2")
    signed = table.signed("ky-2")
    programs.return_version(slot(table, 3), actor=table.leaders[3], reason="Sai tên cơ quan")
    with pytest.raises(Conflict):
        signing.take_signed(field, actor=table.leaders[2], content=signed)
    with pytest.raises(Conflict):
        signing.open_addresses(field, actor=table.leaders[2])
    assert SignedState.objects.filter(round=field.round).count() == 1
    table.program.refresh_from_db()
    assert table.program.document_number is not None, "the number stays reserved for the next version"


def test_after_the_last_day_nobody_signs_until_a_later_one_is_set(table):
    day = clock.today()
    signed = table.signed("ky-2")
    programs.set_last_day(table.program, actor=table.secretary, until=day)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        with pytest.raises(Conflict):
            table.take("ky-2", signed)
        with pytest.raises(Conflict):
            on_paper(table, 3)
        with pytest.raises(RuleBroken):
            programs.set_last_day(table.program, actor=table.secretary, until=day)
        programs.set_last_day(table.program, actor=table.secretary, until=day + timedelta(days=5))
        table.take("ky-2", signed)


def test_the_drafting_secretary_takes_a_version_back_with_a_reason(table):
    with pytest.raises(RuleBroken):
        programs.recall_version(table.program, actor=table.secretary, reason=" ")
    with pytest.raises(NotAllowed):
        programs.recall_version(table.program, actor=table.leaders[2], reason="Quá hạn ký")
    program = programs.recall_version(table.program, actor=table.secretary, reason="Quá hạn ký")
    assert program.state == ProgramState.AGREED
    assert program.versions.get(for_signing=True).void_reason == "Quá hạn ký"


def test_only_those_whose_turn_it_is_are_reminded_and_once_a_day(table):
    asked = ask_to_sign(table.program, actor=table.secretary)
    assert asked == [slot(table, 2).agency_name, slot(table, 3).agency_name]
    told = Notice.objects.filter(program=table.program, occasion=Occasion.SIGN_ASKED)
    assert {table.leaders[2].pk, table.leaders[3].pk} <= set(told.values_list("member_id", flat=True))
    assert not told.filter(member=table.leaders[1]).exists()
    with pytest.raises(RuleBroken):
        ask_to_sign(table.program, actor=table.secretary)


def test_what_was_prepared_and_taken_stays_in_the_database(table):
    round = SigningRound.objects.get(version__program=table.program)
    for change in (
        lambda: SignedState.objects.filter(round=round).update(ordinal=7),
        lambda: SignedState.objects.filter(round=round).delete(),
        lambda: round.fields.update(name="khac"),
        lambda: SigningRound.objects.filter(pk=round.pk).update(content_digest="0" * 64),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_what_is_missing_is_said_before_the_file_is_prepared(db):
    with trusting():
        table = lay_table(2, digital=[], prepared=False)
        assert len(missing_before_preparing(table.program)) == 1
        with pytest.raises(RuleBroken):
            signing.prepare_file(table.program, actor=table.secretary, dated_on=clock.today())
        plans = [programs.SlotPlan(one.pk, 1, SignatureMethod.DIGITAL) for one in signing_stand(table.program).slots]
        programs.plan_signing(table.program, actor=table.secretary, plans=plans)
        assert len(missing_before_preparing(table.program)) == 2, "no certificate of either party"
    with override_settings(SIGNING_TRUST=Path("/khong-co")):
        assert len(missing_before_preparing(table.program)) == 3, "and nobody to trust"


def test_paper_signatures_alone_go_on_as_before_and_keep_the_order_of_ranks(db):
    table = lay_table(2, digital=[], ranks={1: 2}, prepared=False)
    with pytest.raises(Conflict):
        on_paper(table, 1)
    on_paper(table, 2, scan=False)
    on_paper(table, 1, scan=False)
    assert Program.objects.get(pk=table.program.pk).state == ProgramState.IN_FORCE


def test_abuse_51_and_52_signed_bytes_changed_under_the_portal_are_never_handed_out(table, sign_in):
    round = live_round(table.program)
    assert list(broken_states()) == []
    file = current_state(round).file
    kept = path_of(file).read_bytes()
    path_of(file).chmod(0o600)
    path_of(file).write_bytes(kept[:-7] + b"%%EOF\n\n")
    try:
        with pytest.raises(Conflict):
            table.take("ky-2", table.signed("ky-2", kept))
        with pytest.raises(Conflict):
            export_program(table.program, actor=table.secretary)
        shown = sign_in(table.secretary).get(f"/chuong-trinh/{table.program.slug}/ky-so/").content.decode()
        assert "không còn là tệp các bên đã ký" in shown
    finally:
        path_of(file).write_bytes(kept)
    other = keep_bytes("khac.pdf", FileKind.PDF, make_pdf())
    SignedState.objects.create(
        round=round,
        ordinal=1,
        file=other,
        field=table.field("ky-2"),
        taken_at=clock.now(),
        certificate=table.field("ky-2").slot.party.agency.signing_certificates.get(),
        signed_at=clock.now(),
    )
    assert [one.state.ordinal for one in broken_states()] == [1]
