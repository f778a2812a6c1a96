"""Reports written block by block: the draft writes itself from frozen figures, what people write stays."""

import re
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from coordination.tasks import services as tasks
from records.errors import Conflict, NotAllowed, RuleBroken
from reports.composed.enums import BlockStand, ReportKind
from reports.composed.models import ComposedReport, FrozenFigures
from reports.composer import services as composer
from reports.composer.drafting import facts_now
from reports.composer.queries import contents_of, missing_before_submitting, shifts
from reports.documents.blocks import Paragraph
from reports.documents.enums import PaperKind
from reports.documents.kinds import kind_of
from reports.documents.papers import PaperState
from reports.issuing import services as issuing
from reports.verification.services import withdraw
from tests.factories.papers import leader_of, make_party_report, number_and_issue
from tests.factories.programs import make_program, secretary_of
from tests.factories.reports import REASON, finish, make_conference_report, make_year_report, write
from tests.factories.tasks import make_task, make_upload, official_of

TODAY = date(2022, 3, 30)


@pytest.fixture(scope="module")
def reported_once(ground) -> int:
    """A signed program with three tasks, one of them completed, and the report being written on its year."""
    program = make_program("signed")
    lead = program.parties.get(is_lead=True).agency
    for state in ("completed", "in_progress", "not_started"):
        make_task(program, state, lead=lead)
    make_party_report(program, lead, sent=True, texts={"results": "Tổ chức 12 buổi tuyên truyền."})
    return make_year_report(program).pk


@pytest.fixture(autouse=True)
def _database(db):
    """Each test of the module writes into a savepoint of its own."""


@pytest.fixture
def report(reported_once) -> ComposedReport:
    return ComposedReport.objects.get(pk=reported_once)


@pytest.fixture
def writer(report):
    return secretary_of(report.issuer)


def said_in(paper) -> str:
    def texts(section):
        yield from (block.text for block in section.blocks if isinstance(block, Paragraph))
        for child in section.children:
            yield from texts(child)

    return "\n".join(text for section in paper.sections for text in texts(section))


def paper_of(report: ComposedReport):
    report = ComposedReport.objects.get(pk=report.pk)
    return kind_of(PaperKind.YEAR_REPORT).build(report, actor=secretary_of(report.issuer), day=TODAY)


def complete(report: ComposedReport) -> None:
    """One more task of the program is completed after the figures were frozen."""
    task = report.program.tasks.get(state="not_started")
    lead = task.roles.get(kind="lead").agency
    official = official_of(lead)
    target = task.targets.first()
    claim = {"value": target.value, "percent": None, "claims_completion": True}
    tasks.report_progress(task, actor=official, files=[make_upload()], **claim)
    tasks.confirm_completion(task, actor=leader_of(task.confirming_agency))


def test_the_first_draft_has_every_part_in_its_order(report):
    keys = [block.key for block in report.blocks.filter(level__lte=2)]
    assert keys == [
        "mo-dau", "i", "ii", "ii.chung", "ii.linh-vuc", "ii.thang", "ii.co-quan", "iii", "iii.uu-diem", "iii.han-che",
        "iii.nguyen-nhan", "iii.bai-hoc", "iv", "v", "ket", "noi-nhan", "phu-luc.ket-qua", "phu-luc.chi-tieu",
        "phu-luc.ke-hoach",
    ]  # fmt: skip
    paper = paper_of(report)
    assert [section.number for section in paper.sections] == ["I", "II"][: len(paper.sections)]
    assert paper.state is PaperState.DRAFT and paper.annexes[0].blocks[0].rows


def test_every_number_of_the_results_is_a_live_token(report):
    """No digit is written out in what the portal says of results: each stands for a frozen figure."""
    results = report.blocks.filter(key__startswith="ii.").exclude(key__startswith="ii.co-quan.")
    for block in results:
        assert not re.search(r"\d", re.sub(r"\{\{[^}]*\}\}", "", block.generated)), block.generated
    assert "hoàn thành 01/03 nhiệm vụ" in said_in(paper_of(report))


def test_each_area_and_each_lead_agency_has_its_own_part(report):
    facts = contents_of(report).facts
    keys = {block.key for block in report.blocks.filter(level=3)}
    assert {f"ii.linh-vuc.{part.code}" for part in facts.counts.areas} <= keys
    assert {f"ii.co-quan.{part.code}" for part in facts.counts.agencies} <= keys


def test_frozen_figures_stand_still_until_they_are_refreshed(report, writer):
    before = said_in(paper_of(report))
    complete(report)
    assert said_in(paper_of(report)) == before
    told = {
        shift.name: (shift.before, shift.after)
        for shift in shifts(contents_of(report).facts, facts_now(report, actor=writer))
    }
    assert told["hoan_thanh"] == ("01", "02")
    composer.refresh_report(report, actor=writer)
    assert "hoàn thành 02/03 nhiệm vụ" in said_in(paper_of(report))
    assert shifts(contents_of(report).facts, facts_now(report, actor=writer)) == []
    assert report.frozen.count() == 2, "what was frozen before is kept"


def test_the_database_keeps_frozen_figures_as_they_are(report):
    frozen = report.frozen.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        FrozenFigures.objects.filter(pk=frozen.pk).update(digest="0" * 64)


def test_an_edit_survives_writing_the_draft_anew_and_its_numbers_stay_live(report, writer):
    text = "Kết quả nổi bật: hoàn thành {{hoan_thanh}} nhiệm vụ.\n{{bang.chuong_trinh}}"
    write(report, "ii.chung", text, actor=writer)
    complete(report)
    composer.refresh_report(report, actor=writer)
    block = report.blocks.get(key="ii.chung")
    assert block.text == text and block.is_own
    assert "Kết quả nổi bật: hoàn thành 02 nhiệm vụ." in said_in(paper_of(report))
    assert contents_of(report).row_of(block).stand is BlockStand.EDITED


def test_the_portals_words_are_one_step_away_and_so_are_the_persons(report, writer):
    block = write(report, "ii.thang", "Lời của thư ký.", actor=writer)
    generated = block.generated
    block = composer.choose_words(report, block, actor=writer, revision=block.revision, own=False)
    assert block.text == generated and not block.is_own
    block = composer.choose_words(report, block, actor=writer, revision=block.revision, own=True)
    assert block.text == "Lời của thư ký."


def test_words_that_are_the_portals_own_again_are_not_marked(report, writer):
    block = write(report, "ii.thang", "Khác.", actor=writer)
    block = write(report, "ii.thang", block.generated, actor=writer)
    assert not block.is_own


def test_the_second_of_two_writers_overwrites_nothing(report, writer):
    block = report.blocks.get(key="i")
    opened = block.revision
    write(report, "i", "Người thứ nhất.", actor=writer)
    with pytest.raises(Conflict):
        composer.write_block(report, block, actor=writer, revision=opened, text="Người thứ hai.", heading=block.heading)
    assert report.blocks.get(key="i").text == "Người thứ nhất."


def test_a_report_is_not_submitted_while_something_is_missing(report, writer):
    missing = missing_before_submitting(report)
    assert {row.block.key for row in missing} >= {"iii.uu-diem", "iii.han-che"}
    with pytest.raises(RuleBroken) as refused:
        composer.submit_report(report, actor=writer)
    assert all(row.label in str(refused.value) for row in missing)


def test_an_unknown_token_keeps_a_report_from_being_submitted(report, writer):
    finish(report, actor=writer)
    block = write(report, "i", "Đã ban hành {{so_van_ban}} văn bản.", actor=writer)
    row = contents_of(report).row_of(block)
    assert row.stand is BlockStand.UNKNOWN and row.faults[0].line == 1
    with pytest.raises(RuleBroken):
        composer.submit_report(report, actor=writer)


def test_a_report_goes_to_its_leader_and_comes_back_with_a_reason(report, writer):
    finish(report, actor=writer)
    composer.submit_report(report, actor=writer)
    assert paper_of(report).state is PaperState.FOR_SIGNING
    with pytest.raises(NotAllowed):
        write(report, "i", "Sửa sau khi trình.", actor=writer)
    with pytest.raises(RuleBroken):
        composer.return_report(report, actor=leader_of(report.issuer), reason="  ")
    returned = composer.return_report(report, actor=leader_of(report.issuer), reason=REASON)
    assert returned.returned_reason == REASON and returned.status.is_open
    write(report, "i", "Đã bổ sung.", actor=writer)


def test_only_an_approved_report_is_numbered_and_issued(report, writer):
    kind = kind_of(PaperKind.YEAR_REPORT)
    given = {"symbol": "BC-THU", "dated_on": TODAY}
    finish(report, actor=writer)
    report = composer.submit_report(report, actor=writer)
    with pytest.raises(RuleBroken):
        issuing.number_paper(kind, report, actor=writer, **given)
    report = composer.approve_report(report, actor=leader_of(report.issuer))
    document = number_and_issue(PaperKind.YEAR_REPORT, report, actor=writer)
    assert document.composed == report and document.document_number
    with pytest.raises(Conflict):
        composer.take_back_report(report, actor=writer)
    withdraw(document, actor=writer, withdrawn_on=TODAY, reason="Sai số liệu")
    assert composer.take_back_report(report, actor=writer).status.is_open


def test_parts_are_left_out_moved_added_and_numbered_in_their_order(report, writer):
    finish(report, actor=writer)
    numbers = {row.block.key: row.number for row in contents_of(report).rows}
    assert (numbers["ii.chung"], numbers["ii.linh-vuc"], numbers["iii.uu-diem"]) == ("II.1", "II.2", "III.1")
    first = report.blocks.get(key="ii.chung")
    composer.move_block(report, first, actor=writer, revision=first.revision, move="down")
    after = report.blocks.get(key="ii.linh-vuc")
    composer.settle_block(report, after, actor=writer, revision=after.revision, is_included=False)
    added = composer.add_block(
        report, actor=writer, heading="Kết quả nổi bật", level=2, after=report.blocks.get(key="ii")
    )
    write(report, added.key, "Nội dung riêng.", actor=writer)
    numbers = {row.block.key: row.number for row in contents_of(report).rows}
    assert numbers["ii.chung"] == "II.1" and numbers["ii.linh-vuc"] == "" and numbers[added.key] == "II.4"
    headings = [child.heading for child in paper_of(report).sections[1].children]
    assert headings[0] == "Kết quả chung" and headings[-1] == "Kết quả nổi bật"
    composer.refresh_report(report, actor=writer)
    assert report.blocks.filter(key=added.key).exists(), "what a person added stays"
    added = report.blocks.get(key=added.key)
    composer.remove_block(report, added, actor=writer, revision=added.revision)
    assert not report.blocks.filter(key=added.key).exists()


def test_the_last_part_does_not_move_beyond_the_end(report, writer):
    block = report.blocks.get(key="v")
    with pytest.raises(RuleBroken):
        composer.move_block(report, block, actor=writer, revision=block.revision, move="down")


def test_a_template_with_an_unknown_token_is_refused_with_its_line(report, writer):
    with pytest.raises(RuleBroken) as refused:
        composer.write_template(
            report.issuer, actor=writer, kind=ReportKind.PROGRAM, key="ket", text="Một\n{{hoan_than}}", revision=0
        )
    assert "2" in str(refused.value) and "{{hoan_thanh}}" in str(refused.value)
    assert refused.value.field == "text"


def test_a_draft_begins_with_the_offices_own_words(report, writer):
    composer.write_template(
        report.issuer, actor=writer, kind=ReportKind.PROGRAM, key="ket", text="Năm {{nam}} kết thúc tốt", revision=0
    )
    assert report.blocks.get(key="ket").generated != "Năm {{nam}} kết thúc tốt"
    composer.refresh_report(report, actor=writer)
    assert report.blocks.get(key="ket").generated == "Năm {{nam}} kết thúc tốt"
    assert paper_of(report).closing == "Năm 2022 kết thúc tốt"


def test_a_report_is_begun_once(report, writer):
    with pytest.raises(RuleBroken):
        make_year_report(report.program, actor=writer)


def test_the_report_of_a_conference_holds_what_was_concluded_and_is_its_paper():
    report, conference = make_conference_report(
        [make_program("signed", year=2021)], conclusions=("Đẩy mạnh giảm nghèo.",)
    )
    kind, actor = kind_of(PaperKind.CONFERENCE_REPORT), secretary_of(report.issuer)
    assert "1. Đẩy mạnh giảm nghèo." in report.blocks.get(key="iv").generated
    write(report, "i", "Ban hành kế hoạch phối hợp.", actor=actor)
    paper = kind.build(conference, actor=actor, day=TODAY)
    assert "Ban hành kế hoạch phối hợp." in said_in(paper) and paper.state is PaperState.DRAFT
    with pytest.raises(RuleBroken):
        issuing.number_paper(kind, conference, actor=actor, symbol="BC-X", dated_on=TODAY)
    other = secretary_of(
        report.conference.program_links.get().program.parties.get(is_lead=False, signing_order=2).agency
    )
    with pytest.raises(NotAllowed):
        kind.build(conference, actor=other, day=TODAY)


def test_the_year_before_is_compared_where_the_program_continues_one():
    old = make_program("signed", year=2021)
    lead = old.parties.get(is_lead=True).agency
    make_task(old, lead=lead, start_on=date(2021, 2, 1), due_on=date(2021, 3, 1))
    agencies = [party.agency for party in old.parties.order_by("signing_order")]
    new = make_program("signed", agencies=agencies, continues=old)
    make_task(new, "completed", lead=lead)
    report = make_year_report(new)
    block = report.blocks.get(key="ii.so-sanh")
    assert "{{chenh.ty_le_hoan_thanh}}" in block.generated and "{{bang.so_sanh}}" in block.generated
    tables = [table.caption for table in paper_of(report).tables()]
    assert any("So sánh kết quả năm 2022 với năm 2021" in caption for caption in tables)


def test_a_table_outside_a_section_or_within_a_sentence_keeps_a_report_from_being_submitted(report, writer):
    """Neither is printed as a table: the paper would show the name in its braces."""
    finish(report, actor=writer)
    for key, text in (("mo-dau", "{{bang.linh_vuc}}"), ("i", "Xem {{bang.linh_vuc}} dưới đây.")):
        before = report.blocks.get(key=key).text
        block = write(report, key, text, actor=writer)
        assert contents_of(report).row_of(block).faults[0].is_misplaced
        with pytest.raises(RuleBroken):
            composer.submit_report(report, actor=writer)
        write(report, key, before, actor=writer)
    assert missing_before_submitting(report) == []


def test_a_template_places_no_table_where_none_is_printed(report, writer):
    given = {"actor": writer, "kind": ReportKind.PROGRAM, "text": "{{bang.linh_vuc}}", "revision": 0}
    with pytest.raises(RuleBroken):
        composer.write_template(report.issuer, key="noi-nhan", **given)
    assert composer.write_template(report.issuer, key="ii.linh-vuc", **given).text == "{{bang.linh_vuc}}"


def test_a_party_that_led_nothing_is_told_of_with_what_it_reported(report, writer):
    party = report.program.parties.get(signing_order=2).agency
    make_party_report(report.program, party, sent=True, texts={"results": "Cử 30 lượt hội viên tham gia."})
    composer.refresh_report(report, actor=writer)
    assert report.blocks.get(key=f"ii.co-quan.{party.code}").heading == party.name_on(TODAY).name
    assert "Cử 30 lượt hội viên tham gia." in said_in(paper_of(report))


def test_targets_stand_in_an_annex_of_their_own_with_what_was_reached(report):
    annex = next(one for one in paper_of(report).annexes if one.title.startswith("KẾT QUẢ THỰC HIỆN CHỈ TIÊU"))
    rows = [row.cells for row in annex.blocks[0].rows if not row.is_group]
    done = report.program.tasks.get(state="completed")
    target = done.targets.first()
    told = next(cells for cells in rows if cells[1].startswith(done.title))
    assert len(rows) == 3 and told[2] == target.unit and told[5] == "100%"


def test_the_annexes_of_a_program_of_many_years_hold_one_year_each():
    program = make_program("signed", period_start=date(2021, 1, 1), period_end=date(2023, 12, 31))
    lead = program.parties.get(is_lead=True).agency
    days = {year: {"start_on": date(year, 2, 1), "due_on": date(year, 3, 1)} for year in (2022, 2023)}
    for year, of_year in days.items():
        make_task(program, lead=lead, title=f"Việc của năm {year}", **of_year)
    report = make_year_report(program)
    annexes = {annex.title: annex for annex in paper_of(report).annexes}
    told = {
        title: [row.cells[1] for row in annex.blocks[0].rows if not row.is_group] for title, annex in annexes.items()
    }
    assert told["KẾT QUẢ THỰC HIỆN NHIỆM VỤ PHỐI HỢP NĂM 2022"] == ["Việc của năm 2022"]
    assert told["NHIỆM VỤ PHỐI HỢP NĂM 2023"] == ["Việc của năm 2023"]
