"""The drafting pages: unsaved text comes back, who else is here, both texts of a conflict, pasting, orders."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access.enums import Role
from coordination.drafting import services as drafting
from coordination.drafting.models import PastedText, SectionDraft, SectionPresence
from coordination.drafting.queries import others_here
from coordination.programs import services as programs
from coordination.programs.models import Program
from records import clock
from records.models import AuditEntry
from tests.factories.people import make_member
from tests.factories.programs import make_program, secretary_of
from tests.integration.hostile import Page

pytestmark = pytest.mark.django_db
SCRIPT = {"HTTP_X_REQUESTED_WITH": "fetch"}


@pytest.fixture(scope="module")
def drawn_up(ground) -> int:
    return make_program().pk


@pytest.fixture
def program(drawn_up):
    return Program.objects.get(pk=drawn_up)


@pytest.fixture
def secretary(program):
    return secretary_of(program.drafting_agency)


@pytest.fixture
def colleague(program):
    return make_member(program.drafting_agency, Role.SECRETARY, "thu-ky-hai")


@pytest.fixture
def client(sign_in, secretary):
    return sign_in(secretary)


@pytest.fixture
def section(program):
    return program.sections.get(numbering="I")


def url(name, program, *more) -> str:
    return reverse(f"coordination:program-{name}", args=[program.slug, *more])


def text(section, **changes) -> dict:
    stored = {name: getattr(section, name) for name in ("numbering", "heading", "body", "revision")}
    return stored | changes


def said(response) -> str:
    return " ".join(response.content.decode().split())


# What is typed ------------------------------------------------------------------------------------------------------


def test_typed_text_is_kept_without_an_entry_and_offered_back(client, program, section):
    draft, edit = url("section-draft", program, section.pk), url("section-edit", program, section.pk)
    before = AuditEntry.objects.count()
    for typed in ("Đang gõ", "Đang gõ dở"):
        kept = client.post(draft, text(section, body=typed), **SCRIPT)
        assert kept.status_code == 200 and "30/3/2022" in said(kept)
    assert AuditEntry.objects.count() == before and SectionDraft.objects.get().body == "Đang gõ dở"
    section.refresh_from_db()
    assert section.body != "Đang gõ dở"
    page = client.get(edit)
    assert page.context["offered"].draft.body == "Đang gõ dở" and "Đang gõ dở" not in page.content.decode()
    assert "data-draft=" not in page.content.decode(), "nothing is kept before the reader has chosen"
    assert "Đang gõ dở" in client.get(f"{edit}?draft=1").content.decode()
    assert client.get(url("edit", program)).context["unsaved"][0].draft.section == section


def test_unsaved_text_comes_back_on_another_machine_and_to_nobody_else(sign_in, program, section, secretary, colleague):
    sign_in(secretary).post(url("section-draft", program, section.pk), text(section, body="Của tôi"), **SCRIPT)
    edit = url("section-edit", program, section.pk)
    assert sign_in(secretary).get(edit).context["offered"].draft.body == "Của tôi"
    for page in (edit, f"{edit}?draft=1", url("edit", program), url("section-add", program)):
        assert "Của tôi" not in sign_in(colleague).get(page).content.decode()
    own = SectionDraft.objects.get().pk
    assert "Của tôi" not in sign_in(colleague).get(f"{url('section-add', program)}?draft={own}").content.decode()


def test_unsaved_text_is_gone_once_saved_or_dropped_or_typed_back(client, program, section):
    draft, edit = url("section-draft", program, section.pk), url("section-edit", program, section.pk)
    client.post(draft, text(section, body="Một"), **SCRIPT)
    assert client.post(edit, text(section, body="Hai")).status_code == 302
    assert not SectionDraft.objects.exists()
    section.refresh_from_db()
    client.post(draft, text(section, body="Ba"), **SCRIPT)
    assert client.post(draft, {"drop": "1"}).status_code == 302 and not SectionDraft.objects.exists()
    client.post(draft, text(section, body="Bốn"), **SCRIPT)
    client.post(draft, text(section), **SCRIPT)
    assert not SectionDraft.objects.exists()


def test_a_new_section_is_kept_and_added_from_what_was_kept(client, program):
    new, add = url("new-section-draft", program), url("section-add", program)
    client.post(new, {"numbering": "III", "heading": "Tổ chức", "body": ""}, **SCRIPT)
    kept = SectionDraft.objects.get()
    assert client.get(add).context["offered"].draft == kept
    form = Page(client.get(f"{add}?draft={kept.pk}").content.decode()).form_with("heading", "place").sent()
    assert form["heading"] == ["Tổ chức"] and form["place"] == ["0"]
    assert client.post(add, form).status_code == 302 and not SectionDraft.objects.exists()
    assert program.sections.filter(heading="Tổ chức").exists()


def test_a_button_keeps_the_text_where_no_script_does(client, program, section):
    kept = client.post(url("section-draft", program, section.pk), text(section, body="Không có script"))
    assert kept.status_code == 302 and SectionDraft.objects.get().body == "Không có script"


def test_old_unsaved_text_goes(client, program, section, secretary):
    long_ago = clock.machine_now() - timedelta(days=31)
    with clock.machine_standing_at(long_ago):
        drafting.keep_draft(program, actor=secretary, section=section, body="Cũ", revision=1)
    client.post(url("new-section-draft", program), {"heading": "Mới"}, **SCRIPT)
    assert [draft.heading for draft in SectionDraft.objects.all()] == ["Mới"]


@pytest.mark.parametrize("bad", ["a\x00b", "Đ" * 20_001, "tên\u202egnp"])
def test_text_that_cannot_be_kept_is_answered_in_words(client, program, section, bad):
    refused = client.post(url("section-draft", program, section.pk), text(section, body=bad), **SCRIPT)
    assert refused.status_code == 422 and said(refused) and not SectionDraft.objects.exists()


def test_nobody_else_keeps_text_here(sign_in, program, section):
    official = make_member(program.drafting_agency)
    for page in (
        url("section-draft", program, section.pk),
        url("new-section-draft", program),
        url("presence", program),
    ):
        assert sign_in(official).post(page, text(section)).status_code == 403
    foreign = sign_in(secretary_of(make_program().drafting_agency))
    assert foreign.post(url("section-draft", program, section.pk), text(section), **SCRIPT).status_code == 404


def test_closed_text_keeps_nothing_and_says_so(client, program, section):
    type(program).objects.filter(pk=program.pk).update(state="agreed", agreed_on="2022-03-30")
    refused = client.post(url("section-draft", program, section.pk), text(section, body="Muộn"), **SCRIPT)
    assert refused.status_code == 409 and not SectionDraft.objects.exists()


# Who else is here ---------------------------------------------------------------------------------------------------


def test_those_here_see_each_other_by_title_and_agency(sign_in, program, section, secretary, colleague):
    here, there = sign_in(secretary), sign_in(colleague)
    before = AuditEntry.objects.count()
    assert "Thư ký" not in said(here.post(url("presence", program), {"section": section.pk}))
    answer = said(there.post(url("presence", program)))
    assert str(secretary) in answer and str(section) in answer
    for _again in range(3):
        there.post(url("presence", program))
    assert SectionPresence.objects.count() == 2 and AuditEntry.objects.count() == before
    page = there.get(url("edit", program))
    assert str(secretary) in page.content.decode(), "shown without a script on each load"
    row = next(row for row in page.context["rows"] if row.section == section)
    assert row.editors == (secretary,) and str(secretary) in row.words


def test_whoever_is_not_seen_for_half_a_minute_is_gone(sign_in, program, section, secretary, colleague):
    moment = clock.machine_now()
    with clock.machine_standing_at(moment):
        sign_in(secretary).post(url("presence", program), {"section": section.pk})
    for seconds, seen in ((29, True), (31, False)):
        with clock.machine_standing_at(moment + timedelta(seconds=seconds)):
            drafting.be_present(program, actor=colleague)
            members = [one.member for one in others_here(colleague, program)]
        assert (secretary in members) is seen


@pytest.mark.parametrize("asked", ["", "x", "999999", "9" * 30, "-1"])
def test_a_section_that_is_not_there_is_the_page_itself(client, program, asked):
    assert client.post(url("presence", program), {"section": asked}).status_code == 200
    assert SectionPresence.objects.get().section is None


# Conflicts ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def conflict(client, program, section, colleague):
    programs.edit_section(section, actor=colleague, revision=1, numbering="I", heading="Mục đích", body="Bản của họ.")
    mine = text(section, revision=1, heading="Mục đích", body="Bản của tôi.")
    return client.post(url("section-edit", program, section.pk), mine)


def test_a_conflict_shows_both_texts_and_what_differs(conflict):
    page = said(conflict)
    assert conflict.status_code == 409 and "<mark>tôi.</mark>" in page and "<mark>họ.</mark>" in page


def test_mine_theirs_or_both_joined_each_in_one_step(client, conflict, program, section):
    page = Page(conflict.content.decode())
    mine, joined = [form for form in page.forms if "body" in form.controls]
    drop = next(form for form in page.forms if "drop" in form.buttons)
    assert joined.sent()["body"][0].strip() == "Bản của tôi.\n\nBản của họ."
    assert client.post(drop.action, {"drop": "1"}).status_code == 302
    section.refresh_from_db()
    assert section.body == "Bản của họ."
    assert client.post(mine.action, mine.sent()).status_code == 302
    section.refresh_from_db()
    assert section.body == "Bản của tôi." and section.revision == 3
    assert client.post(joined.action, joined.sent()).status_code == 409


def test_a_section_moved_meanwhile_says_where_it_is(client, program, section, colleague):
    drafting.move_section(section, actor=colleague, revision=1, move="down")
    answer = client.post(url("section-edit", program, section.pk), text(section, body="Bản mới", revision=1))
    assert answer.status_code == 409 and "Bản mới" in answer.content.decode()
    alike = client.post(url("section-edit", program, section.pk), text(section, revision=1))
    assert alike.status_code == 409 and alike.context["differences"] == []


def test_the_text_of_a_section_deleted_meanwhile_can_be_added_again(client, program, section, colleague):
    drafting.delete_section(section, actor=colleague, revision=1)
    edit = url("section-edit", program, section.pk)
    gone = client.post(edit, text(section, body="Vẫn còn đây", revision=1))
    assert gone.status_code == 409
    form = Page(gone.content.decode()).form_with("heading", "place")
    assert form.sent()["body"][0].strip() == "Vẫn còn đây" and form.sent()["place"] == [str(section.pk)]
    assert client.post(form.action, form.sent()).status_code == 302
    assert program.sections.filter(body="Vẫn còn đây").exists()
    assert client.get(edit).status_code == 404 and client.post(edit, {}).status_code == 404


def test_text_typed_before_the_state_moved_on_can_be_copied(client, program, section):
    type(program).objects.filter(pk=program.pk).update(state="agreed", agreed_on="2022-03-30")
    late = client.post(url("section-edit", program, section.pk), text(section, body="Muộn rồi"))
    assert late.status_code == 409 and "Muộn rồi" in late.content.decode() and late.context["form"] is None
    added = client.post(url("section-add", program), {"numbering": "IV", "heading": "Mục muộn"})
    assert added.status_code == 409 and "Mục muộn" in added.content.decode()


# Order, deleting, pasting -------------------------------------------------------------------------------------------


def test_buttons_and_list_move_a_section(client, program, section):
    place = url("section-place", program, section.pk)
    assert client.post(place, {"move": "down", "revision": 1}).status_code == 302
    assert client.post(place, {"move": "down", "revision": 1}).status_code == 409
    assert client.post(place, {"move": "down", "revision": 2}).status_code == 422
    assert client.post(place, {"parent": program.sections.get(numbering="II").pk, "revision": 2}).status_code == 302
    for bad in ({"move": "x", "revision": 3}, {"move": "up"}, {"parent": "9" * 30, "revision": 3}, {}):
        assert client.post(place, bad).status_code == 422, bad


def test_deleting_names_what_goes_and_asks_first(client, program):
    two = program.sections.get(numbering="II")
    page = client.get(url("section-delete", program, two.pk))
    assert "Xây dựng nông thôn mới" in page.content.decode() and program.sections.count() == 3
    assert client.post(url("section-delete", program, two.pk), {"revision": 1}).status_code == 302
    assert program.sections.count() == 1


def test_pasting_shows_the_outline_before_anything_is_written(client, program):
    paste, preview = url("paste", program), url("paste-preview", program)
    assert client.get(preview).status_code == 302 and client.post(preview).status_code == 404
    assert client.post(paste, {"text": "III. NỘI DUNG\n1.\u00a0Mục một\n- Gạch\u200b đầu dòng"}).status_code == 302
    page = client.get(preview)
    assert program.sections.count() == 3 and [part.depth for part in page.context["outline"].parts] == [1, 2, 3]
    form = Page(page.content.decode()).form_with("digest").sent()
    assert client.post(preview, {"digest": ["x"]}).status_code == 409 and program.sections.count() == 3
    assert client.post(preview, form).status_code == 302
    assert program.sections.get(body="Gạch đầu dòng").parent.heading == "Mục một"
    assert client.post(preview, form).status_code == 404 and not PastedText.objects.exists()


@pytest.mark.parametrize(("bad", "status"), [("", 422), ("a\x00b", 422), ("Đ" * 300_001, 422), ("x\n" * 2_001, 302)])
def test_a_paste_that_cannot_be_taken_says_why(client, program, bad, status):
    answer = client.post(url("paste", program), {"text": bad})
    assert answer.status_code == status
    if status == 302:
        page = client.get(answer.headers["Location"])
        assert "2001" in said(page).replace(".", "") and "digest" not in said(page)


def test_a_paste_is_seen_by_its_writer_only(sign_in, program, secretary, colleague):
    sign_in(secretary).post(url("paste", program), {"text": "III. Riêng tư"})
    assert "Riêng tư" not in sign_in(colleague).get(url("paste", program)).content.decode()
    assert sign_in(colleague).get(url("paste-preview", program)).status_code == 302


def test_orders_are_changed_by_buttons(client, program):
    bases, parties = url("bases", program), url("parties", program)
    assert client.post(bases, {"text": "Luật A", "revision": 1}).status_code == 302
    assert client.post(bases, {"text": "Luật B", "revision": 2}).status_code == 302
    last = program.legal_bases.last()
    assert client.post(bases, {"basis": last.pk, "move": "up", "revision": 3}).status_code == 302
    assert [basis.text for basis in program.legal_bases.all()] == ["Luật B", "Luật A"]
    assert client.post(bases, {"basis": last.pk, "move": "up", "revision": 4}).status_code == 422
    assert client.post(bases, {"text": "", "revision": 4}).status_code == 422
    party = program.parties.last()
    order = {"party": party.pk, "order": "signing_order", "move": "up", "revision": 4}
    assert client.post(parties, order).status_code == 302
    assert client.post(parties, order).status_code == 409
    assert client.post(parties, {**order, "revision": 5, "order": "pk"}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_as_much_for_many_sections_as_for_few(client, program, section, secretary, count):
    for number in range(count):
        member = make_member(program.drafting_agency, Role.SECRETARY, f"thu-ky-{number}")
        drafting.be_present(program, actor=member, section=section)
        programs.write_section(program, actor=secretary, numbering=f"{number}", heading="Thêm")
        drafting.keep_draft(program, actor=secretary, section=program.sections.last(), body="x", revision=1)
    for page, budget in ((url("edit", program), 40), (url("section-edit", program, section.pk), 22)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(page).status_code == 200
        assert len(asked) <= budget, (page, len(asked))


def test_looking_writes_nothing(client, program, section):
    before = AuditEntry.objects.count()
    pages = ["edit", "section-add", "bases", "parties", "paste"]
    addresses = [url(name, program) for name in pages]
    addresses += [url(name, program, section.pk) for name in ("section-edit", "section-delete")]
    with CaptureQueriesContext(connection) as asked:
        assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)
    written = [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in written if "coordination_" in sql] == [] and AuditEntry.objects.count() == before
