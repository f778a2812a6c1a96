"""How a guide is read: what is pressed, filled in, seen and shown."""

import pytest

from agencies.access.enums import Role
from portal import guidance
from portal.guidance import Block, Run, anchor_of, guide_of, runs_of

TEXT = """# Chuyên viên

Mỗi mục
hai phút.

## Thử
<!-- only: demo -->

Bấm **Đăng nhập**.

## 1. Nhiệm vụ
<!-- page: /nhiem-vu/ -->

Gồm:
1. Nhập **Tên**: `Tập huấn`, xem “Đã
   lưu”.
2. Chạy `manage.py doctor`.

![Danh sách](../../../static/img/guides/a.png)

3. Xong.

## 2. Tạo
<!-- page: /nhiem-vu/tao/ -->

Hết.
"""


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path):
    """One guide, in Vietnamese only, for officials."""
    (tmp_path / "vi").mkdir()
    (tmp_path / "vi" / "official.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(guidance, "FOLDER", tmp_path)
    guide_of.cache_clear()
    yield
    guide_of.cache_clear()


def test_words_are_taken_apart_by_what_the_reader_does_with_them():
    assert runs_of("Nhập **Tên**: `Tập huấn`, rồi **Lưu**: xem “Đã lưu” hoặc `0`.") == (
        Run("text", "Nhập "),
        Run("label", "Tên", "Tập huấn"),
        Run("text", ", rồi "),
        Run("label", "Lưu"),
        Run("text", ": xem "),
        Run("seen", "Đã lưu"),
        Run("text", " hoặc "),
        Run("code", "0"),
        Run("text", "."),
    )


def test_a_guide_has_a_lead_and_steps_with_their_pages(written):
    guide = guide_of(Role.OFFICIAL, "vi")
    assert (guide.title, guide.lead) == ("Chuyên viên", (Run("text", "Mỗi mục hai phút."),))
    assert [(step.anchor, step.heading, step.page, step.is_trial) for step in guide.steps] == [
        ("buoc-0", "Thử", "", True),
        ("buoc-1", "1. Nhiệm vụ", "/nhiem-vu/", False),
        ("buoc-2", "2. Tạo", "/nhiem-vu/tao/", False),
    ]


def test_a_list_goes_on_after_a_picture(written):
    text, before, shown, after = guide_of(Role.OFFICIAL, "vi").steps[1].blocks
    assert (text.kind, before.kind, len(before.lines), after.kind, after.start) == ("text", "list", 2, "list", 3)
    assert shown == Block("picture", file="img/guides/a.png", words="Danh sách")
    assert before.lines[0][-2:] == (Run("seen", "Đã lưu"), Run("text", "."))


@pytest.mark.parametrize(
    ("path", "anchor"),
    [("/nhiem-vu/", "#buoc-1"), ("/nhiem-vu/x/", "#buoc-1"), ("/nhiem-vu/tao/", "#buoc-2"), ("/tai-khoan/", "")],
)
def test_a_page_leads_to_the_nearest_step(written, path: str, anchor: str):
    assert anchor_of(Role.OFFICIAL, path) == anchor


@pytest.mark.parametrize("role", ["", "nobody", "99"])
def test_who_has_no_role_reads_the_guide_of_officials(written, role: str):
    assert guide_of(role, "xx").role == Role.OFFICIAL
