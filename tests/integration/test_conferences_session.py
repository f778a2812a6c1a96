"""A conference in session: the agenda in order, its papers, the floor, minutes that two people type."""

from datetime import time, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from coordination.conferences import services as conferences
from coordination.conferences.enums import AgendaKind, AgendaState, SpeechKind, SpeechState
from coordination.conferences.models import AgendaItem, AgendaPaper, Conference, Speech
from coordination.conferences.queries.agenda import agenda_rows, live_state
from coordination.tasks.services import Upload
from records import clock
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed, RuleBroken
from reports.documents.minutes import minutes
from tests.conftest import MOMENT
from tests.factories.conferences import make_conference
from tests.factories.files import make_pdf
from tests.factories.papers import make_party_report
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_program, secretary_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(ground) -> int:
    """A conference in session with three items, over a program signed by three parties."""
    program = make_program("signed")
    made = make_conference(
        "running",
        organiser=program.drafting_agency,
        actor=secretary_of(program.drafting_agency),
        items=3,
        reviews=[program],
    )
    return made.pk


@pytest.fixture
def conference(built) -> Conference:
    return Conference.objects.get(pk=built)


@pytest.fixture
def keeper(conference) -> Membership:
    return secretary_of(conference.organiser)


@pytest.fixture
def party(conference) -> Agency:
    """A party of the program that does not organise the conference."""
    program = conference.program_links.get().program
    return program.parties.exclude(agency=conference.organiser).last().agency


def address(name: str, conference: Conference, *more) -> str:
    return reverse(f"coordination:conference-{name}", args=[conference.slug, *more])


def item(conference: Conference, number: int) -> AgendaItem:
    return conference.agenda.get(number=number)


def order(conference: Conference) -> list[int]:
    return list(conference.agenda.order_by("position").values_list("number", flat=True))


def speaker(conference: Conference, keeper: Membership, name: str, **more) -> Speech:
    given = {"kind": SpeechKind.CONTRIBUTION, "speaker_name": name, "speaker_title": "Trưởng thôn"} | more
    return conferences.record_speech(conference, actor=keeper, is_registered=True, **given)


def rows_at(conference: Conference, keeper: Membership, moment):
    conference = Conference.objects.get(pk=conference.pk)
    rows = agenda_rows(keeper, conference, moment)
    return rows, live_state(conference, rows, moment)


class TestOrder:
    def test_an_item_goes_up_and_down_and_keeps_its_address(self, conference, keeper, sign_in):
        client = sign_in(keeper)
        client.post(address("agenda-move", conference, 3), {"to": "up"})
        assert order(conference) == [1, 3, 2]
        client.post(address("agenda-move", conference, 1), {"to": "down"})
        assert order(conference) == [3, 1, 2]
        client.post(address("agenda-move", conference, 3), {"to": "up"})  # the first one stays where it is
        assert order(conference) == [3, 1, 2]
        assert client.get(address("item", conference, 3)).context["item"].title == "Nội dung thứ 3"

    def test_an_edit_keeps_state_and_minutes(self, conference, keeper, sign_in):
        conferences.advance_agenda(item(conference, 1), actor=keeper, state=AgendaState.RUNNING, minutes="Đã nghe")
        sent = {"title": "Báo cáo mới", "kind": "report", "duration_minutes": "20", "starts_at": "14h10", "revision": 1}
        assert sign_in(keeper).post(address("agenda-item", conference, 1), sent).status_code == 302
        changed = item(conference, 1)
        assert (changed.title, changed.duration_minutes, changed.starts_at) == ("Báo cáo mới", 20, time(14, 10))
        assert (changed.state, changed.minutes) == (AgendaState.RUNNING, "Đã nghe")

    @pytest.mark.parametrize("minutes", ["0", "601", "-5", "nhiều", "9" * 30])
    def test_an_impossible_duration_is_told_at_its_field(self, conference, keeper, sign_in, minutes):
        sent = {"title": "Báo cáo", "kind": "report", "duration_minutes": minutes, "revision": "0"}
        answer = sign_in(keeper).post(address("agenda-item", conference, 1), sent)
        assert answer.status_code == 422
        assert "duration_minutes" in answer.context["form"].errors
        assert item(conference, 1).duration_minutes is None

    def test_two_who_change_one_item_meet(self, conference, keeper, sign_in):
        client = sign_in(keeper)
        first = {"title": "Bản thứ nhất", "kind": "report", "revision": "0"}
        client.post(address("agenda-item", conference, 1), first)
        late = client.post(address("agenda-item", conference, 1), first | {"title": "Bản thứ hai"})
        assert late.status_code == 409
        page = late.content.decode()
        assert "Bản thứ nhất" in page and "Bản thứ hai" in page
        assert item(conference, 1).title == "Bản thứ nhất"

    def test_only_an_empty_item_that_waits_is_taken_off(self, conference, keeper, sign_in):
        client = sign_in(keeper)
        conferences.advance_agenda(item(conference, 1), actor=keeper, state=AgendaState.RUNNING)
        speaker(conference, keeper, "An", agenda_item=item(conference, 2))
        for number in (1, 2):
            client.post(address("agenda-remove", conference, number))
        assert order(conference) == [1, 2, 3]
        assert client.get(address("agenda-remove", conference, 3)).status_code == 200
        assert order(conference) == [1, 2, 3]
        client.post(address("agenda-remove", conference, 3))
        assert order(conference) == [1, 2]
        told = client.get(address("history", conference)).content.decode()
        assert "Bỏ mục “Nội dung thứ 3” khỏi chương trình" in told

    def test_a_party_sees_the_agenda_and_changes_nothing(self, conference, party, sign_in):
        client = sign_in(make_member(party, Role.SECRETARY))
        assert client.get(address("detail", conference)).status_code == 200
        for name, data in (("agenda-move", {"to": "down"}), ("agenda-remove", {}), ("step", {"state": "running"})):
            assert client.post(address(name, conference, 1), data).status_code == 403
        assert order(conference) == [1, 2, 3]
        assert set(conference.agenda.values_list("state", flat=True)) == {AgendaState.WAITING}

    def test_a_held_conference_keeps_its_order(self, conference, keeper, sign_in):
        conferences.close_conference(conference, actor=keeper)
        assert sign_in(keeper).post(address("agenda-move", conference, 1), {"to": "down"}).status_code == 403
        with pytest.raises(NotAllowed):
            conferences.edit_agenda_item(
                item(conference, 1), actor=keeper, revision=0, kind=AgendaKind.REPORT, title="Khác"
            )


class TestRunning:
    def test_one_item_at_a_time(self, conference, keeper, sign_in):
        client = sign_in(keeper)
        client.post(address("step", conference, 1), {"state": "running"})
        client.post(address("step", conference, 2), {"state": "running"})
        assert list(conference.agenda.order_by("number").values_list("state", flat=True)) == [
            AgendaState.DONE, AgendaState.RUNNING, AgendaState.WAITING,
        ]  # fmt: skip
        client.post(address("step", conference, 2), {"state": "nowhere"})
        assert item(conference, 2).state == AgendaState.RUNNING

    def test_time_taken_and_overtime_are_told(self, conference, keeper):
        first = item(conference, 1)
        AgendaItem.objects.filter(pk=first.pk).update(duration_minutes=15, starts_at=time(9, 0))
        began = clock.at(conference.held_on, 9, 5)
        with clock.standing_at(began):
            conferences.advance_agenda(first, actor=keeper, state=AgendaState.RUNNING)
        rows, live = rows_at(conference, keeper, began + timedelta(minutes=12))
        assert (rows[0].took, rows[0].left, rows[0].over, rows[0].ends_at) == (12, 3, 0, time(9, 15))
        assert (live.row.item.pk, live.upcoming.item.number, live.behind) == (first.pk, 2, 5)
        rows, live = rows_at(conference, keeper, began + timedelta(minutes=18))
        assert (rows[0].left, rows[0].over) == (0, 3)
        with clock.standing_at(began + timedelta(minutes=20)):
            conferences.advance_agenda(item(conference, 1), actor=keeper, state=AgendaState.DONE)
        rows, live = rows_at(conference, keeper, began + timedelta(hours=2))
        assert (rows[0].took, rows[0].over, live.row, live.done) == (20, 5, None, 1)

    def test_an_item_put_back_has_not_begun_and_one_taken_up_again_goes_on(self, conference, keeper):
        begin = {"actor": keeper, "state": AgendaState.RUNNING}
        conferences.advance_agenda(item(conference, 1), **begin)
        conferences.advance_agenda(item(conference, 1), actor=keeper, state=AgendaState.WAITING)
        assert item(conference, 1).began_at is None
        conferences.advance_agenda(item(conference, 1), **begin)
        began = item(conference, 1).began_at
        conferences.advance_agenda(item(conference, 1), actor=keeper, state=AgendaState.DONE)
        with clock.standing_at(clock.now() + timedelta(minutes=9)):
            conferences.advance_agenda(item(conference, 1), **begin)
        assert (item(conference, 1).began_at, item(conference, 1).ended_at) == (began, None)

    def test_closing_ends_what_is_under_way(self, conference, keeper):
        conferences.advance_agenda(item(conference, 1), actor=keeper, state=AgendaState.RUNNING)
        conferences.give_floor(speaker(conference, keeper, "An"), actor=keeper)
        conferences.close_conference(conference, actor=keeper)
        assert item(conference, 1).state == AgendaState.DONE and item(conference, 1).ended_at is not None
        assert conference.speeches.get().state == SpeechState.SPOKEN


class TestMinutes:
    def test_two_who_type_one_item_meet_and_no_word_is_lost(self, conference, keeper, sign_in):
        client = sign_in(keeper)
        page = client.get(address("item", conference, 1))
        opened = {"state": "waiting", "revision": page.context["form"]["revision"].value()}
        client.post(address("item", conference, 1), opened | {"minutes": "Đại biểu nêu ba ý kiến."})
        late = client.post(address("item", conference, 1), opened | {"minutes": "Đại biểu nêu hai kiến nghị."})
        assert late.status_code == 409
        shown = late.content.decode()
        assert "Đại biểu nêu ba ý kiến." in shown and "Đại biểu nêu hai kiến nghị." in shown
        assert item(conference, 1).minutes == "Đại biểu nêu ba ý kiến."
        again = late.context["again"]
        sent = {"state": "waiting", "minutes": again["minutes"].value(), "revision": again["revision"].value()}
        assert client.post(address("item", conference, 1), sent).status_code == 302
        assert item(conference, 1).minutes == "Đại biểu nêu hai kiến nghị."
        told = AuditEntry.objects.filter(object_kind="coordination.agendaitem").latest("sequence")
        assert told.before["minutes"] == "Đại biểu nêu ba ý kiến."

    def test_saving_to_go_on_typing_stays_on_the_page(self, conference, keeper, sign_in):
        sent = {"state": "waiting", "minutes": "Đang nghe", "revision": "0", "stay": "1"}
        answer = sign_in(keeper).post(address("item", conference, 1), sent)
        assert answer["Location"] == address("item", conference, 1)

    def test_moving_on_keeps_the_minutes_and_their_revision(self, conference, keeper):
        conferences.advance_agenda(item(conference, 1), actor=keeper, state=AgendaState.WAITING, minutes="Đã nghe")
        conferences.advance_agenda(item(conference, 1), actor=keeper, state=AgendaState.RUNNING)
        assert (item(conference, 1).minutes, item(conference, 1).revision) == ("Đã nghe", 1)
        with pytest.raises(Conflict):
            conferences.advance_agenda(
                item(conference, 1), actor=keeper, state=AgendaState.RUNNING, minutes="Khác", revision=0
            )


class TestFloor:
    def test_one_alone_has_the_floor_and_for_how_long_is_told(self, conference, keeper, sign_in):
        client = sign_in(keeper)
        conferences.advance_agenda(item(conference, 2), actor=keeper, state=AgendaState.RUNNING)
        speaker(conference, keeper, "An", minutes_allowed=5)
        speaker(conference, keeper, "Bình")
        client.post(address("floor", conference, 1), {"act": "give"})
        began = conference.speeches.get(number=1).began_at
        _rows, live = rows_at(conference, keeper, began + timedelta(minutes=7))
        assert (live.speech.speaker_name, live.speech_took, live.speech_over) == ("An", 7, 2)
        assert [one.speaker_name for one in live.waiting] == ["Bình"]
        client.post(address("floor", conference, 2), {"act": "give"})
        assert dict(conference.speeches.values_list("number", "state")) == {
            1: SpeechState.SPOKEN, 2: SpeechState.SPEAKING,
        }  # fmt: skip
        assert conference.speeches.get(number=2).agenda_item_id == item(conference, 2).pk
        client.post(address("floor", conference, 2), {"act": "end"})
        assert not conference.speeches.filter(state=SpeechState.SPEAKING).exists()

    def test_the_order_of_speaking_is_changed_among_those_who_wait(self, conference, keeper, sign_in):
        client = sign_in(keeper)
        spoken = speaker(conference, keeper, "An")
        for name in ("Bình", "Cúc"):
            speaker(conference, keeper, name)
        conferences.give_floor(spoken, actor=keeper)
        client.post(address("floor", conference, 3), {"act": "up"})
        _rows, live = rows_at(conference, keeper, clock.now())
        assert [one.speaker_name for one in live.waiting] == ["Cúc", "Bình"]
        client.post(address("floor", conference, 2), {"act": "strike"})
        client.post(address("floor", conference, 1), {"act": "strike"})
        assert set(conference.speeches.values_list("speaker_name", flat=True)) == {"An", "Cúc"}
        with pytest.raises(RuleBroken):
            conferences.move_speech(conference.speeches.get(number=1), actor=keeper, up=False)

    def test_nobody_gets_the_floor_before_the_conference_is_open(self, conference, keeper):
        other = make_conference(
            organiser=conference.organiser, actor=keeper, held_on=conference.held_on + timedelta(days=1)
        )
        with pytest.raises(RuleBroken):
            conferences.give_floor(speaker(other, keeper, "An"), actor=keeper)

    def test_whoever_waits_to_speak_stands_in_no_minutes(self, conference, keeper):
        speaker(conference, keeper, "An", agenda_item=item(conference, 1))
        heard = speaker(conference, keeper, "Bình", agenda_item=item(conference, 1))
        conferences.give_floor(heard, actor=keeper)
        told = str(minutes(Conference.objects.get(pk=conference.pk), day=clock.today()))
        assert "Bình" in told and "An, Trưởng thôn" not in told

    def test_a_seat_fills_in_name_and_title_of_the_day(self, conference, keeper, sign_in):
        guest = conferences.Guest("Bí thư chi bộ", name="Nguyễn Văn Minh")
        conferences.invite(conference, actor=keeper, group="Khách", guest=guest)
        seat = conference.invitations.get()
        sent = {"kind": "contribution", "seat": seat.pk, "is_registered": "on"}
        assert sign_in(keeper).post(address("speech", conference), sent).status_code == 302
        said = conference.speeches.get()
        assert (said.speaker_name, said.speaker_title, said.state) == (
            "Nguyễn Văn Minh", "Bí thư chi bộ", SpeechState.REGISTERED,
        )  # fmt: skip

    def test_two_who_write_down_one_speech_meet(self, conference, keeper, sign_in):
        speaker(conference, keeper, "An")
        client = sign_in(keeper)
        opened = {"kind": "contribution", "speaker_name": "An", "speaker_title": "Trưởng thôn", "revision": "0"}
        client.post(address("speech-edit", conference, 1), opened | {"summary": "Đề nghị làm đường."})
        late = client.post(address("speech-edit", conference, 1), opened | {"summary": "Đề nghị làm cầu."})
        assert late.status_code == 409
        assert "Đề nghị làm đường." in late.content.decode() and "Đề nghị làm cầu." in late.content.decode()
        assert conference.speeches.get().summary == "Đề nghị làm đường."


class TestPapers:
    def test_a_file_lies_under_an_item_for_all_who_see_the_conference(self, conference, keeper, party, sign_in):
        sent = {"file": SimpleUploadedFile("bao-cao.pdf", make_pdf()), "title": "Báo cáo tóm tắt"}
        assert sign_in(keeper).post(address("item-papers", conference, 1), sent).status_code == 302
        paper = AgendaPaper.objects.get()
        reader = sign_in(make_member(party, Role.OFFICIAL))
        assert "Báo cáo tóm tắt" in reader.get(address("detail", conference)).content.decode()
        answer = reader.get(address("paper", conference, paper.pk))
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        assert "attachment" in answer["Content-Disposition"]
        assert AuditEntry.objects.filter(action="downloaded").count() == 1
        assert reader.post(address("paper-detach", conference, paper.pk)).status_code == 403
        assert sign_in(keeper).post(address("paper-detach", conference, paper.pk)).status_code == 302
        assert not AgendaPaper.objects.exists()

    def test_a_file_that_is_none_of_the_kinds_is_refused_at_its_field(self, conference, keeper, sign_in):
        sent = {"file": SimpleUploadedFile("bao-cao.pdf", b"<html>"), "title": ""}
        answer = sign_in(keeper).post(address("item-papers", conference, 1), sent)
        assert answer.status_code == 422
        assert answer.context["form"].errors["file"]
        assert not AgendaPaper.objects.exists()

    @pytest.mark.parametrize("sent", [{}, {"title": "Chỉ có tên"}, {"report": "999999"}, {"issued": "XXXXXXXXXXXX"}])
    def test_nothing_or_something_unseen_is_no_paper(self, conference, keeper, sign_in, sent):
        assert sign_in(keeper).post(address("item-papers", conference, 1), sent).status_code == 422
        assert not AgendaPaper.objects.exists()

    def test_a_partys_report_is_read_here_by_those_who_read_it_anyway(self, conference, keeper, party, sign_in):
        program = conference.program_links.get().program
        report = make_party_report(program, party, sent=True)
        sign_in(keeper).post(address("item-papers", conference, 1), {"report": report.pk})
        laid = AgendaPaper.objects.get()
        assert AgendaPaper.objects.visible_to(make_member(party, Role.OFFICIAL)).filter(pk=laid.pk).exists()
        outside = _guest_of(conference, keeper)
        assert not AgendaPaper.objects.visible_to(outside).exists()
        assert report.agency.current_name not in sign_in(outside).get(address("detail", conference)).content.decode()

    def test_the_one_paper_under_an_item_is_proposed_as_the_report_heard(self, conference, keeper, party, sign_in):
        program = conference.program_links.get().program
        second = item(conference, 2)
        first = make_party_report(program, party, sent=True)
        conferences.attach_report(second, first, actor=keeper)
        form = sign_in(keeper).get(address("heard-add", conference), {"muc": 2}).context["form"]
        assert form["paper"].value() == f"bc-{first.pk}"
        conferences.attach_report(second, make_party_report(program, program.parties.first().agency), actor=keeper)
        form = sign_in(keeper).get(address("heard-add", conference), {"muc": 2}).context["form"]
        assert form["paper"].value() == ""


def _guest_of(conference: Conference, keeper: Membership) -> Membership:
    """An official of an agency that attends the conference and makes none of its programs."""
    agency = make_agency(conference.unit, "phong", "Phòng Văn hóa")
    conferences.record_attendance(conference, actor=keeper, group="Các phòng", agency=agency)
    return make_member(agency, Role.OFFICIAL)


def test_the_agenda_is_read_in_as_many_queries_for_three_items_as_for_one(
    conference, keeper, django_assert_max_num_queries
):
    """Papers, presenters and programs come with the items."""
    for number in (1, 2, 3):
        conferences.attach_file(item(conference, number), actor=keeper, file=_upload())
    with django_assert_max_num_queries(8):
        rows = agenda_rows(keeper, conference, MOMENT)
        assert [len(row.papers) for row in rows] == [1, 1, 1]
        live_state(conference, rows, MOMENT)


def _upload() -> Upload:
    content = make_pdf()
    return Upload("tai-lieu.pdf", BytesIO(content), len(content))
