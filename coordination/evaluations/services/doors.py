"""What services of this room begin with: the round held until the transaction ends."""

from django.utils.translation import gettext as _

from agencies.models import Agency, Membership
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.models import EvaluationRound
from coordination.evaluations.queries import is_overtaken
from coordination.evaluations.services.schemes import locked_scheme
from records import clock
from records.errors import Conflict, RuleBroken


def locked_round(round: EvaluationRound) -> EvaluationRound:
    """The round as it is now with its scheme, held until the transaction ends."""
    return EvaluationRound.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=round.pk)


def scored_under(round: EvaluationRound) -> None:
    """Lock the scheme of a round in which a score is being given or which is being closed, and read it as it is now.

    Rule: R-EVAL-3. From the first score on, a draft of one too, no criterion changes under it.
    """
    round.scheme = locked_scheme(round.scheme)
    if round.scheme.locked_at is None:
        round.scheme.locked_at = clock.now()
        round.scheme.save(update_fields=["locked_at"])


def not_overtaken(
    seen: str | None, actor: Membership, round: EvaluationRound, kind: EvaluationKind, **whom: Agency
) -> None:
    """Nobody replaces what they have not read; `seen` is the fingerprint their form was opened on, None of no form.

    Rule: R-EVAL-10.
    Raises: Conflict where somebody else has written since.
    """
    if seen is not None and is_overtaken(seen, actor, round, kind, **whom):
        raise Conflict(_("Someone else has written here since you opened the form. Nothing of yours is saved yet."))


def must_be_evaluated(round: EvaluationRound, agency: Agency) -> None:
    """Raises: RuleBroken where the agency is party to no program of the round."""
    if not round.programs.filter(parties__agency=agency).exists():
        raise RuleBroken(_("Choose an agency of this evaluation."), "agency")
