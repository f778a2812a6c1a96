"""What the head, the tabs and the side of a program's pages show."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Membership
from coordination.programs.enums import ENDED_STATES, SIGNED_STATES, ProgramState
from coordination.programs.models import Program, ProgramStateChange
from coordination.programs.permissions import makes_program
from coordination.programs.queries.agreement import PartyStanding
from coordination.programs.queries.around import ProgramsAround, around_of
from coordination.programs.queries.awaited import came_back, next_act
from coordination.programs.queries.signing import SigningStand, stand_today
from records import wording

# Kinds of standing in the order of the bar, with the class that fills their piece.
_FILLS = {"ok": "f-ok", "late": "f-late", "wait": "f-late", "run": "f-run", "bad": "f-no", "idle": "f-idle"}
_KEYS = {"ok": "ok", "late": "late", "wait": "late", "run": "run", "bad": "bad"}
_BAR_ORDER = ("completed", "completed_late", "awaiting", "in_progress", "overdue", "not_completed", "not_started")
BAR_WIDTH = 300


@dataclass(frozen=True)
class LifeStep:
    """One step of the life shown above the page: its name, its day or what it waits for, done, now or to come."""

    label: str
    note: str
    css: str


@dataclass(frozen=True)
class StandingCount:
    """How many tasks stand one way, and the piece of the bar they take. Units: x and width in 300ths of the bar."""

    label: str
    value: str
    count: int
    fill: str
    key: str
    x: int
    width: int


@dataclass(frozen=True)
class Overview:
    """A program with where its signing, its tasks and its papers stand."""

    program: Program
    stand: SigningStand | None
    standings: tuple[StandingCount, ...]
    tasks: int
    documents: int
    steps: tuple[LifeStep, ...]
    around: ProgramsAround
    sees_comments: bool = False
    next_act: str = ""
    came_back: ProgramStateChange | None = None

    @property
    def has_ended(self) -> bool:
        """Whether nothing is left to be done in the program."""
        return self.program.state in ENDED_STATES

    @property
    def superseded_by(self) -> Program | None:
        return self.around.superseded_by

    @property
    def supersedes(self) -> tuple[Program, ...]:
        return self.around.supersedes

    @property
    def segments(self) -> list[str]:
        return [slot.status.tone for slot in self.stand.slots] if self.stand else []

    @property
    def bar_label(self) -> str:
        return ", ".join(f"{standing.count} {standing.label.lower()}" for standing in self.standings)


def overview_of(
    program: Program,
    *,
    actor: Membership,
    today: date,
    tasks: Iterable | None = None,
    agreement: list[PartyStanding] | None = None,
) -> Overview:
    """The overview as the actor sees it: a coordinator outside counts the tasks it works in.

    `tasks` are those of `shown_tasks` and `agreement` is where each party stands, where the page has read them; tasks
    that are not read are counted by the database.
    """
    stand = stand_today(program, today)
    if tasks is None:
        counts = program.tasks.visible_to(actor).counted_on(today)
    else:
        counts = Counter(task.standing_on(today) for task in tasks)
    standings = _standings(counts)
    makes = makes_program(actor, program)
    back = came_back(program) if makes else None
    return Overview(
        program=program,
        stand=stand,
        standings=standings,
        tasks=sum(standing.count for standing in standings),
        documents=program.documents.visible_to(actor).count(),
        steps=tuple(_steps(program, stand)),
        around=around_of(program, actor=actor),
        sees_comments=makes,
        next_act=next_act(program, stand, today, back=back, agreement=agreement),
        came_back=back,
    )


def shown_tasks(program: Program, *, actor: Membership) -> QuerySet:
    """The tasks the actor sees; of each only what the text of the program shows and what its standing goes by."""
    columns = ("program", "section", "code", "title", "state", "deadline", "completed_on")
    return program.tasks.visible_to(actor).only(*columns).order_by("ordinal")


def by_section(tasks: Iterable) -> dict[int | None, list]:
    """Tasks by the section they belong to; those that belong to none under None."""
    grouped: dict[int | None, list] = {}
    for task in tasks:
        grouped.setdefault(task.section_id, []).append(task)
    return grouped


def _standings(counts: Counter) -> tuple[StandingCount, ...]:
    total = counts.total()
    ranked = sorted(counts, key=lambda standing: (*_BAR_ORDER, standing.value).index(standing.value))
    pieces, before = [], 0
    for standing in ranked:
        x, after = BAR_WIDTH * before // total, BAR_WIDTH * (before + counts[standing]) // total
        before += counts[standing]
        pieces.append(
            StandingCount(
                label=str(standing.label),
                value=standing.value,
                count=counts[standing],
                fill=_FILLS[standing.tone],
                key=_KEYS.get(standing.tone, ""),
                x=x,
                width=max(1, after - x - 1),
            )
        )
    return tuple(pieces)


def _steps(program: Program, stand: SigningStand | None) -> list[LifeStep]:
    """The road of the program; what lies aside of it (the Party committee, an end before its time) only where it is."""
    state = ProgramState(program.state)
    rows = {
        ProgramState.DRAFT: (_("Draft"), _day(program.drafted_on)),
        ProgramState.CONSULTING: (_("In consultation"), _span(program.consulted_on, program.comments_until)),
        ProgramState.AGREED: (_("Agreed"), _day(program.agreed_on)),
        ProgramState.SUBMITTED: (_("Party committee"), _submission_note(program)),
        ProgramState.SIGNING: (_("Signing"), _signing_note(program, stand)),
        ProgramState.IN_FORCE: (_("In force"), _day(program.signed_on) or _("Once all parties have signed")),
        ProgramState.EVALUATING: (_("Evaluation"), _evaluation_note(program)),
        ProgramState.CLOSED: (_("Closed"), _day(program.closed_on)),
    }
    if not program.submitted_on:
        del rows[ProgramState.SUBMITTED]
    if state == ProgramState.REVISING:
        rows[ProgramState.CONSULTING] = (str(state.label), rows[ProgramState.CONSULTING][1])
    if state == ProgramState.SUPERSEDED:
        rows[ProgramState.CLOSED] = (str(state.label), _day(program.superseded_on))
        del rows[ProgramState.EVALUATING]
    if state == ProgramState.CANCELLED:
        return _cancelled_steps(program, rows)
    now = list(rows).index(_place_of(program, state))
    ended = state in ENDED_STATES
    return [
        LifeStep(label, note, "done" if place < now or ended else _later(place, now))
        for place, (label, note) in enumerate(rows.values())
    ]


def _place_of(program: Program, state: ProgramState) -> ProgramState:
    """The step a state is shown at: revising with the consultation, a text cleared at the committee that cleared it."""
    if state == ProgramState.AGREED and program.cleared_on:
        return ProgramState.SUBMITTED
    shown_at = {ProgramState.REVISING: ProgramState.CONSULTING, ProgramState.SUPERSEDED: ProgramState.CLOSED}
    return shown_at.get(state, state)


def _cancelled_steps(program: Program, rows: dict[ProgramState, tuple[str, str]]) -> list[LifeStep]:
    """What was passed, then the end."""
    passed = {
        ProgramState.DRAFT: True,
        ProgramState.CONSULTING: program.consulted_on,
        ProgramState.AGREED: program.agreed_on,
        ProgramState.SUBMITTED: program.cleared_on,
    }
    steps = [LifeStep(*row, "done") for state, row in rows.items() if passed.get(state)]
    return [*steps, LifeStep(str(ProgramState.CANCELLED.label), _day(program.cancelled_on), "now")]


def _later(place: int, now: int) -> str:
    return "now" if place == now else ""


def _submission_note(program: Program) -> str:
    if program.cleared_on:
        return _("Agreed on %(day)s") % {"day": wording.day(program.cleared_on)}
    return _("Since %(day)s") % {"day": wording.day(program.submitted_on)}


def _signing_note(program: Program, stand: SigningStand | None) -> str:
    if program.state in SIGNED_STATES:
        return ngettext("%(n)s party", "%(n)s parties", stand.total) % {"n": stand.total} if stand else ""
    if stand is None:
        return ""
    return _("Signed by %(signed)s of %(total)s parties") % {"signed": stand.signed, "total": stand.total}


def _evaluation_note(program: Program) -> str:
    return _("After %(day)s") % {"day": wording.day(program.period_end)}


def _day(value: date | None) -> str:
    return wording.day(value) if value else ""


def _span(first: date | None, last: date | None) -> str:
    return f"{wording.day(first)} – {wording.day(last)}" if first and last else _day(first)
