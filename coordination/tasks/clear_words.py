"""The words by which a task's wording is found clear or vague; data only, in the language of the papers.

A phrase of several words is written with single spaces; all of it is compared in small letters, marks included.
"""

# What a task begins with when it says what is to be done.
VERBS = (
    "ban hành", "bàn giao", "bảo đảm", "bảo vệ", "báo cáo", "bầu", "biên soạn", "biểu dương", "bình xét", "bố trí",
    "bổ sung", "bồi dưỡng", "cải tạo", "cấp", "cập nhật", "chi trả", "chỉ đạo", "chia sẻ", "chỉnh lý", "chỉnh trang",
    "chọn", "chuẩn bị", "chuyển", "chuyển đổi", "công bố", "công khai", "công nhận", "củng cố", "cung cấp", "cử",
    "dạy", "di dời", "diễn tập", "dọn", "duy trì", "duy tu", "đào tạo", "đánh giá", "đăng", "đăng ký", "đăng tải",
    "đầu tư", "đề nghị", "đề xuất", "điều chỉnh", "điều tra", "định hướng", "đo đạc", "đón tiếp", "đóng góp",
    "đối thoại", "đôn đốc", "đưa", "gặp mặt", "giải ngân", "giải phóng", "giải quyết", "giám sát", "giao", "giao ban",
    "giới thiệu", "giúp", "giúp đỡ", "góp ý", "gửi", "hiến", "hiệp thương", "hòa giải", "hoàn thành", "hoàn thiện",
    "họp", "hỗ trợ", "huy động", "hướng dẫn", "in", "kê khai", "kết nạp", "kết nối", "khám", "khảo sát", "khắc phục",
    "khen thưởng", "khánh thành", "khởi công", "khơi thông", "kiểm kê", "kiểm tra", "kiến nghị", "kiện toàn", "ký",
    "ký kết", "làm", "lắp đặt", "lấy ý kiến", "lập", "liên kết", "lồng ghép", "lựa chọn", "mở", "mở rộng", "mời",
    "mua", "nạo vét", "nắm", "nắm tình hình", "nâng cấp", "ngăn chặn", "nghiên cứu", "nghiệm thu", "nhân rộng", "nhận",
    "niêm yết", "nộp", "ổn định", "phản biện", "phản ánh", "phân công", "phân loại", "phát", "phát động",
    "phát hành", "phát hiện", "phát triển", "phát thanh", "phê duyệt", "phổ biến", "phối hợp", "phòng, chống",
    "phòng chống", "phục dựng", "quán triệt", "quản lý", "quy hoạch", "quyên góp", "ra quân", "ra mắt", "rà soát",
    "sao kê", "sắp xếp", "sơ kết", "soạn thảo", "sửa chữa", "sửa đổi", "sưu tầm", "tạo", "tặng", "tập hợp", "tập huấn",
    "thả", "thăm", "thăm hỏi", "thăm dò", "tham gia", "tham mưu", "tham quan", "thanh tra", "thành lập", "thảo luận",
    "thay", "thẩm định", "thẩm tra", "theo dõi", "thể chế", "thi", "thi công", "thống kê", "thống nhất", "thông báo",
    "thông tin", "thông qua", "thu", "thu gom", "thu hồi", "thu hút", "thử nghiệm", "thực hiện", "tiếp công dân",
    "tiếp nhận", "tiếp thu", "tiếp xúc", "tiêm", "tiêu hủy", "tìm", "tổ chức", "tôn tạo", "tổng hợp", "tổng kết",
    "trả lời", "trao", "trao đổi", "treo", "triển khai", "trình", "trình diễn", "trồng", "truyền dạy", "tu sửa",
    "tuần tra", "tuyên dương", "tuyên truyền", "tuyển", "tuyển chọn", "tuyển sinh", "tư vấn", "ủng hộ",
    "vận động", "vệ sinh", "viết", "xác định", "xác minh", "xây", "xây dựng", "xem xét", "xét duyệt", "xếp loại",
    "xóa", "xử lý", "xử phạt",
)  # fmt: skip

# Beginnings that point a direction and name no work.
DIRECTIONS = (
    "chú trọng", "chủ động", "đẩy mạnh", "đổi mới", "làm tốt", "nâng cao", "phát huy", "phấn đấu", "quan tâm",
    "tăng cường", "thực hiện tốt", "tích cực", "tiếp tục", "tập trung",
)  # fmt: skip

# What can be seen, counted or read when a task is done.
PRODUCTS = (
    "biên bản", "buổi", "bài", "bài viết", "báo cáo", "bút ký", "băng rôn", "bản cam kết", "bản tin", "bản đăng ký",
    "bản đồ", "bảng biểu", "cam kết", "chuyên mục", "chuyên đề", "chương trình", "chỉ thị", "chứng nhận", "cuốn",
    "cuộc giám sát", "cuộc họp", "cuộc kiểm tra", "cuộc thi", "công trình", "công văn", "danh mục", "danh sách",
    "dự thảo", "dự án", "giao ước", "giấy chứng nhận", "giấy khen", "hướng dẫn", "hồ sơ", "hội nghị", "hợp đồng",
    "khu dân cư", "kế hoạch", "kết luận", "kỳ họp", "lớp", "mô hình", "nghị quyết", "ngôi nhà", "nhà văn hóa",
    "nhà ở", "nhật ký", "phiên chợ", "phiên họp", "phiếu", "phóng sự", "phương án", "quy chế", "quy trình",
    "quy định", "quyết định", "suất quà", "số liệu", "sổ", "thuyết minh", "thông báo", "tin bài", "tuyến",
    "tuyến đường", "tài liệu", "tập sách", "tổ hợp tác", "tổ tự quản", "tờ rơi", "tờ trình", "văn bản", "vụ việc",
    "xã đạt chuẩn", "ý kiến", "đường giao thông", "đề cương", "đề án", "đợt", "ảnh",
)  # fmt: skip

# Days put in words that name no day.
LOOSE_TIMES = (
    "càng sớm càng tốt", "dần dần", "đúng tiến độ", "kịp thời", "sớm", "thời gian sớm nhất", "thời gian tới",
    "trong thời gian tới", "từng bước",
)  # fmt: skip
