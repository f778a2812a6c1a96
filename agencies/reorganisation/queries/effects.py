"""What a reorganisation does to units, agencies, offices and members: computed once, shown as preview and carried out.

Why one computation: what was read before applying is what happens, and its digest tells whether the world has changed
in between.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from agencies.reorganisation.models import Reorganisation
from agencies.reorganisation.queries.below import changed_later, with_what_lies_below
from agencies.reorganisation.queries.bodies import bodies_acted_on
from agencies.reorganisation.queries.ground import Ground, ground_of
from agencies.reorganisation.queries.people import people_moved
from agencies.reorganisation.queries.rules import Problem, missing_in_decision, problems_of
from agencies.reorganisation.queries.shapes import BodyEffects, PeopleEffects


@dataclass(frozen=True)
class Effects:
    """Everything an act does on this floor, and what stops it."""

    effective_on: date
    bodies: BodyEffects
    people: PeopleEffects
    problems: tuple[Problem, ...]

    @property
    def last_day(self) -> date:
        """The last day of what ends."""
        return self.effective_on - timedelta(days=1)

    @property
    def stops(self) -> tuple[Problem, ...]:
        """What must be decided before the act can be applied."""
        return tuple(problem for problem in self.problems if problem.blocks)


def effects_of(act: Reorganisation, ground: Ground | None = None) -> Effects:
    """What applying an act does now; about twenty queries whatever the number of bodies."""
    ground = ground_of(act) if ground is None else ground
    problems = [*missing_in_decision(act), *problems_of(ground)]
    if not ground.steps:
        problems.append(Problem(_("Say at least in one step what the decision does"), "steps"))
    bodies = with_what_lies_below(ground, bodies_acted_on(ground))
    problems += [Problem(text, "bodies", one.step) for one, text in changed_later(ground, bodies)]
    return Effects(ground.day, bodies, people_moved(ground, bodies.ended), tuple(problems))


def digest_of(*effects) -> str:
    """SHA-256 over plain values in one fixed writing."""
    written = json.dumps([asdict(one) for one in effects], sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(written.encode()).hexdigest()
