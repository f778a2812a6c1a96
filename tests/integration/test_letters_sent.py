"""Letters as a mail server gets them: text and HTML, in the reader's language; sent again after they were given up."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies.access.enums import Role
from agencies.accounts.services import links
from coordination.reminders.services import send_digests, tell_whom_it_concerns
from records import clock, upkeep
from records.errors import Conflict
from records.mail.enums import WAITS, WORDS_KEPT, MailState
from records.mail.models import OutgoingMail
from records.mail.queries import given_up
from records.mail.services import deliver_next, send_again, write_mail
from records.mail.shown import as_html
from records.models import AuditEntry
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.reminders import an_old_task, on, with_address
from tests.factories.tasks import official_of
from tests.integration.smtp_sink import Sink, smtp_sink

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 30)


@pytest.fixture
def sink(settings):
    """A mail server, and the portal set up to use it."""
    with smtp_sink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 2
        settings.PORTAL_ADDRESS = "https://phoi-hop.example"
        yield running


@pytest.fixture
def keeper():
    return make_member(make_agency(make_unit("DH"), "vp"), Role.SYSTEM_ADMIN)


def forms(sink: Sink) -> tuple[str, str]:
    """The two forms of the one letter that came."""
    call_command("deliver_mail", "--once")
    ((_to, message),) = sink.letters
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_charset() for part in message.iter_parts()] == ["utf-8", "utf-8"]
    return tuple(message.get_body((kind,)).get_content() for kind in ("plain", "html"))


def given_up_letter(**facts) -> OutgoingMail:
    letter = write_mail(to="ai-do@phoi-hop.example", subject="x", body="Nội dung", **facts)
    OutgoingMail.objects.filter(pk=letter.pk).update(attempts=len(WAITS))

    def refuse(_letter):
        raise OSError("550 no such mailbox")

    assert deliver_next(refuse)
    letter.refresh_from_db()
    assert letter.state == MailState.GIVEN_UP
    return letter


# Two forms, two languages


@pytest.mark.parametrize(("language", "heading"), [("vi", "QUÁ HẠN"), ("en", "OVERDUE")])
def test_what_is_new_comes_as_text_and_html_in_the_readers_language(sink, signed_program, language, heading):
    member = with_address(official_of(signed_program.parties.first().agency))
    member.user.language = language
    member.user.save(update_fields=["language"])
    task = an_old_task(signed_program, title="Việc <b>đã</b> muộn", due_on=date(2022, 3, 29))
    with on(TODAY):
        tell_whom_it_concerns(TODAY)
        send_digests(TODAY)
    text, page = forms(sink)
    assert f'<html lang="{language}">' in page
    assert "Việc <b>đã</b> muộn" in text and "Việc &lt;b&gt;đã&lt;/b&gt; muộn" in page
    url = f"https://phoi-hop.example{reverse('coordination:task-detail', args=[task.slug])}"
    assert url in text and f'<a href="{url}">{url}</a>' in page and "<ul><li>" in page
    assert heading in text and heading in page


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Quản trị viên đã mở tài khoản"), ("en", "An administrator has opened an account")]
)
def test_an_invitation_comes_in_both_forms_and_its_link_can_be_followed(sink, keeper, language, words):
    account = make_member(keeper.agency, username="van-thu").user
    account.email, account.language = "van-thu@phoi-hop.example", language
    account.save(update_fields=["email", "language"])
    links.invite(account, actor=keeper)
    text, page = forms(sink)
    assert words in text and words in page
    (link,) = [line for line in text.splitlines() if line.startswith("https://")]
    assert f'<a href="{link}">{link}</a>' in page


@pytest.mark.parametrize(
    "typed",
    [
        "https://evil.example/x",
        "https://phoi-hop.example.evil.example/x",
        "https://phoi-hop.example@evil.example/",
        '"><script>alert(1)</script>',
        "javascript:alert(1)",
        "{{ 7|add:7 }} {% url 'home' %} %(link)s",
    ],
)
def test_what_was_typed_becomes_no_link_and_no_markup(settings, typed):
    settings.PORTAL_ADDRESS = "https://phoi-hop.example"
    page = as_html(OutgoingMail(subject=typed, body=f"{typed}\n\n- {typed}\n  {typed}"))
    assert "<a " not in page and "<script" not in page
    assert page.count("7|add:7") == (4 if "7|add" in typed else 0)


def test_a_sentence_may_end_with_an_address(settings):
    settings.PORTAL_ADDRESS = "https://phoi-hop.example"
    page = as_html(OutgoingMail(subject="x", body="Xem https://phoi-hop.example/viec/.\nHết")).replace("\n", "")
    assert '<p>Xem <a href="https://phoi-hop.example/viec/">https://phoi-hop.example/viec/</a>.<br>Hết</p>' in page


# One address that is refused, letters that were given up


def test_of_three_letters_the_refused_one_holds_up_none(sink):
    sink.refused = {"hai@phoi-hop.example"}
    for name in ("mot", "hai", "ba"):
        write_mail(to=f"{name}@phoi-hop.example", subject="x", body="y")
    with pytest.raises(CommandError, match="550"):
        call_command("deliver_mail", "--once")
    assert [to for to, _message in sink.letters] == [["mot@phoi-hop.example"], ["ba@phoi-hop.example"]]
    waiting = OutgoingMail.objects.get(state=MailState.WAITING)
    assert waiting.to == "hai@phoi-hop.example" and "550" in waiting.last_fault


def test_a_letter_that_was_given_up_is_sent_again_once(sink, keeper):
    letter = given_up_letter()
    (shown,) = given_up(10)
    assert (shown.to, shown.can_be_sent_again, shown.attempts) == (letter.to, True, len(WAITS) + 1)
    send_again(letter.pk, actor=keeper)
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.after, entry.actor_id) == ({"state": "waiting"}, keeper.pk)
    with pytest.raises(Conflict):
        send_again(letter.pk, actor=keeper)
    text, _page = forms(sink)
    assert text.strip() == "Nội dung"
    letter.refresh_from_db()
    assert (letter.state, letter.body) == (MailState.SENT, "")
    with pytest.raises(Conflict):
        send_again(letter.pk, actor=keeper)


def test_a_letter_whose_link_has_run_out_keeps_no_words_and_is_not_sent_again(keeper):
    letter = given_up_letter(useless_at=clock.machine_now() + timedelta(days=1))
    assert letter.body == ""
    assert not given_up(10)[0].can_be_sent_again
    with pytest.raises(Conflict):
        send_again(letter.pk, actor=keeper)


def test_words_of_a_letter_that_was_given_up_go_after_a_week(keeper):
    letter = given_up_letter()
    for ahead, words in ((WORDS_KEPT - timedelta(minutes=1), "Nội dung"), (WORDS_KEPT + timedelta(minutes=1), "")):
        with clock.machine_standing_at(clock.machine_now() + ahead):
            upkeep.clear()
        letter.refresh_from_db()
        assert letter.body == words


def test_a_letter_that_was_sent_can_keep_no_words():
    letter = write_mail(to="ai-do@phoi-hop.example", subject="x", body="y")
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.filter(pk=letter.pk).update(state=MailState.SENT, ended_at=clock.machine_now())
