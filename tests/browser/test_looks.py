"""How the pages look to a machine: no sideways scroll, nothing axe-core objects to, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

SECRETARY_PAGES = (
    "/viec-cua-toi/",
    "/chuong-trinh/",
    "/chuong-trinh/tao/",
    "/chuong-trinh/dh-2022-02/",
    "/chuong-trinh/dh-2022-02/soan/",
    "/chuong-trinh/dh-2022-02/ky-ket/",
    "/chuong-trinh/dh-2022-03/ky-ket/the-thuc/",
    "/chuong-trinh/dh-2022-02/ky-so/",
    "/chuong-trinh/dh-2022-02/van-ban/",
    "/chuong-trinh/dh-2022-02/lich-su/",
    "/chuong-trinh/dh-2022-02/y-kien/",
    "/chuong-trinh/dh-2022-02/y-kien/dot-1/du-thao/",
    "/chuong-trinh/dh-2022-02/thong-nhat/",
    "/chuong-trinh/dh-2022-02/trinh-cap-uy/",
    "/chuong-trinh/dh-2022-02/so-sanh/",
    "/chuong-trinh/dh-2022-02/phien-ban/1.1/",
    "/chuong-trinh/dh-2022-02/so-voi-ban-ky/",
    "/chuong-trinh/dh-2022-02/nhap-nhiem-vu/",
    "/nhiem-vu/nhap-excel/?year=2022",
    "/chuong-trinh/dh-2022-02/phat-hanh/",
    "/chuong-trinh/dh-2022-02/sua-doi/",
    "/chuong-trinh/dh-2021-02/chuyen-tiep/",
    "/so-van-ban/",
    "/so-van-ban/mo/",
    "/nhiem-vu/?year=2022",
    "/nhiem-vu/?year=2022&group=agency&column=program&column=coordinators&column=deliverable&column=target&column=due",
    "/nhiem-vu/hang-loat/?act=extend&task=dh-2022-02.03&task=dh-2022-02.01",
    "/nhiem-vu/da-xoa/",
    "/nhiem-vu/bo-loc/",
    "/nhiem-vu/bo-loc/luu/?back=%3Fyear%3D2022%26mine%3D1",
    "/nhiem-vu/tao/?program=dh-2022-02",
    "/nhiem-vu/dh-2022-02.03/",
    "/nhiem-vu/dh-2022-02.03/sua/",
    "/nhiem-vu/dh-2022-02.03/tien-do/",
    "/nhiem-vu/dh-2022-02.08/gia-han/",
    "/nhiem-vu/dh-2022-02.08/dung/",
    "/nhiem-vu/dh-2022-02.17/xac-nhan/",
    "/nhiem-vu/dh-2022-02.05/",
    "/nhiem-vu/dh-2022-02.05/sua/",
    "/nhom-co-quan/",
    "/nhom-co-quan/tao/",
    "/nhom-co-quan/1/",
    "/danh-gia/2021/",
    "/danh-gia/2021/cheo/",
    "/danh-gia/2021/tham-dinh/",
    "/danh-gia/2021/phieu/?agency=ccb",
    "/danh-gia/2021/chenh-lech/",
    "/danh-gia/2021/nhan-dinh/",
    "/danh-gia/2021/nhan-dinh/ghi/",
    "/danh-gia/2021/nhan-dinh/16/",
    "/danh-gia/2021/nhan-dinh/12/khac-phuc/moi/",
    "/danh-gia/han-che/",
    "/danh-gia/2021/sua/",
    "/danh-gia/2021-6-thang-dau/",
    "/danh-gia/mo/",
    "/danh-gia/tieu-chi/",
    "/danh-gia/tieu-chi/1/",
    "/danh-gia/tieu-chi/tao/",
    "/hoi-nghi/",
    "/hoi-nghi/2022-03-30-chieu/",
    "/hoi-nghi/tao/",
    "/hoi-nghi/2022-03-30-chieu/thanh-phan/",
    "/hoi-nghi/2022-03-30-chieu/thanh-phan/1/",
    "/hoi-nghi/2022-03-30-chieu/diem-danh/",
    "/bao-cao/xem-truoc/bien-ten/2022-03-30-chieu/",
    "/hoi-nghi/2022-03-30-chieu/tai-lieu/",
    "/hoi-nghi/2022-03-30-chieu/tai-lieu/da-nghe/",
    "/hoi-nghi/2022-03-30-chieu/tu-lieu/",
    "/hoi-nghi/2022-03-30-chieu/tu-lieu/anh/1/",
    "/hoi-nghi/2022-03-30-chieu/tu-lieu/bao-chi/1/",
    "/hoi-nghi/2022-03-30-chieu/khen-thuong/",
    "/hoi-nghi/2022-03-30-chieu/bien-ban/",
    "/hoi-nghi/2022-03-30-chieu/bien-ban/2/",
    "/hoi-nghi/2022-03-30-chieu/phat-bieu/",
    "/hoi-nghi/2022-03-30-chieu/muc/4/tai-lieu/",
    "/hoi-nghi/2022-03-30-chieu/trinh-chieu/",
    "/hoi-nghi/2022-03-30-chieu/ket-luan/",
    "/hoi-nghi/2022-03-30-chieu/ket-luan/8/sua/",
    "/hoi-nghi/2022-03-30-chieu/ket-luan/giao-viec/",
    "/tong-quan/?year=2021",
    "/tong-quan/?year=2022",
    "/tong-quan/?year=2021&agency=hnd&day=31/10/2021",
    "/tong-quan/?year=2021&area=nam&agency=ldld&program=dh-2021-01",
    "/tong-quan/?year=2023",
    "/tong-quan/?year=khong&day=hom-qua&agency=zzz",
    "/tong-quan/in/?year=2021",
    "/tong-quan/don-vi/?year=2021",
    "/bao-cao/",
    "/bao-cao/?year=2021",
    "/bao-cao/1/soan/",
    "/bao-cao/1/soan/4/",
    "/bao-cao/1/muc-luc/",
    "/bao-cao/1/so-lieu/",
    "/bao-cao/1/lich-su/",
    "/bao-cao/soan/hoi-nghi/2022-03-30-chieu/",
    "/bao-cao/mau-van-ban/",
    "/bao-cao/mau-van-ban/ubnd/program/ket/",
    "/bao-cao/xem-truoc/bao-cao-nam/1/",
    "/viec-chay/",
    "/viec-chay/1/",
    "/bao-cao/xem-truoc/chuong-trinh/dh-2022-03/",
    "/bao-cao/xem-truoc/bao-cao-hoi-nghi/2022-03-30-chieu/",
    "/bao-cao/xem-truoc/phu-luc-nhiem-vu/dh-2022-02/",
    "/bao-cao/the-thuc/chuong-trinh/dh-2022-03/",
    "/bao-cao/phat-hanh/bien-ban/2022-03-30-chieu/",
    "/bao-cao/van-ban/1/thu-hoi/",
    "/chuong-trinh/dh-2021-02/bao-cao-cac-ben/",
    "/chuong-trinh/dh-2021-02/bao-cao-cac-ben/hdnd/2021/",
    "/chuong-trinh/dh-2021-02/bao-cao-cac-ben/tong-hop/?year=2021",
    "/chuong-trinh/dh-2021-02/bao-cao-cac-ben/yeu-cau/2021/",
    "/don-doc/",
    "/don-doc/1/",
    "/don-doc/1/sua/",
    "/don-doc/1/bo/",
    "/xac-minh/",
    "/xac-minh/7KQ4-M2XD-9RTP/",
    "/co-quan/",
    "/co-quan/?q=dam ha&status=all",
    "/co-quan/?q=khong-co",
    "/co-quan/tao/",
    "/co-quan/dh/hnd/",
    "/co-quan/dh/ubnd/chung-thu-so/",
    "/co-quan/dh/ubnd/chung-thu-so/dang-ky/",
    "/co-quan/dh/ubnd/chung-thu-so/1/ket-thuc/",
    "/co-quan/dh/hnd/sua/",
    "/co-quan/dh/hnd/sua-loi-ghi/",
    "/co-quan/dh/hnd/lien-he/",
    "/co-quan/dh/ubnd/chuc-vu/",
    "/co-quan/dh/ubnd/chuc-vu/them/",
    "/can-bo/",
    "/can-bo/1/",
    "/tim-kiem/?q=giai phong mat bang",
    "/tim-kiem/?q=tuyen truyen&kind=tasks",
    "/tim-kiem/?q=giai phong zzz",
    "/thong-bao/",
    "/nhac-viec/quy-tac/",
    "/tai-khoan/",
    "/tai-khoan/nhac-viec/",
    "/tai-khoan/bang-so-lieu-tuan/",
    "/tai-khoan/xac-thuc-hai-lop/",
    "/tai-khoan/thiet-bi/",
    "/them/",
    "/tro-giup/",
    "/khong-co-trang-nay/",
)
ADMINISTRATOR_PAGES = (
    "/quan-tri/",
    "/quan-tri/don-vi/",
    "/quan-tri/don-vi/tao/",
    "/quan-tri/don-vi/dh/",
    "/quan-tri/don-vi/dh/ten/2/",
    "/co-quan/tao/?unit=xa",
    "/quan-tri/nguoi-dung/",
    "/quan-tri/nguoi-dung/?q=khong-co-ai",
    "/quan-tri/nguoi-dung/moi/",
    "/quan-tri/nguoi-dung/3/",
    "/quan-tri/nguoi-dung/3/vai-tro/",
    "/quan-tri/nguoi-dung/3/tam-ngung/",
    "/quan-tri/nguoi-dung/3/vai-tro/3/ket-thuc/",
    "/quan-tri/nguoi-dung/3/vai-tro/3/chuyen/",
    "/quan-tri/dang-nhap/thu-ky/",
    "/them/",
)
REORGANISATION_PAGES = (
    "/quan-tri/sap-xep/",
    "/quan-tri/sap-xep/tao/",
    "/quan-tri/sap-xep/1/",
    "/quan-tri/sap-xep/1/quyet-dinh/",
    "/quan-tri/sap-xep/1/buoc/",
    "/quan-tri/sap-xep/1/buoc/1/",
    "/quan-tri/sap-xep/1/bo/",
)
PROVINCE_PAGES = (
    "/tong-quan/",
    "/tong-quan/don-vi/?year=2021",
    "/tong-quan/don-vi/?year=2022&sort=-total",
    "/tong-quan/don-vi/?year=2021&day=31/10/2021",
    "/tong-quan/don-vi/?year=2023",
    "/tong-quan/don-vi/dh/?year=2022",
)
SYSTEM_PAGES = (*REORGANISATION_PAGES, "/quan-tri/ngay-lam-viec/", "/quan-tri/ngay-lam-viec/?year=2027")
OTHERS = {"quan-tri-don-vi": ADMINISTRATOR_PAGES, "quan-tri": SYSTEM_PAGES, "chu-tich-ubnd-tinh": PROVINCE_PAGES}
DESK, PHONE, NARROW = (1440, 900), (390, 844), (320, 640)
SCHEMES = ("light", "dark")


def faults_of_shown(page: Page, path: str, axe) -> list[str]:
    """What is wrong with the page as it stands: on a desk, on a phone and on the narrowest screen.

    Why one after another: opening a page takes the browser and the portal longer than looking at it once more.
    """
    devices = page.context.new_cdp_session(page)
    faults = []
    for width, height in (DESK, PHONE, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        devices.send("Emulation.setTouchEmulationEnabled", {"enabled": width < 768})
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        seen = [f"{wider} px sideways"] if wider > 0 else []
        faults += [f"{path} at {width} px: {fault}" for fault in seen + axe(page)]
    devices.detach()
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    return faults


def issue_a_paper(page: Page) -> None:
    """So that the lists of issued papers have a row; the same paper issued again changes nothing."""
    page.goto("/chuong-trinh/dh-2022-01/van-ban/")
    page.get_by_role("button", name=re.compile("Phát hành")).first.click(timeout=120_000)
    expect(page.get_by_role("status")).to_be_visible(timeout=120_000)


def check_a_paper(page: Page) -> None:
    """So that its finished paper is at hand: the first time a job draws it, whose page leads on to the check."""
    page.goto("/bao-cao/the-thuc/chuong-trinh/dh-2022-03/")
    expect(page.get_by_role("heading", name="Kiểm tra thể thức")).to_be_visible(timeout=120_000)


def choose_theme(page: Page, scheme: str) -> None:
    """As a person does it: on the account page."""
    page.goto("/tai-khoan/")
    page.check(f"input[name=theme][value={scheme}]")
    page.get_by_role("button", name="Lưu thay đổi").click()
    expect(page.locator(f"html[data-bs-theme={scheme}]")).to_have_count(1)


def opened(browser: Browser, base_url: str) -> Page:
    return browser.new_context(base_url=base_url, locale="vi-VN").new_page()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page_is_accessible_and_fits(browser: Browser, base_url: str, sign_in, axe, scheme: str):
    page = opened(browser, base_url)
    page.goto("/dang-nhap/")
    faults = faults_of_shown(page, "/dang-nhap/", axe)
    sign_in(page, "thu-ky")
    choose_theme(page, scheme)
    issue_a_paper(page)
    check_a_paper(page)
    for path in SECRETARY_PAGES:
        page.goto(path)
        faults += faults_of_shown(page, path, axe)
    page.context.close()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", OTHERS)
def test_every_page_of_administrators_and_of_a_province_fits(
    browser: Browser, base_url: str, sign_in, axe, name: str, scheme: str
):
    page = opened(browser, base_url)
    sign_in(page, name)
    choose_theme(page, scheme)
    faults = []
    for path in OTHERS[name]:
        assert page.goto(path).status == 200, path
        faults += faults_of_shown(page, path, axe)
    page.context.close()
    assert not faults, "\n".join(faults)
