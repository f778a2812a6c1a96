"""Who writes what a round found, who gives a limitation its remedy, who waives it. Deny by default."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.models import Membership
from coordination.evaluations.permissions import can_keep_round, standing_of
from coordination.findings.models import Finding
from records.errors import Decision


def can_view_finding(actor: Membership, finding: Finding) -> Decision:
    """Whoever sees the round sees what it found, but for what is about a program they do not see. Rule: R-SEE-3."""
    return YES if Finding.objects.visible_to(actor).filter(pk=finding.pk).exists() else unseen()


def can_write_finding(actor: Membership, finding: Finding) -> Decision:
    """Secretaries who keep the round change and remove what it found until its results are closed."""
    return can_view_finding(actor, finding) and can_keep_round(actor, finding.round)


def can_remedy(actor: Membership, limitation: Finding) -> Decision:
    """Secretaries who keep the round say which task mends a limitation, before and after its results are closed.

    Rule: R-FINDING-3. Why also after: the task belongs to the year that follows.
    """
    if not (seen := can_view_finding(actor, limitation)):
        return seen
    if not standing_of(actor, limitation.round).keeps:
        return no(_("Only a secretary of the drafting agency may do this: %(agency)s.") % _keepers(limitation))
    return YES


def can_waive(actor: Membership, limitation: Finding) -> Decision:
    """Leaders of an agency that drafted or leads a program of the round waive a remedy, with the reason, and take that
    back.

    Rule: R-FINDING-3.
    """
    if not (seen := can_view_finding(actor, limitation)):
        return seen
    if not standing_of(actor, limitation.round).leads:
        return no(
            _("Only a leader of an agency that drafted or leads a program may do without a remedy: %(agency)s.")
            % _keepers(limitation)
        )
    return YES


def _keepers(limitation: Finding) -> dict[str, str]:
    programs = limitation.round.programs.select_related("drafting_agency")
    names = (program.drafting_agency.current_short_name for program in programs)
    return {"agency": ", ".join(dict.fromkeys(names))}
