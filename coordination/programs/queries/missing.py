"""What a program still lacks: one list for the page, the service and the test."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.programs.enums import AgreementStanding
from coordination.programs.models import Program, SignatureSlot
from coordination.programs.queries.agreement import PartyStanding, agreement_of
from coordination.programs.queries.foundation import missing_of_foundation
from coordination.programs.queries.signing import signing_stand
from records import clock

MIN_PARTIES, MAX_PARTIES = 2, 16


@dataclass(frozen=True)
class Missing:
    """One thing a program lacks, and whether it stops the next step or is only told."""

    text: str
    blocks: bool = True


def missing_before_comments(program: Program) -> list[Missing]:
    """What the draft lacks before the parties can comment on it: its parties, one lead, text to read."""
    parties = list(program.parties.all())
    leads = [party for party in parties if party.is_lead]
    missing = []
    if len(parties) < MIN_PARTIES:
        missing.append(Missing(_("At least two parties")))
    if len(parties) > MAX_PARTIES:
        missing.append(Missing(_("At most 16 parties")))
    if len(leads) != 1:
        missing.append(Missing(_("Exactly one lead party")))
    if not program.sections.all():
        missing.append(Missing(_("At least one section of text")))
    return missing + _missing_legal_bases(program)


def missing_before_settling(program: Program, parties: list[PartyStanding] | None = None) -> list[Missing]:
    """What is missing before the content is settled: besides the text, the agreement of every party.

    Rule: R-AGREE-2. `parties` is where each stands, where the caller has read it already.
    """
    parties = agreement_of(program) if parties is None else parties
    return missing_before_comments(program) + [_not_agreed(one) for one in parties if not one.agrees]


def missing_before_superseding(program: Program) -> list[Missing]:
    """What is told before a program gives way to a later one: tasks in it that have not ended."""
    open_tasks = program.tasks.exclude(state__in=("completed", "not_completed", "cancelled")).count()
    if not open_tasks:
        return []
    told = ngettext("%(n)s task has not ended", "%(n)s tasks have not ended", open_tasks) % {"n": open_tasks}
    return [Missing(told, blocks=False)]


def _not_agreed(one: PartyStanding) -> Missing:
    words = {
        AgreementStanding.AWAITED: _("The agreement of %(agency)s"),
        AgreementStanding.LAPSED: _(
            "The agreement of %(agency)s with the text as it stands; it spoke of an earlier one"
        ),
        AgreementStanding.REFUSED: _("The agreement of %(agency)s, which does not agree"),
    }
    return Missing(words[one.status] % {"agency": one.name})


def missing_before_signing(program: Program) -> list[Missing]:
    """What is missing before a version is locked: besides the text, a title to sign by for every party.

    Rule: an unknown number, place or signer is printed as a gap and never stops signing.
    """
    missing = missing_before_comments(program)
    for party in program.parties.all():
        name = party.agency.name_on(clock.today())
        if not name.head_title.strip():
            missing.append(Missing(_("The title %(agency)s signs by") % {"agency": name.short_name}))
    return missing + _missing_particulars(program)


def missing_in_print(program: Program, slots: Iterable[SignatureSlot] | None = None) -> list[Missing]:
    """What the paper still shows as a gap: number, symbol, place, legal bases and the names of signers.

    `slots` are the places to sign the live version, where the caller has read them already.
    """
    missing = _missing_legal_bases(program) + _missing_particulars(program)
    if slots is None:
        stand = signing_stand(program)
        slots = stand.slots if stand else ()
    unnamed = [slot.agency_name for slot in slots if not slot.signer_name]
    if unnamed:
        names = _("Names of the signers: %(agencies)s") % {"agencies": ", ".join(unnamed)}
        missing.append(Missing(names, blocks=False))
    return missing


def _missing_legal_bases(program: Program) -> list[Missing]:
    return [] if program.legal_bases.all() else [Missing(_("Legal bases"), blocks=False)]


def _missing_particulars(program: Program) -> list[Missing]:
    missing = [Missing(words, blocks=False) for words in missing_of_foundation(program)]
    if program.document_number is None:
        missing.append(Missing(_("Document number"), blocks=False))
    if not program.document_symbol:
        missing.append(Missing(_("Document symbol"), blocks=False))
    if not program.place:
        missing.append(Missing(_("Place of issue"), blocks=False))
    return missing
