"""The forms of the register of numbers, of issue and of amendment, for `hostile_doors`."""

from tests.integration.hostile_stage import Door, at


def _of_series(route: str):
    return at(f"coordination:series-{route}", series=lambda stage: stage.numbered.series_id)


def _of_number(route: str):
    entry = {"series": lambda stage: stage.numbered.series_id, "number": lambda stage: stage.numbered.number}
    return at(f"coordination:number-{route}", **entry)


def _of_program(route: str):
    return at(f"coordination:program-{route}", program=lambda stage: stage.overdue_program.slug)


_KEEPER = "thu-ky"
REGISTER = {
    "series opened": Door(
        _KEEPER, at("coordination:series-open"), ("first_number",), {"document_type": 1, "year": "2021"}
    ),
    "number reserved": Door(_KEEPER, _of_series("reserve"), ("subject",), {"subject": "Kế hoạch trên giấy"}),
    "gap explained": Door(
        _KEEPER,
        _of_series("explain"),
        ("first", "last"),
        {"first": "2", "last": "3", "why": "outside", "words": "Ký trên giấy"},
    ),
    "number used": Door(_KEEPER, _of_number("use"), ("used_on",), {"used_on": "30/3/2022"}),
    "number voided": Door(_KEEPER, _of_number("void"), ("reason",), {"reason": "Ghi nhầm"}),
    "program issued": Door(
        _KEEPER, _of_program("issue"), ("issued_on",), {"issued_on": "30/3/2022", "recipients": "Các bên"}
    ),
    "program amended": Door(_KEEPER, _of_program("amend"), ("by", "period_end"), {"by": "annex"}),
}
