"""The leader's glance: the sentence, the four counts, and every number opening the list it counts."""

import re

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def leader(page: Page, sign_in) -> Page:
    sign_in(page, "chu-tich-ubnd")
    return page


def test_the_answer_of_2021_stands_first(leader: Page, base_url: str):
    leader.goto(f"{base_url}/tong-quan/?year=2021")
    expect(leader.get_by_role("heading", level=1)).to_have_text("Kết quả phối hợp công tác năm 2021")
    told = "".join(leader.locator("main").inner_text().split())
    counts = ("36hoànthànhđúnghạn/46", "7hoànthànhchậm/46", "3quáhạnhoặcchưahoànthành/46")
    for figure in ("43/46nhiệmvụ", "93,5%", "78,3%", *counts):
        assert figure in told, figure


def test_the_other_year_is_one_click_away(leader: Page, base_url: str):
    leader.goto(f"{base_url}/tong-quan/?year=2021")
    leader.get_by_role("group", name="Năm làm việc").get_by_role("link", name="2022").click()
    expect(leader).to_have_url(re.compile("year=2022"))
    expect(leader.get_by_role("heading", level=1)).to_contain_text("2022")


@pytest.mark.parametrize("year", [2021, 2022])
def test_a_number_opens_the_list_it_counts(leader: Page, base_url: str, year: int):
    leader.goto(f"{base_url}/tong-quan/?year={year}")
    cell = leader.locator("table.pf-heat tbody td a").first
    due = int(re.search(r"(\d+)\D*$", cell.inner_text().split()[0]).group(1))
    cell.click()
    expect(leader).to_have_url(re.compile("/nhiem-vu/"))
    expect(leader.locator("main")).to_contain_text(f"{due} nhiệm vụ")
    assert leader.locator("table.pf-table tbody tr[id], table.pf-table tbody tr:has(a)").count() == due
