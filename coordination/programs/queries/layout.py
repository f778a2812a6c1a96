"""By which rules the paper of a program is laid out today, and which others may be chosen."""

from dataclasses import dataclass

from agencies.directory.enums import PaperRules
from agencies.directory.paper_rules import joint_rules, offered_rules
from coordination.programs.models import Program
from records import clock


@dataclass(frozen=True)
class Layout:
    """`usual` follows from the parties, `chosen` is the secretary's where it differs, `offered` what can be chosen."""

    usual: PaperRules
    chosen: PaperRules | None
    offered: tuple[PaperRules, ...]

    @property
    def rules(self) -> PaperRules:
        """The rules in force for the paper."""
        return self.chosen or self.usual


def layout_of(program: Program) -> Layout:
    """The layout of a program's paper, by what its parties are today.

    Rule: R-LAYOUT-1, R-LAYOUT-2. A choice that no party follows any more counts as none.
    """
    parties = list(program.parties.select_related("agency").prefetch_related("agency__names"))
    names = [party.agency.name_on(clock.today()) for party in parties]
    lead = next((name for name, party in zip(names, parties, strict=True) if party.is_lead), names[0])
    offered = tuple(offered_rules(names))
    chosen = PaperRules(program.paper_rules) if program.paper_rules in offered else None
    return Layout(joint_rules(lead, names), chosen, offered)
