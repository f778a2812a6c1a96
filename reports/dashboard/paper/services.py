"""The dashboard leaves the portal as PDF or as a workbook; the audit tells who took it."""

from agencies.access.decisions import require
from records import wording
from records.audit.enums import AuditAction
from records.audit.services import record
from records.files.enums import FileKind
from records.files.services import name_of_paper
from reports.dashboard.paper.asked import Asked
from reports.dashboard.paper.sheet import FiguresSheet, sheet_html, sheet_of
from reports.dashboard.permissions import can_view_dashboard
from reports.exports.services import Exported
from reports.issuing.rendering import pdf_of


def export_pdf(asked: Asked) -> Exported:
    """The dashboard as a PDF: the figures of the page, judged on its day.

    Rule: R-CHART-4.
    Raises: NotAllowed; RenderFailed where no PDF can be made.
    """
    require(can_view_dashboard(asked.actor))
    sheet = sheet_of(asked.dashboard, asked.actor, remarks=asked.remarks)
    return _taken(pdf_of_sheet(sheet), FileKind.PDF, asked, digest=sheet.digest())


def export_xlsx(asked: Asked) -> Exported:
    """The dashboard as a workbook whose totals are formulas.

    Rule: R-CHART-5.
    Raises: NotAllowed.
    """
    from reports.dashboard.paper.book import book_of

    require(can_view_dashboard(asked.actor))
    return _taken(book_of(asked.dashboard, asked.actor, remarks=asked.remarks), FileKind.XLSX, asked)


def pdf_of_sheet(sheet: FiguresSheet) -> bytes:
    """The PDF of a sheet of figures.

    Raises: RenderFailed where no PDF can be made.
    """
    return pdf_of(sheet_html(sheet))


def name_of(asked: Asked, kind: FileKind) -> str:
    """The name the file leaves under."""
    dashboard = asked.dashboard
    parts = [f"So lieu phoi hop {dashboard.year}", *_codes(asked), wording.day(dashboard.as_of).replace("/", "-")]
    return name_of_paper(", ".join(parts), kind)


def _codes(asked: Asked) -> list[str]:
    return [chosen.code for chosen in vars(asked.dashboard.narrowing).values() if hasattr(chosen, "code")]


def _taken(content: bytes, kind: FileKind, asked: Asked, *, digest: str = "") -> Exported:
    made = Exported(content, kind, name_of(asked, kind))
    told = {"file": made.name, "year": asked.dashboard.year, "judged_on": asked.dashboard.as_of}
    record(AuditAction.EXPORTED, actor=asked.actor, after={**told, **({"content_digest": digest} if digest else {})})
    return made
