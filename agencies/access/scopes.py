"""Which rows an actor may see, many at once: nothing by default, parts through the object they belong to.

Every model has `visible_to(actor)`. An object says itself who sees it; a part of it, such as a section or a signature,
is declared with `seen_through` and is seen by exactly those who see the object.
"""

from collections.abc import Set
from dataclasses import dataclass
from typing import Protocol, Self

from django.db import models

from agencies.access.enums import CONTENT_ROLES


class Viewer(Protocol):
    """Whoever looks: a membership, one room up, with its role, its unit and the agencies it acts for today."""

    role: str
    unit_id: int

    def agency_ids(self) -> Set[int]: ...


@dataclass(frozen=True)
class Sight:
    """What a member sees by: the agencies acted for and their units, in a role that works on content; for statements
    prepared once.
    """

    agencies: tuple[int, ...]
    units: tuple[int, ...] = ()
    role: str = CONTENT_ROLES[0]

    def agency_ids(self) -> Set[int]:
        return frozenset(self.agencies)

    def unit_ids(self) -> Set[int]:
        return frozenset(self.units)


@dataclass(frozen=True)
class InUnit:
    """Whoever works on content in a unit, as directories ask for it; for statements prepared once."""

    unit_id: int
    role: str = CONTENT_ROLES[0]


def works_on_content(actor: Viewer | None) -> bool:
    """Officials, leaders, secretaries and organisers work on content; nobody else has any right on it."""
    return actor is not None and actor.role in CONTENT_ROLES


class PartsQuerySet(models.QuerySet):
    """Parts of other objects; `owners` names the relations that lead to them."""

    owners: tuple[str, ...] = ()

    def visible_to(self, actor: Viewer | None) -> Self:
        """The parts of the objects the actor sees; where several are named, of those seen on every side."""
        seen = self
        for owner in self.owners:
            objects = self.model._meta.get_field(owner).related_model._default_manager.visible_to(actor)
            seen = seen.filter(**{f"{owner}__in": objects.values("pk")})
        return seen if self.owners else self.none()


def seen_through(*owners: str, base: type[models.QuerySet] = models.QuerySet) -> type[PartsQuerySet]:
    """A queryset of parts: whoever sees the objects at the other end of these relations sees the part.

    `base` adds what else such rows can be asked for, such as `DatedQuerySet`.
    """
    name = "SeenThrough" + "And".join(owner.title().replace("_", "") for owner in owners)
    bases = (PartsQuerySet,) if base is models.QuerySet else (PartsQuerySet, base)
    return type(name, bases, {"owners": owners, "__doc__": f"Seen by whoever sees the {' and the '.join(owners)}."})
