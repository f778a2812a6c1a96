"""By which rules a program's paper is laid out."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.models import Program
from coordination.programs.permissions import can_choose_paper_rules
from coordination.programs.queries import layout_of
from coordination.programs.services.doors import locked, must_be_in
from coordination.programs.workflow import LAYOUT_STATES
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@transaction.atomic
def choose_paper_rules(program: Program, *, actor: Membership, rules: str) -> Program:
    """Lay the paper out by the rules of another party than usual, or with a blank by the usual ones again.

    Rule: R-LAYOUT-2. What is being signed keeps its layout; a version returned or taken back opens the choice again.
    Raises: NotAllowed; Conflict once a version is locked; RuleBroken for rules that none of the parties follows.
    """
    program = locked(program, actor=actor)
    require(can_choose_paper_rules(actor, program))
    must_be_in(program, LAYOUT_STATES)
    if rules and rules not in layout_of(program).offered:
        raise RuleBroken(_("Choose one of the listed values"), "rules")
    if rules == program.paper_rules:
        return program
    before = {"paper_rules": program.paper_rules}
    program.paper_rules = rules
    program.save(update_fields=["paper_rules"])
    record(AuditAction.CHANGED, actor=actor, about=program, before=before, after={"paper_rules": rules})
    return program
