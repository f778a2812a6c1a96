"""What the four programs say: sections in our own words after the public account, legal bases the field rests on."""

from dataclasses import dataclass

BASES_A = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của Luật Tổ chức "
    "Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019",
    "Căn cứ Quyết định số 238-QĐ/TW ngày 30 tháng 9 năm 2020 của Ban Bí thư về Quy chế phối hợp giữa ban tuyên giáo cấp ủy "
    "với các cơ quan nhà nước trong thực thi pháp luật, triển khai kế hoạch phát triển kinh tế - xã hội và giải quyết các vấn đề "
    "nổi cộm, nhân dân quan tâm",
)
BASES_B = (
    BASES_A[0],
    "Căn cứ Luật Mặt trận Tổ quốc Việt Nam ngày 09 tháng 6 năm 2015",
    "Căn cứ Quyết định số 217-QĐ/TW và Quyết định số 218-QĐ/TW ngày 12 tháng 12 năm 2013 của Bộ Chính trị về giám sát, phản biện "
    "xã hội và góp ý xây dựng Đảng, xây dựng chính quyền",
)


@dataclass(frozen=True)
class Part:
    """A section: its printed number, heading, text, and the sub-items under it."""

    numbering: str
    heading: str
    body: str = ""
    areas: str = ""
    parts: tuple["Part", ...] = ()


def propaganda_parts(year: int) -> tuple[Part, ...]:
    """The text of the program between the People's Committee and the Propaganda Board."""
    return (
        Part("I", "Mục đích, yêu cầu", parts=(
            Part("1", "", "Giữ mối quan hệ thường xuyên giữa UBND huyện với Ban Tuyên giáo Huyện ủy, giữa Ban Tuyên giáo cơ sở "
                 f"với UBND các xã, thị trấn; tạo sự thống nhất trong Đảng, đồng thuận trong xã hội khi thực hiện nhiệm vụ năm {year}."),
            Part("2", "", "Phối hợp kịp thời, đúng chức năng; mỗi nội dung có cơ quan chủ trì, thời hạn và sản phẩm cụ thể."),
        )),
        Part("II", "Nội dung phối hợp", parts=(
            Part("1", "Định hướng thông tin, tuyên truyền", "Tăng cường thông tin hai chiều; bám sát tình hình phát triển kinh tế - xã hội "
                 "và đời sống dân sinh; tuyên truyền nhân rộng các mô hình kinh tế có hiệu quả.", "tt"),
            Part("2", "Phòng, chống dịch; bảo đảm an ninh, trật tự", "Thông tin chính xác, kịp thời về tình hình dịch; vận động nhân dân "
                 "chấp hành pháp luật, giữ gìn an ninh chính trị, trật tự an toàn xã hội.", "dich antt"),
            Part("3", "Giải quyết các vấn đề nổi cộm, nhân dân quan tâm", "Nắm tình hình nhân dân; tuyên truyền về quản lý đất đai, tài nguyên "
                 "khoáng sản, giải phóng mặt bằng, chế độ chính sách; góp phần xây dựng nông thôn mới.", "nam gpmb ntm"),
        )),
        Part("III", "Phương thức phối hợp", parts=(
            Part("1", "", "Giao ban mỗi quý một lần; trao đổi thông tin bằng văn bản khi có vấn đề phát sinh."),
            Part("2", "", "Ban Tuyên giáo Huyện ủy hướng dẫn Ban Tuyên giáo cơ sở phối hợp với UBND các xã, thị trấn."),
        )),
        Part("IV", "Trách nhiệm của các bên", parts=(
            Part("1", "UBND huyện", "Cung cấp thông tin, số liệu; chỉ đạo cơ quan chuyên môn và UBND các xã, thị trấn phối hợp thực hiện; "
                 "bảo đảm kinh phí."),
            Part("2", "Ban Tuyên giáo Huyện ủy", "Định hướng nội dung tuyên truyền; theo dõi, tổng hợp dư luận xã hội; tham mưu giải quyết "
                 "các vấn đề tư tưởng nảy sinh."),
        )),
        Part("V", "Tổ chức thực hiện", parts=(
            Part("1", "", "Văn phòng HĐND và UBND huyện là đầu mối theo dõi, tổng hợp, đôn đốc việc thực hiện Chương trình."),
            Part("2", "", "Sáu tháng sơ kết, cuối năm tổng kết, đánh giá và thống nhất chương trình năm sau."),
        )),
    )  # fmt: skip


def front_parts(year: int) -> tuple[Part, ...]:
    """The text of the program between the Council, the Committee, the Front and the five organisations."""
    return (
        Part("I", "Mục đích, yêu cầu", parts=(
            Part("1", "", "Tăng cường phối hợp giữa Thường trực HĐND, UBND huyện với Ủy ban MTTQ và các tổ chức chính trị - xã hội trong "
                 f"vận động, tuyên truyền các tầng lớp nhân dân, đoàn viên, hội viên thực hiện nhiệm vụ phát triển kinh tế - xã hội năm {year}."),
            Part("2", "", "Việc phối hợp bảo đảm đúng chức năng, nhiệm vụ của từng bên; có phân công chủ trì, thời hạn và sản phẩm cụ thể; "
                 "được theo dõi, đánh giá."),
        )),
        Part("II", "Nội dung phối hợp", parts=(
            Part("1", "Xây dựng nông thôn mới nâng cao, nông thôn mới kiểu mẫu", "Vận động nhân dân hiến đất, đóng góp ngày công, chỉnh trang "
                 "nhà ở, đường làng ngõ xóm; chỉnh trang đô thị văn minh tại thị trấn Đầm Hà.", "ntm tt"),
            Part("2", "Giải phóng mặt bằng các công trình phúc lợi", "Nắm tình hình, tuyên truyền, vận động nhân dân bàn giao mặt bằng; giám sát "
                 "việc chi trả bồi thường, hỗ trợ.", "gpmb"),
            Part("3", "Giảm nghèo, giúp đỡ hộ thoát nghèo có địa chỉ", "Lập danh sách hộ đăng ký thoát nghèo; phân công tổ chức, đoàn thể giúp đỡ "
                 "từng hộ; nhân rộng mô hình kinh tế có hiệu quả.", "gn"),
            Part("4", "Phòng, chống dịch; bảo đảm an ninh, trật tự", "Tuyên truyền tiêm chủng, thích ứng an toàn; phát động phong trào toàn dân "
                 "bảo vệ an ninh Tổ quốc ở khu dân cư.", "dich antt"),
            Part("5", "Giám sát, phản biện xã hội và nắm tình hình nhân dân", "Tổ chức giám sát chuyên đề, hội nghị phản biện, tiếp xúc và đối "
                 "thoại với nhân dân.", "gs nam"),
        )),
        Part("III", "Phương thức phối hợp", parts=(
            Part("1", "", "Trao đổi thông tin hai chiều thường xuyên; giao ban mỗi quý một lần do Văn phòng HĐND và UBND huyện chuẩn bị."),
            Part("2", "", "Cơ quan chủ trì cập nhật tiến độ ít nhất mỗi tháng một lần; cơ quan phối hợp xác nhận kết quả trong 5 ngày làm việc."),
        )),
        Part("IV", "Trách nhiệm của các bên", parts=(
            Part("1", "Thường trực HĐND huyện", "Chủ trì giám sát, tổng hợp ý kiến cử tri liên quan nội dung phối hợp."),
            Part("2", "UBND huyện", "Bảo đảm thông tin, số liệu, kinh phí; chỉ đạo cơ quan chuyên môn và UBND các xã, thị trấn phối hợp thực hiện."),
            Part("3", "Ủy ban MTTQ Việt Nam huyện", "Chủ trì vận động nhân dân, giám sát và phản biện xã hội; hiệp thương thống nhất hành động với "
                 "các tổ chức thành viên."),
            Part("4", "Các tổ chức chính trị - xã hội huyện", "Vận động đoàn viên, hội viên thực hiện các nội dung được phân công; đổi mới nội dung, "
                 "phương thức hoạt động từ huyện đến cơ sở."),
        )),
        Part("V", "Tổ chức thực hiện", parts=(
            Part("1", "", "Các bên căn cứ Chương trình này xây dựng kế hoạch thực hiện; Văn phòng HĐND và UBND huyện theo dõi, tổng hợp."),
            Part("2", "", "Sáu tháng sơ kết, cuối năm tổng kết, đánh giá và thống nhất chương trình năm sau."),
        )),
    )  # fmt: skip
