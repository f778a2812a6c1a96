"""The preview of a reorganisation: everything applying it does now, and the digest by which it is told again."""

from dataclasses import dataclass
from datetime import date

from agencies.models import Reorganisation
from agencies.reorganisation.queries import Effects, Ground, Problem, digest_of, effects_of
from coordination.handover.queries import WorkEffects, work_moved
from records import clock


@dataclass(frozen=True)
class Preview:
    """What an act does to units, agencies and people, and which open work passes.

    Rule: R-SUCC-2. `digest` covers all of it: applying with another digest is refused and shows the new preview.
    """

    act: Reorganisation
    effects: Effects
    work: WorkEffects
    digest: str

    @property
    def problems(self) -> tuple[Problem, ...]:
        return (*self.effects.problems, *self.work.problems)

    @property
    def stops(self) -> tuple[Problem, ...]:
        """What must be decided before the act can be applied."""
        return tuple(problem for problem in self.problems if problem.blocks)

    @property
    def notices(self) -> tuple[Problem, ...]:
        """What is to be known and stops nothing."""
        return tuple(problem for problem in self.problems if not problem.blocks)

    @property
    def can_apply(self) -> bool:
        """Whether nothing stops it and its day has come."""
        return not self.stops and self.has_come

    @property
    def has_come(self) -> bool:
        return self.act.effective_on is not None and self.act.effective_on <= clock.today()

    def counts(self) -> dict[str, int]:
        """How many of everything, for the audit and the result."""
        bodies, people = self.effects.bodies, self.effects.people
        return {
            "founded": len(bodies.founded),
            "ended": len(bodies.ended),
            "called": len(bodies.called) + len(bodies.placed),
            "members": len(people.members),
            "posts": len(people.posts),
            "tasks": len(self.work.tasks),
            "programs": len(self.work.programs),
        }

    @property
    def effective_on(self) -> date:
        return self.effects.effective_on


def preview_of(act: Reorganisation, ground: Ground | None = None) -> Preview:
    """What applying an act would do at this moment."""
    effects = effects_of(act, ground)
    work = work_moved(effects)
    return Preview(act, effects, work, digest_of(effects.bodies, effects.people, work))
