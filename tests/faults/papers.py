"""Papers that are drawn by jobs, by a process of their own that can be killed."""

import os
import select
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pikepdf
from django.db import connections

from agencies.models import Membership
from records import clock
from records.jobs.enums import JobState
from records.jobs.models import Job
from records.jobs.services import enqueue, look_after, run_waiting
from reports.pdf import store
from reports.pdf.store import Order
from reports.preparing.drawing import DRAW_PAPER
from tests.faults.ground import Ground

_PAGES = 12
_LATER = timedelta(minutes=5)


class Printer:
    """Asks for papers, has them drawn, and looks at what is there."""

    def __init__(self, ground: Ground):
        self.member = Membership.objects.filter(user__username=ground.office.writers[0].username).get()

    def order(self, number: int, pages: int = _PAGES) -> Order:
        """A paper of a dozen pages like no other, asked for."""
        pages = "".join(f"<h2>Trang {page}</h2><p>{'Vận động hộ dân. ' * 300}</p>" for page in range(pages))
        order = Order(f"<html lang=vi><title>Giấy {number}</title><body>{pages}</body></html>")
        enqueue(
            DRAW_PAPER,
            actor=self.member,
            key=store.lay_down(order),
            title=order.title,
            leads_to="/",
            digest=order.digest,
        )
        return order

    def seconds_for_one(self) -> float:
        """How long a paper takes from the start of the process that draws it."""
        order = self.order(-1)
        began = time.monotonic()
        ended_by_kill(_drawing, after=600)
        assert store.is_kept(order.digest)
        return time.monotonic() - began

    def killed_while_drawing(self, order: Order, seconds: float) -> bool:
        """Whether the kill came before the job was at its end."""
        ended_by_kill(_drawing, after=seconds)
        return not job_with(order).is_done

    def wrong_after_kill(self, order: Order) -> list[str]:
        job = job_with(order)
        held = job.state in (JobState.WAITING, JobState.RUNNING, JobState.DONE)
        return [*([] if held else [f"state {job.state}"]), *_wrong_file(order, must_be=job.is_done)]

    def taken_up_again(self, order: Order) -> None:
        """What the process beside the server does once the lease has run out, without the wait for it."""
        with clock.machine_standing_at(clock.machine_now() + _LATER):
            look_after()
        with clock.machine_standing_at(clock.machine_now() + 2 * _LATER):
            run_waiting()

    def works_until_nothing_waits(self, tries: int) -> None:
        """What a worker does, without the waits between the tries of what fails."""
        for number in range(tries):
            with clock.machine_standing_at(clock.machine_now() + number * _LATER):
                look_after()
                run_waiting()

    def wrong_at_the_end(self, order: Order) -> list[str]:
        jobs = Job.objects.filter(key=order.digest)
        done = [job.state for job in jobs] == [JobState.DONE]
        return [
            *([] if done else [f"jobs {[(job.state, job.reason) for job in jobs]}"]),
            *_wrong_file(order, must_be=True),
        ]


def job_with(order: Order) -> Job:
    connections.close_all()
    return Job.objects.get(key=order.digest)


def job_of(number: int) -> Job:
    return Job.objects.get(pk=number)


def _drawing() -> None:
    look_after()
    run_waiting()


def _wrong_file(order: Order, *, must_be: bool) -> list[str]:
    """A kept paper opens and has all its pages."""
    if not store.is_kept(order.digest):
        return ["no file"] if must_be else []
    kept = store.drawn(order)
    with pikepdf.open(BytesIO(kept.content)) as pdf:
        return [] if len(pdf.pages) == kept.pages and not pdf.check_pdf_syntax() else ["half a file"]


def ended_by_kill(act: Callable[[], None], *, after: float) -> None:
    """Let processes of their own act and kill all of them after a while, as a power cut does."""
    connections.close_all()
    child = os.fork()
    if not child:
        os.setsid()
        try:
            act()
        finally:
            os._exit(0)
    ended = os.pidfd_open(child)
    select.select([ended], [], [], after)
    os.close(ended)
    for end in (lambda: os.killpg(child, signal.SIGKILL), lambda: os.kill(child, signal.SIGKILL)):
        try:
            end()
        except ProcessLookupError:
            continue
    os.waitpid(child, 0)
