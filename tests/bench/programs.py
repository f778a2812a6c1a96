"""The largest program there is room for: 16 parties, 40 sections, 300 tasks, 400 comments; its page, its versions."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.programs import services as programs
from coordination.programs.models import Program
from tests.bench.timing import Measured, measure
from tests.factories.consultations import close
from tests.factories.large import LargeProgram, make_large_program, make_large_round, reword
from tests.factories.programs import agree, sign

TIMES = 60
PAGE_MS, COMPARED_MS = 300, 1_000


def figures() -> Iterator[Measured]:
    """Its page while the parties comment and once it is in force, and the page that compares two versions of it."""
    large = make_large_program()
    client = Client()
    client.force_login(large.secretary.user, backend="django.contrib.auth.backends.ModelBackend")
    round = make_large_round(large)
    _analyze()
    detail = reverse("coordination:program-detail", args=[large.program.slug])
    yield _page("program, largest: its page in consultation", client, detail)
    for name, address in _consultation(large):
        yield _page(f"program, largest: {name}", client, address)
    close(round, reason="Các bên đã góp ý xong")
    reword(large)
    programs.freeze(large.program, actor=large.secretary)
    address = reverse("coordination:program-comparison", args=[large.program.slug])
    yield measure(
        "program, largest: two versions compared, whole page",
        lambda: _get(client, address),
        target_ms=COMPARED_MS,
        note=_asked(client, address),
    )
    _bring_into_force(large)
    _analyze()
    yield _page("program, largest: its page in force", client, detail)


def _consultation(large: LargeProgram) -> Iterator[tuple[str, str]]:
    """What a party opens while four hundred comments stand there."""
    yield "its comments, one page of them", reverse("coordination:consultation", args=[large.program.slug])
    yield "the draft as it was sent", reverse("coordination:consultation-text", args=[large.program.slug, 1])
    yield "the form of one more comment", reverse("coordination:comment-add", args=[large.program.slug, 1])


def _page(name: str, client: Client, address: str) -> Measured:
    note = _asked(client, address)
    return measure(name, lambda: _get(client, address), target_ms=PAGE_MS, times=TIMES, note=note, at_p95=True)


def _bring_into_force(large: LargeProgram) -> None:
    for step in (agree, programs.settle, programs.lock_for_signing, sign):
        program = Program.objects.get(pk=large.program.pk)
        actor = {"secretary" if step in (agree, sign) else "actor": large.secretary}
        step(program, **actor)


def _asked(client: Client, address: str) -> str:
    with CaptureQueriesContext(connection) as asked:
        _get(client, address)
    return f"{len(asked)} queries"


def _get(client: Client, address: str) -> None:
    status = client.get(address).status_code
    if status != 200:
        raise RuntimeError(f"{address} answered {status}; its time means nothing")


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
