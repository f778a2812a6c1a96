"""The programs tied to one: what it rests on, continues, amends or took the place of, and what does so with it."""

from dataclasses import dataclass

from django.db.models import Q

from agencies.models import Membership
from coordination.programs.models import Program


@dataclass(frozen=True)
class ProgramsAround:
    """The programs tied to one, as far as the reader sees them."""

    program: Program
    seen: tuple[Program, ...] = ()

    @property
    def sees_basis(self) -> bool:
        return self._one(self.program.based_on_id) is not None

    @property
    def sees_continued(self) -> bool:
        return self._one(self.program.continues_id) is not None

    @property
    def superseded_by(self) -> Program | None:
        return self._one(self.program.superseded_by_id)

    @property
    def supersedes(self) -> tuple[Program, ...]:
        """The programs it took the place of, by their code."""
        return self._those("superseded_by_id", "code")

    @property
    def amended(self) -> Program | None:
        return self._one(self.program.amends_id)

    @property
    def amendments(self) -> tuple[Program, ...]:
        """What amends it, the first amendment first."""
        return self._those("amends_id", "amendment_number")

    @property
    def following(self) -> tuple[Program, ...]:
        """The programs that continue it, the earliest first."""
        return self._those("continues_id", "year", "ordinal")

    def _one(self, pk: int | None) -> Program | None:
        return next((one for one in self.seen if one.pk == pk), None)

    def _those(self, tied_by: str, *order: str) -> tuple[Program, ...]:
        those = (one for one in self.seen if getattr(one, tied_by) == self.program.pk)
        return tuple(sorted(those, key=lambda one: [getattr(one, name) for name in order]))


def around_of(program: Program, *, actor: Membership) -> ProgramsAround:
    """Everything a program's pages link to, in one query."""
    named = (program.based_on_id, program.continues_id, program.amends_id, program.superseded_by_id)
    tied = Q(continues=program.pk) | Q(amends=program.pk) | Q(superseded_by=program.pk)
    if back := [pk for pk in named if pk is not None]:
        tied |= Q(pk__in=back)
    return ProgramsAround(program, tuple(Program.objects.visible_to(actor).filter(tied)))
