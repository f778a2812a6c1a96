"""Grading schemes as their screen lists and reads them."""

from dataclasses import dataclass

from django.db.models import Count

from agencies.models import Membership
from coordination.evaluations.enums import Audience, Layer, Since
from coordination.evaluations.models import GradingScheme


@dataclass(frozen=True)
class Shown:
    """One line of who sees what: the layer, and from when each audience sees it; None where never."""

    layer: Layer
    since: tuple[tuple[Audience, Since | None], ...]


def schemes_of(actor: Membership) -> list[GradingScheme]:
    """The schemes the actor sees, the newest version of each name first, with how many rounds use them. One query."""
    schemes = GradingScheme.objects.visible_to(actor).annotate(uses=Count("rounds"))
    return list(schemes.order_by("name", "-version"))


def shown_lines(scheme: GradingScheme) -> list[Shown]:
    """Who sees what and from when, as a table of layers and audiences."""
    rows = {(row.layer, row.audience): Since(row.since) for row in scheme.disclosures.all()}
    return [Shown(layer, tuple((one, rows.get((layer, one))) for one in Audience)) for layer in Layer]
