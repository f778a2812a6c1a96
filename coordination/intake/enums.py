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
}
REQUIRED_COLUMNS = (Column.CONTENT, Column.LEAD, Column.TIME)
SHOWN_COLUMNS = (Column.CONTENT, Column.AREA, Column.LEAD, Column.COORDINATORS, Column.TIME, Column.TARGET)


class RowState(models.TextChoices):
    """What becomes of a row when the table is taken in."""

    ADDED = "added", _("Will be added")
    WARNED = "warned", _("Will be added, look at it")
    THERE = "there", _("Already there, left out")
    FAULTY = "faulty", pgettext_lazy("row", "To be mended")

    @property
    def tone(self) -> str:
        return {"added": "ok", "warned": "wait", "there": "idle", "faulty": "bad"}[self.value]

    @property
    def icon(self) -> str:
        return {
            "added": "plus-lg",
            "warned": "info-circle",
            "there": "check-circle",
            "faulty": "exclamation-triangle-fill",
        }[self.value]
