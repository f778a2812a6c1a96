"""Who: the units, agencies, offices, persons and accounts of the story."""

from dataclasses import dataclass, field
from datetime import date

from agencies.access.enums import Role
from agencies.directory.enums import AgencyKind, Family, SigningAuthority
from agencies.directory.services import Naming, found_agency, let_serve
from agencies.models import AdminUnit, Agency, Membership, Person
from agencies.people.services import appoint, grant_membership, open_account, register_person, set_up_office
from agencies.units.enums import UnitKind, UnitLevel
from agencies.units.services import end_unit, found_unit
from coordination.models import Area
from portal.demo.accounts import ACCOUNTS, FURTHER_ROLES, hashed_password
from records.text import slug

BEGINNING = date(2016, 1, 1)
DISTRICTS_END = date(2025, 6, 30)
TERM_BEGINS = date(2021, 7, 1)

AREAS = (
    ("tt", "Tuyên truyền, tư tưởng"),
    ("ntm", "Xây dựng nông thôn mới"),
    ("dich", "Phòng, chống dịch"),
    ("gpmb", "Giải phóng mặt bằng"),
    ("gn", "Giảm nghèo bền vững"),
    ("antt", "An ninh, trật tự"),
    ("gs", "Giám sát, phản biện"),
    ("nam", "Nắm tình hình nhân dân"),
)

COMMUNES = (
    ("TT", UnitKind.TOWNSHIP, "Đầm Hà"),
    ("TB", UnitKind.COMMUNE, "Tân Bình"),
    ("DB", UnitKind.COMMUNE, "Đại Bình"),
    ("TL", UnitKind.COMMUNE, "Tân Lập"),
    ("DHX", UnitKind.COMMUNE, "Đầm Hà"),
    ("QA", UnitKind.COMMUNE, "Quảng An"),
    ("DY", UnitKind.COMMUNE, "Dực Yên"),
    ("QL", UnitKind.COMMUNE, "Quảng Lâm"),
    ("QT", UnitKind.COMMUNE, "Quảng Tân"),
)

_STATE, _PARTY, _FRONT, _ORG = Family.STATE, Family.PARTY, Family.FRONT, Family.ORGANISATION
_SUPERIOR_FRONT = "ỦY BAN MTTQ VIỆT NAM TỈNH QUẢNG NINH"


@dataclass
class Cast:
    """Everyone and everything the story's scenes call by a short code."""

    units: dict[str, AdminUnit] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def official_of(self, agency: str) -> Membership:
        """The official who enters and reports for an agency; the Office does so for the agencies it serves."""
        wanted = "vp" if agency == "ubnd" else agency
        return next(
            member
            for member in self.members.values()
            if member.agency_id == self.agencies[wanted].pk and member.role == Role.OFFICIAL
        )

    @property
    def secretary(self) -> Membership:
        return self.members["thu-ky"]


def assemble() -> Cast:
    """Found the units and agencies, appoint the two leaders the account names, open the accounts."""
    cast = Cast()
    _found_units(cast)
    _found_district_agencies(cast)
    _found_commune_agencies(cast)
    _found_neighbour(cast)
    _found_province_committee(cast)
    _appoint_leaders(cast)
    _open_accounts(cast)
    for position, (code, name) in enumerate(AREAS, start=1):
        cast.areas[code] = Area.objects.create(unit=cast.units["DH"], code=code, name=name, position=position)
    return cast


def _found_units(cast: Cast) -> None:
    cast.units["QN"] = found_unit(
        code="QN", level=UnitLevel.PROVINCE, kind=UnitKind.PROVINCE, name="tỉnh Quảng Ninh", bare_name="Quảng Ninh",
        valid_from=BEGINNING, is_illustrative=True,
    )  # fmt: skip
    cast.units["DH"] = _district(cast, "DH", "Đầm Hà")
    for code, kind, name in COMMUNES:
        word = "thị trấn" if kind == UnitKind.TOWNSHIP else "xã"
        cast.units[f"DH-{code}"] = found_unit(
            code=f"DH-{code}", level=UnitLevel.COMMUNE, kind=kind, name=f"{word} {name}", bare_name=name,
            valid_from=BEGINNING, parent=cast.units["DH"], is_illustrative=True,
        )  # fmt: skip
    # By law the district level ended then; what became of its communes is an act that is prepared, see reorganisation.
    end_unit(cast.units["DH"], last_day=DISTRICTS_END)


def _district(cast: Cast, code: str, name: str) -> AdminUnit:
    return found_unit(
        code=code, level=UnitLevel.DISTRICT, kind=UnitKind.DISTRICT, name=f"huyện {name}", bare_name=name,
        valid_from=BEGINNING, parent=cast.units["QN"], is_illustrative=True,
    )  # fmt: skip


def _organisation(
    name: str, short: str, symbol: str, lines: str, signed_for: str, order: int, head="CHỦ TỊCH"
) -> Naming:
    return Naming(
        name=name, short_name=short, abbreviation=symbol, document_symbol=symbol, family=_ORG, protocol_order=order,
        letterhead_lines=lines, authority_lines=f"BAN THƯỜNG VỤ\n{signed_for}", head_title=head,
    )  # fmt: skip


def _district_agencies() -> dict[str, tuple[AgencyKind, Naming]]:
    """The agencies of huyện Đầm Hà by code, in protocol order."""
    return {
        "tthu": (AgencyKind.PARTY_COMMITTEE, Naming(
            "Thường trực Huyện ủy Đầm Hà", "Thường trực Huyện ủy", "TTHU", "HU", _PARTY, 10,
            "HUYỆN ỦY ĐẦM HÀ", superior_lines="TỈNH ỦY QUẢNG NINH", authority_lines="BAN THƯỜNG VỤ",
            head_title="BÍ THƯ")),
        "hdnd": (AgencyKind.COUNCIL_STANDING, Naming(
            "Thường trực HĐND huyện", "Thường trực HĐND", "TT HĐND", "HĐND", _STATE, 20,
            "THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN", authority_lines="THƯỜNG TRỰC\nHỘI ĐỒNG NHÂN DÂN HUYỆN")),
        "ubnd": (AgencyKind.PEOPLES_COMMITTEE, Naming(
            "UBND huyện", "UBND huyện", "UBND", "UBND", _STATE, 30,
            "ỦY BAN NHÂN DÂN", authority_lines="ỦY BAN NHÂN DÂN HUYỆN")),
        "btg": (AgencyKind.PROPAGANDA_BOARD, Naming(
            "Ban Tuyên giáo Huyện ủy", "Ban Tuyên giáo", "BTG", "BTGHU", _PARTY, 40,
            "BAN TUYÊN GIÁO HUYỆN ỦY", superior_lines="HUYỆN ỦY ĐẦM HÀ", authority=SigningAuthority.OWN,
            authority_lines="BAN TUYÊN GIÁO HUYỆN ỦY", head_title="TRƯỞNG BAN")),
        "mttq": (AgencyKind.FRONT_COMMITTEE, Naming(
            "Ủy ban MTTQ Việt Nam huyện", "Ủy ban MTTQ", "MTTQ", "MTTQ", _FRONT, 50,
            "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", superior_lines=_SUPERIOR_FRONT,
            authority_lines="BAN THƯỜNG TRỰC\nỦY BAN MTTQ VIỆT NAM HUYỆN")),
        "ldld": (AgencyKind.TRADE_UNION, _organisation(
            "Liên đoàn Lao động huyện", "Liên đoàn Lao động", "LĐLĐ", "LIÊN ĐOÀN LAO ĐỘNG",
            "LIÊN ĐOÀN LAO ĐỘNG HUYỆN", 60)),
        "hnd": (AgencyKind.FARMERS_UNION, _organisation(
            "Hội Nông dân huyện", "Hội Nông dân", "HND", "HỘI NÔNG DÂN", "HỘI NÔNG DÂN HUYỆN", 61)),
        "pn": (AgencyKind.WOMENS_UNION, _organisation(
            "Hội Liên hiệp Phụ nữ huyện", "Hội LHPN", "HPN", "HỘI LIÊN HIỆP PHỤ NỮ",
            "HỘI LIÊN HIỆP PHỤ NỮ HUYỆN", 62)),
        "ccb": (AgencyKind.VETERANS_ASSOCIATION, _organisation(
            "Hội Cựu chiến binh huyện", "Hội Cựu chiến binh", "CCB", "HỘI CỰU CHIẾN BINH",
            "HỘI CỰU CHIẾN BINH HUYỆN", 63)),
        "dtn": (AgencyKind.YOUTH_UNION, _organisation(
            "Đoàn TNCS Hồ Chí Minh huyện", "Huyện đoàn", "ĐTN", "HUYỆN ĐOÀN", "HUYỆN ĐOÀN ĐẦM HÀ", 64, "BÍ THƯ")),
        "vp": (AgencyKind.OFFICE, _state_office(
            "Văn phòng HĐND và UBND huyện", "Văn phòng HĐND và UBND", "VP", "CHÁNH VĂN PHÒNG", 70)),
        "tnmt": (AgencyKind.SPECIALISED, _state_office(
            "Phòng Tài nguyên và Môi trường huyện", "Phòng TN-MT", "TNMT", "TRƯỞNG PHÒNG", 80)),
        "nnptnt": (AgencyKind.SPECIALISED, _state_office(
            "Phòng Nông nghiệp và Phát triển nông thôn huyện", "Phòng NN-PTNT", "NNPTNT", "TRƯỞNG PHÒNG", 81)),
        "ldtbxh": (AgencyKind.SPECIALISED, _state_office(
            "Phòng Lao động - Thương binh và Xã hội huyện", "Phòng LĐ-TBXH", "LĐTBXH", "TRƯỞNG PHÒNG", 82)),
        "ttvh": (AgencyKind.SPECIALISED, _state_office(
            "Trung tâm Truyền thông và Văn hóa huyện", "Trung tâm TT&VH", "TTVH", "GIÁM ĐỐC", 83)),
    }  # fmt: skip


def _state_office(name: str, short: str, symbol: str, head: str, order: int) -> Naming:
    return Naming(
        name=name, short_name=short, abbreviation=symbol, document_symbol=symbol, family=_STATE, protocol_order=order,
        letterhead_lines=name.removesuffix(" huyện").upper(), superior_lines="ỦY BAN NHÂN DÂN\nHUYỆN ĐẦM HÀ",
        authority=SigningAuthority.OWN, head_title=head,
    )  # fmt: skip


def _found_district_agencies(cast: Cast) -> None:
    for code, (kind, naming) in _district_agencies().items():
        cast.agencies[code] = found_agency(cast.units["DH"], code=code, kind=kind, naming=naming, valid_from=BEGINNING)
        set_up_office(
            cast.agencies[code],
            title=_title_of_head(naming),
            printed_title=naming.head_title,
            authority=naming.authority,
            is_head=True,
        )
    for served in ("hdnd", "ubnd"):
        let_serve(cast.agencies["vp"], cast.agencies[served], since=BEGINNING)


def _title_of_head(naming: Naming) -> str:
    if naming.head_title in ("TRƯỞNG BAN", "TRƯỞNG PHÒNG"):
        return f"Trưởng {naming.name}"
    if naming.head_title == "CHÁNH VĂN PHÒNG":
        return f"Chánh {naming.name}"
    return f"{naming.head_title.capitalize()} {naming.name.removeprefix('Thường trực ')}"


def _found_commune_agencies(cast: Cast) -> None:
    for position, (code, kind, name) in enumerate(COMMUNES):
        word = "thị trấn" if kind == UnitKind.TOWNSHIP else "xã"
        place, tail = f"{word} {name}", tail_of(word, name)
        unit = cast.units[f"DH-{code}"]
        cast.agencies[f"ubnd-{tail}"] = found_agency(
            unit, code=f"ubnd-{tail}", kind=AgencyKind.PEOPLES_COMMITTEE, valid_from=BEGINNING,
            naming=Naming(
                f"UBND {place}", f"UBND {place}", "UBND", "UBND", _STATE, 200 + position,
                "ỦY BAN NHÂN DÂN", authority_lines=f"ỦY BAN NHÂN DÂN {word.upper()}"),
        )  # fmt: skip
        cast.agencies[f"btg-{tail}"] = found_agency(
            unit, code=f"btg-{tail}", kind=AgencyKind.PROPAGANDA_BOARD, valid_from=BEGINNING,
            naming=Naming(
                f"Ban Tuyên giáo Đảng ủy {place}", f"Ban Tuyên giáo {place}", "BTG", "BTGĐU", _PARTY, 220 + position,
                "BAN TUYÊN GIÁO ĐẢNG ỦY", authority=SigningAuthority.OWN, head_title="TRƯỞNG BAN"),
        )  # fmt: skip


def tail_of(word: str, name: str) -> str:
    return slug(name) if word == "xã" else slug(f"{word} {name}")


def _found_neighbour(cast: Cast) -> None:
    """A second unit in the same portal, so that everyone can see that nothing crosses between them."""
    cast.units["HH"] = _district(cast, "HH", "Hải Hà")
    for code in ("hdnd", "ubnd", "mttq", "vp"):
        kind, naming = _district_agencies()[code]
        cast.agencies[f"HH/{code}"] = found_agency(
            cast.units["HH"], code=code, kind=kind, naming=naming, valid_from=BEGINNING
        )
    for served in ("hdnd", "ubnd"):
        let_serve(cast.agencies["HH/vp"], cast.agencies[f"HH/{served}"], since=BEGINNING)
    end_unit(cast.units["HH"], last_day=DISTRICTS_END)


def _found_province_committee(cast: Cast) -> None:
    """Who looks at the districts side by side: party to none of their programs."""
    naming = Naming(
        "UBND tỉnh Quảng Ninh", "UBND tỉnh", "UBND", "UBND", _STATE, 30,
        "ỦY BAN NHÂN DÂN", authority_lines="ỦY BAN NHÂN DÂN TỈNH",
    )  # fmt: skip
    cast.agencies["QN/ubnd"] = found_agency(
        cast.units["QN"], code="ubnd", kind=AgencyKind.PEOPLES_COMMITTEE, naming=naming, valid_from=BEGINNING
    )


def _appoint_leaders(cast: Cast) -> None:
    """The two persons the account names, in the offices it gives them; one of them holds two."""
    tuan = cast.people["tuan"] = register_person("Đặng Văn Tuấn")
    dung = cast.people["dung"] = register_person("Trần Việt Dũng")
    deputy = set_up_office(
        cast.agencies["tthu"], title="Phó Bí thư Thường trực Huyện ủy", printed_title="PHÓ BÍ THƯ THƯỜNG TRỰC"
    )
    appoint(tuan, deputy, since=TERM_BEGINS)
    appoint(tuan, cast.agencies["hdnd"].offices.get(is_head=True), since=TERM_BEGINS)
    appoint(dung, cast.agencies["ubnd"].offices.get(is_head=True), since=TERM_BEGINS)


def _open_accounts(cast: Cast) -> None:
    for account in ACCOUNTS:
        code = f"{account.unit}/{account.agency}" if account.unit in ("HH", "QN") else account.agency
        address = f"{account.username}@phoi-hop.invalid"  # letters go into files of the demo, never out
        user = open_account(account.username, None, hashed=hashed_password(), email=address)
        cast.members[account.username] = grant_membership(
            user, cast.agencies[code], role=account.role, title=account.title, since=BEGINNING
        )
    for username, agency, role, title in FURTHER_ROLES:
        user = cast.members[username].user
        grant_membership(user, cast.agencies[agency], role=role, title=title, since=BEGINNING)
