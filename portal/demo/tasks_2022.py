"""The 48 tasks of 2022 as they stood on 30/3/2022: invented figures around the story.

A row: number, lead, coordinators, area, start, due, standing, percent, reached, target, unit, last report, title.
Standing: done, waiting, open (reported but not finished), new (nothing reported yet).
"""

PROGRAM_1 = (
    (1, "btg", "ubnd", "tt", "04/01", "20/01", "done", 100, 1, 1, "kế hoạch", "18/01", "Ban hành kế hoạch phối hợp tuyên truyền năm 2022"),
    (2, "ubnd", "btg", "dich", "05/01", "31/01", "done", 100, 9, 9, "xã, thị trấn", "28/01", "Tuyên truyền phòng, chống dịch dịp Tết Nhâm Dần 2022"),
    (3, "btg", "ubnd", "tt", "01/01", "30/6", "open", 35, 9, 26, "số", "25/3", "Chuyên mục phát thanh về nông thôn mới nâng cao, nông thôn mới kiểu mẫu"),
    (4, "btg", "ubnd", "tt", "05/01", "31/3", "open", 80, 2, 3, "kỳ", "21/3", "Giao ban báo chí, định hướng thông tin quý I năm 2022"),
    (5, "ubnd", "btg", "tt", "01/3", "25/3", "waiting", 100, 1, 1, "báo cáo", "25/3", "Cung cấp thông tin kinh tế – xã hội quý I phục vụ định hướng tuyên truyền"),
    (6, "btg", "ubnd", "nam", "10/01", "20/3", "open", 60, 6, 10, "khu dân cư", "22/3", "Nắm tình hình dư luận xã hội về giải phóng mặt bằng tuyến đường ven sông Đầm Hà"),
    (7, "ubnd", "btg", "dich", "15/02", "15/4", "open", 55, 11, 20, "trường", "18/3", "Tuyên truyền thích ứng an toàn phòng, chống dịch trong trường học"),
    (8, "btg", "ubnd", "tt", "10/01", "03/02", "done", 100, 9, 9, "xã, thị trấn", "02/02", "Tuyên truyền kỷ niệm 92 năm Ngày thành lập Đảng"),
    (9, "ubnd", "btg", "gpmb", "01/3", "30/6", "open", 25, 2, 8, "buổi", "19/3", "Tuyên truyền chính sách bồi thường, tái định cư dự án hạ tầng thị trấn"),
    (10, "btg", "ubnd", "tt", "15/6", "15/7", "new", 0, 0, 1, "báo cáo", "", "Sơ kết công tác phối hợp 6 tháng đầu năm 2022"),
    (11, "btg", "ubnd", "tt", "10/01", "30/11", "open", 20, 2, 10, "kỳ", "12/3", "Định hướng dư luận về công tác quản lý đất đai, khoáng sản"),
    (12, "btg", "ubnd", "tt", "01/02", "15/12", "open", 25, 1, 4, "chuyên đề", "08/3", "Chuyên đề học tập, làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"),
    (13, "ubnd", "btg", "tt", "01/3", "31/5", "open", 40, 4, 9, "lớp", "22/3", "Tập huấn nghiệp vụ báo cáo viên, tuyên truyền viên cơ sở"),
    (14, "ubnd", "btg", "tt", "01/6", "25/6", "new", 0, 0, 1, "báo cáo", "", "Cung cấp thông tin kinh tế – xã hội quý II phục vụ định hướng tuyên truyền"),
    (15, "btg", "ubnd", "nam", "01/5", "30/8", "new", 0, 0, 1, "cuộc", "", "Điều tra dư luận về các vấn đề nổi cộm, nhân dân quan tâm"),
    (16, "btg", "ubnd", "tt", "15/4", "31/10", "new", 0, 0, 12, "chuyên mục", "", "Tuyên truyền, nhân rộng các mô hình kinh tế có hiệu quả"),
    (17, "ubnd", "btg", "tt", "01/7", "15/8", "new", 0, 0, 1, "lớp", "", "Bồi dưỡng kỹ năng phát ngôn, cung cấp thông tin cho báo chí"),
    (18, "btg", "ubnd", "tt", "01/11", "14/12", "new", 0, 0, 1, "báo cáo", "", "Tổng kết công tác phối hợp tuyên truyền năm 2022"),
)  # fmt: skip

PROGRAM_2 = (
    (1, "mttq", "ubnd hnd pn ccb dtn", "ntm", "15/01", "30/6", "open", 45, 1450, 3200, "m²", "26/3", "Vận động hiến đất, ngày công làm đường nông thôn mới kiểu mẫu xã Tân Bình"),
    (2, "hdnd", "ubnd mttq", "gs", "01/3", "31/5", "open", 30, 1, 3, "cuộc", "15/3", "Giám sát việc chi trả bồi thường, hỗ trợ giải phóng mặt bằng các công trình phúc lợi"),
    (3, "ubnd", "mttq hnd ccb pn dtn", "gpmb", "01/01", "15/3", "open", 84, 38, 45, "hộ", "24/3", "Vận động các hộ bàn giao mặt bằng tuyến đường liên xã Tân Bình – Đại Bình"),
    (4, "mttq", "ubnd hnd pn ccb", "gn", "01/02", "30/11", "open", 20, 5, 25, "hộ", "26/3", "Giúp đỡ 25 hộ thoát nghèo có địa chỉ tại các xã vùng cao"),
    (5, "pn", "ubnd mttq hnd", "ntm", "01/02", "30/9", "open", 25, 30, 120, "hộ", "17/3", "Nhân rộng mô hình “Nhà sạch, vườn đẹp” theo tiêu chí nông thôn mới kiểu mẫu"),
    (6, "dtn", "ubnd mttq pn", "ntm", "01/02", "31/3", "open", 90, 9, 10, "buổi", "27/3", "Ra quân “Ngày Chủ nhật xanh”, chỉnh trang đô thị văn minh thị trấn Đầm Hà"),
    (7, "hnd", "ubnd mttq", "ntm", "01/01", "30/6", "open", 50, 1, 2, "tổ", "20/3", "Hỗ trợ hoàn thiện 02 tổ hợp tác sản xuất đạt chuẩn OCOP"),
    (8, "ccb", "hdnd ubnd mttq", "nam", "01/01", "15/3", "open", 67, 6, 9, "hội nghị", "11/3", "Tổ chức hội nghị tiếp xúc, nắm tình hình nhân dân tại 9 xã, thị trấn"),
    (9, "ldld", "ubnd mttq", "nam", "15/3", "31/5", "open", 10, 0, 1, "hội nghị", "16/3", "Đối thoại giữa lãnh đạo UBND huyện với đoàn viên, công nhân lao động"),
    (10, "ccb", "ubnd mttq dtn", "antt", "15/02", "31/3", "waiting", 100, 27, 27, "tổ", "29/3", "Ký giao ước thi đua giữa các tổ tự quản về an ninh, trật tự"),
    (11, "hnd", "ubnd mttq", "gn", "01/02", "31/10", "open", 15, 6, 40, "hộ", "14/3", "Nhân rộng mô hình nuôi gà bản Đầm Hà theo chuỗi liên kết"),
    (12, "mttq", "ubnd hnd pn ldld", "gn", "04/01", "31/01", "done", 100, 9, 9, "xã, thị trấn", "27/01", "Thăm hỏi, trao quà Tết cho hộ nghèo, hộ có hoàn cảnh khó khăn"),
    (13, "mttq", "ubnd ldld hnd pn ccb dtn", "dich", "05/01", "10/02", "done", 100, 72, 72, "khu dân cư", "09/02", "Vận động nhân dân đón Tết an toàn, phòng, chống dịch COVID-19"),
    (14, "ubnd", "mttq ccb dtn", "antt", "01/3", "30/4", "open", 35, 25, 72, "khu", "23/3", "Phát động phong trào “Toàn dân bảo vệ an ninh Tổ quốc” ở khu dân cư"),
    (15, "ubnd", "mttq hnd pn", "gpmb", "15/02", "30/6", "open", 40, 12, 30, "hộ", "24/3", "Vận động, tuyên truyền giải phóng mặt bằng trường mầm non thị trấn Đầm Hà"),
    (16, "mttq", "hdnd ubnd", "gs", "15/3", "15/6", "open", 10, 0, 1, "hội nghị", "18/3", "Phản biện xã hội dự thảo đề án chỉnh trang đô thị văn minh"),
    (17, "mttq", "ubnd hnd pn", "gn", "15/01", "28/3", "waiting", 100, 25, 25, "hộ", "28/3", "Khảo sát, lập danh sách hộ đăng ký thoát nghèo có địa chỉ năm 2022"),
    (18, "pn", "ubnd mttq", "gn", "15/02", "30/10", "open", 20, 3, 15, "mô hình", "10/3", "Hỗ trợ phụ nữ khởi nghiệp, phát triển kinh tế hộ"),
    (19, "ubnd", "mttq hdnd", "gpmb", "10/01", "28/02", "done", 100, 1, 1, "danh mục", "25/02", "Thống nhất danh mục công trình phúc lợi cần giải phóng mặt bằng năm 2022"),
    (20, "hnd", "ubnd mttq dtn", "ntm", "01/3", "31/8", "open", 20, 2, 9, "tuyến", "21/3", "Xây dựng tuyến đường nông thôn mới tự quản"),
    (21, "ubnd", "mttq pn ldld ubnd-tan-binh", "dich", "10/02", "31/3", "open", 92, 8, 9, "xã", "28/3", "Rà soát, cập nhật danh sách đối tượng tiêm vắc xin phòng COVID-19 mũi 3"),
    (22, "dtn", "ubnd mttq ccb", "antt", "04/01", "25/01", "done", 100, 14, 14, "chi đoàn", "24/01", "Ký cam kết giữ gìn trật tự, an toàn giao thông dịp Tết"),
    (23, "ubnd", "mttq hnd pn ubnd-tan-binh ubnd-dai-binh", "ntm", "01/4", "30/11", "new", 0, 0, 4, "xã", "", "Rà soát, hoàn thiện tiêu chí xã nông thôn mới nâng cao"),
    (24, "mttq", "ubnd hnd pn ccb dtn", "ntm", "15/4", "31/10", "new", 0, 0, 18, "khu dân cư", "", "Phát động thi đua xây dựng khu dân cư nông thôn mới kiểu mẫu"),
    (25, "ccb", "ubnd mttq hnd", "gpmb", "15/4", "30/9", "new", 0, 0, 6, "công trình", "", "Vận động hiến đất, bàn giao mặt bằng nhà văn hóa thôn, khu phố"),
    (26, "mttq", "hdnd ubnd ccb", "gpmb", "01/5", "31/8", "new", 0, 0, 2, "cuộc", "", "Giám sát đầu tư của cộng đồng tại các công trình phúc lợi"),
    (27, "dtn", "ubnd mttq", "gpmb", "01/6", "31/8", "new", 0, 0, 10, "hộ", "", "Thanh niên tình nguyện giúp các hộ bàn giao mặt bằng"),
    (28, "ldld", "ubnd mttq", "gn", "01/5", "31/10", "new", 0, 0, 3, "nhà", "", "Sửa chữa nhà “Mái ấm công đoàn” cho đoàn viên khó khăn"),
    (29, "ubnd", "mttq pn ldld", "dich", "01/7", "31/8", "new", 0, 0, 1, "cuộc", "", "Diễn tập phương án ứng phó dịch bệnh tại khu dân cư"),
    (30, "hdnd", "ubnd mttq", "nam", "01/6", "31/7", "new", 0, 0, 9, "điểm", "", "Tiếp xúc cử tri chuyên đề giảm nghèo và xây dựng nông thôn mới"),
)  # fmt: skip

# Tasks not completed in 2021 and the number under which 2022 carries them on.
CARRIED_OVER = {3: 3, 7: 19, 8: 25}
