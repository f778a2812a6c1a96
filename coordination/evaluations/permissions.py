"""Who may grade, whom, who runs a round, who writes its scheme, and what of it each reader sees. Deny by default."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.models import AdminUnit, Agency, Membership
from coordination.evaluations.enums import Audience, Layer, RoundState, Since
from coordination.evaluations.models import EvaluationRound, GradingScheme
from coordination.programs.models import Program, ProgramParty
from coordination.programs.permissions import can_view_program
from records.errors import Decision

GRADERS = (Role.OFFICIAL, Role.LEADER, Role.SECRETARY)


class Shown(StrEnum):
    """How much of a layer a reader sees: of every agency in their programs, of their own agencies, or nothing."""

    ALL = "all"
    OWN = "own"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Standing:
    """What an actor is in a round: one who keeps it, a leader who concludes in it; every other one is a party."""

    keeps: bool
    leads: bool


def can_keep_schemes(actor: Membership, unit: AdminUnit) -> Decision:
    """Secretaries write the grading schemes of their own unit, and of one whose agency theirs took over."""
    if unit.pk not in actor.unit_ids():
        return unseen()
    if actor.role != Role.SECRETARY:
        return no(_("Only a secretary may write a grading scheme."))
    return YES


def can_edit_scheme(actor: Membership, scheme: GradingScheme) -> Decision:
    """A scheme is changed until the first score is given under it; one a round uses, by a secretary who keeps a round.

    Rule: R-EVAL-3.
    """
    may = can_keep_schemes(actor, scheme.unit)
    if not may:
        return may
    if scheme.is_locked:
        return no(_("Scores have been given under this scheme, so it is no longer changed. Make a new version of it."))
    rounds = list(scheme.rounds.all())
    if rounds and not any(standing_of(actor, each).keeps for each in rounds):
        keepers = ", ".join(dict.fromkeys(_keepers(_programs(each)) for each in rounds))
        return no(_("This scheme is used by an evaluation that %(agency)s keeps. Ask there.") % {"agency": keepers})
    return YES


def can_open_round(actor: Membership, unit: AdminUnit, programs: Iterable[Program]) -> Decision:
    """A secretary of the agency that drafted one of the programs opens the round over programs they all see."""
    if unit.pk not in actor.unit_ids() or not all(can_view_program(actor, program) for program in programs):
        return unseen()
    if not _keeps(actor, programs):
        return no(
            _("Only a secretary of the drafting agency may open an evaluation: %(agency)s.")
            % {"agency": _keepers(programs)}
        )
    return YES


def can_view_round(actor: Membership, round: EvaluationRound) -> Decision:
    """The parties of the programs and the agencies that drafted them see a round. Rule: R-SEE-3."""
    return YES if EvaluationRound.objects.visible_to(actor).filter(pk=round.pk).exists() else unseen()


def can_keep_round(actor: Membership, round: EvaluationRound) -> Decision:
    """A secretary of the agency that drafted one of the programs verifies, writes findings and closes, while open."""
    seen = can_view_round(actor, round)
    if not seen:
        return seen
    if not standing_of(actor, round).keeps:
        return no(
            _("Only a secretary of the drafting agency may do this: %(agency)s.")
            % {"agency": _keepers(_programs(round))}
        )
    return _while_open(round)


def can_conclude(actor: Membership, round: EvaluationRound, agency: Agency) -> Decision:
    """A leader of an agency that drafted or leads one of the programs gives the concluding grade, while open.

    Nobody concludes on an agency they act for themselves.
    """
    return _may_conclude(actor, round, agency) and _while_open(round)


def can_correct(actor: Membership, round: EvaluationRound, agency: Agency) -> Decision:
    """Whoever may conclude on an agency corrects its result once the round is closed. Rule: R-EVAL-8."""
    may = _may_conclude(actor, round, agency)
    if may and round.is_open:
        return no(_("The evaluation is still open: give the concluding grade instead of correcting it."))
    return may


def can_submit_self(actor: Membership, round: EvaluationRound, agency: Agency) -> Decision:
    """Members of a party evaluate their own agency and the agencies their office serves, while the round is open."""
    seen = can_view_round(actor, round)
    if not seen:
        return seen
    if actor.role not in GRADERS or not actor.acts_for(agency.pk):
        return no(_("Only %(agency)s may evaluate itself.") % {"agency": agency.current_name})
    if not _parties(round).filter(agency=agency).exists():
        return no(_("%(agency)s is not party to a program of this evaluation.") % {"agency": agency.current_name})
    if not round.scheme.asks_self:
        return no(_("The grading scheme of this evaluation asks for no self-evaluation."))
    return _while_open(round)


def can_submit_cross(actor: Membership, round: EvaluationRound, agency: Agency, by_agency: Agency) -> Decision:
    """A party grades the other parties of a program it shares with them, never itself, while the round is open."""
    seen = can_view_round(actor, round)
    if not seen:
        return seen
    if actor.role not in GRADERS or not actor.acts_for(by_agency.pk):
        return no(_("Only %(agency)s may send this evaluation.") % {"agency": by_agency.current_name})
    if agency.pk == by_agency.pk:
        return no(_("An agency does not grade itself in the cross-evaluation."))
    shared = _parties(round).filter(agency=by_agency).values("program_id")
    if not _parties(round).filter(agency=agency, program_id__in=shared).exists():
        return no(_("Only parties of the same program grade each other."))
    if not round.scheme.asks_cross:
        return no(_("The grading scheme of this evaluation asks for no cross-evaluation."))
    return _while_open(round)


def can_view_cross_scores(actor: Membership, round: EvaluationRound) -> Decision:
    """Secretaries who keep the round see who gave whom what, others as its scheme discloses. Rule: R-SEE-6.

    What one's own agencies gave is always seen.
    """
    seen = can_view_round(actor, round)
    if not seen or shown_to(round, Layer.CROSS, standing_of(actor, round)) == Shown.ALL:
        return seen
    return _withheld(round)


def can_view_differences(actor: Membership, round: EvaluationRound) -> Decision:
    """Those who keep a round and the leaders who conclude in it see where judgements lie apart, without who gave them.

    Rule: R-EVAL-5. Whoever is shown single scores sees it too.
    """
    seen = can_view_round(actor, round)
    if not seen or sees_differences(round, standing_of(actor, round)):
        return seen
    return _withheld(round)


def can_view_results(actor: Membership, round: EvaluationRound) -> Decision:
    """Secretaries who keep the round see all its results, others when and as its scheme discloses. Rule: R-SEE-6."""
    seen = can_view_round(actor, round)
    if not seen or shown_to(round, Layer.RESULTS, standing_of(actor, round)) == Shown.ALL:
        return seen
    return results_withheld(round)


def standing_of(actor: Membership, round: EvaluationRound) -> Standing:
    """What the actor is in a round. No query where its programs and their parties were fetched with it."""
    programs = list(_programs(round))
    return Standing(keeps=_keeps(actor, programs), leads=_leads(actor, programs))


def shown_to(round: EvaluationRound, layer: Layer, standing: Standing) -> Shown:
    """How much of a layer someone of this standing sees of a round now. Rule: R-SEE-6."""
    shown = {
        row.audience
        for row in round.scheme.disclosures.all()
        if row.layer == layer and (row.since == Since.AT_ONCE or not round.is_open)
    }
    if standing.keeps or Audience.PARTIES in shown or (standing.leads and Audience.LEADERS in shown):
        return Shown.ALL
    return Shown.OWN if Audience.EVALUATED in shown else Shown.NOTHING


def sees_differences(round: EvaluationRound, standing: Standing) -> bool:
    """Whether someone of this standing is shown where judgements lie apart. Rule: R-EVAL-5."""
    concludes = standing.leads and shown_to(round, Layer.RESULTS, standing) == Shown.ALL
    return standing.keeps or concludes or shown_to(round, Layer.CROSS, standing) == Shown.ALL


def results_withheld(round: EvaluationRound) -> Decision:
    """Why results are not shown yet, or not at all, and whom to ask."""
    rows = round.scheme.disclosures.all()
    later = any(row.layer == Layer.RESULTS and row.audience == Audience.PARTIES for row in rows)
    if later and round.is_open:
        words = _(
            "All parties see the results once the evaluation is closed. Until then ask a secretary of %(agency)s."
        )
    else:
        words = _("The grading scheme does not show the results to you. Ask a secretary of %(agency)s.")
    return no(words % {"agency": _keepers(_programs(round))})


def _withheld(round: EvaluationRound) -> Decision:
    return no(
        _("The grading scheme does not show single scores to you. Ask a secretary of %(agency)s.")
        % {"agency": _keepers(_programs(round))}
    )


def _may_conclude(actor: Membership, round: EvaluationRound, agency: Agency) -> Decision:
    seen = can_view_round(actor, round)
    if not seen:
        return seen
    if not standing_of(actor, round).leads:
        return no(
            _("Only a leader of an agency that drafted or leads a program may conclude: %(agency)s.")
            % {"agency": _leading(_programs(round))}
        )
    if actor.acts_for(agency.pk):
        return no(
            _("You act for %(agency)s yourself. Ask a leader of another drafting or leading agency to conclude on it.")
            % {"agency": agency.current_name}
        )
    return YES


def _programs(round: EvaluationRound) -> Iterable[Program]:
    """The programs of a round with what rights are asked by; those fetched with the round are taken as they are."""
    if "programs" in getattr(round, "_prefetched_objects_cache", {}):
        return round.programs.all()
    return round.programs.select_related("drafting_agency").with_parties()


def _keeps(actor: Membership, programs: Iterable[Program]) -> bool:
    return actor.role == Role.SECRETARY and _drafted(actor, programs)


def _drafted(actor: Membership, programs: Iterable[Program]) -> bool:
    return any(actor.acts_for(program.drafting_agency_id) for program in programs)


def _leads(actor: Membership, programs: Iterable[Program]) -> bool:
    leading = [party.agency_id for program in programs for party in program.parties.all() if party.is_lead]
    return actor.role == Role.LEADER and (_drafted(actor, programs) or any(map(actor.acts_for, leading)))


def _keepers(programs: Iterable[Program]) -> str:
    """The agencies whose secretaries keep a round, in words."""
    return ", ".join(dict.fromkeys(program.drafting_agency.current_short_name for program in programs))


def _leading(programs: Iterable[Program]) -> str:
    """The agencies whose leaders conclude in a round, in words."""
    leading = [
        party.agency.current_short_name for program in programs for party in program.parties.all() if party.is_lead
    ]
    return ", ".join(dict.fromkeys([_keepers(programs), *leading]))


def _parties(round: EvaluationRound):
    return ProgramParty.objects.filter(program__evaluation_rounds=round)


def _while_open(round: EvaluationRound) -> Decision:
    if round.state != RoundState.OPEN:
        return no(_("The results of this evaluation are closed; nothing can be changed any more."))
    return YES
