"""The tables of tasks a report is read with, as they are printed, frozen and read again."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from coordination.conferences.enums import CommendationForm
from records import wording
from reports.documents.blocks import Column, Row, Table
from reports.documents.commendations import FORMS
from reports.documents.report_about import ReportAbout
from reports.documents.report_pages import COMMENDED_ANNEX, PLAN_ANNEX, RESULTS_ANNEX, TARGETS_ANNEX
from reports.documents.report_tables import plan_of_year, results_of_year
from reports.documents.report_targets import targets_of_year
from reports.documents.task_tables import names_on
from reports.documents.wording import hyphenated

Tables = dict[str, tuple[str, Table]]


COMMENDED_COLUMNS = (
    Column("TT", 6, "center"),
    Column("Tập thể, cá nhân", 30),
    Column("Hình thức", 16),
    Column("Cơ quan đề nghị", 20),
    Column("Thành tích", 28),
)


def tables_of(about: ReportAbout, *, cut_off: date) -> Tables:
    """Results, targets, plan and proposed commendations, by the key of the annex, with the line under its title."""
    names = names_on(about.unit, about.on)
    done = results_of_year(about.reviewed, names, year=about.year, cut_off=cut_off, on=about.on)
    plan = plan_of_year(about.signed, names, year=about.year_of_plan, cut_off=cut_off, on=about.on)
    counted = f"(Số liệu chốt đến hết ngày {wording.day(cut_off)})"
    return {
        RESULTS_ANNEX: (counted, done),
        TARGETS_ANNEX: (counted, targets_of_year(about.reviewed, about.year, cut_off=cut_off)),
        PLAN_ANNEX: ("", plan),
        COMMENDED_ANNEX: ("", _commended(about)),
    }


def rows_of(tables: Tables) -> tuple[tuple[str, int], ...]:
    """How many rows each annex has."""
    return tuple((key, len(table.rows)) for key, (_reference, table) in tables.items())


def _commended(about: ReportAbout) -> Table:
    """Who was proposed for a commendation, as they are called on the day of the conference, and by whom."""
    rows = (
        Row(
            (
                str(number),
                hyphenated(one.recipient),
                FORMS[CommendationForm(one.form)],
                hyphenated(one.proposed_by.name_on(about.on).short_name),
                hyphenated(" ".join(one.reason.split())),
            )
        )
        for number, one in enumerate(about.commended, start=1)
    )
    return Table(columns=COMMENDED_COLUMNS, rows=tuple(rows))


def as_json(tables: Tables) -> dict:
    """The tables as they are frozen."""
    return {
        key: {
            "reference": reference,
            "columns": [[column.heading, column.width_percent, column.align] for column in table.columns],
            "rows": [[list(row.cells), row.is_total] for row in table.rows],
        }
        for key, (reference, table) in tables.items()
    }


def from_json(kept: Mapping[str, dict]) -> Tables:
    """The tables as they were frozen."""
    return {
        key: (
            one["reference"],
            Table(
                columns=tuple(Column(*column) for column in one["columns"]),
                rows=tuple(Row(tuple(cells), is_total=is_total) for cells, is_total in one["rows"]),
            ),
        )
        for key, one in kept.items()
    }


def rows_changed(frozen: Tables, now: Tables) -> dict[str, int]:
    """In how many rows each table differs from what was frozen: changed, added and removed ones.

    Why without their running numbers: one task more would otherwise change every row behind it.
    """
    changed = {}
    for key, (_reference, table) in now.items():
        before = _said(frozen[key][1]) if key in frozen else Counter()
        after = _said(table)
        changed[key] = max((after - before).total(), (before - after).total())
    return changed


def _said(table: Table) -> Counter[tuple[str, ...]]:
    """What the rows of a table say, each as often as it is said."""
    return Counter(row.cells[1:] for row in table.rows if not row.is_group)
