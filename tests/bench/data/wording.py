"""Names of units and people, titles of programs and tasks: of usual Vietnamese syllables and sentences; nobody real."""

from random import Random

_FIRST = (
    "An", "Bắc", "Bình", "Cẩm", "Châu", "Đại", "Đầm", "Điền", "Đông", "Đức", "Gia", "Giang", "Hà", "Hải", "Hậu", "Hiệp",
    "Hòa", "Hồng", "Hưng", "Khánh", "Kim", "Lạc", "Lâm", "Long", "Lương", "Mai", "Minh", "Mỹ", "Nam", "Nghĩa", "Ngọc",
    "Nguyên", "Ninh", "Phong", "Phú", "Phúc", "Phước", "Quảng", "Quế", "Sơn", "Tam", "Tân", "Tây", "Thạch", "Thái",
    "Thanh", "Thịnh", "Thuận", "Thượng", "Tiên", "Trà", "Trung", "Tùng", "Văn", "Vĩnh", "Xuân", "Yên",
)  # fmt: skip
_FAMILIES = ("Nguyễn",) * 8 + ("Trần",) * 3 + ("Lê",) * 3 + ("Phạm", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Nông", "Chìu")  # fmt: skip  # noqa: E501
_MIDDLES = {True: ("Văn", "Đức", "Minh", "Quang", "Hữu", "Xuân", "Công"), False: ("Thị", "Thu", "Ngọc", "Thanh", "Hồng", "Kim")}  # fmt: skip  # noqa: E501
_GIVEN = {
    True: ("An", "Bảo", "Cường", "Dũng", "Đạt", "Hải", "Hùng", "Khánh", "Long", "Nam", "Phúc", "Quân", "Sơn", "Tuấn", "Việt"),  # noqa: E501
    False: ("Anh", "Châu", "Dung", "Đào", "Hà", "Hạnh", "Hoa", "Huyền", "Lan", "Linh", "Mai", "Nga", "Phương", "Thảo", "Yến"),  # noqa: E501
}  # fmt: skip
ACTS = (
    "Vận động hộ dân", "Tuyên truyền, phổ biến về", "Giám sát", "Phối hợp kiểm tra", "Rà soát, lập danh sách",
    "Tổ chức hội nghị đối thoại về", "Hướng dẫn", "Phản biện xã hội đối với dự thảo về", "Tập huấn nghiệp vụ về",
    "Kiểm tra, đôn đốc", "Xây dựng mô hình", "Phát động phong trào",
)  # fmt: skip
MATTERS = (
    "bàn giao mặt bằng tuyến đường liên xã", "xây dựng nông thôn mới nâng cao", "tiêm vắc xin phòng dịch bệnh",
    "thu gom, phân loại rác thải tại nguồn", "hiến đất mở rộng đường giao thông", "bình đẳng giới trong gia đình",
    "phòng cháy, chữa cháy khu dân cư", "giảm nghèo bền vững", "tiếp công dân, giải quyết đơn thư",
    "chuyển đổi số cộng đồng", "nước sạch nông thôn", "phòng, chống tội phạm và tệ nạn xã hội",
    "bảo vệ rừng ngập mặn", "đào tạo nghề cho lao động nông thôn", "nhà ở cho hộ nghèo", "văn hóa khu dân cư",
)  # fmt: skip
AREAS = MATTERS[:8]
# One title in so many names something nothing else names: a rare word to look for.
RARE_EVERY, RARE_WORD = 2500, "sá sùng"
OBSTACLES = (
    "", "", "Một số hộ đi làm ăn xa.", "Kinh phí phân bổ chậm.", "Thời tiết mưa kéo dài.", "Cán bộ phụ trách thay đổi.",
)  # fmt: skip


def unit_name(place: int) -> str:
    """Two syllables, a third one for the thousands after."""
    count = len(_FIRST)
    first, second, third = place % count, (place * 7 + place // count) % count, place // (count * count // 7)
    syllables = (_FIRST[first], _FIRST[second], _FIRST[third % count] if third else "")
    return " ".join(dict.fromkeys(filter(None, syllables)))


def person_name(random: Random) -> tuple[str, str]:
    """A whole name and the given name in it."""
    is_man = random.random() < 0.6
    given = random.choice(_GIVEN[is_man])
    return f"{random.choice(_FAMILIES)} {random.choice(_MIDDLES[is_man])} {given}", given


def task_title(number: int, place: str) -> str:
    """A verb, a matter and a place; a few name something rare."""
    what = f"{ACTS[number % len(ACTS)]} {MATTERS[number // 7 % len(MATTERS)]} tại {place}"
    return f"{what}, vùng nuôi {RARE_WORD}" if number % RARE_EVERY == 0 else what
