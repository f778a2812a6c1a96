"""Who may grade, whom, and who runs a round. Deny by default."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.models import AdminUnit, Agency, Membership
from coordination.evaluations.enums import RoundState
from coordination.evaluations.models import EvaluationRound
from coordination.programs.models import Program, ProgramParty
from coordination.programs.permissions import can_view_program
from records.errors import Decision

GRADERS = (Role.OFFICIAL, Role.LEADER, Role.SECRETARY)


def can_keep_schemes(actor: Membership, unit: AdminUnit) -> Decision:
    """Secretaries write the grading schemes of their own unit, and of one whose agency theirs took over."""
    if unit.pk not in actor.unit_ids():
        return unseen()
    if actor.role != Role.SECRETARY:
        return no(_("Only a secretary may write a grading scheme."))
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
    if not _keeps(actor, round.programs.all()):
        return no(
            _("Only a secretary of the drafting agency may do this: %(agency)s.")
            % {"agency": _keepers(round.programs.all())}
        )
    return _while_open(round)


def can_conclude(actor: Membership, round: EvaluationRound, agency: Agency) -> Decision:
    """A leader of the agency that drafted one of the programs gives the concluding grade, while open.

    Nobody concludes on an agency they act for themselves.
    """
    seen = can_view_round(actor, round)
    if not seen:
        return seen
    if actor.role != Role.LEADER or not _drafted(actor, round.programs.all()):
        return no(
            _("Only a leader of the drafting agency may conclude: %(agency)s.")
            % {"agency": _keepers(round.programs.all())}
        )
    if actor.acts_for(agency.pk):
        return no(
            _("You act for %(agency)s yourself. Ask a leader of another drafting agency to conclude on it.")
            % {"agency": agency.current_name}
        )
    return _while_open(round)


def can_submit_self(actor: Membership, round: EvaluationRound, agency: Agency) -> Decision:
    """Members of a party evaluate their own agency and the agencies their office serves, while the round is open."""
    seen = can_view_round(actor, round)
    if not seen:
        return seen
    if actor.role not in GRADERS or not actor.acts_for(agency.pk):
        return no(_("Only %(agency)s may evaluate itself.") % {"agency": agency.current_name})
    if not _parties(round).filter(agency=agency).exists():
        return no(_("%(agency)s is not party to a program of this evaluation.") % {"agency": agency.current_name})
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
    return _while_open(round)


def can_view_cross_scores(actor: Membership, round: EvaluationRound) -> Decision:
    """Secretaries of a drafting agency see who gave whom what; parties see means once the round is closed.

    Rule: R-SEE-6. What one's own agencies gave is always seen.
    """
    if not (seen := can_view_round(actor, round)):
        return seen
    if not _keeps(actor, round.programs.all()):
        return no(
            _("Single scores are seen by the secretaries of the drafting agency only: %(agency)s.")
            % {"agency": _keepers(round.programs.all())}
        )
    return YES


def can_view_results(actor: Membership, round: EvaluationRound) -> Decision:
    """Those who keep or conclude a round see its results at any time, the parties once it is closed. Rule: R-SEE-6.

    While it is open these are the secretaries of a drafting agency and the leaders of a drafting or leading one.
    """
    if not (seen := can_view_round(actor, round)):
        return seen
    programs = list(round.programs.select_related("drafting_agency").prefetch_related("parties"))
    if round.state == RoundState.CLOSED or _keeps(actor, programs) or _leads(actor, programs):
        return YES
    return no(
        _("All parties see the results once the evaluation is closed. Until then ask a secretary of %(agency)s.")
        % {"agency": _keepers(programs)}
    )


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


def _parties(round: EvaluationRound):
    return ProgramParty.objects.filter(program__evaluation_rounds=round)


def _while_open(round: EvaluationRound) -> Decision:
    if round.state != RoundState.OPEN:
        return no(_("The results of this evaluation are closed; nothing can be changed any more."))
    return YES
