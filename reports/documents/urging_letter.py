"""The urging letter (công văn đôn đốc): to one lead agency, about its overdue tasks, with the day to answer by."""

from datetime import date

from django.db.models import prefetch_related_objects

from coordination.tasks.models import Task
from coordination.urging.models import UrgingLetter
from records import wording
from reports.documents.blocks import SHORT_TABLE, Block, Column, Paragraph, Row, Table
from reports.documents.citing import kind_word
from reports.documents.papers import Annex, LetterPaper, PaperSection, Recipients
from reports.documents.registered import Office, Registered, office_of
from reports.documents.wording import capitalised, hyphenated, lines, listed, sentence

COLUMNS = (
    Column("TT", 6, "center"),
    Column("Nhiệm vụ", 37),
    Column("Chương trình", 23),
    Column("Thời hạn", 14, "center"),
    Column("Số ngày quá hạn", 10, "center"),
    Column("Tiến độ", 10, "center"),
)


def urging_letter(letter: UrgingLetter, *, day: date, registered: Registered | None = None) -> LetterPaper:
    """One agency asks another to finish tasks that are overdue, and to say why and by when.

    Rule: R-URGE-1; Decree 30/2020/NĐ-CP, Appendix III, sample of the official letter. Days late are counted to the day
    of the letter. A long list goes into an annex.
    Raises: RuleBroken where no layout rules are known.
    """
    prefetch_related_objects([letter], "unit__names", "issuer__names", "addressee__names")
    office = office_of(letter.issuer, letter.unit, day, registered)
    tasks = [urged.task for urged in letter.urged.select_related("task__program")]
    table = Table(columns=COLUMNS, rows=_rows(tasks, office.day))
    is_annexed = len(table.rows) > SHORT_TABLE
    to = hyphenated(letter.addressee.name_on(office.day).name)
    return LetterPaper(
        state=office.state(is_draft=False),
        profile_code=office.profile_code,
        letterhead=office.letterhead(office.name.document_symbol),
        subject=f"Đôn đốc thực hiện nhiệm vụ quá hạn thuộc {_programs(tasks)}",
        addressees=(to,),
        opening=(Paragraph(_found(tasks, office, to, is_annexed)),),
        sections=_asked(letter, office, to, () if is_annexed else (table,)),
        closing=f"Đề nghị {to} quan tâm, phối hợp thực hiện",
        signatures=(office.signature(),),
        recipients=Recipients(("Như trên", "Lưu: VT")),
        annexes=_annexes(table, office) if is_annexed else (),
        is_illustrative=letter.unit.is_illustrative,
    )


def _programs(tasks: list[Task]) -> str:
    """The kind and year of the programs, in a few words for the line under the number."""
    programs = list(dict.fromkeys(task.program for task in tasks))
    kinds = list(dict.fromkeys(kind_word(program) for program in programs))
    years = sorted({program.year for program in programs})
    kind = kinds[0] if len(kinds) == 1 else "chương trình"
    several = "các " if len(programs) > 1 else ""
    return f"{several}{kind} phối hợp năm {listed(list(map(str, years)))}"


def _found(tasks: list[Task], office: Office, to: str, is_annexed: bool) -> str:
    where = "có danh sách tại Phụ lục kèm theo" if is_annexed else "có danh sách dưới đây"
    return (
        f"Qua theo dõi việc thực hiện các chương trình phối hợp công tác, đến hết ngày {wording.day(office.day)}, {to} "
        f"còn {wording.zero_padded(len(tasks))} nhiệm vụ được giao chủ trì đã quá thời hạn nhưng chưa hoàn thành "
        f"({where})."
    )


def _asked(letter: UrgingLetter, office: Office, to: str, listed: tuple[Block, ...]) -> tuple[PaperSection, ...]:
    """What is asked, point by point; the table of the tasks stands before it."""
    own = hyphenated(office.name.name)
    points = [
        "Tập trung chỉ đạo, hoàn thành các nhiệm vụ nêu trên; cập nhật kết quả và gửi minh chứng theo quy định.",
        f"Báo cáo nguyên nhân chậm, khó khăn, vướng mắc và thời gian dự kiến hoàn thành từng nhiệm vụ, gửi {own} "
        f"chậm nhất ngày {wording.day(letter.answer_by)} để theo dõi, tổng hợp.",
        *(sentence(capitalised(line)) for line in lines(letter.words)),
    ]
    before = PaperSection(blocks=(*listed, Paragraph(f"Để bảo đảm tiến độ chung, {own} đề nghị {to}:")))
    asked = (
        PaperSection(number=str(number), level=2, blocks=(Paragraph(point),))
        for number, point in enumerate(points, start=1)
    )
    return (before, *asked)


def _rows(tasks: list[Task], day: date) -> tuple[Row, ...]:
    return tuple(
        Row(
            (
                str(number),
                hyphenated(task.title),
                hyphenated(task.program.short_title),
                wording.day(task.deadline),
                _late(task, day),
                f"{task.last_percent}%",
            )
        )
        for number, task in enumerate(tasks, start=1)
    )


def _late(task: Task, day: date) -> str:
    days = (day - task.deadline).days if task.deadline else 0
    return wording.number(days) if days > 0 else "-"


def _annexes(table: Table, office: Office) -> tuple[Annex, ...]:
    return (
        Annex(
            title="DANH SÁCH NHIỆM VỤ QUÁ HẠN",
            reference=f"(Tính đến hết ngày {wording.day(office.day)})",
            blocks=(table,),
            is_landscape=True,
        ),
    )
