"""What a form offers before anyone has typed: names, codes and successors as they usually are, to be read over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from agencies.directory.models import Agency
from agencies.reorganisation.plans import AgencyDraft, AgencyNaming, Fate, Heir, Ref, UnitDraft
from agencies.reorganisation.queries.bodies import naming_of
from agencies.reorganisation.queries.ground import Ground
from agencies.reorganisation.wording import following, whole_name
from agencies.units.enums import LAST_DAY_OF_KIND, UnitKind
from agencies.units.models import AdminUnit
from records import text

_LONGEST_UNIT_CODE, _LONGEST_AGENCY_CODE = 10, 30


@dataclass(frozen=True)
class NewUnit:
    """A unit to be founded, as far as it was said: its kind and its name without the kind."""

    kind: UnitKind
    bare_name: str


def proposed_unit(ground: Ground, bodies: Iterable[int], new: NewUnit, key: str) -> UnitDraft:
    """The draft of a unit: a free code of its initials and year, below what was above those that pass to it."""
    bodies = list(bodies)
    above = [ground.parent_of(body) for body in bodies if body in ground.units]
    parent = next((one for one in above if one and _lasts(ground, one)), ground.scope.pk)
    return UnitDraft(
        key=key,
        code=_free_unit_code(new.bare_name, ground.day),
        kind=new.kind,
        name=whole_name(new.kind, new.bare_name),
        bare_name=new.bare_name,
        parent=parent,
    )


def proposed_agencies(ground: Ground, bodies: Iterable[int], unit: Ref, prefix: str) -> list[AgencyDraft]:
    """An agency of the successor for each kind of agency in the units that pass to it, named after the first one.

    In a unit that exists already only what it lacks is proposed.
    """
    there = {_sort(agency) for agency in ground.living_in(unit)} if isinstance(unit, int) else set()
    there |= {(draft.kind, draft.kind_label) for draft in ground.agency_drafts.values() if draft.unit == unit}
    found: dict[tuple[str, str], AgencyDraft] = {}
    for body in bodies:
        for agency in ground.living_in(body):
            if _sort(agency) not in there and _sort(agency) not in found:
                key = f"{prefix}{len(found)}"
                found[_sort(agency)] = _proposed_agency(ground, agency, unit, key)
    return list(found.values())


def proposed_fate(agency: Agency, drafts: Iterable[AgencyDraft], living: Iterable[Agency]) -> Ref | None:
    """The successor of the same kind: one that exists there, otherwise one that is described."""
    existing = next((one.pk for one in living if _sort(one) == _sort(agency)), None)
    described = next((one.key for one in drafts if (one.kind, one.kind_label) == _sort(agency)), None)
    return existing or described


def proposed_fates(
    ground: Ground, bodies: Iterable[int], heirs: tuple[Heir, ...], drafts: Iterable[AgencyDraft]
) -> tuple[Fate, ...]:
    """For each agency of the units that end, its usual successor in each unit that succeeds its own."""
    drafts = [*drafts, *ground.agency_drafts.values()]
    return tuple(
        Fate(agency.pk, tuple(_heirs_of(ground, agency, heirs, drafts)))
        for body in bodies
        for agency in ground.living_in(body)
    )


def proposed_renamings(ground: Ground, unit: int, new: NewUnit) -> dict[int, AgencyNaming]:
    """How the agencies of a unit that is called otherwise are usually called then, where that changes anything."""
    old = ground.units[unit].naming_on(ground.last_day)
    before, after = (old.kind, old.bare_name), (new.kind, new.bare_name)
    namings = {agency.pk: naming_of(agency.name_on(ground.last_day)) for agency in ground.living_in(unit)}
    renamed = {pk: following(naming, before, after) for pk, naming in namings.items()}
    return {pk: naming for pk, naming in renamed.items() if naming != namings[pk]}


def proposed_agency(ground: Ground, model: Agency, key: str) -> AgencyDraft:
    """A new agency in the unit of another, like it in everything but its name, which is to be typed."""
    naming = naming_of(model.name_on(ground.last_day))
    code = free_agency_code(model.code, ground.day)
    return AgencyDraft(key, model.unit_id, code, model.kind, naming, model.kind_label)


def free_agency_code(wished: str, day: date) -> str:
    """A code no agency anywhere has: the wished one, otherwise with the year and a number behind it."""
    wished = wished[: _LONGEST_AGENCY_CODE - 8].strip("-") or "co-quan"
    tries = [wished, f"{wished}-{day.year}", *(f"{wished}-{day.year}-{n}" for n in range(2, 99))]
    taken = set(Agency.objects.filter(code__in=tries).values_list("code", flat=True))
    return next(code for code in tries if code not in taken)


def _proposed_agency(ground: Ground, agency: Agency, unit: Ref, key: str) -> AgencyDraft:
    before = ground.units[agency.unit_id].naming_on(ground.last_day)
    after = _kind_and_name(ground, unit)
    naming = following(naming_of(agency.name_on(ground.last_day)), (before.kind, before.bare_name), after)
    ending = f"-{text.slug(before.bare_name)}"
    stem = agency.code[: -len(ending)] if agency.code.endswith(ending) else agency.code
    stem = stem.removesuffix(f"-{text.slug(whole_name(before.kind, '').strip())}")
    code = free_agency_code(f"{stem}-{text.slug(after[1])}", ground.day)
    return AgencyDraft(key, unit, code, agency.kind, naming, agency.kind_label)


def _kind_and_name(ground: Ground, unit: Ref) -> tuple[str, str]:
    if isinstance(unit, str):
        draft = ground.unit_drafts[unit]
        return draft.kind, draft.bare_name
    naming = ground.units[unit].naming_on(ground.day)
    return naming.kind, naming.bare_name


def _heirs_of(ground: Ground, agency: Agency, heirs: tuple[Heir, ...], drafts: list[AgencyDraft]) -> Iterator[Heir]:
    for heir in heirs:
        here = [draft for draft in drafts if draft.unit == heir.body]
        living = ground.living_in(heir.body) if isinstance(heir.body, int) else []
        found = proposed_fate(agency, here, living)
        if found is not None:
            yield replace(heir, body=found)


def _sort(agency: Agency) -> tuple[str, str]:
    return agency.kind, agency.kind_label


def _lasts(ground: Ground, unit: int) -> bool:
    row = ground.units.get(unit) or AdminUnit.objects.get(pk=unit)
    return row.valid_to is None


def _free_unit_code(bare_name: str, day: date) -> str:
    initials = "".join(word[0] for word in text.slug(bare_name).split("-") if word).upper()[:5] or "DV"
    tries = [f"{initials}{day:%y}", *(f"{initials}{day:%y}-{n}" for n in range(2, 99))]
    taken = set(AdminUnit.objects.filter(code__in=tries).values_list("code", flat=True))
    return next(code for code in tries if code not in taken and len(code) <= _LONGEST_UNIT_CODE)


def usual_kind(ground: Ground, kind: UnitKind) -> UnitKind:
    """The kind a successor usually has: the same, or a commune where that kind exists no more on the day."""
    last_day = LAST_DAY_OF_KIND.get(kind)
    return UnitKind.COMMUNE if last_day and ground.day > last_day else kind
