"""What one reader sees of a round: the counts for all, scores and results only as far as they may."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from agencies.models import Agency, Membership
from coordination.evaluations.enums import EvaluationKind, RoundState
from coordination.evaluations.models import Evaluation, EvaluationRound
from coordination.evaluations.permissions import can_keep_round, can_view_cross_scores, can_view_results
from coordination.evaluations.queries import wording
from coordination.evaluations.queries.findings import FindingGroup, findings_by_kind
from coordination.evaluations.queries.matrix import Difference, Matrix, large_differences, matrices
from coordination.evaluations.queries.missing import MissingForm, missing_forms
from coordination.evaluations.queries.parties import Parties, parties_of
from coordination.evaluations.queries.results import AgencyResult, round_results
from coordination.programs.models import Program


@dataclass(frozen=True)
class FormCounts:
    """How many forms of each kind have come in, of how many agencies."""

    of: int
    self_sent: int
    cross_sent: int


@dataclass(frozen=True)
class RoundPage:
    """Everything the page of a round shows to one reader; what they may not see is empty."""

    round: EvaluationRound
    programs: list[Program]
    counts: FormCounts
    missing: list[MissingForm]
    own: list[Agency]
    results: list[AgencyResult]
    band_counts: list[tuple[str, int]]
    matrices: list[Matrix]
    differences: list[Difference]
    given: list[Evaluation]
    findings: list[FindingGroup]
    formula: str
    points_rule: str
    bands: list[str]
    results_withheld: str
    may_keep: bool

    @property
    def is_open(self) -> bool:
        return self.round.state == RoundState.OPEN

    @property
    def missing_names(self) -> list[str]:
        return [str(form) for form in self.missing]


@dataclass(frozen=True)
class RoundRow:
    """One round in the list of years."""

    round: EvaluationRound
    counts: FormCounts
    cut_off_on: date


def round_page(actor: Membership, round: EvaluationRound) -> RoundPage:
    """The page of a round for a reader who may see it.

    Rule: R-SEE-6. Secretaries of a drafting agency see single scores and results at any time; parties see results
    and means once the round is closed, and always what their own agencies gave. Everyone sees as much of the round
    as lies in programs they see.
    """
    programs = list(Program.objects.visible_to(actor).filter(evaluation_rounds=round).order_by("pk"))
    parties = parties_of(round, seen_by=actor)
    judgements = list(round.evaluations.select_related("agency", "by_agency"))
    missing = missing_forms(parties, _sent(judgements))
    seen = can_view_results(actor, round)
    results = [result for result in round_results(round) if result.agency in parties.agencies] if seen else []
    single = bool(can_view_cross_scores(actor, round))
    return RoundPage(
        round=round,
        programs=programs,
        counts=_counts(parties, missing),
        missing=missing,
        own=[agency for agency in parties.agencies if actor.acts_for(agency.pk)],
        results=results,
        band_counts=_band_counts(results),
        matrices=matrices(programs, parties, judgements) if single else [],
        differences=large_differences(results, judgements) if single else [],
        given=[given for given in judgements if _is_given_by(given, actor)],
        findings=findings_by_kind(actor, round),
        formula=wording.formula(round.scheme),
        points_rule=wording.points_rule(round.scheme),
        bands=wording.bands(round.scheme),
        results_withheld=seen.reason,
        may_keep=bool(can_keep_round(actor, round)),
    )


def round_rows(actor: Membership) -> list[RoundRow]:
    """The rounds an actor sees, newest year first, counted over the programs they see. Six queries at any number."""
    seen = Prefetch("programs", Program.objects.visible_to(actor).prefetch_related("parties__agency"))
    rounds = list(EvaluationRound.objects.visible_to(actor).order_by("-year").prefetch_related(seen, "evaluations"))
    return [_row(round) for round in rounds]


def _row(round: EvaluationRound) -> RoundRow:
    by_program = {program.pk: [party.agency for party in program.parties.all()] for program in round.programs.all()}
    parties = Parties.of(by_program)
    return RoundRow(round, _counts(parties, missing_forms(parties, _sent(round.evaluations.all()))), round.cut_off_on)


def _sent(judgements) -> list[tuple[str, int, int]]:
    return [(given.kind, given.agency_id, given.by_agency_id) for given in judgements if given.score is not None]


def _counts(parties: Parties, missing: list[MissingForm]) -> FormCounts:
    total = len(parties.agencies)
    by_kind = [form.kind for form in missing]
    return FormCounts(total, total - by_kind.count(EvaluationKind.SELF), total - by_kind.count(EvaluationKind.CROSS))


def _band_counts(results: list[AgencyResult]) -> list[tuple[str, int]]:
    labels = [result.band.label for result in results if result.band]
    return [(label, labels.count(label)) for label in dict.fromkeys(labels)]


def _is_given_by(given: Evaluation, actor: Membership) -> bool:
    return given.kind in (EvaluationKind.SELF, EvaluationKind.CROSS) and actor.acts_for(given.by_agency_id)
