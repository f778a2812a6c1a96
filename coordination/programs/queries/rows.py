"""Programs as lists and searches show them: a fixed number of queries whatever the number of rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from agencies.access.scopes import Viewer
from agencies.models import Membership
from coordination.programs.enums import SignatureState
from coordination.programs.models import Program, SignatureSlot
from records.finding import holding, typed_words


@dataclass(frozen=True)
class ProgramRow:
    """One line of the program list. Units: signatures and tasks are counts."""

    program: Program
    parties: tuple[str, ...]
    lead: str
    signed: int
    to_sign: int
    tasks_done: int
    tasks: int
    changed_at: datetime | None

    @property
    def others(self) -> int:
        """Parties beside the lead."""
        return len(self.parties) - 1


def program_rows(
    actor: Membership, *, year: int | None = None, states: Iterable[str] = (), words: str = ""
) -> list[ProgramRow]:
    """The programs an actor sees in a year and in some states, newest number first."""
    programs = Program.objects.visible_to(actor)
    if year is not None:
        programs = programs.covering(year)
    if states := tuple(states):
        programs = programs.filter(state__in=states)
    programs = programs.filter(holding("title_folded", typed_words(words)))
    programs = list(programs.prefetch_related("parties__agency").order_by("-year", "ordinal"))
    return _rows(actor, programs)


def search(actor: Membership, asked: str) -> QuerySet[Program]:
    """Programs an actor sees whose code, titles and number hold every typed word, the newest year first.

    Rule: R-FIND-2.
    """
    return holding_words(actor, typed_words(asked))


def holding_words(actor: Viewer, words: Sequence[str]) -> QuerySet[Program]:
    """The same of words that are folded already. Rule: R-FIND-2."""
    found = Program.objects.visible_to(actor).filter(holding("title_folded", words))
    return (found if words else found.none()).order_by("-year", "ordinal", "pk")


def _rows(actor: Membership, programs: list[Program]) -> list[ProgramRow]:
    ids = [program.pk for program in programs]
    signatures = _signatures(ids)
    tasks = _tasks(actor, ids)
    changes = dict(Program.objects.filter(pk__in=ids).values_list("pk").annotate(Max("state_changes__at")))
    rows = []
    for program in programs:
        parties = list(program.parties.all())
        signed, to_sign = signatures.get(program.pk, (0, len(parties)))
        done, total = tasks.get(program.pk, (0, 0))
        rows.append(
            ProgramRow(
                program=program,
                parties=tuple(party.agency.current_short_name for party in parties),
                lead=next((party.agency.current_short_name for party in parties if party.is_lead), ""),
                signed=signed,
                to_sign=to_sign,
                tasks_done=done,
                tasks=total,
                changed_at=changes.get(program.pk),
            )
        )
    return rows


def _signatures(program_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Per program: slots signed and slots of the live version."""
    slots = SignatureSlot.objects.filter(version__program_id__in=program_ids, version__voided_at=None)
    counted = slots.order_by().values_list("version__program_id")
    counted = counted.annotate(signed=Count("pk", filter=Q(state=SignatureState.SIGNED)), total=Count("pk"))
    return {program_id: (signed, total) for program_id, signed, total in counted}


def _tasks(actor: Membership, program_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Per program: tasks completed and tasks the actor sees, with or without a deadline.

    Rule: R-FIG-20. Suspended and cancelled ones are in no count.
    """
    tasks = Program._meta.get_field("tasks").related_model.objects.visible_to(actor)
    tasks = tasks.exclude(state__in=("suspended", "cancelled"))
    counted = tasks.filter(program_id__in=program_ids).order_by().values_list("program_id")
    counted = counted.annotate(done=Count("pk", filter=Q(state="completed")), total=Count("pk"))
    return {program_id: (done, total) for program_id, done, total in counted}
