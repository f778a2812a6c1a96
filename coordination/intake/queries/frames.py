"""What the rows of one file are read against: for each program its parties, agencies, areas and the tasks it has."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import prefetch_related_objects

from agencies.models import Agency, Membership
from coordination.intake.queries.agencies import AgencyNames, names_for
from coordination.intake.queries.areas import AreaNames, areas_for
from coordination.intake.queries.frame import Frame
from coordination.intake.queries.present import with_rows
from coordination.intake.queries.twins import Twins, twins_of
from coordination.intake.reading.headings import Head
from coordination.programs.models import Program, Section
from coordination.tasks.models import Task
from coordination.tasks.queries import programs_open_to
from records.text import fold

_AT_ONCE = 400


@dataclass
class Frames:
    """The frames of a file: one where it is a program's, one for each program it names where it is an agency's."""

    actor: Membership
    head: Head
    program: Program | None
    section: Section | None
    known: frozenset[int]
    tasks: dict[str, Task]
    _made: dict[int, Frame] = field(default_factory=dict)
    _twins: dict[int, Twins] = field(default_factory=dict)
    _open: dict[str, Program] | None = None

    @property
    def bare(self) -> Frame:
        """A frame for a row of which not even the program is known."""
        return Frame(self.program, self.actor, self.head, AgencyNames([], []), AreaNames(()), self.known)

    def of(self, program: Program) -> Frame:
        """The frame of a program's rows. Six queries the first time."""
        if program.pk not in self._made:
            prefetch_related_objects([program], "parties__agency__unit")
            self._made[program.pk] = Frame(
                program=program,
                actor=self.actor,
                head=self.head,
                names=names_for(self.actor, program),
                areas=areas_for(program),
                known=self.known,
                section=self.section,
            )
        return self._made[program.pk]

    def twins(self, program: Program) -> Twins:
        """The tasks a program has already. Two queries the first time."""
        if program.pk not in self._twins:
            self._twins[program.pk] = twins_of(program)
        return self._twins[program.pk]

    def called(self, written: str) -> Program | None:
        """The program a cell names by its code or short title, among those the actor may add tasks to."""
        if self._open is None:
            self._open = {}
            for program in programs_open_to(self.actor).select_related("unit", "drafting_agency"):
                self._open.setdefault(fold(program.short_title), program)
                self._open[fold(program.code)] = program
        return self._open.get(fold(written))

    @property
    def open_codes(self) -> list[str]:
        """The codes of the programs a new row may name."""
        self.called("")
        return sorted({program.code for program in self._open.values()}, reverse=True)


def frames_for(
    head: Head, *, actor: Membership, program: Program | None, section: Section | None, codes: Iterable[str]
) -> Frames:
    """The frames of a file whose marks carry these codes. One query, and five for every 400 codes."""
    known = frozenset(Agency.objects.visible_to(actor).values_list("pk", flat=True))
    return Frames(actor, head, program, section, known, _tasks_called(codes, actor))


def _tasks_called(codes: Iterable[str], actor: Membership) -> dict[str, Task]:
    found = {}
    for some in _in_pieces(sorted(set(codes))):
        found |= {task.code: task for task in with_rows(Task.objects.visible_to(actor).filter(code__in=some))}
    return found


def _in_pieces(codes: list[str]) -> Iterator[list[str]]:
    rest = iter(codes)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
