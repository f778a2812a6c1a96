"""Officials who keep on writing whatever happens: new tasks and reports in turn, each with a mark of its own.

What is not acknowledged is sent again, the very same form, as somebody does who gets no answer.
"""

import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException

from tests.faults.office import Office, Writer
from tests.faults.portal import Portal, pause
from tests.faults.visitor import Letter, Visitor

NO_ANSWER = (OSError, HTTPException)
_REST_SECONDS, _FIRST_POST_SECONDS = 0.1, 0.5
_TRACE = "Traceback (most recent call last)"


@dataclass
class Pen:
    """One official with what was written: marks that were acknowledged and those that never were."""

    office: Office
    who: Writer
    visitor: Visitor
    number: int
    kept: list[str] = field(default_factory=list)
    kept_at: list[float] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    answers: Counter = field(default_factory=Counter)
    traces: int = 0
    again: int = 0
    sending_since: float | None = None
    seconds: list[float] = field(default_factory=list)

    def write_on(self, stop: threading.Event) -> None:
        """Write one after another; what is under way is brought to its end after the word to stop."""
        while not stop.is_set():
            turn = len(self.kept) + len(self.open) + 1
            letter = self._letter(turn, stop)
            if letter is None:
                return
            mark = mark_of(self.number, turn)
            self.open.append(mark)
            if self._sent(letter):
                self.open.remove(mark)
                self.kept.append(mark)
                self.kept_at.append(time.monotonic())

    def _letter(self, turn: int, stop: threading.Event) -> Letter | None:
        while not stop.is_set():
            with suppress(*NO_ANSWER, LookupError, StopIteration, AssertionError):
                return self._report(turn) if turn % 2 else self._task(turn)
            pause(_REST_SECONDS)
        return None

    def _task(self, turn: int) -> Letter:
        typed = {
            "title": mark_of(self.number, turn), "area": str(self.office.area), "lead": str(self.who.agency),
            "deliverable": "Biên bản bàn giao", "schedule_kind": "before_day", "due_on": "20/12/2022",
        }  # fmt: skip
        return self.visitor.written(f"/nhiem-vu/tao/?program={self.office.program}", typed)

    def _report(self, turn: int) -> Letter:
        slug = self.who.tasks[turn // 2 % len(self.who.tasks)]
        typed = {"value": str(turn), "result": mark_of(self.number, turn)}
        return self.visitor.written(f"/nhiem-vu/{slug}/tien-do/", typed)

    def _sent(self, letter: Letter, tries: int = 200) -> bool:
        for number in range(tries):
            self.again += number > 0
            self.sending_since = began = time.monotonic()
            try:
                answer = self.visitor.send(letter)
            except NO_ANSWER:
                self.answers["no answer"] += 1
            else:
                self.answers[answer.status] += 1
                self.traces += _TRACE in answer.text
                if answer.status == 302:
                    self.seconds.append(time.monotonic() - began)
                    return True
                if answer.status < 500:
                    return False
            finally:
                self.sending_since = None
            pause(_REST_SECONDS)
        return False


@contextmanager
def pens_of(portal: Portal) -> Iterator[list[Pen]]:
    """Every official of the office at work until this context ends."""
    office, stop = portal.ground.office, threading.Event()
    pens = [Pen(office, who, portal.somebody(turn), turn) for turn, who in enumerate(office.writers)]
    at_work = [threading.Thread(target=pen.write_on, args=(stop,)) for pen in pens]
    for thread in at_work:
        thread.start()
    try:
        yield pens
    finally:
        stop.set()
        for thread in at_work:
            thread.join()


def seconds_of_a_post(pens: list[Pen]) -> float:
    """How long one takes that is acknowledged at once: the median so far."""
    took = [one for pen in pens for one in pen.seconds]
    return statistics.median(took) if took else _FIRST_POST_SECONDS


def mark_of(number: int, turn: int) -> str:
    return f"Đợt {number}-{turn} vận động"


def answers_of(pens: list[Pen]) -> str:
    """How often which answer was given."""
    whole = sum((pen.answers for pen in pens), Counter())
    return ", ".join(f"{count} × {told}" for told, count in sorted(whole.items(), key=str))
