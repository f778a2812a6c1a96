"""Names under which papers and files leave the portal."""

import pytest

from records.files.enums import FileKind
from records.files.services import name_of_paper, safe_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Chương trình phối hợp năm học 2021/2022", "Chương trình phối hợp năm học 2021-2022.pdf"),
        ("Kế hoạch số 05/KH-UBND", "Kế hoạch số 05-KH-UBND.pdf"),
        ("Báo cáo của TT.HĐND huyện", "Báo cáo của TT.HĐND huyện.pdf"),
        ("a\\b//c", "a-b-c.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        (" ", "tep.pdf"),
    ],
)
def test_a_paper_leaves_under_all_of_its_title(title, name):
    assert name_of_paper(title, FileKind.PDF) == name


@pytest.mark.parametrize(
    ("sent", "name"), [("C:\\Van ban\\bien-ban.pdf", "bien-ban.pdf"), ("../x/bao.cao.docx", "bao.cao.pdf")]
)
def test_a_file_that_was_sent_loses_its_folders_and_keeps_the_ending_of_its_kind(sent, name):
    assert safe_name(sent, FileKind.PDF) == name
