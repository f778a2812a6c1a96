"""The evidence sheet of a signed program: every file and its digest, who signed, how, when, and what was checked."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from coordination.programs.enums import SignatureMethod, SignatureState
from coordination.programs.models import Program, ProgramVersion, SignatureSlot
from coordination.programs.queries import live_version
from records import clock, wording
from records.errors import RuleBroken
from reports.documents.blocks import Column, Paragraph, Row, Table
from reports.documents.citing import cited, full_number
from reports.documents.comment_table import TablePaper
from reports.documents.program_paper import strip_of
from reports.documents.wording import hyphenated

TITLE = "PHIẾU CHỨNG CỨ KÝ"
FILE_COLUMNS = (
    Column("TT", 7, "center"),
    Column("Nội dung, tệp", 33),
    Column("Mã SHA-256", 40),
    Column("Thời điểm", 20, "center"),
)
SIGNATURE_COLUMNS = (Column("Mục", 26), Column("Nội dung", 74))
ON_PAPER, DIGITAL, AWAITED = "Ký trên giấy", "Ký số", "Chưa ký"
PERSON, SEAL, WITH_TIMESTAMP = "Chữ ký số cá nhân", "Chữ ký số cơ quan", " (có dấu thời gian)"
# The outcomes of ETSI EN 319 102-1.
OUTCOMES = {
    "passed": "Hợp lệ (TOTAL-PASSED)",
    "indeterminate": "Chưa đủ căn cứ kết luận (INDETERMINATE)",
    "failed": "Không hợp lệ (TOTAL-FAILED)",
}
# How a signed file came back.
WAYS = {"by_hand": "Nộp trên trang ký", "by_tool": "Phần mềm ký gửi về"}
NO_FILE = "Ghi nhận trong sổ; không có tệp ký số để kiểm tra"
HOW_TO_CHECK = (
    "Tệp chỉ khác đi một ký tự thì mã SHA-256 cũng khác: tính lại mã của tệp đang có rồi so với phiếu này. Mã của nội "
    "dung bản trình ký được tính trên tệp dữ liệu so-lieu.json đính kèm trong bản PDF. Phiếu chỉ ghi những gì Cổng đã "
    "nhận và đã kiểm tra; phiếu không thay thế chữ ký và không khẳng định bản in giấy là nguyên vẹn."
)


def evidence_sheet(program: Program) -> TablePaper:
    """What is known of the signing of the version that is signed or being signed.

    Raises: RuleBroken while nothing was locked for signing.
    """
    version = live_version(program)
    if version is None:
        raise RuleBroken(_("Nothing has been locked for signing yet, so there is no evidence to print."))
    slots = list(version.slots.select_related("scan", "recorded_by", "attested_by").order_by("position"))
    return TablePaper(
        title=TITLE,
        subtitle=hyphenated(cited(program)),
        lines=_lines(program, version),
        blocks=(
            Table(caption="1. Nội dung và tệp", columns=FILE_COLUMNS, rows=_files(program, version, slots)),
            Table(caption="2. Chữ ký của các bên", columns=SIGNATURE_COLUMNS, rows=_signatures(slots)),
            *_returned(program),
            Paragraph(HOW_TO_CHECK),
        ),
        author=hyphenated(program.drafting_agency.current_name),
        is_illustrative=program.unit.is_illustrative,
        is_landscape=False,
    )


def _lines(program: Program, version: ProgramVersion) -> tuple[str, ...]:
    number = f"Số, ký hiệu: {full_number(program)}" if program.document_number is not None else ""
    locked = f"Bản trình ký {version.label}, khóa lúc {wording.moment(version.locked_at)}"
    return tuple(line for line in (number, locked, f"Mã xác minh: {strip_of(program, version).code_in_groups}") if line)


def _files(program: Program, version: ProgramVersion, slots: list[SignatureSlot]) -> tuple[Row, ...]:
    told = [("Nội dung bản trình ký (so-lieu.json)", version.digest, wording.moment(version.locked_at))]
    prepared = version.signing_rounds.filter(withdrawn_at=None, states__ordinal=0).values_list(
        "states__file__sha256", "prepared_at"
    )
    told += [("Tệp chuẩn bị để ký số, mọi chữ ký bắt đầu từ tệp này", sha, wording.moment(at)) for sha, at in prepared]
    told += [
        (f"Bản quét chữ ký của {hyphenated(slot.agency_name)}: {slot.scan.name}", slot.scan.sha256, _moment(slot))
        for slot in slots
        if slot.scan is not None
    ]
    told += [
        (f"Tệp phát hành: {document.file.name}", document.file.sha256, wording.moment(document.issued_at))
        for document in program.documents.select_related("file").order_by("pk")
    ]
    return tuple(
        Row((str(turn), name, _spaced(digest), moment)) for turn, (name, digest, moment) in enumerate(told, start=1)
    )


def _returned(program: Program) -> Iterator[Table]:
    """The versions for signing that a party gave back, with the reason; no table where none was."""
    voided = program.versions.filter(for_signing=True, voided_at__isnull=False).order_by("major", "minor")
    told = ((one, f"Hết giá trị lúc {wording.moment(one.voided_at)}. Lý do: ") for one in voided)
    rows = tuple(Row((f"Bản {one.label}", ended + hyphenated(one.void_reason))) for one, ended in told)
    if rows:
        yield Table(caption="3. Các bản trình ký đã trả lại", columns=SIGNATURE_COLUMNS, rows=rows)


def _signatures(slots: list[SignatureSlot]) -> tuple[Row, ...]:
    """A group for each party, in signing order: who, how, by what it is shown, what was checked."""
    rows = []
    for turn, slot in enumerate(slots, start=1):
        rows.append(Row((f"{turn}. {hyphenated(slot.agency_name)}",)))
        rows += [Row(fact) for fact in _facts(slot) if fact[1]]
    return tuple(rows)


def _facts(slot: SignatureSlot) -> Iterator[tuple[str, str]]:
    yield "Người ký", ", ".join(part for part in (slot.signer_name, slot.title) if part)
    if slot.state != SignatureState.SIGNED:
        yield "Hình thức", AWAITED
        return
    is_digital = slot.method == SignatureMethod.DIGITAL
    yield "Hình thức, ngày ký", f"{DIGITAL if is_digital else ON_PAPER}, ngày {wording.day(slot.signed_on)}"
    yield "Ghi nhận lúc", _moment(slot)
    if found := _found_in(slot):
        for state in found:
            yield from _of_file(state)
    elif is_digital:
        yield "Kết quả kiểm tra", NO_FILE
    else:
        yield "Bản quét, mã SHA-256", _spaced(slot.scan.sha256) if slot.scan else "Không có bản quét"
        yield "Kết quả kiểm tra", _compared(slot)


def _of_file(state) -> Iterator[tuple[str, str]]:
    """What was found of one signature in the file that came back with it."""
    yield SEAL if state.field.is_seal else PERSON, f"{state.subject}; số hiệu chứng thư số {state.serial}"
    yield "Dấu vân tay chứng thư số (SHA-256)", _spaced(state.fingerprint)
    yield "Tổ chức cấp chứng thư số", state.issuer
    stamped = WITH_TIMESTAMP if state.has_timestamp else ""
    yield "Thời điểm ký", f"{clock.wall_clock(state.signed_at)}{stamped}"
    yield "Tệp sau khi ký, mã SHA-256", _spaced(state.file.sha256)
    yield "Cách nhận tệp", f"{WAYS[state.way]}, lúc {wording.moment(state.taken_at)}"
    unknown = "" if state.revocation_known else "; chưa tra cứu được tình trạng thu hồi chứng thư số"
    yield "Kết quả kiểm tra", f"{OUTCOMES[state.outcome]}, kiểm tra lúc {wording.moment(state.taken_at)}{unknown}"


def _compared(slot: SignatureSlot) -> str:
    if slot.attested_at is not None:
        return f"Đã đối chiếu bản quét lúc {wording.moment(slot.attested_at)}"
    return "Chưa đối chiếu bản quét" if slot.scan else "Theo ghi nhận của thư ký"


def _found_in(slot: SignatureSlot) -> list:
    """The files that were accepted from this party, each with what was found of its signature: person, then seal."""
    fields = slot.signing_fields.filter(round__withdrawn_at=None, signature__isnull=False).order_by("turn")
    return [field.signature for field in fields.select_related("signature__file", "signature__field")]


def _moment(slot: SignatureSlot) -> str:
    return wording.moment(slot.recorded_at)


def _spaced(digest: str) -> str:
    """Why spaces: a cell breaks only where it may, and an eye compares eight digits at a time."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
