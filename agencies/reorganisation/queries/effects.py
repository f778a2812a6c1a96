"""What a reorganisation does to units, agencies, offices and members: computed once, shown as preview and carried out.

Why one computation: what was read before applying is what happens, and its digest tells whether the world has changed
in between.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from agencies.reorganisation.enums import Subject
from agencies.reorganisation.models import Reorganisation
from agencies.reorganisation.plans import Ref
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
    def heirs_of_agencies(self) -> dict[int, Ref | None]:
        """The agencies that end, each with the one that goes on with its work."""
        return {one.body: one.heir for one in self.bodies.ended if one.subject == Subject.AGENCY}

    @property
    def names_of_heirs(self) -> dict[Ref, str]:
        """What the successors of agencies are called."""
        return {one.heir: one.heir_name for one in self.bodies.ended if one.heir is not None}

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
    bodies = bodies_acted_on(ground)
    return Effects(ground.day, bodies, people_moved(ground, bodies.ended), tuple(problems))


def digest_of(*effects) -> str:
    """SHA-256 over plain values in one fixed writing."""
    written = json.dumps([asdict(one) for one in effects], sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(written.encode()).hexdigest()
