"""A real PDF that stands in for the evidence nobody invented: it says itself that it is an illustration."""

from functools import cache

from reports.documents.render import plain_html
from reports.pdf.engine import render_pdf

_TITLE = "Tệp minh chứng minh họa"
_WORDS = (
    "Tệp này thay cho báo cáo, biên bản hoặc ảnh mà cơ quan chủ trì đính kèm khi báo cáo kết quả nhiệm vụ.",
    "Số liệu minh họa.",
)


@cache
def illustrative_proof() -> bytes:
    """The bytes of the stand-in, made once."""
    return render_pdf(plain_html(_TITLE, _WORDS))
