"""The outbox: written with what it tells of, sent outside the request, tried again, given up in sight."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse

from agencies.access.enums import Role
from agencies.accounts.letters import letter_with_link
from agencies.accounts.services import links
from records import clock
from records.audit.enums import AuditAction
from records.mail.enums import LEASE, WAITS, MailState
from records.mail.queries import outbox
from records.mail.services import deliver_next, write_mail
from records.models import AuditEntry, OutgoingMail
from tests.factories.people import make_agency, make_member, make_unit
from tests.integration.smtp_sink import smtp_sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(settings):
    """A mail server, and the portal set up to use it."""
    with smtp_sink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 2
        yield running


@pytest.fixture
def letter() -> OutgoingMail:
    return write_mail(to="ai-do@phoi-hop.example", subject="Đặt lại mật khẩu", body="Mở liên kết …\n")


def in_time(**how_long):
    return clock.machine_standing_at(clock.machine_now() + timedelta(**how_long))


def test_a_letter_reaches_the_mail_server_as_it_was_written(sink, letter):
    call_command("deliver_mail", "--once")
    (recipients, message), *more = sink.letters
    assert (recipients, more) == (["ai-do@phoi-hop.example"], [])
    assert message["Subject"] == "Đặt lại mật khẩu"
    assert message["From"] == "cong-phoi-hop@phoi-hop.example"
    assert message.get_body("plain").get_content().strip() == "Mở liên kết …"
    letter.refresh_from_db()
    assert (letter.state, letter.body, letter.attempts) == (MailState.SENT, "", 1)
    entry = AuditEntry.objects.get(action=AuditAction.MOVED)
    assert (entry.object_kind, entry.after["state"]) == ("records.outgoingmail", "sent")


def test_a_letter_is_sent_once(sink, letter):
    for _look in range(3):
        call_command("deliver_mail", "--once")
    assert len(sink.letters) == 1


def test_a_letter_goes_with_its_transaction(sink):
    with pytest.raises(RuntimeError), transaction.atomic():
        write_mail(to="ai-do@phoi-hop.example", subject="x", body="y")
        raise RuntimeError
    call_command("deliver_mail", "--once")
    assert sink.letters == []


def test_a_server_that_is_down_is_asked_again_at_growing_distances(letter, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    tried_at = clock.machine_now()
    for number, wait in enumerate(WAITS, start=1):
        with clock.machine_standing_at(tried_at):
            assert deliver_next()
            assert not deliver_next(), "not before its time"
        letter.refresh_from_db()
        assert (letter.attempts, letter.state) == (number, MailState.WAITING)
        assert letter.next_try_at == tried_at + wait
        tried_at = letter.next_try_at
    with clock.machine_standing_at(tried_at):
        deliver_next()
    letter.refresh_from_db()
    assert (letter.state, letter.body) == (MailState.GIVEN_UP, "Mở liên kết …\n")
    assert "ConnectionRefusedError" in letter.last_fault


def test_a_refused_address_does_not_hold_up_the_others(sink, letter):
    sink.refuses = True
    deliver_next()
    sink.refuses = False
    write_mail(to="nguoi-khac@phoi-hop.example", subject="x", body="y")
    with pytest.raises(CommandError, match="550"):
        call_command("deliver_mail", "--once")
    assert [recipients for recipients, _message in sink.letters] == [["nguoi-khac@phoi-hop.example"]]
    letter.refresh_from_db()
    assert "550" in letter.last_fault


def test_a_server_that_hangs_is_not_waited_for_for_long(sink, letter, settings):
    sink.hangs, settings.EMAIL_TIMEOUT = True, 1
    deliver_next()
    letter.refresh_from_db()
    assert letter.state == MailState.WAITING
    assert "timed out" in letter.last_fault


def test_a_try_that_was_cut_off_is_made_again(sink, letter):
    class Killed(BaseException):
        pass

    def killed(_letter):
        raise Killed

    with pytest.raises(Killed):
        deliver_next(killed)
    assert not deliver_next(), "another process may still be at it"
    with in_time(seconds=LEASE.total_seconds() + 1):
        assert deliver_next()
    assert len(sink.letters) == 1


def test_a_letter_that_is_of_no_use_any_more_is_not_sent(sink):
    useless_at = clock.machine_now() + timedelta(minutes=60)
    letter = write_mail(to="ai-do@phoi-hop.example", subject="x", body="y", useless_at=useless_at)
    with in_time(minutes=61):
        deliver_next()
    letter.refresh_from_db()
    assert (sink.letters, letter.state, letter.body) == ([], MailState.GIVEN_UP, "")


@pytest.mark.parametrize("subject", ["Chào\r\nBcc: ai@evil.example", "Chào\nBcc: x", "a\x00b", "a\u2028Bcc: x"])
def test_a_subject_is_one_line(subject, sink):
    write_mail(to="ai-do@phoi-hop.example", subject=subject, body="x")
    deliver_next()
    recipients, message = sink.letters[0]
    assert recipients == ["ai-do@phoi-hop.example"]
    assert message["Bcc"] is None
    assert "\n" not in message["Subject"]


@pytest.mark.parametrize(
    "to", ["ai@evil.example\r\nBcc: b@evil.example", "a@b.example,c@d.example", "<a@b.example>", "", "a b@c.example"]
)
def test_an_address_is_one_address(to):
    with pytest.raises(ValidationError):
        write_mail(to=to, subject="x", body="y")


def test_braces_in_a_name_are_letters_in_the_mail():
    account = make_member(make_agency(make_unit(), "vp"), username="x").user
    account.username = "{{7*7}}%(link)s{0.__class__}"
    assert "{{7*7}}%(link)s{0.__class__}" in letter_with_link(account, "invite", "https://x.example").body


def test_what_could_not_be_sent_is_shown_to_administrators(letter, settings, sign_in):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    deliver_next()
    assert outbox().held_up == 1
    administrator = make_member(make_agency(make_unit(), "vp"), Role.SYSTEM_ADMIN)
    page = sign_in(administrator).get(reverse("sign-in-policy")).content.decode()
    assert "ConnectionRefusedError" in page
    assert "ai-do@phoi-hop.example" not in page


def test_without_a_mail_server_nothing_is_written_and_the_link_goes_by_hand(settings):
    settings.MAIL_ON = False
    administrator = make_member(make_agency(make_unit(), "vp"), Role.SYSTEM_ADMIN)
    account = make_member(administrator.agency, username="van-thu").user
    account.email = "van-thu@phoi-hop.example"
    account.save(update_fields=["email"])
    assert links.invite(account, actor=administrator)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("end", ["the courier is told to", "its parent is killed"])
def test_the_courier_ends_with_the_server_and_leaves_nothing_behind(end, tmp_path):
    """What it says goes into a pipe, which closes when the last process that holds it has ended."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "PORTAL_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3",
    }
    line = ["sh", "-c", f"{sys.executable} manage.py deliver_mail & echo $!; wait"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(line, cwd=project.ROOT, env=environment, **pipes) as parent:
        courier = int(parent.stdout.readline())
        assert parent.stderr.readline(), "it has looked, and told that there is no table yet"
        if end == "its parent is killed":
            parent.kill()
        else:
            os.kill(courier, signal.SIGTERM)
        parent.communicate(timeout=20)
