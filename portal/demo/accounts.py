"""The demo's accounts, named by office. They exist in the demo only; the service refuses to start with them."""

from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import make_password

from agencies.access.enums import Role

DEMO_PASSWORD = "phoi-hop-dam-ha-2022"


@cache
def hashed_password() -> str:
    """The password of all, as it is kept: hashed once, for hashing is meant to take long."""
    return make_password(DEMO_PASSWORD)


@dataclass(frozen=True)
class Account:
    """One account: who signs in, in which agency and role, and what the role is called there."""

    username: str
    agency: str
    role: Role
    title: str
    unit: str = "DH"


ACCOUNTS = (
    Account("chuyen-vien-tong-hop", "vp", Role.OFFICIAL, "Chuyên viên tổng hợp"),
    Account("chu-tich-ubnd", "ubnd", Role.LEADER, "Chủ tịch UBND huyện"),
    Account("thu-ky", "vp", Role.SECRETARY, "Thư ký chương trình phối hợp"),
    Account("chu-tich-hdnd", "hdnd", Role.LEADER, "Chủ tịch HĐND huyện"),
    Account("chuyen-vien-hdnd", "hdnd", Role.OFFICIAL, "Chuyên viên Thường trực HĐND"),
    Account("truong-ban-tuyen-giao", "btg", Role.LEADER, "Trưởng Ban Tuyên giáo Huyện ủy"),
    Account("chuyen-vien-tuyen-giao", "btg", Role.OFFICIAL, "Chuyên viên Ban Tuyên giáo"),
    Account("thu-ky-tuyen-giao", "btg", Role.SECRETARY, "Thư ký Ban Tuyên giáo"),
    Account("chu-tich-mttq", "mttq", Role.LEADER, "Chủ tịch Ủy ban MTTQ huyện"),
    Account("chuyen-vien-mttq", "mttq", Role.OFFICIAL, "Chuyên viên Ủy ban MTTQ"),
    Account("chuyen-vien-ldld", "ldld", Role.OFFICIAL, "Chuyên viên Liên đoàn Lao động"),
    Account("chuyen-vien-hnd", "hnd", Role.OFFICIAL, "Chuyên viên Hội Nông dân"),
    Account("chuyen-vien-hlhpn", "pn", Role.OFFICIAL, "Chuyên viên Hội LHPN"),
    Account("chuyen-vien-ccb", "ccb", Role.OFFICIAL, "Chuyên viên Hội Cựu chiến binh"),
    Account("chuyen-vien-huyen-doan", "dtn", Role.OFFICIAL, "Chuyên viên Huyện đoàn"),
    Account("can-bo-xa-tan-binh", "ubnd-tan-binh", Role.OFFICIAL, "Công chức Văn phòng UBND xã Tân Bình", "DH-TB"),
    Account("quan-tri", "vp", Role.SYSTEM_ADMIN, "Quản trị hệ thống"),
    Account("quan-tri-don-vi", "vp", Role.UNIT_ADMIN, "Quản trị đơn vị"),
    Account("thu-ky-hai-ha", "vp", Role.SECRETARY, "Thư ký chương trình phối hợp", "HH"),
    Account("chu-tich-ubnd-tinh", "ubnd", Role.LEADER, "Chủ tịch UBND tỉnh", "QN"),
)
# The heads of the organisations, who sign the programs of 2022 with tokens of their own.
SIGNERS = (
    Account("chu-tich-ldld", "ldld", Role.LEADER, "Chủ tịch Liên đoàn Lao động huyện"),
    Account("chu-tich-hnd", "hnd", Role.LEADER, "Chủ tịch Hội Nông dân huyện"),
    Account("chu-tich-hlhpn", "pn", Role.LEADER, "Chủ tịch Hội LHPN huyện"),
    Account("chu-tich-ccb", "ccb", Role.LEADER, "Chủ tịch Hội Cựu chiến binh huyện"),
    Account("bi-thu-huyen-doan", "dtn", Role.LEADER, "Bí thư Huyện đoàn"),
)
# Who acts in a second role as well, so that changing from one to the other can be tried: user name, agency, role, title.
FURTHER_ROLES = (("chuyen-vien-hdnd", "vp", Role.ORGANISER, "Cán bộ tổ chức hội nghị"),)
