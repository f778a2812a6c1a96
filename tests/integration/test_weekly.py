"""The figures of the week by mail: one page, once for each member and week, to who wants it and can act."""

from datetime import date, datetime, timedelta

import pdfplumber
import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Task
from records import clock
from records.audit.enums import AuditAction
from records.mail.enums import MailState
from records.mail.services import deliver_next
from records.models import AuditEntry, OutgoingMail
from reports.weekly.enums import MOST_TRIALS_A_DAY, ROOMS, SILENT_DAYS
from reports.weekly.models import WeeklyChoice, WeeklySheet
from reports.weekly.queries import members_to_write_to, monday_of, silent_agencies
from reports.weekly.services import choose_weekly, send_weekly, send_weekly_now, week_of
from reports.weekly.sheet import drawn_on_one_page, sheet_of_week
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.reminders import with_address
from tests.factories.stored import path_of
from tests.integration.smtp_sink import smtp_sink
from tests.integration.test_dashboard import FRAME
from tests.integration.test_dashboard_paper import said_in
from tests.integration.test_figures_sample import District, sample_2022

pytestmark = pytest.mark.django_db
SETTINGS, TRIAL = "/tai-khoan/bang-so-lieu-tuan/", "/tai-khoan/bang-so-lieu-tuan/gui-thu/"
MONDAY = date(2022, 4, 4)  # the Monday after the day every test lives on
SEVEN = clock.at(MONDAY, 7)


@pytest.fixture
def district(today) -> District:
    district = District(make_unit("DH"))
    sample_2022(district, today)
    return district


@pytest.fixture
def leader(district) -> Membership:
    return with_address(district.leader)


@pytest.fixture
def reader(leader, sign_in) -> Client:
    return sign_in(leader)


def sent(moment: datetime = SEVEN) -> int:
    with clock.standing_at(moment):
        return send_weekly(moment)


def wanting(member: Membership) -> Membership:
    choose_weekly(actor=member, wanted=True)
    return member


def words_of(letter: OutgoingMail) -> str:
    return said_in(letter.enclosed.content())


def test_nobody_gets_it_who_did_not_ask(leader):
    assert sent() == 0
    assert OutgoingMail.objects.count() == 0


def test_it_goes_once_a_week_however_often_this_runs(leader):
    wanting(leader)
    assert sent() == 1
    assert sent() == 0
    assert sent(SEVEN + timedelta(days=3)) == 0
    assert sent(SEVEN + timedelta(days=7)) == 1
    assert list(WeeklySheet.objects.order_by("monday").values_list("monday", flat=True)) == [
        MONDAY, MONDAY + timedelta(days=7)
    ]  # fmt: skip


def test_the_database_keeps_one_a_week(leader):
    wanting(leader)
    sent()
    sheet = WeeklySheet.objects.get()
    sheet.pk, sheet.letter_id = None, OutgoingMail.objects.create(
        to="x@phoi-hop.example", subject="x", written_at=SEVEN, next_try_at=SEVEN
    ).pk  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        sheet.save(force_insert=True)


def test_two_processes_at_once_send_one(leader, monkeypatch):
    """The second has read who is to be written to before the first was done."""
    wanting(leader)
    monkeypatch.setattr("reports.weekly.services.members_to_write_to", lambda _day: [leader])
    assert sent() == 1
    assert sent() == 0
    assert OutgoingMail.objects.count() == WeeklySheet.objects.count() == 1


def test_it_waits_for_monday_seven_and_is_sent_late_rather_than_not(leader):
    wanting(leader)
    assert sent(clock.at(MONDAY, 6, 59)) == 0
    assert sent(clock.at(MONDAY + timedelta(days=2), 15)) == 1
    assert WeeklySheet.objects.get().monday == MONDAY


def test_who_asks_after_its_hour_gets_the_next_one(leader):
    with clock.standing_at(SEVEN + timedelta(hours=2)):
        wanting(leader)
    assert sent(SEVEN + timedelta(hours=3)) == 0
    assert sent(SEVEN + timedelta(days=7)) == 1


@pytest.mark.parametrize("stop", ("switched off", "suspended", "role ended", "no address"))
def test_who_cannot_or_will_not_gets_none(leader, stop):
    wanting(leader)
    user = leader.user
    if stop == "switched off":
        choose_weekly(actor=leader, wanted=False)
    elif stop == "suspended":
        type(user).objects.filter(pk=user.pk).update(
            is_active=False, suspended_at=SEVEN, suspension_reason="Nghỉ theo quyết định"
        )
    elif stop == "role ended":
        Membership.objects.filter(pk=leader.pk).update(valid_to=MONDAY - timedelta(days=1))
    else:
        type(user).objects.filter(pk=user.pk).update(email="")
    assert sent() == 0


def test_it_counts_what_the_membership_sees(district):
    official = wanting(with_address(make_member(district.agencies["btg"], Role.OFFICIAL)))
    sent()
    counts = WeeklySheet.objects.get().counts
    with clock.standing_at(SEVEN):
        year = week_of(official, SEVEN).dashboard.figures.year
    assert sum(counts.values()) == year.total + year.ongoing
    assert sum(counts.values()) < 18 + 30


def test_the_letter_encloses_the_page_and_says_where_to_switch_it_off(leader):
    wanting(leader)
    sent()
    (letter,) = OutgoingMail.objects.all()
    assert letter.to == leader.user.email
    assert f"https://phoi-hop.example{SETTINGS}" in letter.body
    with pdfplumber.open(path_of(letter.enclosed)) as pdf:
        assert len(pdf.pages) == 1
    entry = AuditEntry.objects.filter(action=AuditAction.CREATED).latest("sequence")
    assert entry.after["sha256"] == letter.enclosed.sha256


def test_the_page_tells_the_counts_and_how_they_moved(district, leader):
    wanting(leader)
    sent()
    first = words_of(OutgoingMail.objects.get())
    assert "Tuầntrướcchưacóbảngsốliệu" in first
    task = Task.objects.filter(state=TaskState.IN_PROGRESS, due_on__gt=MONDAY + timedelta(days=7)).first()
    Task.objects.filter(pk=task.pk).update(state=TaskState.COMPLETED, completed_on=MONDAY, confirmed_on=MONDAY)
    before = WeeklySheet.objects.get().counts
    sent(SEVEN + timedelta(days=7))
    after = WeeklySheet.objects.latest("monday").counts
    words = words_of(OutgoingMail.objects.latest("pk"))
    for bucket, label in (("done_on_time", "Hoànthànhđúnghạn"), ("overdue", "Quáhạn,chưahoànthành")):
        change = after[bucket] - before[bucket]
        sign = "+" if change > 0 else "-" if change < 0 else ""
        assert f"{label}{after[bucket]}{sign}{abs(change)}" in words
    assert after["done_on_time"] == before["done_on_time"] + 1


def test_silent_agencies_are_those_without_a_report_for_two_weeks(district, leader, today):
    with clock.standing_at(SEVEN):
        silent = silent_agencies(week_of(leader, SEVEN).dashboard, leader)
    assert silent and all(one.last_on is None for one in silent)
    for days, is_silent in ((SILENT_DAYS - 1, False), (SILENT_DAYS, True)):
        Task.objects.update(last_reported_at=clock.at(MONDAY - timedelta(days=days), 9))
        with clock.standing_at(SEVEN):
            assert bool(silent_agencies(week_of(leader, SEVEN).dashboard, leader)) == is_silent


def test_it_is_one_page_with_a_whole_district_silent_under_long_names(district, leader):
    long = "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức xã hội phường Quảng Hà"
    for turn in range(60):
        name = f"{long} {turn}"
        district.agencies[f"x{turn}"] = make_agency(district.unit, f"x{turn}", name, protocol_order=200 + turn)
    program = district.program(2022, 7, ("ubnd", *(f"x{turn}" for turn in range(60))))
    for turn in range(60):
        task = district.task(program, f"x{turn}", due_on=date(2022, 2, 1), state=TaskState.IN_PROGRESS)
        Task.objects.filter(pk=task.pk).update(title=f"{long}. " * 2)
    with clock.standing_at(SEVEN):
        drawn = drawn_on_one_page(week_of(leader, SEVEN))
    assert drawn.pages == 1
    words = said_in(drawn.content)
    assert "cơquankhác." in words or "cơquanchưabáocáotiếnđộ" in words


def test_every_room_counts_what_it_leaves_out(district, leader):
    with clock.standing_at(SEVEN):
        week = week_of(leader, SEVEN)
        smallest = sheet_of_week(week, ROOMS[-1])
    assert any("cần lãnh đạo quan tâm, xem trên Cổng" in getattr(block, "text", "") for block in smallest.blocks)


def test_it_reaches_the_mail_server_with_its_page(leader, settings):
    wanting(leader)
    sent()
    with smtp_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 2
        call_command("deliver_mail", "--once")
        ((_to, got),) = sink.letters
    (page,) = [part for part in got.walk() if part.get_content_type() == "application/pdf"]
    assert page.get_payload(decode=True).startswith(b"%PDF-")
    letter = OutgoingMail.objects.get()
    assert (letter.state, letter.body) == (MailState.SENT, "")
    assert letter.enclosed.content() == page.get_payload(decode=True)


def test_a_page_that_was_tampered_with_does_not_leave(leader):
    wanting(leader)
    sent()
    letter = OutgoingMail.objects.get()
    path_of(letter.enclosed).write_bytes(b"%PDF-1.7 x")
    assert deliver_next()
    letter.refresh_from_db()
    assert letter.state == MailState.WAITING and "not what was kept" in letter.last_fault


def test_the_portal_sends_it_by_itself_in_the_morning(leader, capsys):
    wanting(leader)
    with clock.standing_at(clock.at(MONDAY, 6)):
        send_weekly_now()
    assert WeeklySheet.objects.count() == 0
    with clock.standing_at(SEVEN):
        send_weekly_now()
    assert WeeklySheet.objects.count() == 1
    with clock.standing_at(SEVEN + timedelta(days=7)):
        call_command("remind")
    assert "1 sheets of the week" in capsys.readouterr().out


def test_without_a_mail_server_nothing_is_written(leader, settings):
    settings.MAIL_ON = False
    wanting(leader)
    assert sent() == 0


# The page of the wish


def test_it_is_asked_for_and_switched_off_on_its_page(leader, reader):
    assert reader.get(SETTINGS).status_code == 200
    assert reader.post(SETTINGS, {"wanted": "yes"}).status_code == 302
    assert WeeklyChoice.objects.get().is_wanted
    assert AuditEntry.objects.latest("sequence").after == {"weekly": True}
    count = AuditEntry.objects.count()
    reader.post(SETTINGS, {"wanted": "yes"})
    assert AuditEntry.objects.count() == count
    reader.post(SETTINGS, {"wanted": "no"})
    assert not WeeklyChoice.objects.get().is_wanted


def test_a_wish_that_is_none_is_refused(reader):
    assert reader.post(SETTINGS, {"wanted": "x"}).status_code == 422
    assert reader.post(SETTINGS).status_code == 422
    assert WeeklyChoice.objects.count() == 0


def test_a_wish_is_of_one_role_and_seen_by_nobody_else(district, leader):
    wanting(leader)
    other = make_member(district.agencies["mttq"], Role.LEADER)
    assert WeeklyChoice.objects.visible_to(other).count() == 0
    assert WeeklyChoice.objects.visible_to(leader).count() == 1
    sent()
    assert WeeklySheet.objects.visible_to(other).count() == 0
    assert WeeklySheet.objects.visible_to(leader).count() == 1


def test_a_trial_is_sent_at_once_and_counts_for_no_week(leader, reader):
    assert reader.post(TRIAL).status_code == 302
    assert OutgoingMail.objects.get().enclosed is not None
    assert WeeklySheet.objects.count() == 0
    for _turn in range(MOST_TRIALS_A_DAY):
        reader.post(TRIAL)
    assert OutgoingMail.objects.count() == MOST_TRIALS_A_DAY


def test_a_trial_without_an_address_says_so(district, sign_in):
    member = make_member(district.agencies["mttq"], Role.LEADER)
    type(member.user).objects.filter(pk=member.user_id).update(email="")
    page = sign_in(member).post(TRIAL, follow=True).content.decode()
    assert OutgoingMail.objects.count() == 0
    assert "pf-" in page


def test_administrators_have_no_figures(district, sign_in):
    administrator = sign_in(make_member(district.agencies["ubnd"], Role.UNIT_ADMIN))
    assert administrator.get(SETTINGS).status_code == 403
    assert administrator.post(TRIAL).status_code == 403


def test_sending_asks_one_question_for_all_members(district, django_assert_num_queries):
    """However many want it, they are found by one query."""
    for turn in range(3):
        wanting(with_address(make_member(district.agencies["mttq"], Role.LEADER), f"a{turn}@phoi-hop.example"))
        if turn != 1:
            with django_assert_num_queries(1):
                assert len(list(members_to_write_to(MONDAY))) == turn + 1


def test_the_page_of_the_wish_asks_few_questions(leader, reader, django_assert_max_num_queries):
    for wanted in (False, True):
        choose_weekly(actor=leader, wanted=wanted)
        with django_assert_max_num_queries(FRAME + 1):
            reader.get(SETTINGS)


def test_weeks_begin_on_monday():
    assert monday_of(date(2022, 4, 10)) == MONDAY == monday_of(MONDAY)
