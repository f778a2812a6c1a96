"""What one reader sees of a round: the counts for all, scores and results only as far as they may."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from agencies.models import Agency, Membership
from coordination.evaluations.enums import EvaluationKind, Layer
from coordination.evaluations.models import Correction, Evaluation, EvaluationRound, GradeBand
from coordination.evaluations.permissions import (
    Shown,
    results_withheld,
    sees_differences,
    shown_to,
    standing_of,
)
from coordination.evaluations.queries import wording
from coordination.evaluations.queries.differences import Difference, differences
from coordination.evaluations.queries.flags import Flag, flags
from coordination.evaluations.queries.frozen import as_closed, frozen_results, is_intact, snapshot_of
from coordination.evaluations.queries.matrix import Matrix, matrices
from coordination.evaluations.queries.missing import MissingForm, missing_forms
from coordination.evaluations.queries.outcomes import Outcomes, outcomes_of
from coordination.evaluations.queries.parties import Parties
from coordination.evaluations.queries.results import allowed_by_cap, computed_results
from coordination.evaluations.queries.shapes import AgencyResult
from coordination.programs.models import Program
from coordination.programs.permissions import makes_program

MATRICES_AT_ONCE = 3
MISSING_NAMED = 3


@dataclass(frozen=True)
class FormCounts:
    """How many forms of each kind have come in, of how many agencies."""

    of: int
    self_sent: int
    cross_sent: int


@dataclass(frozen=True)
class BandCount:
    """How many agencies have a grade, and how many may at most."""

    label: str
    count: int
    allowed: int | None

    @property
    def is_beyond_cap(self) -> bool:
        return self.allowed is not None and self.count > self.allowed


@dataclass(frozen=True)
class Frozen:
    """What a closed round stands by: when it was frozen, whether it still is what it was, what was corrected since."""

    taken_at: datetime
    digest: str
    is_intact: bool
    corrections: tuple[Correction, ...]
    flags: tuple[Flag, ...] = ()

    @property
    def of_agency(self) -> dict[int, Correction]:
        """The last correction of each agency."""
        return {one.agency_id: one for one in self.corrections}


@dataclass(frozen=True)
class RoundPage:
    """Everything the page of a round shows to one reader; what they may not see is empty.

    `made` are the programs they make: of these they read what the parties report.
    """

    round: EvaluationRound
    siblings: list[EvaluationRound]
    programs: list[Program]
    counts: FormCounts
    missing: list[MissingForm]
    own: list[Agency]
    results: list[AgencyResult]
    band_counts: list[BandCount]
    matrices: list[Matrix]
    differences: list[Difference]
    flags: list[Flag]
    given: list[Evaluation]
    formula: str
    points_rule: str
    bands: list[str]
    results_withheld: str
    frozen: Frozen | None
    may_keep: bool
    may_conclude: bool
    correctable: frozenset[int] = frozenset()
    made: frozenset[int] = frozenset()

    @property
    def is_open(self) -> bool:
        return self.round.is_open

    @property
    def missing_shown(self) -> list[str]:
        """The first forms missing, as the lead sentence names them."""
        return [str(form) for form in self.missing[:MISSING_NAMED]]

    @property
    def missing_more(self) -> int:
        return max(len(self.missing) - MISSING_NAMED, 0)

    @property
    def offers_programs(self) -> bool:
        """Whether a table of single scores is shown for one program at a time."""
        return bool(self.matrices) and len(self.programs) > MATRICES_AT_ONCE


@dataclass(frozen=True)
class RoundRow:
    """One round in the list of years."""

    round: EvaluationRound
    counts: FormCounts
    cut_off_on: date


def with_what_pages_need(rounds: QuerySet[EvaluationRound]) -> QuerySet[EvaluationRound]:
    """Rounds with their scheme and its rows, their programs and the parties of these. Six queries at any number."""
    programs = Program.objects.select_related("drafting_agency").with_parties().order_by("pk")
    return rounds.select_related("scheme", "unit").prefetch_related(
        Prefetch("programs", programs), "scheme__parts", "scheme__bands", "scheme__disclosures"
    )


def round_page(actor: Membership, round: EvaluationRound, *, program: str = "") -> RoundPage:
    """The page of a round, fetched by `with_what_pages_need`, for a reader who may see it.

    Rule: R-SEE-6. Everyone sees as much of the round as lies in programs they see; scores and results as its scheme
    discloses them; what their own agencies gave always. Of many programs one table of single scores is shown at a time.
    Why: twelve queries with those that fetched the round, whatever the number of programs, parties and tasks.
    """
    programs = programs_seen(actor, round)
    parties = _parties(programs)
    judgements = list(round.evaluations.sent().select_related("agency", "by_agency"))
    standing = standing_of(actor, round)
    shown = shown_to(round, Layer.RESULTS, standing)
    single = shown_to(round, Layer.CROSS, standing) == Shown.ALL
    whole, outcomes, frozen = (
        _results(actor, round, parties, judgements) if shown != Shown.NOTHING else ([], None, None)
    )
    results = [one for one in whole if _is_shown(one.agency, shown, actor, parties)]
    bands = list(round.scheme.bands.all())
    judged = as_closed(results, frozen.corrections, bands) if frozen else results
    missing = missing_forms(parties, [(one.kind, one.agency_id, one.by_agency_id) for one in judgements], round.scheme)
    decides = standing.keeps or standing.leads
    has_matrix = single and round.scheme.asks_cross
    return RoundPage(
        round=round,
        siblings=siblings_of(actor, round),
        programs=programs,
        counts=_counts(parties, missing),
        missing=missing,
        own=[agency for agency in parties.agencies if actor.acts_for(agency.pk)],
        results=results,
        band_counts=_band_counts(results, bands) if shown == Shown.ALL else [],
        matrices=matrices(_chosen(programs, program), parties, judgements) if has_matrix else [],
        differences=differences(round.scheme, judged, judgements) if sees_differences(round, standing) else [],
        flags=_flags(parties, outcomes, judgements, frozen) if decides else [],
        given=[one for one in judgements if _is_given_by(one, actor)],
        formula=wording.formula(round.scheme),
        points_rule=wording.points_rule(round.scheme),
        bands=wording.bands(round.scheme),
        results_withheld="" if shown == Shown.ALL else results_withheld(round).reason,
        frozen=frozen,
        may_keep=standing.keeps and round.is_open,
        may_conclude=standing.leads,
        correctable=_correctable(actor, results) if frozen and standing.leads else frozenset(),
        made=frozenset(one.pk for one in programs if makes_program(actor, one)),
    )


def programs_seen(actor: Membership, round: EvaluationRound) -> list[Program]:
    """The programs of a round that a reader sees. One query, where the round was fetched with its programs."""
    seen = set(Program.objects.visible_to(actor).filter(evaluation_rounds=round).values_list("pk", flat=True))
    return [program for program in round.programs.all() if program.pk in seen]


def siblings_of(actor: Membership, round: EvaluationRound) -> list[EvaluationRound]:
    """All rounds of the same year and unit the reader sees, this one among them, in the order of their spans."""
    rounds = list(EvaluationRound.objects.visible_to(actor).filter(unit_id=round.unit_id, year=round.year))
    return sorted(rounds, key=in_order)


def in_order(round: EvaluationRound) -> tuple:
    """Whole years first, then half-years, then quarters."""
    return round.span.period.parts, round.part, round.number


def round_rows(actor: Membership, *, year: int | None = None) -> list[RoundRow]:
    """The rounds an actor sees, newest year first, counted over the programs they see. Six queries at any number."""
    seen = Prefetch("programs", Program.objects.visible_to(actor).prefetch_related("parties__agency"))
    rounds = EvaluationRound.objects.visible_to(actor).select_related("scheme").prefetch_related(seen, "evaluations")
    found = list(rounds if year is None else rounds.filter(year=year))
    return [_row(round) for round in sorted(found, key=lambda one: (-one.year, *in_order(one)))]


def _results(
    actor: Membership, round: EvaluationRound, parties: Parties, judgements: list[Evaluation]
) -> tuple[list[AgencyResult], Outcomes | None, Frozen | None]:
    """The results of all agencies: frozen where the round is closed, otherwise as the tasks stand."""
    snapshot = snapshot_of(round)
    if snapshot is not None:
        corrections = Correction.objects.visible_to(actor).filter(round=round).select_related("agency", "by__agency")
        flagged = tuple(map(Flag, snapshot.content["flags"]))
        frozen = Frozen(snapshot.taken_at, snapshot.digest, is_intact(snapshot), tuple(corrections), flagged)
        return frozen_results(round, snapshot), None, frozen
    everyone = _parties(round.programs.all()).agencies
    outcomes = outcomes_of(round, {agency.pk for agency in everyone})
    return computed_results(round, everyone, outcomes, judgements), outcomes, None


def _flags(
    parties: Parties, outcomes: Outcomes | None, judgements: list[Evaluation], frozen: Frozen | None
) -> list[Flag]:
    """What does not add up: as it was noted when the round was closed, otherwise as the figures stand."""
    if frozen is not None:
        return list(frozen.flags)
    return flags(parties.agencies, outcomes, judgements) if outcomes else []


def _correctable(actor: Membership, results: list[AgencyResult]) -> frozenset[int]:
    """The agencies whose frozen result a leader may correct: all but those they act for. Rule: R-EVAL-8."""
    return frozenset(one.agency.pk for one in results if not actor.acts_for(one.agency.pk))


def _is_shown(agency: Agency, shown: Shown, actor: Membership, parties: Parties) -> bool:
    return agency in parties.agencies if shown == Shown.ALL else actor.acts_for(agency.pk)


def _chosen(programs: list[Program], slug: str) -> list[Program]:
    """The programs whose single scores are shown: all of a few, otherwise the one chosen or the first."""
    if len(programs) <= MATRICES_AT_ONCE:
        return programs
    return [one for one in programs if one.slug == slug] or programs[:1]


def _parties(programs) -> Parties:
    return Parties.of({one.pk: [party.agency for party in one.parties.all()] for one in programs})


def _row(round: EvaluationRound) -> RoundRow:
    sent = [
        (given.kind, given.agency_id, given.by_agency_id) for given in round.evaluations.all() if not given.is_draft
    ]
    parties = _parties(round.programs.all())
    return RoundRow(round, _counts(parties, missing_forms(parties, sent, round.scheme)), round.cut_off_on)


def _counts(parties: Parties, missing: list[MissingForm]) -> FormCounts:
    total = len(parties.agencies)
    by_kind = [form.kind for form in missing]
    return FormCounts(total, total - by_kind.count(EvaluationKind.SELF), total - by_kind.count(EvaluationKind.CROSS))


def _band_counts(results: list[AgencyResult], bands: list[GradeBand]) -> list[BandCount]:
    counted = Counter(result.grade_label for result in results)
    return [
        BandCount(band.label, counted[band.label], allowed_by_cap(band, len(results)))
        for band in bands
        if counted[band.label]
    ]


def _is_given_by(given: Evaluation, actor: Membership) -> bool:
    return given.kind in (EvaluationKind.SELF, EvaluationKind.CROSS) and actor.acts_for(given.by_agency_id)
