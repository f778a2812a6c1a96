"""How annexes of a paper are numbered."""

from collections.abc import Sequence
from dataclasses import replace

from coordination.drafting.numbering import following
from reports.documents.papers import Annex


def in_order(annexes: Sequence[Annex]) -> tuple[Annex, ...]:
    """Annexes numbered I, II, III in their order; a single one carries no number.

    Rule: Decree 30/2020/NĐ-CP, Appendix I, Part I, Section III, clause 1.
    """
    if len(annexes) < 2:
        return tuple(replace(annex, number="") for annex in annexes)
    numbered, number = [], "I"
    for annex in annexes:
        numbered.append(replace(annex, number=number))
        number = following(number)
    return tuple(numbered)
