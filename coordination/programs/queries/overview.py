"""What the head, the tabs and the side of a program's pages show."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.directory.lineage import with_present_names
from agencies.models import Membership
from coordination.programs.enums import SIGNED_STATES, ProgramState
from coordination.programs.models import Program
from coordination.programs.queries.signing import SigningStand, stand_today
from records import wording

_ORDER = list(ProgramState)
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
    sees_basis: bool = False
    sees_continued: bool = False

    @property
    def segments(self) -> list[str]:
        return [slot.status.tone for slot in self.stand.slots] if self.stand else []

    @property
    def bar_label(self) -> str:
        return ", ".join(f"{standing.count} {standing.label.lower()}" for standing in self.standings)


def overview_of(program: Program, *, actor: Membership, today: date) -> Overview:
    """The overview as the actor sees it: a coordinator outside counts the tasks it works in."""
    stand = stand_today(program, today)
    with_present_names([program.drafting_agency, *(party.agency for party in program.parties.all())], today)
    standings = _standings(program, actor, today)
    related = [pk for pk in (program.based_on_id, program.continues_id) if pk]
    seen = set(Program.objects.visible_to(actor).filter(pk__in=related).values_list("pk", flat=True)) if related else ()
    return Overview(
        program=program,
        stand=stand,
        standings=standings,
        tasks=sum(standing.count for standing in standings),
        documents=program.documents.visible_to(actor).count(),
        steps=tuple(_steps(program, stand)),
        sees_basis=program.based_on_id in seen,
        sees_continued=program.continues_id in seen,
    )


def tasks_by_section(program: Program, *, actor: Membership) -> dict[int, list]:
    """The tasks the actor sees, by the section they belong to."""
    tasks: dict[int, list] = {}
    for task in program.tasks.visible_to(actor).filter(section__isnull=False).order_by("ordinal"):
        tasks.setdefault(task.section_id, []).append(task)
    return tasks


def _standings(program: Program, actor: Membership, today: date) -> tuple[StandingCount, ...]:
    counts = Counter(task.standing_on(today) for task in program.tasks.visible_to(actor))
    total = sum(counts.values())
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
    notes = {
        ProgramState.DRAFT: (_("Draft"), wording.day(program.drafted_on)),
        ProgramState.CONSULTING: (_("In consultation"), _span(program.consulted_on, program.comments_until)),
        ProgramState.AGREED: (_("Agreed"), _day(program.agreed_on)),
        ProgramState.SIGNING: (_("Signing"), _signing_note(program, stand)),
        ProgramState.IN_FORCE: (_("In force"), _day(program.signed_on) or _("Once all parties have signed")),
        ProgramState.EVALUATING: (_("Evaluation"), _evaluation_note(program)),
        ProgramState.CLOSED: (_("Closed"), _day(program.closed_on)),
    }
    now = _ORDER.index(ProgramState(program.state))
    return [
        LifeStep(label, note, "done" if place < now or program.state == ProgramState.CLOSED else _later(place, now))
        for place, (label, note) in enumerate(notes.values())
    ]


def _later(place: int, now: int) -> str:
    return "now" if place == now else ""


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
