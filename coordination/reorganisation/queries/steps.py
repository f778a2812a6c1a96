"""The steps of an act as a page shows them: a sentence each, and what each does."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Reorganisation
from agencies.reorganisation.enums import StepKind, Subject
from agencies.reorganisation.queries import Ground, Planned, Problem
from agencies.reorganisation.queries.shapes import (
    Called,
    Ended,
    Founded,
    MemberMoved,
    Passed,
    Placed,
    PostEnded,
    ServicePassed,
)
from coordination.handover.queries import Frozen, PartMoved, WorkMoved
from coordination.reorganisation.queries.preview import Preview


@dataclass(frozen=True)
class StepLine:
    """One step in a sentence."""

    position: int
    subject: Subject
    kind: StepKind
    title: str


@dataclass(frozen=True)
class StepShown:
    """One step of the preview with everything it does."""

    line: StepLine
    problems: Sequence[Problem]
    founded: Sequence[Founded]
    ended: Sequence[Ended]
    called: Sequence[Called]
    placed: Sequence[Placed]
    passed: Sequence[Passed]
    members: Sequence[MemberMoved]
    posts: Sequence[PostEnded]
    services: Sequence[ServicePassed]
    work: Sequence[tuple[WorkMoved, PartMoved]]
    frozen: Sequence[Frozen]

    @property
    def ending_bodies(self) -> list[Ended]:
        """What ends, each unit with its agencies behind it."""
        units = {one.name: place for place, one in enumerate(self.ended) if one.subject == Subject.UNIT}
        return sorted(self.ended, key=lambda one: (units.get(one.name, units.get(one.place, 0)), one.name not in units))

    @property
    def moving(self) -> list[MemberMoved]:
        """Roles that go on in the successor."""
        return [one for one in self.members if one.after]

    @property
    def ending(self) -> list[MemberMoved]:
        """Roles that end for good."""
        return [one for one in self.members if not one.after]

    @property
    def tasks(self) -> int:
        return len({work.pk for work, _part in self.work if "." in work.code})

    @property
    def programs(self) -> int:
        return len({work.pk for work, _part in self.work if "." not in work.code})

    @property
    def keeps(self) -> int:
        """How many things stay as they were."""
        return sum(one.total for one in self.frozen)


def step_lines(act: Reorganisation, ground: Ground) -> list[StepLine]:
    """The steps of an act, each in a sentence."""
    return [StepLine(step.position, step.subject, step.kind, title_of(ground, step)) for step in ground.steps]


def steps_shown(preview: Preview, ground: Ground) -> list[StepShown]:
    """The preview cut by steps."""
    return [_shown(preview, line) for line in step_lines(preview.act, ground)]


def title_of(ground: Ground, step: Planned) -> str:
    """What a step does, in one sentence."""
    named = ground.name_of_unit if step.is_of_units else ground.name_of_agency
    plan = step.plan
    told = {
        "bodies": ", ".join(named(body) for body in plan.bodies),
        "heirs": ", ".join(named(heir.body) for heir in plan.heirs),
        "count": len(plan.bodies),
        "parent": named(plan.parent),
    }
    if step.kind == StepKind.RENAME:
        naming = plan.unit_naming or plan.agency_naming
        return _("Rename %(bodies)s to %(name)s") % (told | {"name": naming.name if naming else ""})
    if step.kind == StepKind.MOVE:
        return _("Move %(bodies)s under %(parent)s") % told
    if step.kind == StepKind.SPLIT:
        goes_on = _("Split %(heirs)s off from %(bodies)s, which goes on")
        return (goes_on if plan.goes_on else _("Split %(bodies)s into %(heirs)s")) % told
    if step.kind == StepKind.CLOSE:
        return (_("Close %(bodies)s; open work passes to %(heirs)s") if plan.heirs else _("Close %(bodies)s")) % told
    if step.is_of_units:
        units = ngettext("Merge %(count)s unit into %(heirs)s", "Merge %(count)s units into %(heirs)s", told["count"])
        return units % told
    return _("Merge %(bodies)s into %(heirs)s") % told


def _shown(preview: Preview, line: StepLine) -> StepShown:
    bodies, people, position = preview.effects.bodies, preview.effects.people, line.position

    def mine(rows):
        return [row for row in rows if row.step == position]

    return StepShown(
        line=line,
        problems=mine(preview.problems),
        founded=mine(bodies.founded),
        ended=mine(bodies.ended),
        called=mine(bodies.called),
        placed=mine(bodies.placed),
        passed=mine(bodies.passed),
        members=mine(people.members),
        posts=mine(people.posts),
        services=mine(people.services),
        work=preview.work.parts_of(position),
        frozen=mine(preview.work.frozen),
    )
