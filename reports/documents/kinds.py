"""The kinds of paper: what each is about, who makes it, who issues it, and the builder that says what it prints.

One table. Pages, downloads, the checker, Word files and jobs walk it, so that a new kind is one new row here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Model, QuerySet

from agencies.directory.enums import PaperRules
from agencies.directory.paper_rules import own_rules
from agencies.models import Agency, AgencyName, Membership
from coordination.conferences.permissions import (
    can_keep_record,
    can_view_conference,
    can_view_invitation,
    can_view_report,
)
from coordination.consultation.permissions import can_export_comments
from coordination.partyreports.permissions import can_view_party_report
from coordination.programs.models import Program
from coordination.programs.permissions import can_view_paper
from coordination.register.enums import DocumentType
from coordination.urging.permissions import can_view_letter
from records.errors import Decision
from reports.composed.permissions import can_view_composed
from reports.documents import subjects
from reports.documents.amendment_paper import amendment_paper
from reports.documents.comment_table import TablePaper, comment_table
from reports.documents.composed_report import composed_paper
from reports.documents.conclusion_notice import conclusion_notice
from reports.documents.conference_report import paper_of_conference
from reports.documents.enums import PaperKind
from reports.documents.evidence_sheet import evidence_sheet
from reports.documents.invitation import invitation, own_invitation
from reports.documents.minutes import minutes
from reports.documents.name_plates import name_plates
from reports.documents.papers import Paper
from reports.documents.party_report import party_report
from reports.documents.program_paper import program_paper
from reports.documents.registered import Registered, registered
from reports.documents.sign_in_sheet import sign_in_sheet
from reports.documents.task_annex import task_annex
from reports.documents.urging_letter import urging_letter

Printable = Paper | TablePaper
_LETTERS_ARE_NAMED = (PaperRules.PARTY, PaperRules.YOUTH)


class Builder(Protocol):
    """Builds the paper of a subject as it stands on a day, for whom it is made, with the number it was given."""

    def __call__(
        self, subject: Model, *, actor: Membership, day: date, registered: Registered | None = None
    ) -> Printable: ...


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of paper.

    `slug` names the kind in addresses, `key_of` the subject within it, `at_key` finds it again. `issuer` is the agency
    whose secretary issues the paper; a kind without one is never issued. `series` is the type of the issuer's register
    the paper takes its number from; programs are numbered before, in their own way.
    """

    code: PaperKind
    slug: str
    subjects: Callable[[Membership], QuerySet]
    key_of: Callable[[Model], str]
    at_key: Callable[[QuerySet, str], QuerySet]
    can_make: Callable[[Membership, Model], Decision]
    builder: Builder
    issuer: Callable[[Model], Agency] | None = None
    series: DocumentType | None = None

    @property
    def title(self) -> str:
        """What the kind is called on pages."""
        return PaperKind(self.code).label

    @property
    def is_table(self) -> bool:
        """Whether the paper is a table with a heading, without number and signatures."""
        return self.issuer is None

    def find(self, actor: Membership, key: str) -> Model | None:
        """The subject an address names among those the actor sees; nothing for any other."""
        return self.at_key(self.subjects(actor), key).first()

    def build(self, subject: Model, *, actor: Membership, day: date) -> Printable:
        """The paper as it stands on a day; one that says something settled carries its strip.

        Raises: RuleBroken where there is nothing to print or no layout rules are known.
        """
        given = registered(self.code, subject) if self.series else None
        return self.verifiable(self.builder(subject, actor=actor, day=day, registered=given), subject)

    def verifiable(self, paper: Printable, subject: Model) -> Printable:
        """The paper with its strip, where it says something settled and has none yet."""
        if isinstance(paper, TablePaper) or paper.is_draft or paper.strip is not None:
            return paper
        return paper.stripped(f"{self.code} {self.key_of(subject)} {self.issuer(subject).unit_id}")

    def symbol(self, name: AgencyName) -> str:
        """The symbol the issuer's numbers of this kind carry: its abbreviation and the issuer's.

        Rule: letters carry the issuer's alone by Decree 30, clause 3; those of the Party and the Youth Union are "CV".
        """
        if self.series is DocumentType.LETTER and own_rules(name) not in _LETTERS_ARE_NAMED:
            return name.document_symbol
        return f"{self.series}-{name.document_symbol}"


def kind_of(code: str) -> Kind:
    """The row of a kind by its code.

    Raises: KeyError for a kind the portal does not make.
    """
    return _BY_CODE[PaperKind(code)]


def kind_at(slug: str) -> Kind | None:
    """The row of the kind an address names."""
    return next((kind for kind in KINDS if kind.slug == slug), None)


def kind_of_program(program: Program) -> Kind:
    """The kind of a program's own paper."""
    return kind_of(PaperKind.AMENDMENT if program.amends_id else PaperKind.PROGRAM)


def _program(program: Program, *, actor: Membership, day: date, registered: Registered | None = None) -> Paper:
    return amendment_paper(program, day=day) if program.amends_id else program_paper(program, day=day)


def _comments(round: Model, *, actor: Membership, day: date, registered: Registered | None = None) -> TablePaper:
    return comment_table(round)


def _task_annex(program: Program, *, actor: Membership, day: date, registered: Registered | None = None) -> TablePaper:
    return task_annex(program, day=day)


def _evidence(program: Program, *, actor: Membership, day: date, registered: Registered | None = None) -> TablePaper:
    return evidence_sheet(program)


def _sign_in_sheet(conference, *, actor: Membership, day: date, registered: Registered | None = None) -> TablePaper:
    return sign_in_sheet(conference)


def _own_invitation(seat, *, actor: Membership, day: date, registered: Registered | None = None) -> Paper:
    return own_invitation(seat, day=day)


def _name_plates(conference, *, actor: Membership, day: date, registered: Registered | None = None) -> TablePaper:
    return name_plates(conference)


def _for_anyone(build: Callable[..., Paper]) -> Builder:
    """A builder for which it makes no difference who asks."""
    return lambda subject, *, actor, day, registered=None: build(subject, day=day, registered=registered)


_ABOUT_PROGRAM = {"key_of": lambda program: program.slug, "at_key": subjects.at_program, "can_make": can_view_paper}
_ABOUT_CONFERENCE = {
    "subjects": subjects.conferences,
    "key_of": lambda conference: conference.slug,
    "at_key": subjects.at_conference,
    "can_make": can_view_conference,
}
_BY_NUMBER = {"key_of": lambda subject: str(subject.pk), "at_key": subjects.at_number}
_DRAFTER, _ORGANISER = {"issuer": lambda program: program.drafting_agency}, {"issuer": lambda event: event.organiser}

KINDS = (
    Kind(
        code=PaperKind.PROGRAM,
        slug="chuong-trinh",
        subjects=subjects.programs,
        builder=_program,
        **_ABOUT_PROGRAM,
        **_DRAFTER,
    ),
    Kind(
        code=PaperKind.AMENDMENT,
        slug="sua-doi",
        subjects=subjects.amendments,
        builder=_program,
        **_ABOUT_PROGRAM,
        **_DRAFTER,
    ),
    Kind(
        code=PaperKind.TASK_ANNEX,
        slug="phu-luc-nhiem-vu",
        subjects=subjects.programs,
        builder=_task_annex,
        **_ABOUT_PROGRAM,
    ),
    Kind(
        code=PaperKind.EVIDENCE_SHEET,
        slug="chung-cu-ky",
        subjects=subjects.programs,
        builder=_evidence,
        **_ABOUT_PROGRAM,
    ),
    Kind(
        code=PaperKind.COMMENT_TABLE,
        slug="tong-hop-y-kien",
        subjects=subjects.rounds,
        key_of=lambda round: f"{round.program.slug}_{round.number}",
        at_key=subjects.at_round,
        can_make=can_export_comments,
        builder=_comments,
    ),
    Kind(
        code=PaperKind.PARTY_REPORT,
        slug="bao-cao-thanh-phan",
        subjects=subjects.party_reports,
        can_make=can_view_party_report,
        builder=party_report,
        issuer=lambda report: report.agency,
        series=DocumentType.REPORT,
        **_BY_NUMBER,
    ),
    Kind(
        code=PaperKind.CONFERENCE_REPORT,
        slug="bao-cao-hoi-nghi",
        builder=paper_of_conference,
        series=DocumentType.REPORT,
        **_ABOUT_CONFERENCE | {"can_make": can_view_report},
        **_ORGANISER,
    ),
    Kind(
        code=PaperKind.YEAR_REPORT,
        slug="bao-cao-nam",
        subjects=subjects.year_reports,
        can_make=can_view_composed,
        builder=_for_anyone(composed_paper),
        issuer=lambda report: report.issuer,
        series=DocumentType.REPORT,
        **_BY_NUMBER,
    ),
    Kind(
        code=PaperKind.INVITATION,
        slug="giay-moi",
        builder=_for_anyone(invitation),
        series=DocumentType.INVITATION,
        **_ABOUT_CONFERENCE,
        **_ORGANISER,
    ),
    Kind(
        code=PaperKind.PERSONAL_INVITATION,
        slug="giay-moi-rieng",
        subjects=subjects.invitations,
        key_of=lambda seat: seat.paper_key,
        at_key=subjects.at_invitation,
        can_make=can_view_invitation,
        builder=_own_invitation,
        issuer=lambda seat: seat.conference.organiser,
    ),
    Kind(
        code=PaperKind.NAME_PLATES,
        slug="bien-ten",
        builder=_name_plates,
        **_ABOUT_CONFERENCE | {"can_make": can_keep_record},
    ),
    Kind(code=PaperKind.SIGN_IN_SHEET, slug="danh-sach-ky-ten", builder=_sign_in_sheet, **_ABOUT_CONFERENCE),
    Kind(
        code=PaperKind.MINUTES,
        slug="bien-ban",
        builder=_for_anyone(minutes),
        series=DocumentType.MINUTES,
        **_ABOUT_CONFERENCE,
        **_ORGANISER,
    ),
    Kind(
        code=PaperKind.CONCLUSION_NOTICE,
        slug="thong-bao-ket-luan",
        builder=_for_anyone(conclusion_notice),
        series=DocumentType.NOTICE,
        **_ABOUT_CONFERENCE,
        **_ORGANISER,
    ),
    Kind(
        code=PaperKind.URGING_LETTER,
        slug="cong-van-don-doc",
        subjects=subjects.urging_letters,
        can_make=can_view_letter,
        builder=_for_anyone(urging_letter),
        issuer=lambda letter: letter.issuer,
        series=DocumentType.LETTER,
        **_BY_NUMBER,
    ),
)

_BY_CODE = {kind.code: kind for kind in KINDS}
