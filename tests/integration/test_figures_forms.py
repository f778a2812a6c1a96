"""One draw of random programs in every form a leader meets it: page, lists, sheet, PDF and workbook say the recount."""

import html
import sys
from datetime import date

import pytest
from django.test import Client

from agencies.models import Membership
from coordination.figures.queries import Scope
from coordination.tasks.enums import Bucket
from reports.dashboard.paper.book import AREAS, BUCKETS, MONTHS, PROGRAMS, SUMMARY
from tests.checkers.formulas import Book
from tests.integration.figures_world import SEED, Known, World, due_in, of_year, recount
from tests.integration.test_dashboard import LINK
from tests.integration.test_dashboard_paper import PDF, PRINT, said_in, said_on_screen
from tests.integration.test_dashboard_xlsx import PAGE as BOOK

pytestmark = pytest.mark.django_db
YEAR = 2022
THEN = date(2022, 2, 14)
# So many of the lists one page leads to are opened; each costs a whole page.
LISTS = 6


@pytest.fixture(scope="module")
def world(ground) -> World:
    sys.stdout.write(f"FIGURES_SEED={SEED}\n")
    return World(SEED)


@pytest.fixture(scope="module")
def readers(world) -> list[tuple[Membership, Scope]]:
    """A leader who sees nearly all, one from across the border, an official with the own agency's tasks."""
    return list(world.actors())[:3]


@pytest.fixture(params=["leader", "neighbour", "official"])
def reader(request, readers) -> tuple[Membership, Scope]:
    return readers[["leader", "neighbour", "official"].index(request.param)]


def asked(day: date, today: date) -> str:
    return f"?year={YEAR}" + ("" if day == today else f"&day={day:%d/%m/%Y}")


def rows_said(tasks: list[Known], day: date) -> list[str]:
    """The rows of the four buckets as the sheet and the PDF write them, without spaces."""
    counted = recount(tasks, day)
    due = counted[Bucket.DONE_ON_TIME] + counted[Bucket.DONE_LATE] + counted[Bucket.OVERDUE]
    return [
        f"Hoànthànhđúnghạn{counted[Bucket.DONE_ON_TIME]}",
        f"Hoànthànhchậm{counted[Bucket.DONE_LATE]}",
        f"Quáhạn,chưahoànthành{counted[Bucket.OVERDUE]}",
        f"Cộngsốđếnhạn{due}",
        f"Tronghạn{counted[Bucket.IN_TIME]}",
        f"Tổngsốnhiệmvụcóthờihạn{due + counted[Bucket.IN_TIME]}",
    ]


@pytest.mark.parametrize("day", [date(2022, 3, 30), THEN], ids=str)
def test_page_and_lists_sheet_and_workbook_say_the_recount(world, reader, day, today, sign_in):
    actor, scope = reader
    client = sign_in(actor)
    tasks = of_year(world.seen_by(scope), YEAR, day)
    query = asked(day, today)
    _page_says(client, query, tasks, day, world)
    screen = said_on_screen(client.get(f"{PRINT}{query}").content.decode())
    assert not [said for said in rows_said(tasks, day) if tasks and said not in screen]
    _book_says(Book(client.get(f"{BOOK}{query}").content), tasks, day)


def test_the_pdf_says_the_recount(world, readers, today, sign_in):
    actor, scope = readers[0]
    tasks = of_year(world.seen_by(scope), YEAR, today)
    response = sign_in(actor).get(f"{PDF}{asked(today, today)}")
    assert response["Content-Type"] == "application/pdf"
    said = said_in(response.content)
    assert not [row for row in rows_said(tasks, today) if tasks and row not in said]


def _page_says(client: Client, query: str, tasks: list[Known], day: date, world: World) -> None:
    """What the page was given is the recount; its numbers open lists of just as many tasks."""
    response = client.get(f"/tong-quan/{query}")
    year = response.context["figures"].year
    assert {bucket: count for bucket, count in year.buckets.items() if count} == recount(tasks, day)
    links = {(html.unescape(found["url"]), int(found["count"])) for found in LINK.finditer(response.content.decode())}
    for url, count in world.dice.sample(sorted(links), min(LISTS, len(links))):
        assert client.get(url).context["tasks"].page.paginator.count == count, url


def _book_says(book: Book, tasks: list[Known], day: date) -> None:
    """Written values and formulas worked out anew are one, and the recount, in sum and by every group."""
    for sheet, formulas in book.formulas.items():
        assert all(book.value(sheet, cell) == book.written[sheet][cell] for cell in formulas), sheet
    assert [book.value(SUMMARY, f"B{row}") for row in range(2, 7)] == _row(tasks, day)
    for month in range(1, 13):
        assert _counts(book, MONTHS, month + 1) == _row(due_in(tasks, YEAR, month, day), day), month
    for sheet, key_of in ((PROGRAMS, lambda known: known.program.code), (AREAS, lambda known: known.task.area.name)):
        groups: dict[str, list[Known]] = {}
        for known in tasks:
            groups.setdefault(key_of(known), []).append(known)
        told = sorted(_counts(book, sheet, row) for row in range(2, len(book.rows(sheet))))
        if sheet == PROGRAMS:
            assert told == sorted(_row(group, day) for group in groups.values()), sheet
        assert [sum(column) for column in zip(*told, strict=True)] == (_row(tasks, day) if told else [])


def _row(tasks: list[Known], day: date) -> list[int]:
    counted = recount(tasks, day)
    return [counted[bucket] for bucket in BUCKETS]


def _counts(book: Book, sheet: str, row: int) -> list[int]:
    return [book.value(sheet, f"{letter}{row}") for letter in "BCDEF"]
