"""The pages of a consultation: who is let in, what they show, how many queries they take, what they answer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access.enums import Role
from coordination.consultation import services as consultation
from coordination.consultation.enums import CommentState, PlaceKind
from coordination.consultation.models import Comment, RoundReply
from coordination.inbox.queries import my_work
from coordination.programs import services as programs
from coordination.programs.models import Section
from records import clock
from tests.conftest import MOMENT
from tests.factories.consultations import (
    DAYS_OPEN,
    answer_all,
    drafter_of,
    make_comment,
    make_round,
    party_of,
    place_in,
    writer_of,
)
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db

# Seven of these are the shell's own: session, device, role, reach, years, the red count, the name of the unit.
TAB_BUDGET, TEXT_BUDGET, ANSWER_BUDGET = 18, 18, 15
AFTER = MOMENT + timedelta(days=DAYS_OPEN + 1)


def url(name, program, *args):
    return reverse(f"coordination:{name}", args=[program.slug, *args])


def html(response):
    return response.content.decode()


def test_without_a_round_the_tab_says_how_one_begins(sign_in):
    program = make_program("draft")
    drafter = sign_in(drafter_of_program(program)).get(url("consultation", program))
    assert url("consultation-open", program) in html(drafter)
    party = sign_in(writer_of(program.parties.last().agency)).get(url("consultation", program))
    assert party.status_code == 200
    assert url("consultation-open", program) not in html(party)


def drafter_of_program(program):
    return writer_of(program.drafting_agency, Role.SECRETARY)


def test_the_draft_is_sent_from_its_page(sign_in):
    program = make_program("draft")
    client = sign_in(drafter_of_program(program))
    page = client.get(url("consultation-open", program))
    assert page.status_code == 200
    sent = {"until": "10/4/2022", "silence": "agreement", "letter_number": "5", "letter_symbol": "UBND-VP"}
    answer = client.post(url("consultation-open", program), sent)
    assert answer.headers["Location"] == f"{url('consultation', program)}?round=1"
    shown = html(client.get(url("consultation", program)))
    assert "05/UBND-VP" in shown
    assert "10/4/2022" in shown
    wrong = client.post(url("consultation-open", program), sent | {"until": "1/1/2022"})
    assert wrong.status_code == 409


def test_a_coordinator_outside_is_told_whom_to_ask_and_strangers_find_nothing(sign_in):
    unit = make_unit()
    outside = make_agency(unit, "phong")
    program = make_program("draft", unit=unit)
    make_task(program, coordinators=(outside,))
    round = make_round(program)
    comment = make_comment(round)
    addresses = [
        url("consultation", program),
        url("consultation-open", program),
        url("consultation-text", program, 1),
        url("comment-add", program, 1),
        url("comment-edit", program, comment.pk),
        url("comment-answer", program, comment.pk),
        reverse("reports:comment-table-docx", args=[program.slug, 1]),
    ]
    for stranger in (make_member(outside), make_member(make_agency(make_unit(), "la"), Role.SECRETARY)):
        client = sign_in(stranger)
        assert [client.get(one).status_code for one in addresses] == [404] * len(addresses)


def test_parties_see_their_own_comments_until_the_round_is_closed(sign_in):
    round = make_round()
    make_comment(round, party_of(round, 2), text="Ý kiến của bên hai")
    make_comment(round, party_of(round, 3), text="Ý kiến của bên ba")
    page = sign_in(writer_of(party_of(round, 2).agency)).get(url("consultation", round.program))
    assert "Ý kiến của bên hai" in html(page)
    assert "Ý kiến của bên ba" not in html(page)
    refused = sign_in(writer_of(party_of(round, 2).agency)).get(
        reverse("reports:comment-table-docx", args=[round.program.slug, 1])
    )
    assert refused.status_code == 403
    drafter = sign_in(drafter_of(round)).get(url("consultation", round.program))
    assert "Ý kiến của bên hai" in html(drafter)
    assert "Ý kiến của bên ba" in html(drafter)
    consultation.close_round(round, actor=drafter_of(round), reason="Đủ")
    closed = sign_in(writer_of(party_of(round, 2).agency)).get(url("consultation", round.program))
    assert "Ý kiến của bên ba" in html(closed)


def test_the_sent_draft_offers_a_comment_on_every_place(sign_in):
    program = make_program("draft")
    task = make_task(program)
    round = make_round(program)
    client = sign_in(writer_of(party_of(round, 2).agency, Role.LEADER))
    page = html(client.get(url("consultation-text", program, 1)))
    for code in ("whole-0", *(f"section-{one.pk}" for one in program.sections.all()), f"task-{task.pk}"):
        assert f"?place={code}" in page
    with clock.standing_at(AFTER):
        assert "?place=" not in html(client.get(url("consultation-text", program, 1)))
    assert "?place=" not in html(
        sign_in(writer_of(party_of(round, 2).agency, Role.ORGANISER)).get(url("consultation-text", program, 1))
    )


def test_a_comment_is_written_and_the_next_one_begun(sign_in):
    round = make_round()
    client = sign_in(writer_of(party_of(round, 2).agency))
    place = place_in(round, PlaceKind.SECTION, 1)
    address = url("comment-add", round.program, 1)
    assert place.text in html(client.get(f"{address}?place={place.code}"))
    answer = client.post(address, {"place": place.code, "text": "Nên rõ hơn", "proposed": "", "again": "1"})
    assert answer.headers["Location"] == address
    assert Comment.objects.get().place_label == place.label
    empty = client.post(address, {"place": place.code, "text": "", "proposed": ""})
    assert empty.status_code == 422
    unknown = client.post(address, {"place": "section-999999", "text": "x"})
    assert unknown.status_code == 422
    assert Comment.objects.count() == 1


def test_an_office_of_two_parties_says_for_which_it_writes(sign_in):
    round = make_round()
    both = make_agency(round.program.unit, "vp", serves=[party_of(round, 2).agency, party_of(round, 3).agency])
    client = sign_in(make_member(both))
    address, place = url("comment-add", round.program, 1), place_in(round, PlaceKind.WHOLE).code
    assert client.post(address, {"place": place, "text": "Thay mặt"}).status_code == 422
    sent = client.post(address, {"place": place, "text": "Thay mặt", "party": party_of(round, 3).pk})
    assert sent.status_code == 302
    assert Comment.objects.get().party_id == party_of(round, 3).pk


def test_what_was_typed_survives_a_late_comment_and_a_closed_round(sign_in):
    round = make_round()
    client = sign_in(writer_of(party_of(round, 2).agency))
    address = url("comment-add", round.program, 1)
    typed = {"place": place_in(round, PlaceKind.WHOLE).code, "text": "Câu viết rất lâu"}
    with clock.standing_at(AFTER):
        late = client.post(address, typed)
    assert (late.status_code, "Câu viết rất lâu" in html(late)) == (422, True)
    consultation.close_round(round, actor=drafter_of(round), reason="Đủ")
    closed = client.post(address, typed)
    assert (closed.status_code, "Câu viết rất lâu" in html(closed)) == (409, True)
    assert not Comment.objects.exists()


def test_two_editors_of_one_comment_both_keep_their_words(sign_in):
    round = make_round()
    comment = make_comment(round, text="Bản đầu")
    leader = writer_of(comment.party.agency, Role.LEADER)
    place = place_in(round, PlaceKind.SECTION).code
    consultation.edit_comment(comment, actor=leader, revision=1, place=place, text="Bản của lãnh đạo")
    client = sign_in(comment.by)
    address = url("comment-edit", round.program, comment.pk)
    typed = {"place": place, "text": "Bản của chuyên viên", "proposed": "", "revision": "1"}
    conflict = client.post(address, typed)
    assert conflict.status_code == 409
    assert "Bản của lãnh đạo" in html(conflict)
    assert "Bản của chuyên viên" in html(conflict)
    assert client.post(address, typed | {"revision": "2"}).status_code == 302
    comment.refresh_from_db()
    assert comment.text == "Bản của chuyên viên"


def test_a_comment_is_withdrawn_by_its_author_alone(sign_in):
    round = make_round()
    comment = make_comment(round)
    address = url("comment-withdraw", round.program, comment.pk)
    assert sign_in(make_member(comment.party.agency)).post(address).status_code == 403
    assert sign_in(writer_of(party_of(round, 3).agency)).post(address).status_code == 404
    assert sign_in(comment.by).get(address).status_code == 405
    assert sign_in(comment.by).post(address).status_code == 302
    assert comment.place_label not in html(sign_in(drafter_of(round)).get(url("consultation", round.program)))


def test_a_party_declares_and_takes_back(sign_in):
    round = make_round()
    party = party_of(round, 2)
    client, address = sign_in(writer_of(party.agency)), url("consultation-reply", round.program, 1)
    assert client.post(address, {"party": party.pk, "reply": "no_comments"}).status_code == 302
    assert RoundReply.objects.get().party_id == party.pk
    assert client.post(address, {"party": party.pk, "reply": "no_comments"}).status_code == 409
    assert client.post(address, {"party": party.pk, "reply": "take_back"}).status_code == 302
    assert client.post(address, {"party": party.pk, "reply": "sent"}).status_code == 422
    assert client.post(address, {"party": party_of(round, 3).pk, "reply": "no_comments"}).status_code == 422
    assert sign_in(writer_of(party.agency, Role.ORGANISER)).post(address).status_code == 403
    assert not RoundReply.objects.exists()


def test_the_drafter_answers_one_comment_after_the_other(sign_in):
    round = make_round()
    second = make_comment(round, party_of(round, 3), place=place_in(round, PlaceKind.SECTION, 2))
    first = make_comment(round, party_of(round, 2), place=place_in(round, PlaceKind.SECTION, 0))
    client = sign_in(drafter_of(round))
    begun = client.get(url("comment-answer-next", round.program))
    assert begun.headers["Location"] == url("comment-answer", round.program, first.pk)
    silent = client.post(begun.headers["Location"], {"state": "explained", "words": "", "revision": "1"})
    assert silent.status_code == 422
    on = client.post(begun.headers["Location"], {"state": "accepted", "words": "", "revision": "1"})
    assert on.headers["Location"] == url("comment-answer", round.program, second.pk)
    done = client.post(on.headers["Location"], {"state": "explained", "words": "Đã có ở mục I", "revision": "1"})
    assert done.headers["Location"] == f"{url('consultation', round.program)}?round=1"
    assert client.get(url("comment-answer-next", round.program)).headers["Location"] == url(
        "consultation", round.program
    )
    assert sign_in(first.by).get(url("comment-answer", round.program, first.pk)).status_code == 403


def test_accepted_wording_goes_into_the_section_with_one_click(sign_in):
    round = make_round()
    place = place_in(round, PlaceKind.SECTION)
    comment = make_comment(round, place=place, proposed="Viết lại cho gọn.")
    section = Section.objects.get(pk=place.key)
    client, address = sign_in(drafter_of(round)), url("comment-answer", round.program, comment.pk)
    assert "take_over" in html(client.get(address))
    given = {"state": "accepted", "words": "", "revision": "1", "take_over": "on"}
    client.post(address, given | {"section_revision": str(section.revision)})
    section.refresh_from_db()
    comment.refresh_from_db()
    assert (section.body, section.revision) == ("Viết lại cho gọn.", 2)
    assert (comment.state, comment.taken_over_at) == (CommentState.ACCEPTED, clock.now())


def test_wording_is_not_put_over_a_text_that_changed_meanwhile(sign_in):
    round = make_round()
    place = place_in(round, PlaceKind.SECTION)
    comment = make_comment(round, place=place, proposed="Viết lại cho gọn.")
    section = Section.objects.get(pk=place.key)
    programs.edit_section(
        section, actor=drafter_of(round), revision=1, numbering="I", heading=section.heading, body="Người khác vừa sửa."
    )
    client, address = sign_in(drafter_of(round)), url("comment-answer", round.program, comment.pk)
    given = {"state": "partly", "words": "Lấy ý chính", "revision": "1", "take_over": "on", "section_revision": "1"}
    conflict = client.post(address, given)
    assert conflict.status_code == 409
    assert "Người khác vừa sửa." in html(conflict)
    assert "Lấy ý chính" in html(conflict)
    comment.refresh_from_db()
    assert (comment.state, comment.revision) == (CommentState.NEW, 1)
    assert client.post(address, given | {"section_revision": "2"}).status_code == 302
    section.refresh_from_db()
    assert section.body == "Viết lại cho gọn."


def test_comments_are_narrowed_by_agency_and_state_in_the_address(sign_in):
    round = make_round()
    make_comment(round, party_of(round, 2), text="Hai một")
    make_comment(round, party_of(round, 3), text="Ba một")
    answer_all(round)
    make_comment(round, party_of(round, 2), text="Hai hai")
    client, address = sign_in(drafter_of(round)), url("consultation", round.program)

    def shown(query):
        page = html(client.get(f"{address}{query}"))
        return [text for text in ("Hai một", "Ba một", "Hai hai") if text in page]

    assert shown("") == ["Hai một", "Ba một", "Hai hai"]
    assert shown("?agency=ben-2") == ["Hai một", "Hai hai"]
    assert shown("?state=accepted") == ["Hai một", "Ba một"]
    assert shown("?state=new&agency=ben-3") == []
    assert shown("?state=nonsense&agency=khong-co&round=99&page=x") == ["Hai một", "Ba một", "Hai hai"]


def queries_of(client, address) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("comments", [1, 3])
def test_pages_stay_within_their_queries(sign_in, comments):
    round = make_round()
    for turn in range(comments):
        party, place = party_of(round, 2 + turn % 2), place_in(round, PlaceKind.SECTION, turn)
        made = make_comment(round, party, text=f"Ý {turn}", place=place)
    client = sign_in(drafter_of(round))
    client.get(url("consultation", round.program))
    assert queries_of(client, url("consultation", round.program)) <= TAB_BUDGET
    assert queries_of(client, url("consultation-text", round.program, 1)) <= TEXT_BUDGET
    assert queries_of(client, url("comment-answer", round.program, made.pk)) <= ANSWER_BUDGET


def test_rows_wait_in_the_inbox_until_they_are_done():
    round = make_round()
    party = party_of(round, 2)
    for role in (Role.OFFICIAL, Role.LEADER, Role.SECRETARY):
        waiting = my_work(writer_of(party.agency, role), clock.today()).to_comment
        assert [(one.program.code, one.agency) for one in waiting] == [
            (round.program.code, party.agency.current_short_name)
        ]
    assert not my_work(writer_of(party.agency, Role.ORGANISER), clock.today()).to_comment
    assert not my_work(drafter_of(round), clock.today()).to_comment
    assert not my_work(drafter_of(round), clock.today()).to_answer
    comment = make_comment(round, party)
    assert [one.comments for one in my_work(drafter_of(round), clock.today()).to_answer] == [1]
    assert not my_work(writer_of(round.program.drafting_agency), clock.today()).to_answer
    consultation.declare_sent(round, actor=comment.by, party=party)
    assert not my_work(comment.by, clock.today()).to_comment
    answer_all(round)
    assert not my_work(drafter_of(round), clock.today()).to_answer
    with clock.standing_at(AFTER):
        assert not my_work(writer_of(party_of(round, 3).agency), clock.today()).to_comment
