"""Whoever does something long says again and again that it is alive; what nobody speaks for is done by another."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import Error, connection, connections

from records import clock
from records.jobs.enums import HEARTBEAT_SECONDS, LEASE

log = logging.getLogger(__name__)


@contextmanager
def kept(renew: Callable[[datetime], object]) -> Iterator[None]:
    """Renew a lease until the block ends, from a thread with a connection of its own; `renew` is told until when.

    Why not inside somebody's transaction: nobody else sees the row there, so nobody can take it either.
    """
    if connection.in_atomic_block:
        yield
        return
    ended = threading.Event()
    keeper = threading.Thread(target=_keep, args=(renew, ended), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def _keep(renew: Callable[[datetime], object], ended: threading.Event) -> None:
    while not ended.wait(HEARTBEAT_SECONDS):
        try:
            renew(clock.machine_now() + LEASE)
        except Error:
            log.warning("A lease could not be renewed.", exc_info=True)
        finally:
            connections.close_all()
