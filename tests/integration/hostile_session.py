"""The forms of a conference in session as doors of `hostile_doors`."""

from collections.abc import Callable

from coordination.conferences import services as conferences
from coordination.conferences.enums import SpeechKind
from tests.integration.hostile_stage import Door, Stage, at

_SECRETARY = "thu-ky"


def _at(route: str, **parts: Callable[[Stage], object]) -> Callable[[Stage], str]:
    return at(f"coordination:conference-{route}", conference=lambda stage: stage.running.slug, **parts)


def _first(stage: Stage) -> int:
    return 1


def _with_a_speaker(stage: Stage) -> str:
    """The page of a speech in the conference in session."""
    who = {"kind": SpeechKind.CONTRIBUTION, "speaker_name": "Đại biểu", "speaker_title": "Trưởng thôn"}
    speech = conferences.record_speech(stage.running, actor=stage.story.cast.secretary, is_registered=True, **who)
    return _at("speech-edit", number=lambda _stage: speech.number)(stage)


SESSION = {
    "agenda item changed": Door(
        _SECRETARY,
        _at("agenda-item", number=_first),
        ("title", "kind", "revision"),
        {"title": "Khai mạc", "duration_minutes": "15"},
    ),
    "speech changed": Door(
        _SECRETARY,
        _with_a_speaker,
        ("speaker_name", "minutes_allowed", "revision"),
        {"speaker_name": "Đại biểu", "speaker_title": "Trưởng thôn", "summary": "Nhất trí"},
    ),
    "paper laid under an item": Door(
        _SECRETARY, _at("item-papers", number=_first), ("title", "report", "issued"), {"title": "Tài liệu", "report": 1}
    ),
}
