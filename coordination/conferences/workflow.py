"""How an agenda item may move, as data."""

from coordination.conferences.enums import AgendaState

AGENDA_MOVES: dict[str, frozenset[str]] = {
    AgendaState.WAITING: frozenset({AgendaState.RUNNING, AgendaState.DONE}),
    AgendaState.RUNNING: frozenset({AgendaState.DONE, AgendaState.WAITING}),
    AgendaState.DONE: frozenset({AgendaState.RUNNING}),
}
