"""The first draft of a report of results: its blocks in order, each with the words the portal writes into it.

Shape of the paper: `docs/rules.md`, R-COMPOSE-3: opening, I to V, closing, recipients, annexes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coordination.findings.enums import CauseKind, FindingKind
from coordination.models import Finding
from reports.composed.counts import ReportFacts
from reports.composed.enums import BlockPart
from reports.composed.tokens import token
from reports.documents import report_sentences as sentences
from reports.documents.report_about import ReportAbout
from reports.documents.report_pages import COMMENDED_ANNEX, PLAN_ANNEX, RESULTS_ANNEX, TARGETS_ANNEX
from reports.documents.wording import hyphenated, sentence

LONGEST_KEY = 60


@dataclass(frozen=True)
class DraftBlock:
    """One block of a report. `key` names it for good; `text` holds tokens; a needed block must say something."""

    key: str
    heading: str = ""
    text: str = ""
    part: BlockPart = BlockPart.SECTION
    level: int = 1
    is_needed: bool = False
    is_included: bool = True


def first_draft(about: ReportAbout, facts: ReportFacts, own_words: dict[str, str] | None = None) -> list[DraftBlock]:
    """The whole report, block by block. Shape: `own_words` are the office's templates by key, in place of ours."""
    own_words = own_words or {}
    blocks = [*_text(about, facts), *_annexes(about)]
    return [
        DraftBlock(**{**vars(block), "text": own_words[block.key]}) if own_words.get(block.key) else block
        for block in blocks
    ]


def _text(about: ReportAbout, facts: ReportFacts) -> Iterator[DraftBlock]:
    yield DraftBlock("mo-dau", text=sentences.opening(about), part=BlockPart.OPENING, is_needed=True)
    yield DraftBlock("i", "CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, TRIỂN KHAI", sentences.steering(about), is_needed=True)
    yield DraftBlock("ii", "KẾT QUẢ THỰC HIỆN CÁC NỘI DUNG PHỐI HỢP")
    yield from _results(about, facts)
    yield DraftBlock("iii", "ĐÁNH GIÁ CHUNG")
    yield from _assessment(about)
    yield DraftBlock(
        "iv",
        f"NHIỆM VỤ TRỌNG TÂM PHỐI HỢP NĂM {about.plan_year}",
        "\n".join(line for line in (sentences.planned(about, facts), *_tasks_ahead(about)) if line),
        is_needed=True,
    )
    yield DraftBlock("v", "KIẾN NGHỊ, ĐỀ XUẤT", "\n".join(_proposals(about)))
    yield DraftBlock("ket", text=sentences.closing(about), part=BlockPart.CLOSING, is_needed=True)
    yield DraftBlock("noi-nhan", text=sentences.recipients(about), part=BlockPart.RECIPIENTS, is_needed=True)


def _results(about: ReportAbout, facts: ReportFacts) -> Iterator[DraftBlock]:
    counts = facts.counts
    yield _second("ii.chung", "Kết quả chung", sentences.overall(counts), "bang.chuong_trinh", is_needed=True)
    yield _second(
        "ii.linh-vuc", "Kết quả theo lĩnh vực", sentences.by_area(counts), "bang.linh_vuc", "bieu_do.linh_vuc"
    )
    for part in counts.areas:
        yield _third(f"ii.linh-vuc.{part.code}", part.name, sentences.of_area(part))
    yield _second("ii.thang", "Tiến độ trong năm", sentences.over_months(counts), "bieu_do.luy_ke")
    yield _second("ii.co-quan", "Kết quả theo cơ quan chủ trì", "", "bang.co_quan")
    for part in counts.agencies:
        yield _third(f"ii.co-quan.{part.code}", part.name, sentences.of_agency(about, part))
    for code, name, text in sentences.of_parties_that_led_nothing(about, counts):
        yield _third(f"ii.co-quan.{code}", name, text)
    if facts.before is not None:
        yield _second("ii.so-sanh", "So sánh với năm trước", sentences.against_the_year_before(facts), "bang.so_sanh")


def _assessment(about: ReportAbout) -> Iterator[DraftBlock]:
    """What was good, what was not, why, and what was learnt; what the source leaves in doubt is left out.

    Why the parties' own words only where there are no findings: the evaluation has weighed them already.
    """
    sure = [finding for finding in about.findings if not finding.is_doubtful]
    good = _dashed(sure, FindingKind.STRENGTH, FindingKind.IMPACT) or sentences.of_parties(about, "strengths")
    bad = _dashed(sure, FindingKind.LIMITATION) or sentences.of_parties(about, "limitations")
    yield _second("iii.uu-diem", "Ưu điểm", "\n".join(good), is_needed=True)
    yield _second("iii.han-che", "Tồn tại, hạn chế", "\n".join(bad), is_needed=True)
    causes = [finding for finding in sure if finding.kind == FindingKind.CAUSE]
    told = "" if causes else "\n".join(sentences.of_parties(about, "causes"))
    yield _second("iii.nguyen-nhan", "Nguyên nhân", told)
    for key, heading, kind in (
        ("khach-quan", "Nguyên nhân khách quan", CauseKind.OBJECTIVE),
        ("chu-quan", "Nguyên nhân chủ quan", CauseKind.SUBJECTIVE),
    ):
        found = [cause for cause in causes if cause.cause_kind == kind]
        yield _third(f"iii.nguyen-nhan.{key}", heading, "\n".join(_dashed(found, FindingKind.CAUSE)))
    lessons = _dashed(sure, FindingKind.LESSON) or sentences.of_parties(about, "lessons")
    yield _second("iii.bai-hoc", "Bài học kinh nghiệm", "\n".join(lessons))


def _tasks_ahead(about: ReportAbout) -> list[str]:
    """What the conference asked for; where there was none, what the parties mean to do."""
    return sentences.asked(about) or sentences.of_parties(about, "next_year")


def _proposals(about: ReportAbout) -> list[str]:
    return [*_recommended(about.findings), *sentences.proposed(about)]


def _recommended(findings: Iterable[Finding]) -> list[str]:
    """What the evaluation recommends, to one addressee after the other, each where it was first named."""
    asked: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.kind == FindingKind.RECOMMENDATION:
            asked.setdefault(hyphenated(finding.addressed_to), []).append(finding)
    return [
        f"- {f'Với {whom}: ' if whom else ''}{sentence(' '.join(one.text.split()))}"
        for whom, found in asked.items()
        for one in found
    ]


def _annexes(about: ReportAbout) -> Iterator[DraftBlock]:
    """The tables the report is read with; each is printed or left out as a whole.

    Why commendations are left out until the office takes them in: who was proposed stays between those who proposed and
    those who decide. Rule: R-SEE-17.
    """
    yield DraftBlock(RESULTS_ANNEX, f"KẾT QUẢ THỰC HIỆN NHIỆM VỤ PHỐI HỢP NĂM {about.year}", part=BlockPart.ANNEX)
    yield DraftBlock(TARGETS_ANNEX, f"KẾT QUẢ THỰC HIỆN CHỈ TIÊU NĂM {about.year}", part=BlockPart.ANNEX)
    yield DraftBlock(PLAN_ANNEX, f"NHIỆM VỤ PHỐI HỢP NĂM {about.plan_year}", part=BlockPart.ANNEX)
    if about.commended:
        heading = "TẬP THỂ, CÁ NHÂN ĐỀ NGHỊ KHEN THƯỞNG"
        yield DraftBlock(COMMENDED_ANNEX, heading, part=BlockPart.ANNEX, is_included=False)


def _second(key: str, heading: str, text: str, *exhibits: str, is_needed: bool = False) -> DraftBlock:
    lines = [text, *map(token, exhibits)]
    return DraftBlock(key, heading, "\n".join(line for line in lines if line), level=2, is_needed=is_needed)


def _third(key: str, heading: str, text: str) -> DraftBlock:
    return DraftBlock(key[:LONGEST_KEY], hyphenated(heading), text, level=3)


def _dashed(findings: Iterable[Finding], *kinds: FindingKind) -> list[str]:
    """Each finding of these kinds as a dash item on one line."""
    return [f"- {sentence(' '.join(finding.text.split()))}" for finding in findings if finding.kind in kinds]
