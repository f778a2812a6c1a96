"""The afternoon of 30/3/2022 as those in the hall lived it: what each of them does, page by page, at their own machine.

What is typed are the words of the public account as the sample year keeps them.
"""

import re

from playwright.sync_api import Page, expect

from portal.demo.conference_scenes import CONCLUSIONS, DUNG_TITLE, MINUTES, PHOTOS, TUAN_TITLE
from tests.factories.pictures import make_picture

ADDRESS = "/hoi-nghi/2022-03-30-chieu/"
PROGRAMS = {"dh-2022-01": 2, "dh-2022-02": 8}
TUAN, DUNG = "Đặng Văn Tuấn", "Trần Việt Dũng"
DAMAGED = "…cả hệ thống chính trị và các tầng nước về đất đai, tài nguyên khoáng sản, GPMB, chế độ chính sách…"
# The groups nobody is kept in by name, and how many of each came.
COUNTED = {
    "Thường trực Huyện ủy": 3,
    "Thường trực HĐND huyện": 3,
    "Lãnh đạo UBND huyện": 4,
    "Ban Tuyên giáo Huyện ủy": 3,
    "Ủy ban MTTQ Việt Nam huyện": 3,
}
# What the chair asked for, in the order of the account: the words and whom they were given to at once.
ASKED = tuple(
    (text, given)
    for (text, _codes, _tasks), given in zip(
        CONCLUSIONS[:7],
        (
            ("Ban Tuyên giáo", "UBND huyện", "Ủy ban MTTQ"),
            ("UBND huyện", "Ban Tuyên giáo", "Hội Cựu chiến binh"),
            ("UBND huyện",),
            ("UBND huyện", "Ủy ban MTTQ"),
            ("Ủy ban MTTQ", "Hội Nông dân", "Hội LHPN", "Hội Cựu chiến binh", "Huyện đoàn"),
            ("Hội Nông dân", "Ban Tuyên giáo"),
            (),
        ),
        strict=True,
    )
)  # fmt: skip
# The fourth is carried out by three tasks that stand in the program already.
LINKED, LINKED_TASKS = 4, ("DH-2022-02.23", "DH-2022-02.24", "DH-2022-02.06")
# The others become tasks of 2022: conclusion, its lead where nobody was named, area, deadline.
GIVEN = (
    (1, "", "Tuyên truyền, tư tưởng", "31/12/2022"),
    (2, "", "An ninh, trật tự", "30/11/2022"),
    (3, "", "Phòng, chống dịch", "30/6/2022"),
    (5, "", "Giải phóng mặt bằng", "30/9/2022"),
    (6, "", "Xây dựng nông thôn mới", "15/11/2022"),
    (7, "Ủy ban MTTQ", "Giảm nghèo bền vững", "15/12/2022"),
)


def press(page: Page, words: str) -> None:
    page.get_by_role("main").get_by_role("button", name=re.compile(words)).first.click()


def told(page: Page, words: str = "") -> None:
    """What was done is said at the top of the next page."""
    expect(page.get_by_role("status").first).to_contain_text(words)


def go_on_as(page: Page, title: str) -> None:
    """Change to another of one's roles, as on a phone: behind the last entry of the bar below."""
    page.goto("/them/")
    press(page, title)
    told(page, title)


def look_in(page: Page, state: str) -> None:
    """What somebody of another party sees of it on a phone: how it stands and its agenda, nothing to press."""
    page.goto(ADDRESS)
    expect(page.get_by_text(state).first).to_be_visible()
    expect(page.locator(".pf-agenda > li")).to_have_count(7)
    expect(page.get_by_role("link", name="Khai mạc hội nghị")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def open_the_door(page: Page) -> None:
    """From the list of conferences to the one of today, opened in two steps."""
    page.goto("/hoi-nghi/")
    page.get_by_role("link", name=re.compile("Hội nghị đánh giá chương trình phối hợp năm 2021")).first.click()
    page.get_by_role("link", name="Khai mạc hội nghị").click()
    press(page, "Khai mạc hội nghị")
    told(page)
    expect(page.get_by_text("Đang diễn ra").first).to_be_visible()


def lock_for_signing(page: Page) -> None:
    """What must be done before signing stands beside the agenda; from there each program is locked."""
    for slug in PROGRAMS:
        page.goto(ADDRESS)
        todo = page.get_by_role("region", name="Việc cần trước khi ký")
        todo.get_by_role("link", name=re.compile(slug.upper())).click()
        page.get_by_role("link", name="Soạn và chuyển bước").click()
        press(page, "Khóa bản trình ký")
        told(page)


def call_the_roll(page: Page) -> None:
    """Every seat as it was announced, one tap each; then the groups of which only a number is known."""
    page.goto(ADDRESS)
    page.get_by_role("region", name="Điểm danh").get_by_role("link", name="Điểm danh").click()
    seats = page.locator(".pf-roll__seat")
    for place in range(seats.count()):
        seat = seats.nth(place)
        announced = seat.locator(".pf-row__meta").inner_text()
        mark = "Đi thay" if "đi thay:" in announced else "Vắng phép" if "xin vắng:" in announced else "Có mặt"
        button = seat.get_by_role("button", name=re.compile(f"^{mark}"))
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    for group, came in COUNTED.items():
        row = page.locator("#nhom-chi-dem li").filter(has_text=group)
        row.get_by_label(re.compile("^Có mặt")).fill(str(came))
        row.get_by_role("button").click()
        told(page, group)


def hear_the_reports(page: Page) -> None:
    """Each report on the agenda is begun, then recorded as heard from the line that says it is missing."""
    for _report in range(2):
        page.goto(ADDRESS)
        press(page, "^Sang mục “Báo cáo kết quả")
        page.goto(f"{ADDRESS}tai-lieu/")
        page.locator("#da-nghe .pf-panel__foot a").first.click()
        page.locator("main form button[type=submit]").first.click()
        told(page)
    expect(page.locator("#da-nghe ol > li")).to_have_count(2)


def go_on_to(page: Page, item: str) -> None:
    page.goto(ADDRESS)
    press(page, f"^Sang mục “{item}")
    expect(page.locator(".pf-agenda li.now")).to_contain_text(item)


def write_minutes(page: Page, words: str) -> None:
    """Of the item under way, from the panel that shows it."""
    page.goto(ADDRESS)
    page.get_by_role("link", name="Ghi biên bản mục này").click()
    page.fill("textarea[name=minutes]", words)
    press(page, "^Lưu biên bản")
    told(page)


def record_speech(page: Page, kind: str, name: str, title: str, said: str) -> None:
    page.goto(f"{ADDRESS}bien-ban/")
    page.get_by_role("main").get_by_role("link", name="Ghi phát biểu", exact=True).first.click()
    page.select_option("select[name=kind]", label=kind)
    page.fill("input[name=speaker_name]", name)
    page.fill("input[name=speaker_title]", title)
    page.fill("textarea[name=summary]", said)
    press(page, "Lưu phát biểu")
    told(page)


def name_who_concluded(page: Page) -> None:
    page.goto(f"{ADDRESS}sua/")
    for field, name in (("concluder", DUNG), ("guest", TUAN)):
        option = page.locator(f"select[name={field}] option", has_text=name)
        page.select_option(f"select[name={field}]", value=option.get_attribute("value"))
    page.fill("input[name=concluder_title]", DUNG_TITLE)
    page.fill("input[name=guest_title]", TUAN_TITLE)
    press(page, "Lưu hội nghị")
    told(page)


def conclude(page: Page) -> None:
    """The conclusions, typed once each."""
    page.goto(f"{ADDRESS}ket-luan/")
    for text, given in ASKED:
        page.fill("textarea[name=text]", text)
        for agency in given:
            page.get_by_role("checkbox", name=agency, exact=True).check()
        press(page, "Lưu kết luận")
        page.wait_for_url("**/ket-luan/#them")
        told(page)
        expect(page.get_by_text(text).first).to_be_visible()


def link_what_there_is(page: Page) -> None:
    """Tasks of the signed program carry out the fourth conclusion as they stand."""
    for code in LINKED_TASKS:
        page.goto(f"{ADDRESS}ket-luan/")
        page.locator(f"#ket-luan-{LINKED}").get_by_role("link", name=re.compile("^Gắn nhiệm vụ")).click()
        option = page.locator("select[name=task] option", has_text=code)
        page.select_option("select[name=task]", value=option.get_attribute("value"))
        press(page, "^Gắn nhiệm vụ")
        told(page)


def turn_into_tasks(page: Page) -> None:
    """The rest in one act: an area and a deadline each; the agency of the one that was given to nobody."""
    page.goto(f"{ADDRESS}ket-luan/")
    page.get_by_role("link", name="Chuyển thành nhiệm vụ").first.click()
    for number, lead, area, due in GIVEN:
        row = page.locator("section").filter(has=page.get_by_role("heading", name=f"Kết luận {number}", exact=True))
        if lead:
            row.locator("select[name$=-lead]").select_option(label=lead)
            program = row.locator("select[name$=-program]")
            program.select_option(value=program.locator("option", has_text="DH-2022-02").get_attribute("value"))
        row.locator("select[name$=-area]").select_option(label=area)
        row.locator("input[name$=-due_on]").fill(due)
    press(page, "Tạo các nhiệm vụ")
    told(page, "6 nhiệm vụ")


def sign_own(page: Page) -> None:
    """The chairman records his signature on the program with the Propaganda Board, from the work waiting for him."""
    page.goto("/viec-cua-toi/")
    page.get_by_role("main").get_by_role("link", name=re.compile("^Ký: UBND huyện với Ban Tuyên giáo")).click()
    press(page, "Ghi nhận đã ký giấy")
    told(page)
    expect(page.get_by_text("Đã ký 1/2 bên").first).to_be_visible()


def sign_for_the_rest(page: Page, slug: str, parties: int) -> None:
    """The secretary records the other paper signatures as the sheet goes round."""
    page.goto(f"/chuong-trinh/{slug}/ky-ket/")
    already = int(re.search(r"Đã ký (\d)/", page.locator("#cac-ben").inner_text())[1])
    for signed in range(already + 1, parties + 1):
        page.goto(f"/chuong-trinh/{slug}/ky-ket/")
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        page.locator("input[name$=signed_on]").first.fill("30/3/2022")
        press(page, "Ghi nhận đã ký giấy")
        told(page)
        expect(page.get_by_text(f"Đã ký {signed}/{parties} bên").first).to_be_visible()


def keep_for_the_record(page: Page) -> None:
    """Three photographs with their captions and the press account with the passage its page lost."""
    for caption in PHOTOS:
        page.goto(f"{ADDRESS}tu-lieu/anh/")
        page.fill("input[name=caption]", caption)
        taken = {"name": "hoi-nghi.jpg", "mimeType": "image/jpeg", "buffer": make_picture((640, 480))}
        page.set_input_files("input[name=picture]", taken)
        press(page, "Lưu ảnh")
        told(page)
    page.goto(f"{ADDRESS}tu-lieu/bao-chi/")
    page.fill("input[name=title]", "Hội nghị đánh giá kết quả thực hiện chương trình phối hợp công tác")
    page.fill("input[name=author]", "Kim Liên")
    page.fill("input[name=source]", "Trung tâm TT&VH")
    page.fill("textarea[name=damaged_passage]", DAMAGED)
    page.fill("textarea[name=doubt]", "Câu bị mất chữ; chưa dùng làm số liệu khi chưa đối chiếu.")
    page.locator("main form button[type=submit]").first.click()
    told(page)


def close(page: Page) -> None:
    page.goto(ADDRESS)
    page.get_by_role("link", name="Bế mạc hội nghị").click()
    page.fill("input[name=ended_at]", "16:45")
    press(page, "Bế mạc hội nghị")
    told(page)


def take_part(page: Page) -> None:
    """The secretary's afternoon from the opening words to the signing."""
    go_on_to(page, "Khai mạc")
    hear_the_reports(page)
    go_on_to(page, "Thảo luận")
    write_minutes(page, MINUTES["discussion"])
    go_on_to(page, "Phát biểu")
    record_speech(page, "Phát biểu", TUAN, TUAN_TITLE, "Ghi nhận sự phối hợp của các bên.")
    go_on_to(page, "Kết luận")
    record_speech(page, "Phát biểu kết luận", DUNG, DUNG_TITLE, "")
    write_minutes(page, MINUTES["conclusion"])
    name_who_concluded(page)
    conclude(page)
    go_on_to(page, "Ký kết")
    write_minutes(page, MINUTES["signing"])


def wait_for_leader(page: Page) -> None:
    """What was concluded and given to nobody follows the leader: on the overview and among the leader's own work."""
    for address in ("/tong-quan/?year=2022", "/viec-cua-toi/"):
        page.goto(address)
        expect(page.get_by_text(re.compile("7 kết luận chưa")).first).to_be_visible()


def begin_report(page: Page, words: str) -> str:
    """The report of the conference writes itself; the lessons are then written by hand. Where it is written."""
    page.goto("/bao-cao/?year=2021")
    page.get_by_role("link", name=re.compile("Soạn báo cáo.*Hội nghị đánh giá")).click()
    press(page, "Soạn bản thảo đầu")
    told(page)
    report = re.match(r".*(/bao-cao/\d+/)", page.url)[1]
    open_part(page, "Bài học")
    page.get_by_label(re.compile("^Nội dung")).fill(words)
    press(page, "Lưu và xem trước")
    expect(page.get_by_text("Đã sửa tay").first).to_be_visible()
    return report


def open_part(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Mục lục").get_by_role("link", name=re.compile(name)).first.click()
    expect(page.get_by_role("heading", level=2, name=re.compile(name))).to_be_visible()


def refresh_report(page: Page, report: str, words: str) -> None:
    """What has changed since is told and applied; what was written by hand is still there."""
    page.goto(f"{report}soan/")
    page.get_by_role("link", name="Xem và cập nhật số liệu").click()
    expect(page.get_by_role("row", name=re.compile("nhiệm vụ của năm kế hoạch.* 48 54"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("NHIỆM VỤ PHỐI HỢP NĂM 2022"))).to_contain_text("6 dòng")
    press(page, "Cập nhật số liệu")
    page.goto(f"{report}soan/")
    open_part(page, "Bài học")
    expect(page.get_by_label(re.compile("^Nội dung"))).to_have_value(words)
