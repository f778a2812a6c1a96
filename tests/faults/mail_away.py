"""F10: the mail server is down, hangs, refuses one address: `python -m tests.faults.mail_away`."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.load.serving import free_port
from tests.faults.ground import Fault, Ground, run
from tests.faults.portal import pause, served
from tests.faults.visitor import Visitor

FAULT = Fault("F10", "mail server down, hanging, refusing one address", "pages go on; letters wait, go later, once")
_TARGET_SECONDS, _PATIENCE_SECONDS = 3.0, 60.0
_REFUSED = "khong-co@phoi-hop.example"


def play(ground: Ground, _rounds: int) -> Iterator[tuple[str, bool]]:
    from records.mail.enums import MailState
    from records.models import OutgoingMail
    from tests.faults.counting import verified
    from tests.integration.smtp_sink import smtp_sink

    with smtp_sink() as sink:
        with _mailing(ground, free_port()) as portal:
            took = _letter_asked_for(portal, ground.office.mailbox)
            letter = _tried(OutgoingMail)
            yield f"down: asked for in {took:.1f} s", took < _TARGET_SECONDS
            yield f"it waits: {letter.last_fault[:60]}", letter.state == MailState.WAITING and bool(letter.last_fault)
        sink.hangs = True
        with _mailing(ground, sink.port) as portal:
            _make_due(OutgoingMail)
            _until(lambda: sink.calls > 0)
            began = time.monotonic()
            opened = portal.somebody().open("/nhiem-vu/").status
            yield f"hanging: a page opens in {time.monotonic() - began:.1f} s", opened == 200
        sink.hangs = False
        sink.released.set()
        sink.refused = {_REFUSED}
        OutgoingMail.objects.create(**_to(_REFUSED))
        with _mailing(ground, sink.port):
            _make_due(OutgoingMail)
            _until(lambda: sink.letters)
            _until(lambda: _states(OutgoingMail)[ground.office.mailbox] == MailState.SENT)
        states = _states(OutgoingMail)
        yield (
            "one refused address holds nobody",
            states
            == {
                ground.office.mailbox: MailState.SENT,
                _REFUSED: MailState.WAITING,
            },
        )
        sent = OutgoingMail.objects.filter(state=MailState.SENT).count()
        yield f"{sent} sent, {len(sink.letters)} arrived", len(sink.letters) == sent > 0
    yield verified()


@contextmanager
def _mailing(ground: Ground, port: int):
    with served(ground, PORTAL_COMPANIONS="true", EMAIL_URL=f"smtp://127.0.0.1:{port}") as portal:
        yield portal


def _letter_asked_for(portal, mailbox: str) -> float:
    """Seconds in which the page of a forgotten password is answered, which writes a letter."""
    visitor = Visitor(portal.base)
    letter = visitor.written("/quen-mat-khau/", {"asked": mailbox})
    began = time.monotonic()
    answer = visitor.send(letter)
    if answer.status != 302:
        raise LookupError(f"no letter was asked for: {answer.status}")
    return time.monotonic() - began


def _tried(letters):
    _until(lambda: letters.objects.filter(attempts__gt=0).exclude(last_fault="").exists())
    return letters.objects.order_by("-attempts").first()


def _make_due(letters) -> None:
    from records import clock

    letters.objects.update(next_try_at=clock.machine_now())


def _states(letters) -> dict[str, str]:
    return dict(letters.objects.values_list("to", "state"))


def _to(address: str) -> dict:
    from records import clock

    now = clock.machine_now()
    return {"to": address, "subject": "Thử", "body": "Thử", "written_at": now, "next_try_at": now}


def _until(comes) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while not comes() and time.monotonic() < until:
        pause(0.1)


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
