"""The pages on which reports are written: contents, linked numbers, conflicts, what is missing."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.access.enums import Role
from reports.composed.models import ComposedReport
from reports.composer import services as composer
from tests.factories.papers import leader_of
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_program, secretary_of
from tests.factories.reports import advance_report, make_year_report, write
from tests.factories.tasks import make_task


@pytest.fixture(scope="module")
def reported_once(ground) -> int:
    program = make_program("signed")
    lead = program.parties.get(is_lead=True).agency
    for state in ("completed", "in_progress"):
        make_task(program, state, lead=lead)
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


@pytest.fixture
def client(report, writer, sign_in):
    return sign_in(writer)


def block_url(report, key: str) -> str:
    return reverse("reports:report-block", args=[report.pk, report.blocks.get(key=key).pk])


def test_a_number_of_the_text_leads_to_the_tasks_it_counts(client, report):
    page = client.get(block_url(report, "ii.chung")).content.decode()
    href, shown = re.search(r'<a class="pf-tok" href="([^"]+)"[^>]*>(\d+)', page).groups()
    listed = client.get(href.replace("&amp;", "&"))
    assert listed.status_code == 200 and listed.context["page"].paginator.count == int(shown)


def test_what_is_missing_stands_as_links(client, report):
    page = client.get(reverse("reports:report-compose", args=[report.pk])).content.decode()
    assert block_url(report, "iii.uu-diem") in page


def test_the_second_of_two_secretaries_sees_both_texts(client, report, writer):
    block = report.blocks.get(key="i")
    sent = {"heading": block.heading, "text": "Bản của tôi", "revision": block.revision}
    write(report, "i", "Bản đã lưu", actor=writer)
    answer = client.post(block_url(report, "i"), sent)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Bản của tôi" in page and "Bản đã lưu" in page
    again = {**sent, "revision": report.blocks.get(key="i").revision}
    assert client.post(block_url(report, "i"), again).status_code == 302
    assert report.blocks.get(key="i").own == "Bản của tôi"


def test_a_chart_is_put_in_with_what_is_typed_so_far(client, report):
    block = report.blocks.get(key="i")
    sent = {"heading": block.heading, "text": "Lời dẫn.", "revision": block.revision, "put_in": "bieu_do.linh_vuc"}
    client.post(block_url(report, "i"), sent)
    block.refresh_from_db()
    assert block.text == "Lời dẫn.\n{{bieu_do.linh_vuc}}"
    assert "Biểu đồ 1." in client.get(block_url(report, "i")).content.decode()
    client.post(
        block_url(report, "i"),
        {**sent, "text": block.text, "revision": block.revision, "put_in": "", "take_out": "bieu_do.linh_vuc"},
    )
    block.refresh_from_db()
    assert block.text == "Lời dẫn."


def test_an_unknown_token_is_told_beside_the_text(client, report, writer):
    write(report, "i", "Có {{so_nhiem_vuu}} nhiệm vụ", actor=writer)
    page = client.get(block_url(report, "i")).content.decode()
    assert "{{so_nhiem_vuu}}" in page and "{{so_nhiem_vu}}" in page


def test_the_leader_reads_approves_and_returns(report, writer, sign_in):
    report = advance_report(report, "submitted", actor=writer)
    leader = sign_in(leader_of(report.issuer))
    page = leader.get(reverse("reports:report-compose", args=[report.pk]))
    assert reverse("reports:report-approve", args=[report.pk]) in page.content.decode()
    url = reverse("reports:report-return", args=[report.pk])
    assert leader.post(url, {"reason": ""}).status_code == 422
    assert leader.post(url, {"reason": "Thiếu số liệu"}).status_code == 302
    report.refresh_from_db()
    assert report.returned_reason == "Thiếu số liệu"


def test_what_changed_is_listed_old_beside_new_and_applied(client, report):
    report.program.tasks.filter(state="in_progress").update(state="suspended")
    url = reverse("reports:report-figures", args=[report.pk])
    changed = {one.name: (one.before, one.after) for one in client.get(url).context["changed"]}
    assert changed["so_nhiem_vu"] == ("02", "01")
    assert client.post(url).status_code == 302
    assert client.get(url).context["changed"] == []


def test_nobody_else_learns_of_a_report_being_written(report, sign_in):
    other = make_agency(report.unit, "ngoai", "Cơ quan ngoài")
    for member in (
        make_member(other, Role.SECRETARY),
        make_member(report.program.parties.last().agency, Role.SECRETARY),
    ):
        client = sign_in(member)
        url = reverse("reports:report-compose", args=[report.pk])
        assert (
            client.get(url).status_code == 404 and client.get(url.replace(str(report.pk), "9999999")).status_code == 404
        )


def test_the_editor_asks_as_much_of_the_database_for_many_tasks_as_for_few(
    report, client, django_assert_max_num_queries
):
    url = block_url(report, "ii.chung")
    client.get(url)
    with django_assert_max_num_queries(60) as few:
        client.get(url)
    lead = report.program.parties.get(is_lead=True).agency
    for _number in range(3):
        make_task(report.program, lead=lead)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url)


def test_templates_are_kept_and_taken_from_a_file(client, report):
    url = reverse("reports:report-template", args=[report.issuer.code, "program", "ket"])
    assert client.get(url).status_code == 200
    bad = client.post(url, {"text": "{{khong_co}}", "revision": 0})
    assert bad.status_code == 422 and "{{khong_co}}" in bad.content.decode()
    file = SimpleUploadedFile("ket.txt", "Năm {{nam}} đã qua".encode(), "text/plain")
    assert client.post(url, {"text": "", "revision": 0, "file": file}).status_code == 302
    assert report.issuer.part_templates.get().text == "Năm {{nam}} đã qua"
    stale = client.post(url, {"text": "Bản khác", "revision": 0})
    assert stale.status_code == 409 and "Bản khác" in stale.content.decode()


def test_what_was_typed_into_a_part_that_was_removed_meanwhile_is_kept_on_the_page(client, report, writer):
    after = report.blocks.get(key="i")
    added = composer.add_block(report, actor=writer, heading="Nổi bật", level=2, after=after)
    sent = {"heading": "Nổi bật", "text": "Viết mất nửa giờ", "revision": added.revision}
    url = reverse("reports:report-block", args=[report.pk, added.pk])
    composer.remove_block(report, added, actor=writer, revision=added.revision)
    answer = client.post(url, sent)
    assert answer.status_code == 409 and "Viết mất nửa giờ" in answer.content.decode()
    assert client.get(url).status_code == 404


def test_what_was_typed_while_the_report_was_submitted_is_kept_on_the_page(client, report, writer, sign_in):
    block = report.blocks.get(key="i")
    sent = {"heading": block.heading, "text": "Chưa kịp lưu", "revision": block.revision}
    advance_report(report, "submitted", actor=writer)
    answer = client.post(block_url(report, "i"), sent)
    assert answer.status_code == 409 and "Chưa kịp lưu" in answer.content.decode()
    assert report.blocks.get(key="i").text != "Chưa kịp lưu"
    assert sign_in(leader_of(report.issuer)).post(block_url(report, "i"), sent).status_code == 403


def test_a_heading_carries_no_figures(client, report):
    block = report.blocks.get(key="i")
    sent = {"heading": "Năm {{nam}}", "text": block.text, "revision": block.revision}
    assert client.post(block_url(report, "i"), sent).status_code == 422


def test_the_figures_are_counted_anew_for_another_day(client, report):
    url = reverse("reports:report-figures", args=[report.pk])
    assert client.post(url, {"cut_off_on": "31/12/2030"}).status_code == 422
    assert client.post(url, {"cut_off_on": "15/3/2022"}).status_code == 302
    report.refresh_from_db()
    assert report.cut_off_on == date(2022, 3, 15) and report.frozen.first().as_of == date(2022, 3, 15)


def test_the_history_tells_of_a_part_that_was_removed(client, report, writer):
    added = composer.add_block(report, actor=writer, heading="Nổi bật", level=2, after=report.blocks.get(key="i"))
    write(report, added.key, "Nội dung đã bỏ", actor=writer)
    added.refresh_from_db()
    composer.remove_block(report, added, actor=writer, revision=added.revision)
    page = client.get(reverse("reports:report-history", args=[report.pk])).content.decode()
    assert "Nổi bật" in page and "Nội dung đã bỏ" in page
