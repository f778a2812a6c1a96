"""What is derived from units and kept beside them: who reaches whom, the words of their names, the present name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from agencies.units.models import AdminUnit, UnitName, UnitParent, UnitReach, UnitSuccession, UnitWord
from records import text
from records.fields import LONGEST_WORD

AT_ONCE = 500
_followers: list[Callable[[Sequence[int]], None]] = []


def follow_names_of_units(act: Callable[[Sequence[int]], None]) -> Callable[[Sequence[int]], None]:
    """Let another room keep up with what units are called: it is told their ids, within the same transaction.

    Why: agencies are found by their unit's name too, and this room knows of no agencies.
    """
    _followers.append(act)
    return act


def join_reach(above: AdminUnit, below: AdminUnit) -> None:
    """Whoever reaches a unit also reaches, from now on, what another unit reaches.

    Rule: R-SEE-10. A place below it, or its succession to another, is such a join; the day does not matter.
    Why after the audit entry of the act: writing it lets one transaction at a time through, so that two joins made at
    once see each other.
    """
    reaching = UnitReach.objects.filter(below=above).values_list("above_id", flat=True)
    reached = list(UnitReach.objects.filter(above=below).values_list("below_id", flat=True))
    pairs = [UnitReach(above_id=one, below_id=other) for one in reaching for other in reached]
    UnitReach.objects.bulk_create(pairs, ignore_conflicts=True, batch_size=AT_ONCE)


def reach_oneself(unit: AdminUnit) -> None:
    """A unit sees its own directory."""
    UnitReach.objects.get_or_create(above=unit, below=unit)


@transaction.atomic
def rebuild_reach() -> int:
    """Derive anew who reaches whom, from places and successions of all times; how many pairs there are.

    Why: taking back a place or a succession cannot be told from the pairs alone.
    """
    joins = defaultdict(set)
    for above, below in UnitParent.objects.values_list("parent_id", "unit_id"):
        joins[above].add(below)
    for above, below in UnitSuccession.objects.values_list("successor_id", "predecessor_id"):
        joins[above].add(below)
    pairs = [
        UnitReach(above_id=unit, below_id=reached)
        for unit in AdminUnit.objects.values_list("pk", flat=True)
        for reached in _reached_from(unit, joins)
    ]
    UnitReach.objects.all().delete()
    UnitReach.objects.bulk_create(pairs, batch_size=AT_ONCE)
    return len(pairs)


@transaction.atomic
def index_units(units: Iterable[AdminUnit]) -> None:
    """Write the words of units anew: of their codes and of all their names, whatever their days."""
    for some in in_batches(list(units)):
        words = {unit.pk: set(text.words(unit.code)) for unit in some}
        for pk, name in UnitName.objects.filter(unit__in=words).values_list("unit_id", "name"):
            words[pk].update(text.words(name))
        UnitWord.objects.filter(unit__in=words).delete()
        UnitWord.objects.bulk_create(
            UnitWord(unit_id=pk, word=word) for pk, found in words.items() for word in cut(found)
        )
        for follow in _followers:
            follow(list(words))


def repeat_present_name(unit: AdminUnit, today: date) -> bool:
    """Keep on the unit the name it has today; whether that changed anything."""
    naming = UnitName.objects.filter(unit=unit, valid_from__lte=today).order_by("-valid_from").first()
    naming = naming or UnitName.objects.filter(unit=unit).order_by("valid_from").first()
    if naming is None or (unit.current_name, unit.current_bare_name) == (naming.name, naming.bare_name):
        return False
    unit.current_name, unit.current_bare_name = naming.name, naming.bare_name
    unit.save(update_fields=["current_name", "current_bare_name", "name_sorted"])
    return True


@transaction.atomic
def bring_unit_names_up_to_date(today: date) -> int:
    """Names recorded ahead of their day become the present ones when it has come; how many did."""
    begun = UnitName.objects.filter(unit=OuterRef("pk"), valid_from__lte=today).order_by("-valid_from")
    units = AdminUnit.objects.annotate(present=Subquery(begun.values("name")[:1]))
    return sum(repeat_present_name(unit, today) for unit in units.exclude(present=F("current_name")))


def _reached_from(unit: int, joins: dict[int, set[int]]) -> set[int]:
    reached, waiting = {unit}, [unit]
    while waiting:
        found = joins.get(waiting.pop(), set()) - reached
        reached |= found
        waiting.extend(found)
    return reached


def cut(words: Iterable[str]) -> list[str]:
    """Words as long as the index keeps them, each once."""
    return sorted({word[:LONGEST_WORD] for word in words})


def in_batches(rows: Sequence) -> Iterator[Sequence]:
    """So many rows at a time as one statement takes on every database."""
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]
