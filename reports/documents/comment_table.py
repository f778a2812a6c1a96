"""The table “ý kiến góp ý và tiếp thu, giải trình” of one round: built once, printed as PDF and as Word alike."""

import hashlib
import json
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from coordination.consultation.enums import CUT_SHORT, CommentState, Silence, Standing
from coordination.consultation.models import Comment, ConsultationRound
from coordination.consultation.queries import AskedParty, Standings, standings_of
from coordination.programs.models import Program
from records import wording
from records.errors import RuleBroken
from reports.documents.blocks import Block, Column, Paragraph, Printed, Row, Table
from reports.documents.citing import kind_word, subject_of
from reports.documents.wording import capitalised, hyphenated, sentence

TITLE = "BẢNG TỔNG HỢP"
SUBTITLE = "Ý kiến góp ý và tiếp thu, giải trình"
COMMENT_COLUMNS = (
    Column("TT", 5, "center"),
    Column("Nội dung (điều, khoản)", 20),
    Column("Cơ quan góp ý", 15),
    Column("Ý kiến", 30),
    Column("Tiếp thu, giải trình", 30),
)
COUNT_COLUMNS = (
    Column("TT", 5, "center"),
    Column("Cơ quan", 31),
    Column("Số ý kiến", 10, "center"),
    Column("Tiếp thu", 10, "center"),
    Column("Tiếp thu một phần", 12, "center"),
    Column("Giải trình", 10, "center"),
    Column("Ghi chú", 22),
)


@dataclass(frozen=True, kw_only=True)
class TablePaper(Printed):
    """A paper that is a table with a heading: no number, no signatures; kept beside the letter it goes with."""

    title: str
    subtitle: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    author: str = ""
    is_illustrative: bool = False
    is_landscape: bool = True

    @property
    def is_headed(self) -> bool:
        """Whether its title stands on the page; on name plates it does not."""
        return True

    @property
    def name(self) -> str:
        """What the file and its window are called."""
        return f"{capitalised(self.title.lower())} {self.subtitle[:1].lower()}{self.subtitle[1:]}"

    def digest(self) -> str:
        """The SHA-256 of what the paper says."""
        said = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()

    def tables(self) -> tuple[Table, ...]:
        """The tables among its blocks, in their order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def comment_table(round: ConsultationRound) -> TablePaper:
    """Every comment of a round in the order of the document, with what became of it, below the counts per agency.

    Rule: R-COMMENT-7. Agencies go by the names they had when the draft was sent; one that was silent is told as the
    letter said. Four queries.
    Raises: RuleBroken when there is no comment.
    """
    program = round.program
    comments = list(Comment.objects.filter(round=round).standing().select_related("party__agency").in_document_order())
    if not comments:
        raise RuleBroken(_("There is no comment to put into a table yet."))
    standings = standings_of(round)
    return TablePaper(
        title=TITLE,
        subtitle=f"{SUBTITLE} đối với dự thảo {_cited(program)}",
        lines=_lines(round),
        blocks=(
            Paragraph(_summary(standings)),
            Table(columns=COUNT_COLUMNS, rows=_counts(round, standings, comments)),
            Table(columns=COMMENT_COLUMNS, rows=_rows(standings, comments)),
        ),
        author=program.drafting_agency.name_on(round.opened_on).name,
        is_illustrative=program.unit.is_illustrative,
    )


def _cited(program: Program) -> str:
    subject = subject_of(program, program.title)
    return f"{capitalised(kind_word(program))} {subject[:1].lower()}{subject[1:]}"


def _lines(round: ConsultationRound) -> tuple[str, ...]:
    sent = wording.day(round.opened_on)
    told = [f"Đợt {round.number}, bản dự thảo {round.version.label} gửi ngày {sent}"]
    told += [f"lấy ý kiến đến hết ngày {wording.day(round.comments_until)}"]
    if round.letter_symbol:
        number = "…" if round.letter_number is None else wording.zero_padded(round.letter_number)
        on = f" ngày {wording.day(round.letter_on)}" if round.letter_on else ""
        told.insert(0, f"Theo Công văn số {number}/{round.letter_symbol}{on}")
    return (f"({'; '.join(told)})",)


def _summary(standings: Standings) -> str:
    """Such as "Đã lấy ý kiến 08 cơ quan; 05 cơ quan có ý kiến, 02 không có ý kiến, 01 không trả lời. …"."""
    having = sum(bool(one.comments) for one in standings.parties)
    none = sum(one.standing == Standing.NO_COMMENTS for one in standings.parties)
    padded = wording.zero_padded
    asked = [f"{padded(having)} cơ quan có ý kiến"]
    asked += [f"{padded(none)} cơ quan không có ý kiến"] if none else []
    asked += [f"{padded(len(standings.not_replied))} cơ quan chưa trả lời"] if standings.not_replied else []
    states = [
        f"{CommentState(state).printed.lower()} {padded(standings.by_state[state])}"
        for state in CommentState
        if state != CommentState.NEW and standings.by_state[state]
    ]
    states += [f"chưa trả lời {padded(standings.unanswered)}"] if standings.unanswered else []
    return (
        f"Đã lấy ý kiến {padded(standings.total)} cơ quan: {', '.join(asked)}. "
        f"Tổng số {padded(standings.comments)} ý kiến: {', '.join(states)}."
    )


def _counts(round: ConsultationRound, standings: Standings, comments: list[Comment]) -> tuple[Row, ...]:
    rows = []
    for turn, party in enumerate([*standings.parties, *_unasked(standings, comments)], start=1):
        own = [one for one in comments if party.party is not None and one.party_id == party.party.pk]
        note = _note(round, party)
        rows.append(Row((str(turn), hyphenated(party.name), *_by_state(own), note)))
    return (*rows, Row(("", "Tổng cộng", *_by_state(comments), ""), is_total=True))


def _by_state(comments: list[Comment]) -> tuple[str, ...]:
    counted = [sum(one.state == state for one in comments) for state in CommentState if state != CommentState.NEW]
    return tuple(str(count) if count else "-" for count in (len(comments), *counted))


def _note(round: ConsultationRound, party: AskedParty) -> str:
    if party.standing == Standing.NO_COMMENTS:
        return "Không có ý kiến"
    if party.standing == Standing.SILENT:
        return round_silence(round)
    return "Chưa trả lời" if party.standing == Standing.AWAITED else ""


def round_silence(round: ConsultationRound) -> str:
    """What is printed of a party that was silent: as the letter said, once the last day had passed."""
    return Silence(round.silence).printed if round.silence_counts else CUT_SHORT


def _unasked(standings: Standings, comments: list[Comment]) -> list[AskedParty]:
    """Parties that commented without being asked: the drafting agency itself, or one that joined since."""
    asked = {one.party.pk for one in standings.parties if one.party is not None}
    others = {one.party_id: one.party for one in comments if one.party_id not in asked}
    return [
        AskedParty(party.agency.code, party.agency.current_short_name, party, Standing.SENT, None, False)
        for party in others.values()
    ]


def _rows(standings: Standings, comments: list[Comment]) -> tuple[Row, ...]:
    names = {one.party.pk: one.name for one in standings.parties if one.party is not None}
    return tuple(
        Row(
            (
                str(turn),
                hyphenated(comment.place_label),
                hyphenated(names.get(comment.party_id) or comment.party.agency.current_short_name),
                _said(comment),
                _answered(comment),
            )
        )
        for turn, comment in enumerate(comments, start=1)
    )


def _said(comment: Comment) -> str:
    parts = [hyphenated(comment.text)] if comment.text else []
    parts += [f"Đề nghị sửa thành: “{hyphenated(comment.proposed)}”"] if comment.proposed else []
    return "\n".join(parts)


def _answered(comment: Comment) -> str:
    """Such as "Tiếp thu một phần. Đã bổ sung …"; empty while there is no answer."""
    if not comment.is_answered:
        return ""
    if comment.state == CommentState.EXPLAINED:
        return f"Giải trình: {sentence(comment.answer)}"
    word = f"{comment.status.printed}."
    return f"{word} {sentence(comment.answer)}" if comment.answer else word
