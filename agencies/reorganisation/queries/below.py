"""What lies or stands below a body that ends: from then on below its successor, otherwise below what was above it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from agencies.directory.models import AgencyName
from agencies.reorganisation.enums import Subject
from agencies.reorganisation.plans import AgencyDraft, AgencyNaming, Ref
from agencies.reorganisation.queries.ground import Ground
from agencies.reorganisation.queries.shapes import BodyEffects, Ended, Founded, Placed
from agencies.units.enums import RANK_OF_LEVEL
from agencies.units.models import UnitParent


def with_what_lies_below(ground: Ground, bodies: BodyEffects) -> BodyEffects:
    """The effects of the steps, and those they have on units and agencies below what ends. Four queries.

    Rule: R-SUCC-5. No unit and no agency is left below something that is no more: it follows to the successor, and
    where there is none, or the successor is of no higher level, to whatever was above. A founded agency stands below
    what its predecessors stood below.
    """
    units = {one.body: one for one in bodies.ended if one.subject == Subject.UNIT}
    agencies = {one.body: one for one in bodies.ended if one.subject == Subject.AGENCY}
    moved = {(one.subject, one.body) for one in bodies.placed}
    ways = _WaysUp(ground, {body: one.heir for body, one in agencies.items()}, _explicit(bodies))
    ways.read(agencies)
    founded = tuple(_founded(ways, bodies, one) for one in bodies.founded)
    called = tuple(
        replace(one, parent=ways.above(one.body, one.parent)) if one.subject == Subject.AGENCY else one
        for one in bodies.called
    )
    moved |= {(one.subject, one.body) for one in bodies.called if one.subject == Subject.AGENCY}
    placed = [one for one in _units_below(ground, units) if (Subject.UNIT, one.body) not in moved]
    placed += [one for one in _agencies_below(ground, ways, agencies) if (Subject.AGENCY, one.body) not in moved]
    return replace(bodies, founded=founded, called=called, placed=(*bodies.placed, *placed))


def changed_later(ground: Ground, bodies: BodyEffects) -> Iterator[tuple[Placed, str]]:
    """Those below what ends of which something is recorded from the day of effect on already."""
    following = [one for one in bodies.placed if one.follows]
    units = [one.body for one in following if one.subject == Subject.UNIT]
    agencies = [one.body for one in following if one.subject == Subject.AGENCY]
    if not following:
        return
    places = UnitParent.objects.filter(unit_id__in=units, valid_from__gte=ground.day)
    names = AgencyName.objects.filter(agency_id__in=agencies, valid_from__gte=ground.day)
    late = {(Subject.UNIT, pk) for pk in places.values_list("unit_id", flat=True)}
    late |= {(Subject.AGENCY, pk) for pk in names.values_list("agency_id", flat=True)}
    for one in following:
        if (one.subject, one.body) in late:
            text = _("%(body)s lies below it and was changed from a later day on; moving it now would contradict that")
            yield one, text % {"body": one.name}


def _explicit(bodies: BodyEffects) -> dict[Ref, Ref | None]:
    return {one.body: one.parent for one in bodies.placed if one.subject == Subject.AGENCY}


@dataclass
class _WaysUp:
    """Who stands below whom from the day on; old places beyond those read at first are read as they are asked for."""

    ground: Ground
    heirs: Mapping[int, Ref | None]
    explicit: Mapping[Ref, Ref | None]
    found: dict[Ref, Ref | None] = field(default_factory=dict)
    old: dict[int, int | None] = field(default_factory=dict)

    def read(self, agencies: Iterable[int]) -> None:
        """Learn what these agencies stood below, in one query."""
        names = AgencyName.objects.on(self.ground.last_day).filter(agency_id__in=list(agencies))
        self.old |= dict(names.values_list("agency_id", "parent_id"))

    def superior(self, agency: int) -> int | None:
        """What an agency stood below on the last day before."""
        if agency not in self.old:
            names = AgencyName.objects.on(self.ground.last_day).filter(agency_id=agency)
            self.old[agency] = names.values_list("parent_id", flat=True).first()
        return self.old[agency]

    def above(self, body: Ref, superior: int | None) -> Ref | None:
        """What a body stands below from the day on, when it stood below `superior` until then; never itself."""
        here, passed = superior, set()
        while here is not None and here in self.heirs and here not in passed:
            passed.add(here)
            heir = self.heirs[here]
            if heir is not None and not self._leads_to(heir, body):
                break
            here = self.superior(here)
        above = self.heirs.get(here, here) if here is not None else None
        self.found[body] = None if above is None or self._leads_to(above, body) else above
        return self.found[body]

    def _leads_to(self, start: Ref, body: Ref) -> bool:
        here: Ref | None = start
        passed: set[Ref] = set()
        while here is not None and here not in passed:
            if here == body:
                return True
            passed.add(here)
            here = self._next(here)
        return False

    def _next(self, ref: Ref) -> Ref | None:
        for known in (self.explicit, self.found):
            if ref in known:
                return known[ref]
        if isinstance(ref, str):
            draft = self.ground.agency_drafts.get(ref)
            return draft.parent if draft else None
        if self.heirs.get(ref) is not None:
            return self.heirs[ref]
        return self.superior(ref)


def _founded(ways: _WaysUp, bodies: BodyEffects, one: Founded) -> Founded:
    draft = one.draft
    if not isinstance(draft, AgencyDraft):
        return one
    if draft.parent is not None:
        return replace(one, parent=draft.parent)
    passing = [passed.body for passed in bodies.passed if passed.subject == Subject.AGENCY and passed.heir == draft.key]
    superiors = [superior for superior in map(ways.superior, passing) if superior is not None]
    return replace(one, parent=ways.above(draft.key, superiors[0]) if superiors else None)


def _units_below(ground: Ground, ended: Mapping[int, Ended]) -> Iterator[Placed]:
    rows = UnitParent.objects.on(ground.last_day).filter(parent_id__in=list(ended)).exclude(unit_id__in=list(ended))
    for row in rows.exclude(valid_to=ground.last_day).select_related("unit").order_by("unit_id"):
        above = _unit_above(ground, ended, row)
        if above is not None:
            end, name = ended[row.parent_id], row.unit.name_on(ground.last_day)
            yield Placed(
                end.step, Subject.UNIT, row.unit_id, name, end.name, ground.name_of_unit(above), above, follows=True
            )


def _unit_above(ground: Ground, ended: Mapping[int, Ended], row: UnitParent) -> Ref | None:
    here: Ref | None = row.parent_id
    while isinstance(here, int) and here in ended:
        heir = ended[here].heir
        if heir is not None and RANK_OF_LEVEL[_level(ground, heir)] < RANK_OF_LEVEL[row.unit.level]:
            return heir
        here = ground.parent_of(here)
    return here


def _level(ground: Ground, ref: Ref) -> str:
    return ground.unit_drafts[ref].level if isinstance(ref, str) else ground.units[ref].level


def _agencies_below(ground: Ground, ways: _WaysUp, ended: Mapping[int, Ended]) -> Iterator[Placed]:
    rows = AgencyName.objects.on(ground.last_day).filter(parent_id__in=list(ended)).exclude(agency_id__in=list(ended))
    rows = rows.exclude(valid_to=ground.last_day).select_related("parent").order_by("agency_id")
    for row in rows:
        end, above = ended[row.parent_id], ways.above(row.agency_id, row.parent_id)
        yield Placed(
            end.step, Subject.AGENCY, row.agency_id, row.name, end.name, _called(ground, above), above,
            _under(ground, row, above), follows=True,
        )  # fmt: skip


def _called(ground: Ground, ref: Ref | None) -> str:
    if isinstance(ref, int) and ref not in ground.agencies:
        return AgencyName.objects.on(ground.last_day).filter(agency_id=ref).values_list("name", flat=True).first() or ""
    return ground.name_of_agency(ref)


def _under(ground: Ground, row: AgencyName, above: Ref | None) -> AgencyNaming:
    """Its naming, with the letterhead of the new superior where that of the old one stood above its own."""
    naming = AgencyNaming(**{name: getattr(row, name) for name in AgencyNaming.__dataclass_fields__})
    before = row.parent.name_on(ground.last_day).letterhead_lines
    if _same(naming.superior_lines, before) and (after := _letterhead(ground, above)):
        return replace(naming, superior_lines=after)
    return naming


def _letterhead(ground: Ground, ref: Ref | None) -> str:
    if isinstance(ref, str):
        return ground.agency_drafts[ref].naming.letterhead_lines
    return ground.agencies[ref].name_on(ground.day).letterhead_lines if ref in ground.agencies else ""


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()
