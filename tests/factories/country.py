"""A whole country of agencies, loaded in bulk: for what must stay fast at its size."""

from datetime import date

from agencies.directory.enums import AgencyKind, Family, block_of
from agencies.directory.services import index_agencies
from agencies.models import AdminUnit, Agency, AgencyName, UnitName, UnitParent
from agencies.units.enums import UnitKind, UnitLevel
from agencies.units.services import index_units, rebuild_reach

BEGINNING = date(2000, 1, 1)
PROVINCES = 34
_AT_ONCE = 2000
_SYLLABLES = (
    "An", "Bình", "Cẩm", "Đại", "Đầm", "Đông", "Hà", "Hải", "Hòa", "Hồng", "Khánh", "Lâm", "Long", "Minh", "Nam",
    "Ninh", "Phú", "Phước", "Quảng", "Sơn", "Tân", "Thanh", "Thịnh", "Tiến", "Trung", "Vĩnh", "Xuân", "Yên",
)  # fmt: skip
# Kind, code, how it is called before the unit's name, family, rank.
_AGENCIES = (
    (AgencyKind.COUNCIL_STANDING, "hdnd", "Thường trực HĐND", Family.STATE, 20),
    (AgencyKind.PEOPLES_COMMITTEE, "ubnd", "UBND", Family.STATE, 30),
    (AgencyKind.PROPAGANDA_BOARD, "btg", "Ban Tuyên giáo Đảng ủy", Family.PARTY, 40),
    (AgencyKind.FRONT_COMMITTEE, "mttq", "Ủy ban MTTQ Việt Nam", Family.FRONT, 50),
    (AgencyKind.TRADE_UNION, "cd", "Công đoàn", Family.ORGANISATION, 60),
    (AgencyKind.FARMERS_UNION, "hnd", "Hội Nông dân", Family.ORGANISATION, 61),
    (AgencyKind.WOMENS_UNION, "pn", "Hội Liên hiệp Phụ nữ", Family.ORGANISATION, 62),
    (AgencyKind.VETERANS_ASSOCIATION, "ccb", "Hội Cựu chiến binh", Family.ORGANISATION, 63),
    (AgencyKind.YOUTH_UNION, "dtn", "Đoàn TNCS Hồ Chí Minh", Family.ORGANISATION, 64),
    (AgencyKind.OFFICE, "vp", "Văn phòng HĐND và UBND", Family.STATE, 70),
    (AgencyKind.SPECIALISED, "kt", "Phòng Kinh tế", Family.STATE, 80),
    (AgencyKind.SPECIALISED, "vhxh", "Phòng Văn hóa - Xã hội", Family.STATE, 81),
)


def load_country(agencies: int) -> AdminUnit:
    """Provinces, their communes and so many agencies, twelve a unit; the first commune's name is "xã Đầm Hà"."""
    provinces = _load_units("TC", UnitLevel.PROVINCE, UnitKind.PROVINCE, "tỉnh", PROVINCES)
    communes = _load_units("XC", UnitLevel.COMMUNE, UnitKind.COMMUNE, "xã", -(-agencies // len(_AGENCIES)) - PROVINCES)
    UnitParent.objects.bulk_create(
        (
            UnitParent(unit=unit, parent=provinces[place % PROVINCES], valid_from=BEGINNING)
            for place, unit in enumerate(communes)
        ),
        batch_size=_AT_ONCE,
    )
    index_units([*provinces, *communes])
    rebuild_reach()
    _load_agencies([*provinces, *communes], agencies)
    return communes[0]


def _load_units(prefix: str, level: str, kind: str, word: str, count: int) -> list[AdminUnit]:
    bare = ["Đầm Hà" if not place and prefix == "XC" else _name(place) for place in range(count)]
    units = AdminUnit.objects.bulk_create(
        (
            AdminUnit(
                code=f"{prefix}{place}", level=level, valid_from=BEGINNING, current_name=f"{word} {name}",
                current_bare_name=name,
            )
            for place, name in enumerate(bare)
        ),
        batch_size=_AT_ONCE,
    )  # fmt: skip
    UnitName.objects.bulk_create(
        (
            UnitName(unit=unit, kind=kind, name=f"{word} {name}", bare_name=name, valid_from=BEGINNING)
            for unit, name in zip(units, bare, strict=True)
        ),
        batch_size=_AT_ONCE,
    )
    return units


def _load_agencies(units: list[AdminUnit], count: int) -> None:
    wanted = [(unit, *facts) for unit in units for facts in _AGENCIES][:count]
    agencies = Agency.objects.bulk_create(
        (
            Agency(
                unit=unit, code=code, kind=kind, valid_from=BEGINNING, current_name=f"{called} {unit.current_name}",
                current_short_name=called, current_family=family, protocol_order=order, block=block_of(kind, family),
            )
            for unit, kind, code, called, family, order in wanted
        ),
        batch_size=_AT_ONCE,
    )  # fmt: skip
    AgencyName.objects.bulk_create(
        (
            AgencyName(
                agency=agency, name=agency.current_name, short_name=agency.current_short_name,
                abbreviation=agency.code.upper(), document_symbol=agency.code.upper(), family=agency.current_family,
                protocol_order=agency.protocol_order, letterhead_lines=agency.current_name.upper(),
                head_title="CHỦ TỊCH", valid_from=BEGINNING,
            )
            for agency in agencies
        ),
        batch_size=_AT_ONCE,
    )  # fmt: skip
    index_agencies(agencies)


def _name(place: int) -> str:
    """Two or three syllables, repeated only after some thousands, as names of communes are."""
    count = len(_SYLLABLES)
    first, second, third = place % count, (place // count) % count, (place // count**2) % count
    return " ".join(dict.fromkeys((_SYLLABLES[first], _SYLLABLES[second], _SYLLABLES[third])))
