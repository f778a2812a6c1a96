"""What the portal says of a code or a file: whether the paper stands, its number, day and parties; never its body."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from coordination.programs.enums import SIGNED_STATES, ProgramState
from coordination.programs.models import ProgramVersion, SignatureSlot
from reports.documents.strip import in_groups
from reports.issuing.models import ISSUED_ABOUT, IssuedDocument
from reports.verification.enums import Result, Standing
from reports.verification.models import Withdrawal
from reports.verification.results import results_of
from reports.verification.words import HEADINGS, HEADINGS_OF_FILES, SENTENCES, SENTENCES_OF_FILES


@dataclass(frozen=True)
class Signed:
    """One party's signature: on which day and with what result."""

    agency: str
    signed_on: date | None
    result: Result


@dataclass(frozen=True)
class OtherPaper:
    """Another issued paper an answer points to."""

    title: str
    number: str
    dated_on: date
    code: str


@dataclass(frozen=True)
class Answer:
    """What is said of one paper. Without a paper nothing is known."""

    standing: Standing
    code: str = ""
    is_of_file: bool = False
    document: IssuedDocument | None = None
    signatures: tuple[Signed, ...] = ()
    newer: OtherPaper | None = None
    amended_by: tuple[OtherPaper, ...] = ()
    withdrawal: Withdrawal | None = None

    @property
    def code_in_groups(self) -> str:
        return in_groups(self.code)

    @property
    def heading(self) -> str:
        return (HEADINGS_OF_FILES if self.is_of_file else HEADINGS)[self.standing]

    @property
    def sentence(self) -> str:
        return (SENTENCES_OF_FILES if self.is_of_file else SENTENCES)[self.standing]

    @property
    def printed_digest(self) -> str:
        """The digest printed on the pages, in groups an eye can follow."""
        return _in_fours(self.document.printed_digest)

    @property
    def file_digest(self) -> str:
        return _in_fours(self.document.file.sha256)


def answer_for_code(code: str) -> Answer:
    """What is said of the paper with a code. Drafts and papers not issued yet are unknown here.

    Rule: R-VERIFY-1. A paper issued again unchanged but for its number keeps its code: the last issue is the one that
    counts.
    """
    found = _last_signed(_issued().filter(code=code).exclude(code=""))
    return _answer(found, code) if found else Answer(Standing.UNKNOWN, code)


def answer_for_file(sha256: str) -> Answer:
    """What is said of a file, by its digest: exactly the bytes that were issued, or nothing is known of it."""
    found = _last_signed(_issued().filter(file__sha256=sha256))
    return _answer(found, found.code, is_of_file=True) if found else Answer(Standing.UNKNOWN, is_of_file=True)


def _issued() -> QuerySet[IssuedDocument]:
    return IssuedDocument.objects.select_related("file", "program__superseded_by", "withdrawal")


def _last_signed(papers: QuerySet[IssuedDocument]) -> IssuedDocument | None:
    """The last of the papers that counts as issued.

    Rule: R-VERIFY-1. A program's paper kept while it was being signed counts once all have signed that very version.
    """
    return next((paper for paper in papers.order_by("-pk") if paper.program is None or _is_signed(paper)), None)


def _is_signed(paper: IssuedDocument) -> bool:
    if paper.program.state not in SIGNED_STATES:
        return False
    return not paper.version_label or _versions(paper).filter(voided_at=None).exists()


def _versions(paper: IssuedDocument) -> QuerySet[ProgramVersion]:
    """The version of its program a paper prints."""
    major, _point, minor = paper.version_label.partition(".")
    return ProgramVersion.objects.filter(program=paper.program, major=major, minor=minor)


def _answer(document: IssuedDocument, code: str, *, is_of_file: bool = False) -> Answer:
    """Rule: R-VERIFY-2. Withdrawn comes before replaced: a paper taken back stays so whatever followed it."""
    withdrawal = getattr(document, "withdrawal", None)
    newer = _newer(document)
    if withdrawal is not None:
        standing = Standing.WITHDRAWN
    elif newer is not None or _is_superseded(document):
        standing = Standing.REPLACED
    else:
        standing = Standing.VALID
    return Answer(
        standing=standing,
        code=code,
        is_of_file=is_of_file,
        document=document,
        signatures=_signatures(document),
        newer=_told(newer),
        amended_by=_amendments(document),
        withdrawal=withdrawal,
    )


def _newer(document: IssuedDocument) -> IssuedDocument | None:
    """The paper that took this one's place: a later issue of the same, or the paper of the program that superseded it.

    A later paper about the same thing under another number, such as a second letter, takes the place of none.
    """
    again = _of_same_subject(document).filter(pk__gt=document.pk, withdrawal=None)
    if document.document_number is not None:
        again = again.filter(document_number=document.document_number, document_symbol=document.document_symbol)
    if (found := again.order_by("-pk").first()) is not None:
        return found
    if _is_superseded(document):
        successor = document.program.superseded_by
        return _issued().filter(program=successor, withdrawal=None).order_by("-pk").first()
    return None


def _of_same_subject(document: IssuedDocument) -> QuerySet[IssuedDocument]:
    about = f"{ISSUED_ABOUT[document.kind]}_id"
    return _issued().filter(kind=document.kind, **{about: getattr(document, about)})


def _is_superseded(document: IssuedDocument) -> bool:
    return document.program is not None and document.program.state == ProgramState.SUPERSEDED


def _amendments(document: IssuedDocument) -> tuple[OtherPaper, ...]:
    """The issued papers that amend a program, in their order; amendments still being made are not told of."""
    if document.program is None:
        return ()
    papers = _issued().filter(program__amends=document.program, withdrawal=None).order_by("pk")
    last = {paper.program_id: paper for paper in papers}
    return tuple(_told(paper) for paper in last.values())


def _told(document: IssuedDocument | None) -> OtherPaper | None:
    if document is None:
        return None
    return OtherPaper(document.title, document.printed_number, document.dated_on, in_groups(document.code))


def _signatures(document: IssuedDocument) -> tuple[Signed, ...]:
    """How each party signed the version that was issued, in signing order."""
    if document.program is None or not document.version_label:
        return ()
    slots = SignatureSlot.objects.filter(version__in=_versions(document)).order_by("position")
    return tuple(Signed(slot.agency_name, slot.signed_on, result) for slot, result in results_of(slots))


def _in_fours(digest: str) -> str:
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
