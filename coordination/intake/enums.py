"""The columns of a task table and what can be said of a row, with the words and tones a page shows them in."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Column(models.TextChoices):
    """What a column of a task table holds; `heading` is what the template writes over it."""

    ORDINAL = "ordinal", _("Ordinal")
    AREA = "area", _("Area")
    CONTENT = "content", _("Task")
    LEAD = "lead", _("Lead agency")
    COORDINATORS = "coordinators", _("Coordinating agencies")
    START = "start", _("Start date")
    TIME = "time", _("Time")
    DELIVERABLE = "deliverable", _("Deliverable")
    TARGET = "target", _("Target")
    FUNDING = "funding", _("Funding")
    NOTE = "note", _("Note")
    PROGRAM = "program", _("Program")
    MARK = "mark", _("Row mark")
    DONE = "done", _("Quantity done")
    SHARE = "share", _("Share done (%)")
    RESULT = "result", _("Result")
    OBSTACLES = "obstacles", _("Obstacles")
    CAUSES = "causes", _("Causes")
    PROPOSAL = "proposal", _("Proposal")
    EXPECTED = "expected", _("Completion expected on")

    @property
    def heading(self) -> str:
        """The name officials give the column; task tables are Vietnamese whatever language the pages are in."""
        return _HEADINGS[self.value]


_HEADINGS = {
    "ordinal": "TT",
    "area": "Lĩnh vực",
    "content": "Nội dung nhiệm vụ",
    "lead": "Cơ quan chủ trì",
    "coordinators": "Cơ quan phối hợp",
    "start": "Bắt đầu",
    "time": "Thời gian thực hiện",
    "deliverable": "Sản phẩm",
    "target": "Chỉ tiêu",
    "funding": "Kinh phí",
    "note": "Ghi chú",
    "program": "Chương trình",
    "mark": "Mã dòng",
    "done": "Đã thực hiện",
    "share": "Tỷ lệ đã thực hiện (%)",
    "result": "Kết quả thực hiện",
    "obstacles": "Vướng mắc",
    "causes": "Nguyên nhân",
    "proposal": "Đề xuất",
    "expected": "Dự kiến hoàn thành",
}
# What a row of a workbook reports of its task, in the order its mark keeps.
PROGRESS_COLUMNS = (
    Column.DONE, Column.SHARE, Column.RESULT, Column.OBSTACLES, Column.CAUSES, Column.PROPOSAL, Column.EXPECTED,
)  # fmt: skip
# The others are of the portal's own workbooks; a table of an office has no use for them.
OWN_TABLE_COLUMNS = tuple(one for one in Column if one not in (Column.PROGRAM, Column.MARK, *PROGRESS_COLUMNS))
# What a row of a workbook says of its task, in the order its mark keeps.
PLAN_COLUMNS = tuple(one for one in OWN_TABLE_COLUMNS if one not in (Column.ORDINAL, Column.START))
REQUIRED_COLUMNS = (Column.CONTENT, Column.LEAD, Column.TIME)
SHOWN_COLUMNS = (Column.CONTENT, Column.AREA, Column.LEAD, Column.COORDINATORS, Column.TIME, Column.TARGET)


class RowState(models.TextChoices):
    """What becomes of a row when the table is taken in."""

    ADDED = "added", _("Will be added")
    CHANGED = "changed", _("Will be changed")
    WARNED = "warned", _("Will be added, look at it")
    THERE = "there", _("Already there, left out")
    SAME = "same", _("No change")
    FAULTY = "faulty", pgettext_lazy("row", "To be mended")

    @property
    def tone(self) -> str:
        return {"added": "ok", "changed": "run", "warned": "wait", "faulty": "bad"}.get(self.value, "idle")

    @property
    def icon(self) -> str:
        return {
            "added": "plus-lg",
            "changed": "pencil",
            "warned": "info-circle",
            "there": "check-circle",
            "same": "check-circle",
            "faulty": "exclamation-triangle-fill",
        }[self.value]
