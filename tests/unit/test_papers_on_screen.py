"""Papers on the screen: the rules of the printed paper, kept within the sheet and brought to its scale."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from reports.documents.blocks import Column, Row, Table
from reports.documents.comment_table import TablePaper
from reports.documents.layout_profiles import PROFILES
from reports.documents.papers import Annex, PaperState
from reports.pdf import watermark
from reports.preview.enums import Stand
from reports.preview.sheets import preview_of
from reports.preview.stylesheet import sheet_css
from tests.checkers.papers import program_paper, task_table

ROOT = Path(__file__).resolve().parents[2]
every_profile = pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))


def selectors(css: str) -> list[str]:
    return [one.strip() for found in re.findall(r"([^{}]+)\{", css) for one in found.split(",")]


@every_profile
def test_no_rule_of_a_paper_reaches_the_page_around_it(profile):
    css = sheet_css(profile)
    assert css.count("{") == css.count("}")
    assert [one for one in selectors(css) if not one.startswith(".paper")] == []
    assert "@" not in css and "asset:" not in css and "url(" not in css


@every_profile
def test_every_length_is_a_share_of_the_sheet(profile):
    css = sheet_css(profile)
    assert re.findall(r"\d(?:mm|cm|pt)\b", css) == []
    margin = profile.measures["margin-left"].value
    assert f"--margin-left: calc({margin:g} * var(--mm));" in css
    assert "--mm: calc(100cqw / 210)" in css


def test_each_rule_of_the_printed_paper_but_those_of_its_pages_is_there():
    css = sheet_css(PROFILES["ND30"])
    for kept in (".paper .letterhead", ".paper .paper-body ", ".paper .paper-body.landscape td", ".paper .signature"):
        assert kept in css
    assert "orphans: 2" in css and "counter(page)" not in css and ".paper col.w37 { width: 37% }" in css


def test_printed_from_the_screen_the_sheet_is_the_page_and_nothing_else_of_the_portal_stands_on_it():
    """Why looked at in the file: what a browser prints was looked at by eye, as `page.pdf` of a draft and a table."""
    printed = (ROOT / "static/css/sheet.css").read_text().partition("@media print")[2]
    hidden = next(rule for rule in printed.split("}") if "display: none" in rule)
    assert all(part in hidden for part in (".pf-demo", ".pf-crumbs", ".pf-head", ".pf-sheets-note"))
    assert "min-height: 0; padding-block: 0" in printed and "print-color-adjust: exact" in printed
    shown = (ROOT / "templates/reports/preview/preview.html").read_text()
    assert "pf-sheets-note" in shown and "pf-crumbs" in shown and "pf-head" in shown


def test_the_text_and_each_annex_lie_on_sheets_of_their_own():
    annexes = (Annex(title="A", blocks=(task_table(),), is_landscape=True), Annex(title="B", blocks=(task_table(),)))
    preview = preview_of(program_paper(2, annexes=annexes))
    assert [(sheet.holds, sheet.is_wide) for sheet in preview.sheets] == [
        ("text", False), ("annex", True), ("annex", False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "stand"),
    [
        (PaperState.DRAFT, Stand.DRAFT),
        (PaperState.FOR_SIGNING, Stand.FOR_SIGNING),
        (PaperState.ISSUED, Stand.ISSUED),
    ],
)
def test_a_preview_says_how_far_the_paper_has_come(state, stand):
    preview = preview_of(program_paper(2, state=state))
    assert preview.stand == stand and preview.is_draft is (state is PaperState.DRAFT)
    assert stand.tone and stand.icon


def test_a_paper_that_is_a_table_has_one_sheet_and_no_state():
    table = Table(columns=(Column("Ý kiến", 100),), rows=(Row(("x",)),))
    paper = TablePaper(title="BẢNG", subtitle="Ý kiến", lines=(), blocks=(table,), is_landscape=False)
    preview = preview_of(paper)
    assert [(sheet.holds, sheet.is_wide) for sheet in preview.sheets] == [("table", False)]
    assert preview.stand is None and preview.title == paper.name


def test_the_mark_of_a_draft_names_its_version_in_outlines():
    plain, sent, changed = (watermark.svg_of(label) for label in ("0.1", "0.2", "0.2+"))
    assert len({plain, sent, changed}) == 3
    for svg in (plain, sent, changed):
        shapes = [node.tag.rpartition("}")[2] for node in ElementTree.fromstring(svg).iter()]
        assert shapes == ["svg", "path", "path"]


@pytest.mark.parametrize(
    "address",
    ["asset:draft.svg", "asset:draft0.2.svg?x", "asset:draft../a.svg", "asset:draft0.2+<.svg", "http://draft0.2.svg",
     "asset:draft12345.1.svg", "asset:draft١.٢.svg"],
)  # fmt: skip
def test_no_other_address_is_drawn_as_the_mark_of_a_draft(address):
    assert watermark.asked_for(address) == ""
    assert watermark.asked_for("asset:draft0.2+.svg") == "0.2+"
