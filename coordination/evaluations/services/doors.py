"""What services of this room begin with: the round held until the transaction ends."""

from django.utils.translation import gettext as _

from agencies.models import Agency
from coordination.evaluations.models import EvaluationRound
from coordination.evaluations.services.schemes import locked_scheme
from records import clock
from records.errors import RuleBroken


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


def must_be_evaluated(round: EvaluationRound, agency: Agency) -> None:
    """Raises: RuleBroken where the agency is party to no program of the round."""
    if not round.programs.filter(parties__agency=agency).exists():
        raise RuleBroken(_("Choose an agency of this evaluation."), "agency")
