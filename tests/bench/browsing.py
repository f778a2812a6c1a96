"""A browser for measurements: pages that must open, forms sent as they were shown, each taking its time."""

import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.models import Membership
from tests.bench.timing import Measured, measure
from tests.integration.hostile import Page


def signed_in(member: Membership) -> Client:
    """A client past the sign-in page."""
    client = Client()
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(name: str, client: Client, address: str, *, target_ms: float, times: int = 11) -> Measured:
    """The whole page, from the request to the last byte; how many queries it takes and how large it is."""
    with CaptureQueriesContext(connection) as asked:
        content = opened(client, address)
    note = (
        f"{len(asked)} queries, {len(content) / 1024:.0f} KB, {_processor_ms(client, address):.0f} ms of our processor"
    )
    return measure(name, lambda: opened(client, address), target_ms=target_ms, times=times, note=note)


def _processor_ms(client: Client, address: str, times: int = 5) -> float:
    """Processor time of this process for one page: steadier than the wall clock on a machine shared with others."""
    started = time.process_time()
    for _number in range(times):
        opened(client, address)
    return (time.process_time() - started) * 1000 / times


def opened(client: Client, address: str) -> bytes:
    """What a page says.

    Raises: RuntimeError when it did not open, for then its time means nothing.
    """
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def sent(client: Client, address: str, fields: dict) -> float:
    """Milliseconds a form takes, sent as the page shows it with some fields filled in; opening it is not counted.

    Raises: RuntimeError with what the page objects to when it is not taken.
    """
    shown = Page(opened(client, address).decode()).form_with(*fields)
    typed = {**shown.sent(), **fields}
    started = time.perf_counter()
    answer = client.post(address, typed)
    took = (time.perf_counter() - started) * 1000
    if answer.status_code != 302:
        said = Page(answer.content.decode()).messages
        raise RuntimeError(f"{address} answered {answer.status_code}: {said}")
    return took
