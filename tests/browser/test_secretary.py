"""The secretary's papers: a program with its signatures, the conference, and both as PDF."""

import io
import re

import pdfplumber
import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import go_on_once_drawn, paper_at


@pytest.fixture
def secretary(page: Page, sign_in) -> Page:
    sign_in(page, "thu-ky")
    return page


def words_of(response) -> str:
    assert response.status == 200
    assert response.headers["content-type"] == "application/pdf"
    with pdfplumber.open(io.BytesIO(response.body())) as paper:
        return " ".join(" ".join(page.extract_text().split()) for page in paper.pages)


def test_program_shows_its_parties_and_who_signed(secretary: Page, base_url: str):
    secretary.goto(f"{base_url}/chuong-trinh/")
    secretary.get_by_role("link", name=re.compile("DH-2022-02|Thường trực HĐND, UBND huyện với")).first.click()
    expect(secretary.get_by_text("Có hiệu lực").first).to_be_visible()
    secretary.get_by_role("link", name=re.compile("^Ký kết")).first.click()
    expect(secretary.get_by_text("Đã ký 8/8 bên")).to_be_visible()


def test_program_pdf_has_a_place_for_every_signature(secretary: Page, base_url: str):
    paper = words_of(paper_at(secretary, f"{base_url}/bao-cao/chuong-trinh/dh-2022-02.pdf"))
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "HỘI ĐỒNG NHÂN DÂN HUYỆN", "ỦY BAN NHÂN DÂN HUYỆN", "MTTQ VIỆT NAM HUYỆN",
        "LIÊN ĐOÀN LAO ĐỘNG HUYỆN", "HỘI NÔNG DÂN HUYỆN", "PHỤ NỮ HUYỆN", "CỰU CHIẾN BINH HUYỆN", "HUYỆN ĐOÀN ĐẦM HÀ",
        "Đặng Văn Tuấn", "Trần Việt Dũng", "Số liệu minh họa",
    ):  # fmt: skip
        assert words in paper, words


def test_report_pdf_tells_2021_and_2022_with_tables_and_charts(secretary: Page, base_url: str):
    secretary.goto(f"{base_url}/hoi-nghi/")
    secretary.get_by_role("link", name=re.compile("Hội nghị đánh giá chương trình phối hợp")).first.click()
    expect(secretary.get_by_text("41/44").first).to_be_visible()
    paper = words_of(paper_at(secretary, f"{base_url}/bao-cao/hoi-nghi/2022-03-30-chieu.pdf"))
    for words in ("năm 2021, nhiệm vụ phối hợp năm 2022", "93,5%", "Bảng 1.", "Biểu đồ 1.", "Biểu đồ 2.", "Phụ lục II"):
        assert words in paper, words


def test_issued_paper_is_kept_and_served_again(secretary: Page, base_url: str):
    secretary.goto(f"{base_url}/chuong-trinh/dh-2022-01/van-ban/")
    secretary.get_by_role("button", name=re.compile("Phát hành")).first.click(timeout=120_000)
    go_on_once_drawn(secretary)
    expect(secretary.get_by_role("status")).to_be_visible(timeout=120_000)
    secretary.goto(f"{base_url}/chuong-trinh/dh-2022-01/van-ban/")
    kept = secretary.locator("a[href*='/bao-cao/van-ban/']").first.get_attribute("href")
    assert "UBND" in words_of(secretary.request.get(base_url + kept))
