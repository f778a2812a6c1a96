"""What passes with agencies, part by part, as plain values: shown by code, compared by digest, carried out."""

from dataclasses import dataclass

from agencies.reorganisation.plans import Ref
from agencies.reorganisation.queries import Problem
from coordination.handover.enums import HandoverPart


@dataclass(frozen=True)
class PartMoved:
    """One part that passes. `row` is the role's or party's number where it has a row of its own; `merged` drops it."""

    step: int
    part: HandoverPart
    position: int
    before: int
    after: Ref
    before_name: str
    after_name: str
    row: int | None = None
    merged: bool = False
    body: str = ""
    office: int | None = None
    body_after: str = ""


@dataclass(frozen=True)
class WorkMoved:
    """A task or a program with the parts that pass in it; named by its code only."""

    pk: int
    code: str
    state: str
    parts: tuple[PartMoved, ...]


@dataclass(frozen=True)
class Frozen:
    """What stays with an agency that ends, as it was: counts, for those who may not read the content."""

    step: int
    agency: int
    name: str
    signed_programs: int
    closed_programs: int
    finished_tasks: int

    @property
    def total(self) -> int:
        return self.signed_programs + self.closed_programs + self.finished_tasks


@dataclass(frozen=True)
class WorkEffects:
    """All open work that passes, and what stays frozen."""

    tasks: tuple[WorkMoved, ...]
    programs: tuple[WorkMoved, ...]
    frozen: tuple[Frozen, ...]
    problems: tuple[Problem, ...]

    def parts_of(self, step: int) -> list[tuple[WorkMoved, PartMoved]]:
        """What passes by one step."""
        return [(work, part) for work in (*self.programs, *self.tasks) for part in work.parts if part.step == step]
