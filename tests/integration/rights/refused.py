"""What must hold whenever something is refused: no row moved, one entry that says who, from where, by which request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from coordination.models import Program, Task
from records.audit.enums import AuditAction
from records.models import AuditEntry
from tests.integration.hostile import Page
from tests.integration.rights.answers import digest_of, noting, read_out
from tests.integration.rights.world import World

# What forms ask for beside their choices.
TYPED = {
    **{"title": "Thử", "short_title": "Thử", "text": "Thử", "held_on": "20/12/2022", "cut_off_on": "31/12/2022"},
    **{"period_start": "01/01/2022", "period_end": "31/12/2022", "review_year": "2021", "plan_year": "2022"},
}


@dataclass
class Asked:
    """A request and its answer; `written` holds the tables that differ afterwards, `refusals` the entries it left."""

    response: HttpResponse
    written: list[str]
    refusals: list[AuditEntry]

    @property
    def status(self) -> int:
        return self.response.status_code


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens inside is undone at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def asked(client: Client, method: str, url: str, data: dict | None = None, **extra) -> Asked:
    """Send a request, look at what it did, and take it back, the cookies it set too."""
    writes: list[str] = []
    cookies = client.cookies.copy()
    with taken_back():
        last = AuditEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
        with connection.execute_wrapper(noting(writes)):
            response = read_out(getattr(client, method)(url, data or {}, **extra))
        touched = {table: digest_of(table) for table in sorted(set(writes))}
        client.cookies = cookies
        refusals = list(AuditEntry.objects.filter(sequence__gt=last, action=AuditAction.REFUSED))
    return Asked(response, [table for table, digest in touched.items() if digest != digest_of(table)], refusals)


def refused(client: Client, method: str, url: str, data: dict | None = None, *, status: int = 403, **extra) -> Asked:
    """The request is refused with this status, moved no row, and left one entry: person, role, address, request."""
    given = asked(client, method, url, data, **extra)
    assert given.status == status, (method, url, given.status)
    assert given.written == [], (method, url)
    assert len(given.refusals) == 1, (method, url, given.refusals)
    entry, actor = given.refusals[0], given.response.wsgi_request.actor
    assert (entry.actor_id, entry.user_id, entry.role) == (actor.pk, actor.user_id, actor.role)
    assert entry.address and entry.request_id == given.response["X-Request-ID"]
    assert (entry.after["path"], entry.after["method"]) == (url.partition("?")[0], method.upper())
    return given


def task_of(program: Program, ordinal: int = 1) -> Task:
    """A task of a program by its number."""
    return program.tasks.get(ordinal=ordinal)


def address(task: Task, page: str = "") -> str:
    """Where a task's pages are."""
    return f"/nhiem-vu/{task.slug}/{page}"


def form_of(client: Client, url: str, *names: str) -> dict:
    """What a rightful sender's browser would send from this page."""
    return Page(client.get(url).content.decode()).form_with(*names).sent()


def owned_words(world: World, *owners: tuple) -> set[str]:
    """The unique words that stand in these objects."""
    return {word for word, owner in world.words.settled().items() if owner in owners}
