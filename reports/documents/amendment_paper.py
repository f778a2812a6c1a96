"""An amendment as a paper: a program's paper that says what it amends and what goes on to hold beside it."""

from dataclasses import replace
from datetime import date

from coordination.programs.enums import ProgramKind
from coordination.programs.models import Program
from coordination.programs.queries import live_version
from coordination.programs.services.snapshot import snapshot_of
from records import wording
from reports.documents.citing import kind_word
from reports.documents.papers import Annex, ProgramPaper
from reports.documents.program_paper import program_paper
from reports.documents.wording import capitalised, hyphenated


def amendment_paper(program: Program, *, day: date, dated_on: date | None = None) -> ProgramPaper:
    """The paper of what amends a program, as it stands on a day.

    Rule: R-AMEND-1. Where the parties wrote no clause of effect themselves, it says that it is part of the program it
    amends and that all else of that stays in force. Its tasks are those it changes or adds. `dated_on` as there.
    Raises: RuleBroken where no layout rules are known for it.
    """
    paper = program_paper(program, day=day, dated_on=dated_on)
    version = live_version(program)
    content = version.snapshot if version else snapshot_of(program, day)
    return replace(paper, closing=_closing(program, content), annexes=tuple(map(_of_amendment, paper.annexes)))


def _closing(program: Program, content: dict) -> str:
    word = capitalised(kind_word(program))
    effect = hyphenated(content["effect_clause"]) or _usual_effect(word, content["amends"])
    if not content["tasks"]:
        return effect
    count = wording.zero_padded(len(content["tasks"]))
    return f"Kèm theo {word} này là Danh mục {count} nhiệm vụ sửa đổi, bổ sung. {effect}"


def _usual_effect(word: str, amended: dict) -> str:
    """What holds beside the amendment, citing what it amends in the short form of a second citation."""
    kind = capitalised(ProgramKind(amended["kind"]).printed.lower())
    number = "" if amended["number"] is None else f" số {wording.zero_padded(amended['number'])}/{amended['symbol']}"
    return (
        f"{word} này là bộ phận không tách rời của {kind}{number}; các nội dung khác của {kind}{number} không được sửa "
        f"đổi, bổ sung tại {word} này tiếp tục có hiệu lực thi hành. {word} này có hiệu lực kể từ ngày ký"
    )


def _of_amendment(annex: Annex) -> Annex:
    return replace(annex, title=annex.title.replace("NHIỆM VỤ PHỐI HỢP", "NHIỆM VỤ SỬA ĐỔI, BỔ SUNG"))
