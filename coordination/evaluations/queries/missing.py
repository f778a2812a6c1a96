"""Which forms a round still waits for."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from agencies.models import Agency, Membership
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.models import EvaluationRound, GradingScheme
from coordination.evaluations.queries.parties import Parties, parties_of


@dataclass(frozen=True)
class MissingForm:
    """One form that has not come in: whose, and which."""

    agency: Agency
    kind: EvaluationKind

    def __str__(self) -> str:
        return _("%(form)s of %(agency)s") % {"form": self.kind.label.lower(), "agency": self.agency.current_name}


def missing_before_closing(round: EvaluationRound, *, seen_by: Membership | None = None) -> list[MissingForm]:
    """The self-evaluations and cross-evaluations not sent, in protocol order; one other party ungraded counts.

    With `seen_by` only those of the programs this reader sees.
    """
    sent = list(round.evaluations.sent().values_list("kind", "agency_id", "by_agency_id"))
    return missing_forms(parties_of(round, seen_by=seen_by), sent, round.scheme)


def missing_forms(parties: Parties, sent: list[tuple[str, int, int]], scheme: GradingScheme) -> list[MissingForm]:
    """The forms the scheme asks for that are not among those sent.

    Shape: `sent` has rows of kind, agency graded, agency grading.
    """
    done_self = {agency for kind, agency, _by in sent if kind == EvaluationKind.SELF}
    graded: dict[int, set[int]] = {}
    for kind, agency, by_agency in sent:
        if kind == EvaluationKind.CROSS:
            graded.setdefault(by_agency, set()).add(agency)
    missing = []
    if scheme.asks_self:
        missing += [MissingForm(one, EvaluationKind.SELF) for one in parties.agencies if one.pk not in done_self]
    if scheme.asks_cross:
        missing += [
            MissingForm(one, EvaluationKind.CROSS)
            for one in parties.agencies
            if parties.peers[one.pk] - graded.get(one.pk, set())
        ]
    return missing
