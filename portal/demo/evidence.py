"""A real PDF that stands in for the evidence nobody invented: it says itself that it is an illustration."""

from functools import cache

from reports.pdf.engine import render_pdf

_PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Tệp minh chứng minh họa</title>
<link rel="stylesheet" href="asset:css/document.css"></head><body>
<p>Tệp minh chứng minh họa.</p>
<p>Tệp này thay cho báo cáo, biên bản hoặc ảnh mà cơ quan chủ trì sẽ đính kèm khi báo cáo kết quả nhiệm vụ.</p>
</body></html>"""


@cache
def illustrative_proof() -> bytes:
    """The bytes of the stand-in, made once."""
    return render_pdf(_PAGE)
