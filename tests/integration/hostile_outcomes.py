"""The forms of findings and of conclusions turned into tasks, as doors of `hostile_doors`."""

from collections.abc import Callable

from django.urls import reverse

from coordination.conferences import services as conferences
from coordination.findings.enums import FindingKind
from coordination.findings.models import Finding
from tests.integration.hostile_stage import Door, Stage, at

_SECRETARY, _LEADER = "thu-ky", "chu-tich-ubnd"


def _limitation(stage: Stage) -> Finding:
    return stage.story.evaluation.findings.filter(kind=FindingKind.LIMITATION).order_by("position").first()


def _finding(route: str) -> Callable[[Stage], str]:
    return at(
        f"coordination:{route}",
        key=lambda stage: stage.story.evaluation.key,
        position=lambda stage: _limitation(stage).position,
    )


def _conclusion(route: str) -> Callable[[Stage], str]:
    """A conclusion of the conference in session that waits for a task."""

    def place(stage: Stage) -> str:
        said = conferences.conclude(stage.running, actor=stage.story.cast.secretary, text="Đẩy mạnh tuyên truyền")
        return reverse(f"coordination:{route}", args=[stage.running.slug, said.position])

    return place


def _triage(stage: Stage) -> str:
    conferences.conclude(stage.running, actor=stage.story.cast.secretary, text="Đẩy mạnh tuyên truyền")
    return reverse("coordination:conference-triage", args=[stage.running.slug])


OUTCOMES = {
    "finding changed": Door(
        _SECRETARY, _finding("finding-edit"), ("kind", "heading", "repeats", "addressee_words", "revision"),
        {"text": "Chậm gửi báo cáo"},
    ),
    "limitation remedied": Door(_SECRETARY, _finding("limitation-remedy"), ("task",), {"task": 1}),
    "limitation turned into a task": Door(
        _SECRETARY,
        _finding("limitation-task"),
        ("title", "lead", "program", "due_on"),
        {"title": "Khắc phục", "program": 1, "area": 1, "lead": 2},
    ),
    "limitation waived": Door(_LEADER, _finding("limitation-waive"), ("reason",), {"reason": "Không còn"}),
    "conclusion changed": Door(
        _SECRETARY, _conclusion("conference-conclusion"), ("text", "due_on", "agencies", "revision"), {"text": "Sửa"}
    ),
    "conclusion settled": Door(_SECRETARY, _conclusion("conference-settle"), ("reason",), {"reason": "Chỉ đạo chung"}),
}  # fmt: skip
