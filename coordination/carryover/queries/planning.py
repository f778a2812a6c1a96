"""What would become of the parts that were chosen: kept, shifted or dropped, with old and new days and the reason."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agencies.models import Membership
from coordination.carryover.enums import Fate, Part
from coordination.carryover.queries.offering import Offer, offer_of
from coordination.carryover.queries.tasks import TaskPlan, plan_of_conclusion, plan_of_limitation, plan_of_task
from coordination.carryover.queries.workers import Workers, workers_for
from coordination.carryover.shifting import shift_day
from coordination.programs.models import Area, Program
from coordination.programs.services import PartyDraft
from coordination.tasks.schedule import Span


@dataclass(frozen=True)
class Choice:
    """What was ticked, by the rows' numbers, and what the new program is called."""

    year: int
    title: str
    short_title: str
    area: Area | None = None
    ticked: dict[Part, frozenset[int]] = field(default_factory=dict)

    def has(self, part: Part, pk: int) -> bool:
        """Whether a row of a part was ticked."""
        return pk in self.ticked.get(part, frozenset())


@dataclass(frozen=True)
class PlanRow:
    """One part in the preview: what it is, what becomes of it, its time before and after, and why."""

    part: Part
    name: str
    fate: Fate
    before: str = ""
    after: str = ""
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """The new program as it would be: its period and parties, the rows of the preview, the tasks to be written."""

    source: Program
    offer: Offer
    choice: Choice
    period: Span
    parties: tuple[PartyDraft, ...]
    rows: tuple[PlanRow, ...]
    tasks: tuple[TaskPlan, ...]
    notices: tuple[str, ...]

    def of(self, fate: Fate) -> list[PlanRow]:
        """The rows of one fate, in the order of the program."""
        return [row for row in self.rows if row.fate == fate]

    @property
    def groups(self) -> list[tuple[Fate, list[PlanRow]]]:
        """Kept, shifted, dropped; those without a row left out."""
        return [(fate, rows) for fate in Fate if (rows := self.of(fate))]

    @cached_property
    def digest(self) -> str:
        """What tells this preview from one made before something moved on."""
        told = [[row.part, row.name, row.fate, row.before, row.after, row.note] for row in self.rows]
        texts = [[entry.section.pk, entry.section.revision] for entry in self.offer.outline]
        chosen = [
            self.choice.year,
            self.choice.title,
            self.choice.short_title,
            self.choice.area and self.choice.area.pk,
        ]
        whole = [self.source.pk, chosen, self.period.start_on, self.period.due_on, told, texts]
        return hashlib.sha256(json.dumps(whole, default=str, sort_keys=True).encode()).hexdigest()


def plan_of(source: Program, *, actor: Membership, choice: Choice) -> Plan:
    """What starting the year of a choice from a program would do; nothing is written."""
    offer = offer_of(source, actor)
    years = choice.year - source.year
    period = Span(shift_day(source.period_start, years), shift_day(source.period_end, years))
    parties = _parties(offer, choice)
    lead_first = sorted(parties, key=lambda party: not party.is_lead)
    workers = workers_for(actor, [party.agency for party in lead_first], period.due_on)
    tasks = tuple(_tasks(offer, choice, workers, years, period))
    rows = [*_party_rows(offer, choice), *_text_rows(offer, choice), *(_task_row(plan) for plan in tasks)]
    return Plan(
        source=source,
        offer=offer,
        choice=choice,
        period=period,
        parties=tuple(parties),
        rows=tuple(rows),
        tasks=tuple(plan for plan in tasks if plan.draft is not None),
        notices=tuple(_notices(offer, choice, workers)),
    )


def _parties(offer: Offer, choice: Choice) -> list[PartyDraft]:
    """Each chosen party by who stands for it now, once; the lead stays the lead."""
    drafts: dict[int, PartyDraft] = {}
    for offered in offer.parties:
        if offered.heir is not None and choice.has(Part.PARTIES, offered.party.pk):
            led = offered.party.is_lead or (offered.heir.pk in drafts and drafts[offered.heir.pk].is_lead)
            through = offered.party.signs_through if not offered.was_taken_over else None
            drafts[offered.heir.pk] = PartyDraft(offered.heir, is_lead=led, signs_through=through)
    return list(drafts.values())


def _party_rows(offer: Offer, choice: Choice) -> Iterator[PlanRow]:
    for offered in offer.parties:
        name = offered.party.agency.current_name
        if not choice.has(Part.PARTIES, offered.party.pk):
            yield PlanRow(Part.PARTIES, name, Fate.DROPPED, note=_("Not chosen"))
        elif offered.heir is None:
            yield PlanRow(Part.PARTIES, name, Fate.DROPPED, note=_("It has ended and nobody took it over"))
        elif offered.was_taken_over:
            yield PlanRow(Part.PARTIES, name, Fate.SHIFTED, after=offered.heir.current_name, note=_("Taken over"))
        else:
            yield PlanRow(Part.PARTIES, name, Fate.KEPT)


def _text_rows(offer: Offer, choice: Choice) -> Iterator[PlanRow]:
    for basis in offer.bases:
        yield _ticked_row(Part.BASES, basis.text, choice.has(Part.BASES, basis.pk))
    for entry in offer.outline:
        yield _ticked_row(Part.SECTIONS, entry.section.name, choice.has(Part.SECTIONS, entry.section.pk))


def _ticked_row(part: Part, name: str, is_ticked: bool) -> PlanRow:
    if is_ticked:
        return PlanRow(part, name, Fate.KEPT)
    return PlanRow(part, name, Fate.DROPPED, note=_("Not chosen"))


def _tasks(offer: Offer, choice: Choice, workers: Workers, years: int, period: Span) -> Iterator[TaskPlan]:
    for part, tasks in ((Part.UNFINISHED, offer.unfinished), (Part.FINISHED, offer.finished)):
        for task in tasks:
            is_ticked = choice.has(part, task.pk)
            plan = plan_of_task(task, part, workers, years=years, period=period, is_ticked=is_ticked)
            if is_ticked or part == Part.UNFINISHED:
                yield plan
    for conclusion in offer.conclusions:
        ticked = choice.has(Part.CONCLUSIONS, conclusion.pk)
        yield plan_of_conclusion(conclusion, workers, area=choice.area, period=period, is_ticked=ticked)
    for limitation in offer.limitations:
        ticked = choice.has(Part.LIMITATIONS, limitation.pk)
        yield plan_of_limitation(limitation, workers, area=choice.area, is_ticked=ticked)


def _task_row(plan: TaskPlan) -> PlanRow:
    return PlanRow(plan.part, plan.name, plan.fate, plan.before, plan.after, plan.note)


def _notices(offer: Offer, choice: Choice, workers: Workers) -> Iterator[str]:
    """What is written over as it is and wants a look: texts that name the old year, agencies that are no more."""
    year = str(offer.source.year)
    naming = [one.section.name[:60] for one in offer.outline if choice.has(Part.SECTIONS, one.section.pk)
              and year in f"{one.section.heading} {one.section.body}"]  # fmt: skip
    if naming:
        told = {"year": year, "sections": "; ".join(naming)}
        yield _("These sections still name %(year)s; change their text: %(sections)s") % told
    if workers.gone:
        yield _("No longer there and left out of the tasks: %(agencies)s") % {"agencies": ", ".join(workers.gone)}


def first_year(source: Program) -> int:
    """The year that usually follows: right after the period of the earlier program."""
    return source.year + source.period_end.year - source.period_start.year + 1


def renamed(text: str, source: Program, year: int) -> str:
    """A title with the years of the new period in place of the old ones."""
    span: int = source.period_end.year - source.period_start.year
    for back in range(span, -1, -1):
        text = text.replace(str(source.year + back), f"\0{year + back}\0")
    return text.replace("\0", "")
