"""What a reorganisation breaks: every rule its steps do not keep, each beside the field that can mend it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agencies.directory.enums import AgencyKind
from agencies.directory.lineage import heirs_of
from agencies.directory.models import Agency
from agencies.reorganisation.enums import StepKind, Subject
from agencies.reorganisation.models import Reorganisation
from agencies.reorganisation.plans import WHOLE, Heir, Ref, UnitDraft
from agencies.reorganisation.queries.ground import Ground, Planned, children_later
from agencies.units.enums import FIRST_DAY_OF_KIND, LAST_DAY_OF_KIND, LEVEL_OF_KIND, RANK_OF_LEVEL
from agencies.units.models import AdminUnit
from records import wording

UNIT_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
AGENCY_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Problem:
    """One thing that stops an act, or with `blocks` off is only to be known: its words, its field, its step."""

    text: str
    field: str = ""
    step: int | None = None
    blocks: bool = True


def missing_in_decision(act: Reorganisation) -> list[Problem]:
    """What the decision lacks before it can be applied. Rule: R-SUCC-2."""
    lacking = []
    if not act.number:
        lacking.append(Problem(_("Enter the number of the decision"), "number"))
    if act.decided_on is None:
        lacking.append(Problem(_("Enter the day of the decision"), "decided_on"))
    if act.effective_on is None:
        lacking.append(Problem(_("Enter the day the decision takes effect"), "effective_on"))
    return lacking


def problems_of(ground: Ground) -> list[Problem]:
    """Everything the steps break, in their order. Rule: R-SUCC-4."""
    found = [problem for step in ground.steps for problem in problems_in(ground, step)]
    return found + list(_between_steps(ground))


def problems_in(ground: Ground, step: Planned) -> list[Problem]:
    """What one step breaks by itself."""
    rules = [_bodies, _heirs, _shares, _drafts_of_units, _drafts_of_agencies, _fates, *_RULES_OF_KIND[step.kind]]
    return [
        Problem(problem.text, problem.field, step.position, problem.blocks)
        for rule in rules
        for problem in rule(ground, step)
    ]


def _bodies(ground: Ground, step: Planned) -> Iterator[Problem]:
    """What is acted on exists until the day before and was there by then; nothing is recorded of it from later days."""
    known = ground.units if step.is_of_units else ground.agencies
    passed = ground.passed_units if step.is_of_units else ground.passed_agencies
    if not step.plan.bodies:
        yield Problem(_("Choose at least one"), "bodies")
    later = children_later(step.plan.bodies, ground.day) if step.is_of_units and step.ends_bodies else {}
    for pk in step.plan.bodies:
        body = known.get(pk)
        if body is None or _unit_pk(ground, step.subject, pk) not in ground.in_scope:
            yield Problem(_not_in_scope(ground), "bodies")
            continue
        name = _name(ground, step.subject, pk)
        needed = ground.last_day if step.ends_bodies else ground.day
        if pk in passed or (body.valid_to is not None and body.valid_to < needed):
            yield Problem(_has_ended(ground, step.subject, body), "bodies")
        elif body.valid_from > ground.last_day:
            told = {"body": name, "day": wording.day(body.valid_from)}
            yield Problem(_("%(body)s exists from %(day)s on; the decision must take effect later") % told, "bodies")
        elif latest := _recorded_later(ground, step.subject, body, later):
            told = {"body": name, "day": wording.day(latest)}
            yield Problem(
                _("%(body)s was changed from %(day)s on; an earlier day of effect would contradict that") % told,
                "bodies",
            )


def _heirs(ground: Ground, step: Planned) -> Iterator[Problem]:
    """A successor is there on the day and goes on, lies in the scope, and is none of those that pass to it."""
    refs = [heir.body for heir in step.plan.heirs]
    for place, ref in enumerate(refs):
        field = f"heir_{place}"
        if refs.count(ref) > 1:
            yield Problem(_("Each successor is named once"), field)
        elif ref in step.plan.bodies:
            yield Problem(_("Nothing succeeds itself; choose another successor"), field)
        else:
            yield from _successor(ground, step.subject, ref, field)


def _successor(ground: Ground, subject: Subject, ref: Ref, field: str) -> Iterator[Problem]:
    drafts = ground.unit_drafts if subject == Subject.UNIT else ground.agency_drafts
    if isinstance(ref, str):
        if ref not in drafts:
            yield Problem(_("Choose one of the listed values"), field)
        return
    body = (ground.units if subject == Subject.UNIT else ground.agencies).get(ref)
    if body is None or _unit_pk(ground, subject, ref) not in ground.in_scope:
        yield Problem(_not_in_scope(ground), field)
        return
    told = {"body": _name(ground, subject, ref), "day": wording.day(body.valid_from)}
    if body.valid_from > ground.day:
        yield Problem(
            _("%(body)s begins on %(day)s, after the decision takes effect; choose another one") % told, field
        )
    elif body.valid_to is not None or _passed(ground, subject, ref):
        yield Problem(_has_ended(ground, subject, body), field)
    elif _ends_here(ground, subject, ref):
        yield Problem(_("%(body)s ends by this decision itself; choose another successor") % told, field)


def _shares(ground: Ground, step: Planned) -> Iterator[Problem]:
    """What is split makes 100 percent; less only when the body goes on with the rest."""
    heirs = step.plan.heirs
    if step.kind != StepKind.SPLIT or not heirs:
        return
    total = sum(heir.share for heir in heirs)
    if any(not 1 <= heir.share <= WHOLE for heir in heirs):
        yield Problem(_("A share is a whole percentage from 1 to 100"), _field_of_share(heirs))
    elif step.plan.goes_on and total >= WHOLE:
        yield Problem(
            _("The shares make %(total)s%%; leave a rest for the body that goes on") % {"total": total},
            _field_of_share(heirs),
        )
    elif not step.plan.goes_on and total != WHOLE:
        yield Problem(_("The shares make %(total)s%%, they must make 100%%") % {"total": total}, _field_of_share(heirs))
    if not step.plan.goes_on and sum(heir.is_main for heir in heirs) != 1:
        yield Problem(_("Choose one successor that goes on with the work"), "main")


def _field_of_share(heirs: tuple[Heir, ...]) -> str:
    wrong = [place for place, heir in enumerate(heirs) if not 1 <= heir.share <= WHOLE]
    return f"share_{wrong[0] if wrong else len(heirs) - 1}"


def _drafts_of_units(ground: Ground, step: Planned) -> Iterator[Problem]:
    codes = Counter(draft.code for draft in ground.unit_drafts.values())
    taken = set(AdminUnit.objects.filter(code__in=list(codes)).values_list("code", flat=True)) if codes else set()
    for draft in step.plan.units:
        place = _place_of(step, draft.key)
        if not draft.name or not draft.bare_name:
            yield Problem(_("Enter the name of the new unit"), f"heir_{place}_bare_name")
        if len(draft.code) > 10 or not UNIT_CODE.fullmatch(draft.code):
            yield Problem(
                _("A code has 1 to 10 capital letters A–Z, digits and hyphens, such as DH-TB"), f"heir_{place}_code"
            )
        elif draft.code in taken or codes[draft.code] > 1:
            yield Problem(_("Another unit has this code"), f"heir_{place}_code")
        yield from _kind_of_its_time(ground, draft, f"heir_{place}_kind")
        yield from _unit_above(ground, step, draft, f"heir_{place}_parent")


def _kind_of_its_time(ground: Ground, draft: UnitDraft, field: str) -> Iterator[Problem]:
    begins, ends = FIRST_DAY_OF_KIND.get(draft.kind), LAST_DAY_OF_KIND.get(draft.kind)
    if (begins and ground.day < begins) or (ends and ground.day > ends):
        told = {"kind": draft.kind.label, "day": wording.day(ground.day)}
        yield Problem(_("On %(day)s there is no unit of the kind “%(kind)s”") % told, field)


def _unit_above(ground: Ground, step: Planned, draft: UnitDraft, field: str) -> Iterator[Problem]:
    """The unit above is higher, exists, and lies in the scope or was above those that pass to the new one."""
    if draft.parent is None:
        return
    parent = ground.units.get(draft.parent)
    usual = {ground.parent_of(body) for body in step.plan.bodies if body in ground.units}
    if parent is None or not (draft.parent in ground.in_scope or draft.parent in usual):
        yield Problem(_not_in_scope(ground), field)
    elif RANK_OF_LEVEL[parent.level] >= RANK_OF_LEVEL[draft.level]:
        yield Problem(_("The unit above must be of a higher level"), field)
    elif not parent.holds_on(ground.day) or parent.valid_to is not None or _ends_here(ground, Subject.UNIT, parent.pk):
        yield Problem(_("%(unit)s does not exist on that day") % {"unit": ground.name_of_unit(parent.pk)}, field)


def _drafts_of_agencies(ground: Ground, step: Planned) -> Iterator[Problem]:
    every = Counter((draft.unit, draft.code) for draft in ground.agency_drafts.values())
    existing = {unit for unit, _code in every if isinstance(unit, int)}
    taken = set(Agency.objects.filter(unit_id__in=existing).values_list("unit_id", "code")) if existing else set()
    for draft in step.plan.agencies:
        field = f"agency_{draft.key.rpartition('.')[2]}" if step.is_of_units else f"heir_{_place_of(step, draft.key)}"
        if not draft.naming.name or not draft.naming.short_name:
            yield Problem(_("Enter the name and the short name of the new agency"), f"{field}_name")
        if len(draft.code) > 30 or not AGENCY_CODE.fullmatch(draft.code):
            yield Problem(_("A code has small letters without marks, digits and hyphens"), f"{field}_code")
        elif (draft.unit, draft.code) in taken or every[draft.unit, draft.code] > 1:
            yield Problem(_("Another agency of the unit has this code"), f"{field}_code")
        if draft.kind == AgencyKind.OTHER and not draft.kind_label:
            yield Problem(_("Name the kind of agency"), f"{field}_kind_label")
        if not isinstance(draft.unit, str) and draft.unit not in ground.in_scope:
            yield Problem(_not_in_scope(ground), f"{field}_name")
        elif isinstance(draft.unit, str) and draft.unit not in ground.unit_drafts:
            yield Problem(_("Choose one of the listed values"), f"{field}_name")


def _fates(ground: Ground, step: Planned) -> Iterator[Problem]:
    """Of each agency in a unit that ends it is said who succeeds it, in a unit that succeeds its own, or nobody."""
    if not (step.is_of_units and step.ends_bodies):
        return
    said = {fate.agency: fate for fate in step.plan.fates}
    successors = {heir.body for heir in step.plan.heirs}
    for unit in step.plan.bodies:
        for agency in ground.living_in(unit) if unit in ground.units else ():
            field = f"fate_{agency.pk}_0"
            if agency.pk not in said:
                told = {"agency": agency.current_name}
                yield Problem(_("Say what becomes of %(agency)s") % told, field)
                continue
            for heir in said[agency.pk].heirs:
                yield from _successor(ground, Subject.AGENCY, heir.body, field)
                if successors and ground.unit_of(heir.body) not in successors:
                    yield Problem(_("An agency passes to one in a unit that succeeds its own"), field)


def _renamed(ground: Ground, step: Planned) -> Iterator[Problem]:
    """Something is called otherwise than before."""
    plan = step.plan
    if len(plan.bodies) != 1:
        yield Problem(_("Choose exactly one"), "bodies")
        return
    body = plan.bodies[0]
    if step.is_of_units and body in ground.units:
        named = ground.units[body].naming_on(ground.last_day)
        new = plan.unit_naming
        if new is None or not new.bare_name:
            yield Problem(_("Enter the new name"), "bare_name")
        elif named and (named.kind, named.name) == (new.kind, new.name):
            yield Problem(_("The unit is called so already"), "bare_name")
        elif RANK_OF_LEVEL[ground.units[body].level] != RANK_OF_LEVEL[LEVEL_OF_KIND[new.kind]]:
            yield Problem(_("This kind of unit belongs to another level"), "kind")
    elif not step.is_of_units and body in ground.agencies:
        new = plan.agency_naming
        before = ground.agencies[body].name_on(ground.last_day)
        if new is None or not new.name or not new.short_name:
            yield Problem(_("Enter the new name and the new short name"), "name")
        elif all(getattr(before, name) == getattr(new, name) for name in vars(new)):
            yield Problem(_("The agency is called so already"), "name")


def _moved(ground: Ground, step: Planned) -> Iterator[Problem]:
    """What is moved lies below the other afterwards, and never, over however many steps, below itself."""
    plan = step.plan
    if len(plan.bodies) != 1:
        yield Problem(_("Choose exactly one"), "bodies")
        return
    if plan.parent is None:
        yield Problem(_("Choose the body above"), "parent")
        return
    parent, body = plan.parent, plan.bodies[0]
    yield from _successor(ground, step.subject, parent, "parent")
    if step.is_of_units and parent in ground.units and body in ground.units:
        if RANK_OF_LEVEL[ground.units[parent].level] >= RANK_OF_LEVEL[ground.units[body].level]:
            yield Problem(_("The unit above must be of a higher level"), "parent")
        elif ground.parent_of(body) == parent:
            yield Problem(_("It lies there already"), "parent")
    elif not step.is_of_units and parent in ground.agencies and body in ground.agencies:
        if body in _way_up(ground, parent):
            yield Problem(_("An agency cannot stand under itself or under an agency below it"), "parent")
        elif ground.agencies[body].name_on(ground.last_day).parent_id == parent:
            yield Problem(_("It stands there already"), "parent")


def _merged(ground: Ground, step: Planned) -> Iterator[Problem]:
    if len(step.plan.heirs) != 1:
        yield Problem(_("Choose the successor, or describe the new one"), "heir_0")


def _split(ground: Ground, step: Planned) -> Iterator[Problem]:
    if len(step.plan.bodies) != 1:
        yield Problem(_("Choose exactly one"), "bodies")
    if len(step.plan.heirs) < (1 if step.plan.goes_on else 2):
        yield Problem(_("What is split has at least two successors, or goes on itself beside one"), "heir_0")


def _closed(ground: Ground, step: Planned) -> Iterator[Problem]:
    if len(step.plan.bodies) != 1:
        yield Problem(_("Choose exactly one"), "bodies")
    if len(step.plan.heirs) > 1:
        yield Problem(_("One body takes over the open work"), "heir_0")


_RULES_OF_KIND = {
    StepKind.RENAME: (_renamed,),
    StepKind.MOVE: (_moved,),
    StepKind.MERGE: (_merged,),
    StepKind.SPLIT: (_split,),
    StepKind.CLOSE: (_closed,),
}


def _between_steps(ground: Ground) -> Iterator[Problem]:
    """Within one decision a body is changed once, and what ends in one step succeeds to nothing in another."""
    changed: dict[tuple[Subject, int], int] = {}
    for step in ground.steps:
        touched = {(step.subject, body) for body in step.plan.bodies}
        if step.is_of_units:
            touched |= {(Subject.AGENCY, agency) for agency in _agencies_changed(ground, step)}
        for subject, body in sorted(touched):
            if (subject, body) in changed:
                told = {"body": _name(ground, subject, body), "step": changed[subject, body]}
                text = _("%(body)s is changed by step %(step)s of this decision already") % told
                yield Problem(text, "bodies", step.position)
            changed.setdefault((subject, body), step.position)


def _agencies_changed(ground: Ground, step: Planned) -> set[int]:
    if step.ends_bodies:
        return {fate.agency for fate in step.plan.fates}
    return {renaming.agency for renaming in step.plan.renamings}


def _recorded_later(ground: Ground, subject: Subject, body: AdminUnit | Agency, children: dict[int, object]):
    """The latest day, from the day of effect on, from which something is recorded of a body."""
    more = (body.parents,) if subject == Subject.UNIT else (body.services, body.service_of)
    rows = [row for rows in (body.names, *more) for row in rows.all()]
    days = [row.valid_from for row in rows if row.valid_from >= ground.day]
    days += [day for day in (ground.latest_join.get((subject, body.pk)),) if day and day >= ground.day]
    return max([*days, *([children[body.pk]] if body.pk in children else [])], default=None)


def _ends_here(ground: Ground, subject: Subject, ref: int) -> bool:
    for step in ground.steps:
        if not step.ends_bodies:
            continue
        if step.subject == subject and ref in step.plan.bodies:
            return True
        if subject == Subject.AGENCY and step.is_of_units and ref in {fate.agency for fate in step.plan.fates}:
            return True
    return False


def _has_ended(ground: Ground, subject: Subject, body: AdminUnit | Agency) -> str:
    last_day = body.valid_to or ground.last_day
    told = {"body": _name(ground, subject, body.pk), "day": wording.day(last_day)}
    heir = heirs_of([body.pk], ground.day).get(body.pk) if subject == Subject.AGENCY else _unit_heir(body)
    if heir is None:
        return _("%(body)s ended on %(day)s") % told
    return _("%(body)s ended on %(day)s, now %(heir)s") % (told | {"heir": heir.current_name})


def _unit_heir(unit: AdminUnit) -> AdminUnit | None:
    passed = unit.successions.filter(is_main=True).select_related("successor").first()
    return passed.successor if passed else None


def _way_up(ground: Ground, start: int) -> set[int]:
    passed, here = set(), start
    while here is not None and here not in passed:
        passed.add(here)
        agency = ground.agencies.get(here) or Agency.objects.prefetch_related("names").get(pk=here)
        here = agency.name_on(ground.day).parent_id
    return passed


def _passed(ground: Ground, subject: Subject, ref: int) -> bool:
    return ref in (ground.passed_units if subject == Subject.UNIT else ground.passed_agencies)


def _place_of(step: Planned, key: str) -> int:
    return next((place for place, heir in enumerate(step.plan.heirs) if heir.body == key), 0)


def _unit_pk(ground: Ground, subject: Subject, pk: int) -> int | None:
    if subject == Subject.UNIT:
        return pk
    return ground.agencies[pk].unit_id if pk in ground.agencies else None


def _name(ground: Ground, subject: Subject, ref: Ref) -> str:
    return ground.name_of_unit(ref) if subject == Subject.UNIT else ground.name_of_agency(ref)


def _not_in_scope(ground: Ground) -> str:
    return _("Choose one that belongs to %(unit)s") % {"unit": ground.name_of_unit(ground.scope.pk)}
