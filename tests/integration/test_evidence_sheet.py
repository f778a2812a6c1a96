"""The evidence sheet: every file with its digest, every signature with what is known of it and no more."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings

from coordination.programs import services as programs
from coordination.programs.enums import SignatureMethod
from coordination.programs.models import SignatureSlot
from coordination.programs.queries import live_version
from records import clock
from records.errors import RuleBroken
from reports.documents.enums import PaperKind
from reports.documents.evidence_sheet import evidence_sheet
from reports.documents.kinds import kind_of
from reports.documents.program_paper import strip_of
from reports.issuing.rendering import rendered
from reports.issuing.services import issue_program
from reports.signing.models import SignedState
from reports.verification.enums import Result
from reports.verification.results import results_of
from tests.checkers.pdf import taken_apart
from tests.conftest import CONFERENCE_DAY
from tests.factories.files import make_pdf
from tests.factories.programs import make_program, secretary_of, sign
from tests.factories.signing import authority, lay_table, trusting


@pytest.fixture(autouse=True)
def kept_papers(tmp_path, monkeypatch):
    """The papers kept on disk lie in a folder of the test's own."""
    monkeypatch.setattr(settings, "VAR", tmp_path)


def said(program) -> tuple[str, list[dict[str, str]]]:
    """Everything the sheet says as one text, and what it says of each party."""
    sheet = evidence_sheet(program)
    files, signatures, *_others = sheet.blocks
    parties: list[dict[str, str]] = []
    for row in signatures.rows:
        if row.is_group:
            parties.append({})
        else:
            item, told = row.cells
            parties[-1][item] = f"{parties[-1].get(item, '')} {told}".strip()
    cells = [cell for table in (files, signatures) for row in table.rows for cell in row.cells]
    return " ".join([*sheet.lines, *cells]), parties


def spaced(digest: str) -> str:
    return " ".join(digest[start : start + 8] for start in range(0, 64, 8))


def test_signatures_on_paper_are_told_with_their_scans(db, today):
    program = make_program("signing", parties=2)
    secretary = secretary_of(program.drafting_agency)
    slots = list(live_version(program).slots.order_by("position"))
    scan = make_pdf()
    for slot, content in zip(slots, (scan, None), strict=True):
        given = content and programs.Scan("ban-quet.pdf", BytesIO(content), len(content))
        programs.record_signature(slot, actor=secretary, method=SignatureMethod.PAPER, signed_on=today, scan=given)
    program.refresh_from_db()
    document = issue_program(program, actor=secretary)
    whole, parties = said(program)
    version = live_version(program)
    for told in (
        strip_of(program, version).code_in_groups,
        spaced(version.digest),
        spaced(hashlib.sha256(scan).hexdigest()),
        spaced(document.file.sha256),
        "Ký trên giấy",
    ):
        assert told in whole
    assert [party["Kết quả kiểm tra"] for party in parties] == [
        "Đã đối chiếu bản quét lúc 17:30 30/3/2022",
        "Theo ghi nhận của thư ký",
    ]
    results = [result for _slot, result in results_of(version.slots.order_by("position"))]
    assert results == [Result.ATTESTED, Result.PAPER]


def test_what_was_only_written_down_as_digital_is_not_called_checked(db, today):
    """Before the portal took signed files a digital signature was a word in the register; such rows are there still."""
    program = make_program("signing", parties=2)
    sign(program, 1)
    first, second = live_version(program).slots.order_by("position")
    SignatureSlot.objects.filter(pk=first.pk).update(method=SignatureMethod.DIGITAL)
    _whole, parties = said(program)
    assert parties[0]["Hình thức, ngày ký"].startswith("Ký số") and "không có tệp" in parties[0]["Kết quả kiểm tra"]
    assert parties[1]["Hình thức"] == "Chưa ký" and "Kết quả kiểm tra" not in parties[1]
    first.refresh_from_db()
    assert [result for _slot, result in results_of([first, second])] == [Result.RECORDED, Result.MISSING]


def test_a_version_given_back_is_told_with_its_reason(db):
    program = make_program("signing", parties=2)
    slot = live_version(program).slots.order_by("position").first()
    programs.return_version(slot, actor=secretary_of(slot.party.agency), reason="Sai tên cơ quan ở trang 2")
    program.refresh_from_db()
    programs.lock_for_signing(program, actor=secretary_of(program.drafting_agency))
    returned = evidence_sheet(program).blocks[2]
    assert "trả lại" in returned.caption and "Sai tên cơ quan ở trang 2" in returned.rows[0].cells[1]


def test_nothing_is_told_before_a_version_is_locked(db):
    with pytest.raises(RuleBroken):
        evidence_sheet(make_program("agreed", parties=2))


def test_the_sheet_is_a_kind_of_paper_and_prints(signed_program):
    kind = kind_of(PaperKind.EVIDENCE_SHEET)
    actor = secretary_of(signed_program.drafting_agency)
    made = rendered(kind.build(signed_program, actor=actor, day=CONFERENCE_DAY))
    words = taken_apart(made.content).text
    assert "PHIẾU CHỨNG CỨ KÝ" in words and "Bên thứ 3" in words


def test_digital_signatures_are_told_with_certificate_time_and_judgement(db):
    with trusting():
        table = lay_table(2, seals=(1,))
        for name in ("ky-1", "dau-1"):
            table.take(name, table.signed(name))
    day = timedelta(days=1)
    with trusting(authority().revoked(since=clock.now() - day, until=clock.now() + day)):
        table.sign_all()
    whole, parties = said(table.program)
    version = live_version(table.program)
    found = list(SignedState.objects.filter(round__version=version, ordinal__gte=1).order_by("ordinal"))
    assert len(found) == 3
    for state in found:
        for told in (state.serial, spaced(state.fingerprint), state.subject, spaced(state.file.sha256), "TOTAL-PASSED"):
            assert told in whole
    prepared = SignedState.objects.get(round__version=version, ordinal=0)
    assert spaced(prepared.file.sha256) in whole and "Nộp trên trang ký" in parties[0]["Cách nhận tệp"]
    assert {"Chữ ký số cá nhân", "Chữ ký số cơ quan"} <= set(parties[0])
    assert "Chữ ký số cơ quan" not in parties[1]
    results = [result for _slot, result in results_of(version.slots.order_by("position"))]
    assert results == [Result.UNASKED, Result.DIGITAL], "whether it was revoked could be told of the second party only"
