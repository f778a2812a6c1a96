"""Pages about versions: one as it was, two compared, what drifted from the signed one; who may see which."""

import pytest

from agencies.access.enums import Role
from coordination.programs import services as programs
from coordination.programs.models import Program
from coordination.versions.queries import editions_of
from records import clock
from records.models import AuditEntry
from reports.documents.comparison_paper import comparison_paper
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import advance, make_program, secretary_of, sign
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db


def drafter(program: Program):
    return secretary_of(program.drafting_agency)


def again(program: Program) -> Program:
    return Program.objects.get(pk=program.pk)


def edited(program: Program, body: str, numbering: str = "I") -> None:
    """A section of the draft with another text."""
    section = program.sections.filter(numbering=numbering).order_by("position").first()
    programs.edit_section(
        section,
        actor=drafter(program),
        revision=section.revision,
        numbering=section.numbering,
        heading=section.heading,
        body=body,
    )


@pytest.fixture
def sent_twice():
    """A draft frozen as 0.1 and, after a change in a sentence, a dropped and a new section, as 0.2."""
    program = make_program()
    programs.freeze(program, actor=drafter(program))
    edited(program, "Tăng cường phối hợp chặt chẽ giữa các bên.")
    programs.write_section(
        program, actor=drafter(program), numbering="III", heading="Tổ chức", body="Các bên thực hiện."
    )
    programs.freeze(again(program), actor=drafter(program))
    return again(program)


def test_the_last_two_versions_are_compared_word_by_word(sent_twice, sign_in):
    page = sign_in(drafter(sent_twice)).get(f"/chuong-trinh/{sent_twice.slug}/so-sanh/").content.decode()
    assert '<ins class="pf-ins"><span class="visually-hidden">[' in page
    assert " chặt chẽ<span" in page and "III. Tổ chức" in page
    assert 'value="0.1" selected' in page and 'value="0.2" selected' in page
    assert "Xây dựng nông thôn mới" in page


def test_any_two_are_compared_and_a_version_with_the_text_of_today(sent_twice, sign_in):
    edited(sent_twice, "Hôm nay viết khác hẳn.")
    reader = sign_in(drafter(sent_twice))
    address = f"/chuong-trinh/{sent_twice.slug}/so-sanh/"
    today = reader.get(address, {"from": "0.1", "to": "today"}).content.decode()
    assert "Hôm nay viết khác hẳn" in today and '<del class="pf-del">' in today
    back = reader.get(address, {"from": "0.2", "to": "0.1"}).content.decode()
    assert "III. Tổ chức" in back and " chặt chẽ<span" in back
    same = reader.get(address, {"from": "0.2", "to": "0.2"}).content.decode()
    assert '<ins class="pf-ins"><span' not in same


@pytest.mark.parametrize("asked", [{"from": "9.9"}, {"to": "today "}, {"to": "1" * 5000}, {"from": "٠.١"}])
def test_a_version_that_is_not_there_is_not_found(asked, sent_twice, sign_in):
    assert sign_in(drafter(sent_twice)).get(f"/chuong-trinh/{sent_twice.slug}/so-sanh/", asked).status_code == 404


@pytest.mark.parametrize("label", ["9.9", "0", "0.", ".1", "0.1.1", "-1.1", "0.99999999999", "٠.١", "x.y", "0.1%00"])
def test_a_label_that_is_none_is_not_found(label, sent_twice, sign_in):
    answer = sign_in(drafter(sent_twice)).get(f"/chuong-trinh/{sent_twice.slug}/phien-ban/{label}/")
    assert answer.status_code == 404


def test_with_one_version_it_is_compared_with_today_and_with_none_the_page_says_so(sign_in):
    program = make_program()
    reader = sign_in(drafter(program))
    empty = reader.get(f"/chuong-trinh/{program.slug}/so-sanh/")
    assert empty.status_code == 200 and "<select" not in empty.content.decode()
    programs.freeze(program, actor=drafter(program))
    edited(program, "Viết thêm.")
    page = reader.get(f"/chuong-trinh/{program.slug}/so-sanh/").content.decode()
    assert 'value="today" selected' in page and "Viết thêm" in page


def test_a_version_reads_as_it_was(sent_twice, sign_in):
    page = sign_in(drafter(sent_twice)).get(f"/chuong-trinh/{sent_twice.slug}/phien-ban/0.1/").content.decode()
    assert "Tăng cường phối hợp giữa các bên." in page and "chặt chẽ" not in page
    assert sent_twice.versions.get(minor=1).digest in page


def test_what_is_typed_into_a_text_is_shown_as_text(sign_in):
    program = make_program()
    programs.freeze(program, actor=drafter(program))
    edited(program, "<script>alert(1)</script> & chữ")
    programs.freeze(again(program), actor=drafter(program))
    reader = sign_in(drafter(program))
    for page in ("so-sanh/", "phien-ban/0.2/"):
        shown = reader.get(f"/chuong-trinh/{program.slug}/{page}").content.decode()
        assert "<script>alert" not in shown and "&lt;script&gt;" in shown


def outsider_of(program: Program):
    """An official of an agency that coordinates a task and is no party."""
    outside = make_agency(program.unit, "phong-ban")
    make_task(program, lead=program.parties.first().agency, coordinators=(outside,))
    return make_member(outside, Role.OFFICIAL)


def test_outside_the_parties_only_the_signed_version_is_read(sign_in):
    program = make_program()
    outsider = outsider_of(program)
    programs.freeze(again(program), actor=drafter(program))
    program = advance(again(program), "signing")
    reader = sign_in(outsider)
    at = f"/chuong-trinh/{program.slug}"
    assert reader.get(f"{at}/phien-ban/1.1/").status_code == 403
    sign(program)
    assert reader.get(f"{at}/phien-ban/1.1/").status_code == 200
    hidden, missing = reader.get(f"{at}/phien-ban/0.1/"), reader.get(f"{at}/phien-ban/7.7/")
    assert (hidden.status_code, missing.status_code) == (403, 403)
    assert reader.get(f"{at}/so-sanh/").status_code == 403
    assert reader.get(f"/bao-cao/so-sanh/{program.slug}/0.1/1.1.pdf").status_code == 403


def test_strangers_get_what_a_missing_program_gives(sent_twice, sign_in):
    stranger = sign_in(make_member(make_agency(make_unit("KHAC"), "xa-la"), Role.SECRETARY))
    for page in ("so-sanh/", "phien-ban/0.1/", "so-voi-ban-ky/"):
        foreign = stranger.get(f"/chuong-trinh/{sent_twice.slug}/{page}")
        assert foreign.status_code == stranger.get(f"/chuong-trinh/khong-co/{page}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_database_as_often_whatever_the_number_of_versions(count, sign_in, django_assert_max_num_queries):
    program = make_program()
    for number in range(count):
        make_task(again(program), title=f"Việc {number}")
        edited(program, f"Lần {number}.")
        programs.freeze(again(program), actor=drafter(program))
    reader = sign_in(drafter(program))
    for page, budget in (("so-sanh/", 19), ("phien-ban/0.1/", 11), ("lich-su/", 15)):
        with django_assert_max_num_queries(budget):
            assert reader.get(f"/chuong-trinh/{program.slug}/{page}").status_code == 200


def test_the_pdf_sets_both_versions_side_by_side_and_tells_who_took_it(sent_twice, sign_in):
    reader, before = sign_in(drafter(sent_twice)), AuditEntry.objects.count()
    answer = reader.get(f"/bao-cao/so-sanh/{sent_twice.slug}/0.1/0.2.pdf")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    entry = AuditEntry.objects.order_by("-sequence").first()
    assert (AuditEntry.objects.count() - before, entry.action, entry.object_id) == (1, "exported", sent_twice.pk)
    for older, newer in (("0.1", "8.8"), ("x", "0.1")):
        assert reader.get(f"/bao-cao/so-sanh/{sent_twice.slug}/{older}/{newer}.pdf").status_code == 404


def test_the_paper_strikes_in_the_older_and_underlines_in_the_newer(sent_twice):
    first, second, _today = editions_of(sent_twice, actor=drafter(sent_twice))
    paper = comparison_paper(sent_twice, first, second, day=clock.today())
    rows = [row for group in paper.groups for row in group.rows]
    assert [(row.clause, row.fate) for row in rows] == [
        ("I. Mục đích, yêu cầu", "Sửa đổi"),
        ("III. Tổ chức", "Bổ sung"),
    ]
    assert "".join(one.text for one in rows[0].older) == "Tăng cường phối hợp giữa các bên."
    assert [one.text for one in rows[0].newer if one.differs] == [" chặt chẽ"]
    assert not any(one.differs for one in rows[0].older) and rows[1].older == ()
    assert (paper.older[:15], paper.newer[:15]) == ("Bản dự thảo 0.1", "Bản dự thảo 0.2")
    same = comparison_paper(sent_twice, second, second, day=clock.today())
    assert same.is_same and same.digest() != paper.digest()


def test_the_history_tells_when_a_draft_was_kept(sent_twice, sign_in):
    page = sign_in(drafter(sent_twice)).get(f"/chuong-trinh/{sent_twice.slug}/lich-su/").content.decode()
    assert "v0.1" in page and f'href="/chuong-trinh/{sent_twice.slug}/phien-ban/0.2/"' in page
    assert f'href="/chuong-trinh/{sent_twice.slug}/so-sanh/"' in page
