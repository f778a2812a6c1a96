"""A Redmine with as many issues as the portal has tasks: signed in, and asked for what is nearest to our pages."""

import asyncio
import os
from collections.abc import Iterator
from itertools import count

from tests.bench.load.http import Request, Visitor
from tests.bench.load.plan import Job, numbered, pages
from tests.bench.load.rush import Server
from tests.bench.load.systems import System

_LIST = "/issues?set_filter=1&per_page={size}&f[]=status_id&op[status_id]=o"
_NARROWED = (
    "&f[]=assigned_to_id&op[assigned_to_id]==&v[assigned_to_id][]=105&f[]=due_date&op[due_date]=%3Ct-&v[due_date][]=1"
)
_CSV = "/issues.csv?set_filter=1&f[]=status_id&op[status_id]=*&encoding=UTF-8"
_NEW = "/projects/xa-100/issues"


def peers() -> list[System]:
    """The one the environment names, or none.

    BENCH_PEER is its address, BENCH_PEER_PIDS its web server's first process and its database's, with a comma between;
    BENCH_PEER_LOGIN account and password, with a colon between.
    """
    base = os.environ.get("BENCH_PEER", "").rstrip("/")
    if not base:
        return []
    web, _comma, database = os.environ.get("BENCH_PEER_PIDS", "0,0").partition(",")
    user, _colon, password = os.environ.get("BENCH_PEER_LOGIN", "user01:matkhau123").partition(":")
    visitor = Visitor(base, token="authenticity_token")
    asyncio.run(visitor.sign_in("/login", username=user, password=password))
    server = Server(int(web or 0), int(database or 0), is_gunicorn=False)
    return [System("redmine", server, _jobs(), {"reader": visitor})]


def _jobs() -> list[Job]:
    issues = [f"/issues/{number}" for number in range(100, 9_900, 37)]
    return [
        Job("list25", "reader", pages([_LIST.format(size=25) + "&sort=due_date:desc"])),
        Job("list50_filters", "reader", pages([_LIST.format(size=50) + _NARROWED + "&sort=due_date"])),
        Job("task", "reader", pages(issues)),
        Job("dashboard", "reader", pages(["/projects/tinh/issues/report"]), (1, 8)),
        Job("search", "reader", pages(["/search?q=tuy%C3%AAn+truy%E1%BB%81n&issues=1"])),
        Job("task_post", "reader", _entries(count(1)), is_endless=False),
        Job("csv", "reader", pages([_CSV], b""), (1,)),
    ]


def _entries(numbers: Iterator[int]):
    async def one(visitor: Visitor) -> Request:
        typed = {
            "issue[subject]": f"Nhiệm vụ phối hợp {next(numbers)}", "issue[start_date]": "2020-01-01",
            "issue[due_date]": "2020-01-31",
        }  # fmt: skip
        shown = dict(await visitor.form(f"{_NEW}/new", "issue[subject]"))
        return Request(_NEW, list((shown | typed).items()), status=302)

    return numbered(one)
