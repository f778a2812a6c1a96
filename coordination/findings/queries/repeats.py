"""How often a limitation has come back: the years it was found in, counted along what it repeats."""

from collections.abc import Iterable

from django.db.models import Q

from agencies.models import Membership
from coordination.findings.models import Finding

# No portal is that old; a circle, which no service makes, would end here.
_MOST_YEARS = 60


def years_of(limitations: Iterable[Finding]) -> dict[int, int]:
    """In how many years each limitation was found, its own counted: 1 for a new one.

    One query for all of them, one more for each time their unit took others over.
    Rule: R-FINDING-2. Two rounds of one year count once. Shape: the rounds were fetched with the limitations.
    """
    limitations = list(limitations)
    repeating = [one for one in limitations if one.repeats_id is not None]
    if not repeating:
        return {one.pk: 1 for one in limitations}
    known = _links(Q(round__unit_id__in={one.round.unit_id for one in repeating}))
    while elsewhere := {earlier for earlier, _year in known.values() if earlier is not None} - known.keys():
        units = Finding.objects.limitations().filter(pk__in=elsewhere).values("round__unit")
        if not (found := _links(Q(round__unit__in=units))):
            break
        known |= found
    return {one.pk: len(_years(one.pk, known)) for one in limitations}


def chain_of(actor: Membership, limitation: Finding) -> list[Finding]:
    """The earlier limitations it repeats and the later ones that repeat it, the oldest first, as far as the actor sees.

    One query a year of the chain.
    """
    seen = Finding.objects.visible_to(actor).limitations().select_related("round", "remedied_by")
    earlier: list[Finding] = []
    above = limitation.repeats_id
    while above is not None and len(earlier) < _MOST_YEARS and (one := seen.filter(pk=above).first()) is not None:
        earlier.append(one)
        above = one.repeats_id
    later, last = [], limitation
    while len(later) < _MOST_YEARS and (one := seen.filter(repeats=last).order_by("round__cut_off_on", "pk").first()):
        later.append(one)
        last = one
    return [*reversed(earlier), *later]


def _links(of: Q) -> dict[int, tuple[int | None, int]]:
    """What each of some limitations repeats, and the year it was found in."""
    rows = Finding.objects.limitations().filter(of).order_by()
    return {pk: (earlier, year) for pk, earlier, year in rows.values_list("pk", "repeats_id", "round__year")}


def _years(pk: int | None, known: dict[int, tuple[int | None, int]]) -> set[int]:
    """The years along a chain, from one of its links back."""
    years: set[int] = set()
    for _step in range(_MOST_YEARS):
        if pk is None or pk not in known:
            break
        pk, year = known[pk]
        years.add(year)
    return years
