"""The forms about what stays of a conference and about gathering the reports of parties, for `hostile_doors`."""

from collections.abc import Callable

from coordination.conferences import services as conferences
from coordination.conferences.enums import CommendationForm, Commended
from coordination.models import Commendation, HeardReport, PartyReport, Photo, PressAccount
from coordination.partyreports import services as partyreports
from tests.integration.hostile_stage import Door, Stage, at

_SECRETARY = "thu-ky"
_PRESS = {"title": "Ký kết chương trình phối hợp", "published_on": "30/3/2022", "address": "https://vidu.gov.vn/tin"}
_HEARD = {"title": "Báo cáo kết quả năm 2021", "number": "12-BC/BTGHU", "dated_on": "28/3/2022"}
_COMMENDED = {"recipient": "Hội Nông dân xã", "commended": 1, "form": 1, "reason": "Hoàn thành tốt", "proposed_by": 0}


def _at(route: str, **parts: Callable[[Stage], object]) -> Callable[[Stage], str]:
    """A page of the conference of the story."""
    return at(f"coordination:conference-{route}", conference=lambda stage: stage.story.conference.slug, **parts)


def _photo(stage: Stage) -> int:
    return Photo.objects.order_by("pk").first().pk


def _press(stage: Stage) -> int:
    return PressAccount.objects.first().pk


def _heard(stage: Stage) -> int:
    return HeardReport.objects.order_by("pk").first().pk


def _proposed(stage: Stage) -> int:
    """A proposal nobody has decided about."""
    cast = stage.story.cast
    row = Commendation.objects.filter(recipient="Tập thể đang đề nghị").first()
    return (
        row
        or conferences.propose_commendation(
            stage.story.conference,
            actor=cast.secretary,
            proposed_by=cast.agencies["ubnd"],
            proposal=conferences.Proposal(
                Commended.COLLECTIVE, "Tập thể đang đề nghị", CommendationForm.LETTER, "Làm tốt"
            ),
        )
    ).pk


def _sent(stage: Stage) -> int:
    """The report of another party, sent."""
    report = PartyReport.objects.get(agency__code="mttq")
    if not report.is_sent:
        report = partyreports.send_party_report(report, actor=stage.story.cast.members["chu-tich-mttq"])
    return report.pk


RECORDS = {
    "photo added": Door(_SECRETARY, _at("photo-add"), ("caption",), {"caption": "Quang cảnh hội nghị"}),
    "photo changed": Door(_SECRETARY, _at("photo-edit", pk=_photo), ("caption", "revision"), like="photo added"),
    "press account recorded": Door(_SECRETARY, _at("press-add"), ("title", "address", "published_on"), _PRESS),
    "press account changed": Door(_SECRETARY, _at("press-edit", pk=_press), ("title", "revision"), _PRESS),
    "report heard": Door(_SECRETARY, _at("heard-add"), ("title", "dated_on", "agenda_item"), _HEARD),
    "report heard, changed": Door(_SECRETARY, _at("heard-edit", pk=_heard), ("title", "paper"), _HEARD),
    "commendation proposed": Door(_SECRETARY, _at("commend"), ("recipient", "form"), _COMMENDED),
    "proposal changed": Door(
        _SECRETARY, _at("commendation", pk=_proposed), ("recipient", "revision"), {"recipient": "Tập thể khác"}
    ),
    "commendation granted": Door(
        _SECRETARY,
        _at("commendation-grant", pk=_proposed),
        ("decision_number", "decided_on"),
        {"decision_number": "312/QĐ-UBND", "decided_on": "30/3/2022"},
    ),
    "commendation refused": Door(
        _SECRETARY, _at("commendation-refuse", pk=_proposed), ("reason",), {"reason": "Chưa đủ thời gian"}
    ),
    "proposal withdrawn": Door(
        _SECRETARY, _at("commendation-withdraw", pk=_proposed), ("reason",), {"reason": "Trùng"}
    ),
    "reports asked for": Door(
        _SECRETARY,
        at(
            "coordination:party-report-call",
            program=lambda stage: stage.story.programs_2022["B"].slug,
            year=lambda stage: 2022,
        ),
        ("due_on", "cut_off_on"),
        {"due_on": "20/12/2022", "cut_off_on": "14/12/2022"},
    ),
    "party report returned": Door(
        _SECRETARY, at("coordination:party-report-return", report=_sent), ("reason",), {"reason": "Bổ sung số liệu"}
    ),
}
