"""The reports a conference heard with the papers they are, and the papers that may be meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from agencies.models import Membership
from coordination.conferences.enums import AgendaKind
from coordination.conferences.models import AgendaItem, AgendaPaper, Conference, HeardReport
from coordination.conferences.models.papers import issued_papers
from coordination.partyreports.models import PartyReport

MOST_PAPERS = 100


@dataclass(frozen=True)
class Paper:
    """A paper a report may be: of a party, or issued. `key` is how a form sends it."""

    key: str
    label: str
    party_report: PartyReport | None = None
    issued_code: str = ""


@dataclass(frozen=True)
class HeardRow:
    """A report that was heard; `document` is the issued paper, `report` the party's, where the reader may read it."""

    row: HeardReport
    document: int | None
    report: PartyReport | None
    number: str

    @property
    def is_closed(self) -> bool:
        """Whether a paper is linked that the reader may not read."""
        return bool(self.row.issued_code or self.row.party_report_id) and self.document is None and self.report is None


def heard_rows(actor: Membership, conference: Conference) -> list[HeardRow]:
    """The reports a conference heard, in the order of its agenda. Three queries whatever their number."""
    rows = conference.heard_reports.select_related("program", "presented_by", "agenda_item")
    rows = sorted(rows, key=lambda row: (row.agenda_item.position if row.agenda_item else 1 << 16, row.position))
    codes = {row.issued_code for row in rows} - {""}
    issued = issued_papers().visible_to(actor).filter(code__in=codes).order_by("issued_at", "pk") if codes else ()
    documents = {one.code: one for one in issued}
    ids = {row.party_report_id for row in rows} - {None}
    reports = PartyReport.objects.visible_to(actor).filter(pk__in=ids).in_bulk() if ids else {}
    return [_row(row, documents.get(row.issued_code), reports.get(row.party_report_id)) for row in rows]


def items_to_record(conference: Conference, rows: Sequence[HeardRow]) -> list[AgendaItem]:
    """Reports on the agenda of which nobody recorded yet what was heard. One query."""
    known = {row.row.agenda_item_id for row in rows}
    return [item for item in conference.agenda.filter(kind=AgendaKind.REPORT) if item.pk not in known]


def papers_to_hear(actor: Membership, conference: Conference, kept: HeardReport | None = None) -> list[Paper]:
    """Papers the reader may read about the programs of a conference, newest first, with the one that is linked already.

    Two queries.
    """
    programs = list(conference.program_links.values_list("program_id", flat=True))
    about = Q(program__in=programs) | Q(party_report__program__in=programs) | Q(conference=conference)
    about |= Q(composed__program__in=programs) | Q(composed__conference=conference)
    issued = issued_papers().visible_to(actor).filter(about).exclude(code="").order_by("-issued_at", "-pk")
    found = {}
    for one in issued[:MOST_PAPERS]:
        found[one.code] = Paper(one.code, f"{one.printed_number} {one.title}".strip(), None, one.code)
    reports = PartyReport.objects.visible_to(actor).filter(program__in=programs).select_related("agency", "program")
    for one in reports.order_by("-year", "agency__protocol_order", "pk")[:MOST_PAPERS]:
        label = f"{one.agency.current_name} – {one.program.code}, {one.year}"
        found[f"bc-{one.pk}"] = Paper(f"bc-{one.pk}", label, one)
    return _with_kept(found, kept)


def paper_under(actor: Membership, item: AgendaItem) -> str:
    """The key of the one report or issued paper that lies under an item; empty where there is none, or several.

    One query.
    """
    papers = AgendaPaper.objects.visible_to(actor).filter(agenda_item=item, file=None)[:2]
    keys = [f"bc-{one.party_report_id}" if one.party_report_id else one.issued_code for one in papers]
    return keys[0] if len(keys) == 1 else ""


def _with_kept(found: dict[str, Paper], kept: HeardReport | None) -> list[Paper]:
    """What was linked by someone who reads it stays a choice, without its title, for one who does not."""
    if kept and kept.issued_code and kept.issued_code not in found:
        found[kept.issued_code] = Paper(kept.issued_code, kept.title, None, kept.issued_code)
    if kept and kept.party_report_id and f"bc-{kept.party_report_id}" not in found:
        key = f"bc-{kept.party_report_id}"
        found[key] = Paper(key, kept.title, kept.party_report)
    return list(found.values())


def _row(row: HeardReport, document, report: PartyReport | None) -> HeardRow:
    number = row.number or (document.printed_number if document else "")
    return HeardRow(row, document.pk if document else None, report, number)
