"""The annex of a program's tasks as a file of its own: what each delivers, and apart from that its targets."""

from datetime import date

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from coordination.programs.models import Program
from coordination.programs.queries import live_version
from coordination.programs.services.snapshot import snapshot_of
from coordination.tasks import targets
from coordination.tasks.enums import RoleKind
from records import clock, wording
from records.errors import RuleBroken
from reports.documents.blocks import Column, Row, Table
from reports.documents.citing import full_number, kind_word, subject_of
from reports.documents.comment_table import TablePaper
from reports.documents.task_tables import Names, names_on, planned
from reports.documents.wording import capitalised, hyphenated

COLUMNS = (
    Column("TT", 4, "center"),
    Column("Nội dung nhiệm vụ", 28),
    Column("Cơ quan chủ trì", 13),
    Column("Cơ quan phối hợp", 19),
    Column("Thời gian thực hiện", 12, "center"),
    Column("Sản phẩm", 12),
    Column("Chỉ tiêu", 12),
)


def task_annex(program: Program, *, day: date) -> TablePaper:
    """The tasks of a program on landscape pages, as locked for signing or as they stand in the draft.

    Rule: Decree 30/2020/NĐ-CP, Appendix I, Part I, Section III, clause 1: it names the paper it belongs to. By usage
    tables of more than five columns lie across the page.
    Raises: RuleBroken for a program without tasks.
    """
    prefetch_related_objects([program], "unit__names", "drafting_agency__names")
    version = live_version(program)
    content = version.snapshot if version else snapshot_of(program, day)
    if not content["tasks"]:
        raise RuleBroken(_("This program has no tasks, so there is no annex of tasks."))
    on = clock.local_day(version.locked_at) if version else day
    return TablePaper(
        title="PHỤ LỤC",
        subtitle=f"Danh mục nhiệm vụ {_of_period(program)}",
        lines=(_reference(program, content["title"]),),
        blocks=(_table(content["tasks"], names_on(program.unit, on)),),
        author=hyphenated(program.drafting_agency.name_on(on).name),
        is_illustrative=program.unit.is_illustrative,
    )


def _of_period(program: Program) -> str:
    first, last = program.period_start.year, program.period_end.year
    if program.amends_id:
        return f"sửa đổi, bổ sung năm {program.year}"
    return f"phối hợp năm {first}" if first == last else f"phối hợp giai đoạn {first}-{last}"


def _reference(program: Program, title: str) -> str:
    number = full_number(program)
    numbered = f" số {number}" if number else ""
    signed = wording.decree_date(program.signed_on) if program.signed_on else "ngày … tháng … năm …"
    subject = subject_of(program, title)
    return f"(Kèm theo {capitalised(kind_word(program))}{numbered} {signed} {subject[:1].lower()}{subject[1:]})"


def _table(tasks: list[dict], names: Names) -> Table:
    """The tasks grouped by area in the order the unit gives its areas, numbered through."""
    order = list(names.areas)
    place = {code: number for number, code in enumerate(order)}
    ranked = sorted(tasks, key=lambda task: place.get(task["area__code"], len(order)))
    rows, area = [], None
    for number, task in enumerate(ranked, start=1):
        if task["area__code"] != area:
            area = task["area__code"]
            rows.append(Row((names.areas.get(area, area),)))
        rows.append(_row(number, task, names))
    return Table(columns=COLUMNS, rows=tuple(rows))


def _row(number: int, frozen: dict, names: Names) -> Row:
    task = planned(frozen)
    wanted = "\n".join(targets.words(*target) for target in frozen["targets"])
    return Row(
        (
            str(number),
            hyphenated(task.title),
            names.of(task.parts, RoleKind.LEAD),
            names.of_helpers(task.parts),
            task.when,
            hyphenated(frozen["deliverable"]),
            hyphenated(wanted),
        )
    )
