"""The forms about reports written block by block, for `hostile_doors`."""

from django.urls import reverse

from reports.models import ComposedReport, ReportBlock
from tests.integration.hostile_stage import Door, Stage, at


def _report(stage: Stage) -> ComposedReport:
    return ComposedReport.objects.get()


def _block(stage: Stage) -> ReportBlock:
    return ReportBlock.objects.get(key="iii.bai-hoc")


def _of_report(route: str):
    return at(f"reports:report-{route}", composed=lambda stage: _report(stage).pk)


def _of_block(stage: Stage) -> str:
    return reverse("reports:report-block", kwargs={"composed": _report(stage).pk, "block": _block(stage).pk})


COMPOSER = {
    "report begun on a conference": Door(
        "thu-ky",
        at("reports:report-begin-conference", conference=lambda stage: stage.story.conference.slug),
        ("cut_off_on",),
        {"cut_off_on": "28/3/2022"},
    ),
    "report begun on a program": Door(
        "thu-ky",
        at(
            "reports:report-begin-program",
            program=lambda stage: stage.story.programs_2021["B"].slug,
            year=lambda stage: 2021,
        ),
        ("cut_off_on",),
        {"cut_off_on": "28/3/2022"},
        also=("chuyen-vien-hnd",),  # in the name of its own agency
    ),
    "part of a report written": Door("thu-ky", _of_block, ("text", "revision"), {"text": "Bài học {{hoan_thanh}}"}),
    "part of a report added": Door(
        "thu-ky", _of_report("parts"), ("heading", "level"), {"heading": "Kết quả nổi bật", "level": "2", "after": 1}
    ),
    "figures of a report counted anew": Door(
        "thu-ky", _of_report("figures"), ("cut_off_on",), {"cut_off_on": "28/3/2022"}
    ),
    "template of a report": Door(
        "thu-ky",
        at(
            "reports:report-template",
            agency=lambda stage: "ubnd",
            kind=lambda stage: "program",
            key=lambda stage: "i",
        ),
        ("text",),
        {"text": "Năm {{nam}}, các bên triển khai."},
    ),
}
