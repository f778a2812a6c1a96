"""Every state has the words, tone and icon pages show it in."""

import pytest

from coordination.conferences.enums import AgendaState, ConferenceState
from coordination.evaluations.enums import RoundState
from coordination.programs.enums import AgreementStanding, ProgramState, SignatureState, Stance, Verdict
from coordination.tasks.enums import Standing, StepStanding
from coordination.versions.enums import DriftKind, Fate
from portal.templatetags.components.icons import drawing

TONES = {"idle", "ok", "late", "wait", "bad", "run", "carry"}
SHOWN = (
    AgendaState,
    AgreementStanding,
    ConferenceState,
    DriftKind,
    Fate,
    ProgramState,
    RoundState,
    SignatureState,
    Stance,
    Standing,
    StepStanding,
    Verdict,
)


@pytest.mark.parametrize("state", [state for states in SHOWN for state in states], ids=repr)
def test_state_can_be_shown(state):
    assert str(state.label)
    assert state.tone in TONES
    assert "<path" in drawing(state.icon) or "<circle" in drawing(state.icon)
