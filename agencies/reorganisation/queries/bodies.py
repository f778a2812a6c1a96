"""Which units and agencies begin, end, are called otherwise, lie elsewhere, and pass to which."""

from collections import Counter
from collections.abc import Iterator

from agencies.directory.models import AgencyName
from agencies.reorganisation.enums import StepKind, Subject
from agencies.reorganisation.plans import AgencyNaming, Heir, Ref
from agencies.reorganisation.queries.ground import Ground, Planned
from agencies.reorganisation.queries.shapes import BodyEffects, Called, Ended, Founded, Passed, Placed
from agencies.units.enums import SuccessionKind


def bodies_acted_on(ground: Ground) -> BodyEffects:
    """What the steps do to units and agencies, in the order of the steps."""
    steps = ground.steps
    return BodyEffects(
        founded=tuple(one for step in steps for one in _founded(ground, step)),
        called=tuple(one for step in steps for one in _called(ground, step)),
        placed=tuple(one for step in steps for one in _placed(ground, step)),
        passed=tuple(one for step in steps for one in _passed(ground, step)),
        ended=tuple(one for step in steps for one in _ended(ground, step)),
    )


def naming_of(name: AgencyName) -> AgencyNaming:
    """What a recorded naming says, as a plan writes it."""
    return AgencyNaming(**{field: getattr(name, field) for field in AgencyNaming.__dataclass_fields__})


def _founded(ground: Ground, step: Planned) -> Iterator[Founded]:
    for draft in step.plan.units:
        yield Founded(step.position, Subject.UNIT, draft.name, ground.name_of_unit(draft.parent), draft)
    wanted = _heirs_wanted(ground)
    for draft in step.plan.agencies:
        if draft.key in wanted:
            place = ground.name_of_unit(draft.unit)
            yield Founded(step.position, Subject.AGENCY, draft.naming.name, place, draft)


def _heirs_wanted(ground: Ground) -> set[Ref]:
    """The agencies something passes to: one that is described and gets nothing is not founded."""
    plans = [step.plan for step in ground.steps]
    wanted = {heir.body for plan in plans for fate in plan.fates for heir in fate.heirs}
    return wanted | {heir.body for plan in plans for heir in plan.heirs}


def _called(ground: Ground, step: Planned) -> Iterator[Called]:
    if step.kind != StepKind.RENAME:
        return
    plan = step.plan
    for body in plan.bodies:
        if plan.unit_naming and body in ground.units:
            before = ground.units[body].name_on(ground.last_day)
            yield Called(step.position, Subject.UNIT, body, before, plan.unit_naming.name, plan.unit_naming)
        if plan.agency_naming and body in ground.agencies:
            yield _agency_called(ground, step, body, plan.agency_naming)
    for renaming in plan.renamings:
        if renaming.agency in ground.agencies:
            yield _agency_called(ground, step, renaming.agency, renaming.naming)


def _agency_called(ground: Ground, step: Planned, agency: int, naming: AgencyNaming) -> Called:
    before = ground.agencies[agency].name_on(ground.last_day)
    return Called(step.position, Subject.AGENCY, agency, before.name, naming.name, naming, before.parent_id)


def _placed(ground: Ground, step: Planned) -> Iterator[Placed]:
    plan = step.plan
    if step.kind != StepKind.MOVE or plan.parent is None:
        return
    for body in plan.bodies:
        if step.is_of_units and body in ground.units:
            before, after = ground.name_of_unit(ground.parent_of(body)), ground.name_of_unit(plan.parent)
            yield Placed(step.position, Subject.UNIT, body, ground.name_of_unit(body), before, after, plan.parent)
        elif body in ground.agencies:
            name = ground.agencies[body].name_on(ground.last_day)
            naming = naming_of(name)
            if plan.superior_lines:
                naming = AgencyNaming(**{**vars(naming), "superior_lines": plan.superior_lines})
            before = name.parent.current_name if name.parent else ""
            after = ground.name_of_agency(plan.parent)
            yield Placed(step.position, Subject.AGENCY, body, name.name, before, after, plan.parent, naming)


def _passed(ground: Ground, step: Planned) -> Iterator[Passed]:
    if step.kind not in (StepKind.MERGE, StepKind.SPLIT, StepKind.CLOSE):
        return
    kind = _kind_of(step, len(step.plan.bodies))
    for body in step.plan.bodies:
        yield from _one_passed(ground, step, step.subject, body, step.plan.heirs, kind)
    coming = Counter(fate.heirs[0].body for fate in step.plan.fates if fate.heirs)
    for fate in step.plan.fates:
        if fate.agency in ground.agencies and fate.heirs:
            kind = _kind_of(step, coming[fate.heirs[0].body])
            yield from _one_passed(ground, step, Subject.AGENCY, fate.agency, fate.heirs, kind)


def _one_passed(
    ground: Ground, step: Planned, subject: Subject, body: int, heirs: tuple[Heir, ...], kind: SuccessionKind
) -> Iterator[Passed]:
    named = ground.name_of_unit if subject == Subject.UNIT else ground.name_of_agency
    for heir in heirs:
        is_main = heir.is_main and not step.plan.goes_on
        yield Passed(step.position, subject, body, heir.body, named(body), named(heir.body), kind, heir.share, is_main)


def _kind_of(step: Planned, coming: int) -> SuccessionKind:
    """One body that passes whole to a new one has only another name; several that pass to one are merged."""
    if step.kind == StepKind.CLOSE:
        return SuccessionKind.CLOSED
    if step.kind == StepKind.SPLIT:
        return SuccessionKind.SPLIT
    heir = step.plan.heirs[0].body if step.plan.heirs else None
    return SuccessionKind.RENAMED if coming == 1 and isinstance(heir, str) else SuccessionKind.MERGED


def _ended(ground: Ground, step: Planned) -> Iterator[Ended]:
    if not step.ends_bodies:
        return
    for fate in step.plan.fates:
        if fate.agency in ground.agencies:
            yield _agency_ended(ground, step, fate.agency, fate.heirs)
    for body in step.plan.bodies:
        if step.is_of_units and body in ground.units:
            heir = _main(step.plan.heirs)
            place = ground.name_of_unit(ground.parent_of(body))
            yield Ended(
                step.position, Subject.UNIT, body, ground.name_of_unit(body), place, heir, ground.name_of_unit(heir)
            )
        elif body in ground.agencies:
            yield _agency_ended(ground, step, body, step.plan.heirs)


def _agency_ended(ground: Ground, step: Planned, agency: int, heirs: tuple[Heir, ...]) -> Ended:
    heir, place = _main(heirs), ground.name_of_unit(ground.agencies[agency].unit_id)
    name = ground.name_of_agency(agency)
    return Ended(step.position, Subject.AGENCY, agency, name, place, heir, ground.name_of_agency(heir))


def _main(heirs: tuple[Heir, ...]) -> Ref | None:
    return next((heir.body for heir in heirs if heir.is_main), None)
