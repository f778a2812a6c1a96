"""What an earlier program offers to the next one, as far as the actor sees it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from agencies.directory.lineage import has_ended, heirs_of
from agencies.models import Agency, Membership
from coordination.conferences.models import Conclusion
from coordination.findings.enums import Remedy
from coordination.findings.models import Finding
from coordination.findings.queries import years_of
from coordination.programs.models import LegalBasis, Program, ProgramParty
from coordination.programs.queries import OutlineEntry, outline_of
from coordination.tasks.enums import UNDATED_KINDS, ScheduleKind, TaskState
from coordination.tasks.models import Task
from records import clock

RECURRING_KINDS = (
    *UNDATED_KINDS, ScheduleKind.WHOLE_YEAR, ScheduleKind.EACH_MONTH, ScheduleKind.EACH_QUARTER,
    ScheduleKind.EACH_HALF_YEAR,
)  # fmt: skip


@dataclass(frozen=True)
class PartyOffered:
    """A party of the earlier program and who stands for it now: itself, who took it over, or nobody."""

    party: ProgramParty
    heir: Agency | None

    @property
    def was_taken_over(self) -> bool:
        return self.heir is not None and self.heir.pk != self.party.agency_id


@dataclass(frozen=True)
class Offer:
    """All parts of an earlier program that can go over; tasks in their order, each with what continues it already."""

    source: Program
    parties: tuple[PartyOffered, ...]
    bases: tuple[LegalBasis, ...]
    outline: tuple[OutlineEntry, ...]
    tasks: tuple[Task, ...]
    conclusions: tuple[Conclusion, ...]
    limitations: tuple[Finding, ...]
    continued: dict[int, str]
    years: dict[int, int] = field(default_factory=dict)

    @property
    def unfinished(self) -> list[Task]:
        """Tasks with work left in them."""
        return [task for task in self.tasks if task.state != TaskState.COMPLETED]

    @property
    def finished(self) -> list[Task]:
        return [task for task in self.tasks if task.state == TaskState.COMPLETED]


def offer_of(source: Program, actor: Membership) -> Offer:
    """What an actor can carry over from a program they see. About twelve queries, whatever its size."""
    tasks = (
        Task.objects.visible_to(actor)
        .filter(program=source)
        .exclude(state=TaskState.CANCELLED)
        .select_related("area", "program", "confirming_agency", "follows")
        .prefetch_related("roles__agency__unit", "roles__office", "roles__group", "targets", "steps__agency")
        .order_by("ordinal")
    )
    conclusions = (
        Conclusion.objects.visible_to(actor)
        .filter(conference__program_links__program=source)
        .untasked()
        .select_related("conference")
        .prefetch_related("agencies__unit")
        .order_by("conference__held_on", "position")
        .distinct()
    )
    limitations = list(_limitations(source, actor))
    continuing = Task.objects.visible_to(actor).filter(continues__program=source).order_by("pk")
    return Offer(
        source=source,
        parties=tuple(_parties(source, clock.today())),
        bases=tuple(source.legal_bases.all()),
        outline=tuple(outline_of(source)),
        tasks=tuple(tasks),
        conclusions=tuple(conclusions),
        limitations=tuple(limitations),
        years=years_of(limitations),
        continued=dict(continuing.values_list("continues_id", "code")),
    )


def _limitations(source: Program, actor: Membership) -> QuerySet[Finding]:
    """Limitations without a task, of the program and of those it continues; of one that came back its latest form.

    Rule: R-FINDING-3. One whose task was not completed goes over with that task, so it is not offered beside it.
    """
    line = [source.pk, *_continued_by(source)]
    about = Q(program=None) | Q(program__in=line)
    found = Finding.objects.visible_to(actor).standing(Remedy.OPEN).filter(about, round__programs__in=line)
    found = found.exclude(remedied_by__in=Task.objects.filter(program=source, state=TaskState.NOT_COMPLETED))
    return found.select_related("round").distinct().order_by("round__year", "position")


def _continued_by(source: Program) -> Iterable[int]:
    """The programs before it, back to the first: one light query a year."""
    above = source.continues_id
    while above is not None:
        yield above
        above = Program.objects.filter(pk=above).values_list("continues_id", flat=True).first()


def _parties(source: Program, today: date) -> Iterable[PartyOffered]:
    parties = list(source.parties.select_related("agency__unit", "signs_through").order_by("letterhead_order"))
    heirs = heirs_of([party.agency_id for party in parties if has_ended(party.agency, today)], today)
    for party in parties:
        heir = heirs.get(party.agency_id) if has_ended(party.agency, today) else party.agency
        yield PartyOffered(party, heir)
