"""The file: every paper as it was issued, a list of them for people, their digests for machines.

The same papers give the same bytes: moments inside the file are the days of the papers.
"""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _

from records import wording
from records.errors import RuleBroken
from records.spreadsheets import cell
from reports.issuing.models import IssuedDocument

LIST_NAME, DIGESTS_NAME = "danh-muc-van-ban.xlsx", "SHA256SUMS.txt"
_HEADINGS = (
    ("TT", 5),
    ("Số, ký hiệu", 22),
    ("Ngày, tháng, năm", 14),
    ("Loại văn bản", 24),
    ("Tên văn bản", 60),
    ("Cơ quan ban hành", 40),
    ("Mã xác minh", 16),
    ("Thu hồi ngày", 14),
    ("Tên tệp", 60),
    ("Dung lượng (byte)", 14),
    ("SHA-256 của tệp", 66),
)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_OLDEST_YEAR = 1980
_PIECE_BYTES = 1024 * 1024


def packed(papers: Sequence[IssuedDocument], year: int, *, told: Callable[[int, int], None]) -> BinaryIO:
    """A temporary file with the papers, their list and their digests; `told` hears how many papers are in it.

    Raises: RuleBroken where the file of a paper is gone or is not the one that was issued.
    """
    out = tempfile.TemporaryFile()  # noqa: SIM115  whoever takes it closes it
    try:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
            for count, paper in enumerate(papers, start=1):
                _copy(paper, bundle, _name(paper, count))
                told(count, len(papers))
            last = date(year, 12, 31)
            bundle.writestr(_entry(LIST_NAME, last), list_of(papers, made_on=last))
            bundle.writestr(_entry(DIGESTS_NAME, last), _digests_of(papers))
    except BaseException:
        out.close()
        raise
    return out


def list_of(papers: Sequence[IssuedDocument], *, made_on: date) -> bytes:
    """The list as a workbook. No cell is a formula."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": datetime(made_on.year, made_on.month, made_on.day)})  # noqa: DTZ001  a day
        strong = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
        plain = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        sheet = book.add_worksheet("Danh mục văn bản")
        for place, (heading, width) in enumerate(_HEADINGS):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading, strong)
        for line, paper in enumerate(papers, start=1):
            for place, value in enumerate(_row(paper, line)):
                sheet.write_string(line, place, cell(value), plain)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(papers), len(_HEADINGS) - 1)
    return out.getvalue()


def _row(paper: IssuedDocument, count: int) -> tuple[object, ...]:
    return (
        count,
        paper.printed_number,
        wording.day(paper.dated_on),
        paper.get_kind_display(),
        paper.title,
        paper.issuer,
        paper.code_in_groups,
        withdrawn_on(paper),
        _name(paper, count),
        paper.file.size_bytes,
        paper.file.sha256,
    )


def withdrawn_on(paper: IssuedDocument) -> str:
    """The day a paper was taken back; it stays in the bundle as it was issued, and the list says so."""
    withdrawal = getattr(paper, "withdrawal", None)
    return wording.day(withdrawal.withdrawn_on) if withdrawal else ""


def _name(paper: IssuedDocument, count: int) -> str:
    """Numbered, so that no two are the same and they stand in the order of the list."""
    return f"{count:03} {paper.file.name}"


def _digests_of(papers: Sequence[IssuedDocument]) -> str:
    """One line a file, as `sha256sum --check` reads it."""
    return "".join(f"{paper.file.sha256}  {_name(paper, count)}\n" for count, paper in enumerate(papers, start=1))


def _entry(name: str, day: date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (max(day.year, _OLDEST_YEAR), day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _copy(paper: IssuedDocument, bundle: zipfile.ZipFile, name: str) -> None:
    """The bytes as they were issued, compared with the digest they were kept under while they are copied."""
    digest = hashlib.sha256()
    try:
        with paper.file.open() as kept, bundle.open(_entry(name, paper.dated_on), "w") as copy:
            while piece := kept.read(_PIECE_BYTES):
                digest.update(piece)
                copy.write(piece)
    except FileNotFoundError:
        raise _damaged(paper) from None
    if digest.hexdigest() != paper.file.sha256:
        raise _damaged(paper)


def _damaged(paper: IssuedDocument) -> RuleBroken:
    return RuleBroken(
        _("The file of “%(title)s” is missing or damaged. Ask the administrator to check the stored files.")
        % {"title": paper.title}
    )
