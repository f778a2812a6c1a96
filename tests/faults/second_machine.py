"""F14: a second machine, restored from the archive, answers every page with the same text:
`python -m tests.faults.second_machine [PAGES]`, the most pages each of the people asks for.

The archive is taken while the first machine is served and people are signed in; only then is either of them asked.
Both stand at one moment, bear one name and are asked with the cookies given out by the first: sessions come along.
"""

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.faults.apart import RULES, entries_told, is_apart, kept
from tests.faults.asking import route_of, walked
from tests.faults.ground import ROOT, Fault, Ground, run
from tests.faults.portal import served
from tests.faults.visitor import Visitor

FAULT = Fault("F14", "second machine restored from the archive", "every page answers with the same text", 250)
_NOT_THE_CODE = (".git", ".venv", "var", "staticfiles", "__pycache__", ".*_cache")
_PUBLIC, _TASK = "public", "coordination:task-detail"
_ALONE = ["unshare", "--net", "--"]


def play(ground: Ground, most: int) -> Iterator[tuple[str, bool]]:
    yield from compared("PostgreSQL to PostgreSQL", ground, _people_of(ground), ground.office.password, most)
    year = Ground(f"sqlite:///{ground.home}/year/portal.sqlite3", ground.home / "year", None)
    year.home.mkdir()
    _manage(year.environment(), "migrate", "-v0")
    accounts = json.loads(_manage(year.environment(), "demo", "--json"))
    people = {one["role"]: one["user"] for one in reversed(accounts)}
    yield from compared("SQLite to PostgreSQL, the demo's year", year, people, accounts[0]["password"], most)
    yield f"set apart: {', '.join(RULES)}", True


def compared(words: str, first: Ground, people: dict[str, str], password: str, most: int) -> Iterator:
    """What both machines answer to these people, role by role; that a changed word is found."""
    folder = first.home / "second"
    folder.mkdir()
    told, wanted = _first(first, people, password, most)
    done = _second(folder, wanted)
    differ = list(differing(told, done["answers"], wanted["last"]))
    counted = ", ".join(f"{who} {len(pages)}" for who, pages in told.items())
    pages = sum(len(one) for one in told.values())
    met = {route_of(path) for one in told.values() for path in one}
    said = f"{words}: {pages} pages of {len(met)} routes by {len(told)} roles ({counted}), {len(differ)} differ"
    yield " ".join([said, *differ[:5]]), pages > len(told) and not differ
    statuses = {who: sum(page[0] == 200 for page in one.values()) for who, one in told.items()}
    network = "a network" if json.loads((folder / "wanted.json").read_text())["has_own_network"] else "a folder"
    yield f"{sum(statuses.values())} of them opened; the second machine in {network} of its own", all(statuses.values())
    found = list(
        differing(
            {who: {path: told[who][path] for path in some} for who, some in wanted["again"].items()},
            done["changed"],
            wanted["last"],
        )
    )
    yield f"one word of a task changed there: {len(found)} pages named", bool(wanted["task"]) and bool(found)


def differing(first: dict, second: dict, last: int) -> Iterator[str]:
    """Who is answered otherwise at which address, and the first words that differ; `last` entry the archive holds."""
    for who, pages in first.items():
        for path, told in pages.items():
            now, route = second.get(who, {}).get(path), route_of(path)
            if is_apart(route, path, last):
                continue
            here, there = kept(route, told, now, last) if now else (told, now)
            if here != there:
                yield f"{who} {path} {_first_difference(here, there)}"


def _first_difference(one: list, other: list | None) -> str:
    if other is None or one[:2] != other[:2]:
        return f"{one[:2]} ≠ {other and other[:2]}"
    here, there = one[2].split(), other[2].split()
    at = next((n for n, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), min(len(here), len(there)))
    return f"“{' '.join(here[at : at + 4])}” ≠ “{' '.join(there[at : at + 4])}”"[:200]


def _first(first: Ground, people: dict[str, str], password: str, most: int) -> tuple[dict, dict]:
    """What the first machine answers after its archive was taken; what the second is to be asked."""
    from records import clock

    env = {"DJANGO_SETTINGS_MODULE": "portal.settings.standing", "STANDING_AT": clock.machine_now().isoformat()}
    with served(first, **env) as portal:
        visitors = {who: Visitor(portal.base).sign_in(name, password) for who, name in people.items()}
        visitors[_PUBLIC] = Visitor(portal.base)
        cookies = {who: dict(one.cookies) for who, one in visitors.items()}
        last = entries_told(visitors[_PUBLIC].open("/metrics").text)
        archives = first.home / "second" / "archives"
        _manage(first.environment(**env), "backup", "--to", str(archives))
        told = {who: walked(one, most) for who, one in visitors.items()}
        env["PORTAL_BIND"] = portal.env["PORTAL_BIND"]
    [archive] = archives.glob("*.backup")
    paths = {who: list(pages) for who, pages in told.items()}
    task, again = _task_named_most(told)
    wanted = {"archive": str(archive), "environment": env, "cookies": cookies, "paths": paths}
    return told, {**wanted, "again": again, "task": task.strip("/").rpartition("/")[2], "last": last}


def _task_named_most(told: dict) -> tuple[str, dict[str, list[str]]]:
    """The address of the task most pages lead to, and who was answered these pages at which addresses."""
    leads = {who: {path: _tasks_of(page) for path, page in pages.items()} for who, pages in told.items()}
    counted = Counter(task for pages in leads.values() for tasks in pages.values() for task in tasks)
    task = max(counted, key=counted.__getitem__, default="")
    return task, {who: [path for path, tasks in pages.items() if task in tasks] for who, pages in leads.items()}


def _tasks_of(page: list) -> set[str]:
    """The addresses of tasks among the links of a page."""
    links = {word for word in page[2].split() if word.startswith("/")}
    return {link for link in links if route_of(link) == _TASK}


def _second(folder: Path, wanted: dict) -> dict:
    """What the second machine answers: the code in a folder of its own, and a network of its own where one is given."""
    shutil.copytree(ROOT, folder / "code", ignore=shutil.ignore_patterns(*_NOT_THE_CODE))
    alone = _ALONE if subprocess.run([*_ALONE, "true"], capture_output=True).returncode == 0 else []
    (folder / "wanted.json").write_text(json.dumps({**wanted, "has_own_network": bool(alone)}))
    command = [*alone, sys.executable, "-m", "tests.faults.alone", str(folder)]
    env = Ground("sqlite://", folder / "var", None).environment()
    subprocess.run(command, cwd=folder / "code", env=env, check=True, stdout=sys.stderr)
    return json.loads((folder / "answers.json").read_text())


def _people_of(ground: Ground) -> dict[str, str]:
    """Somebody in each role of the office that faults happen to, after a file was signed and evidence brought."""
    from agencies.access.enums import Role
    from agencies.models import Membership
    from records import clock
    from tests.conftest import MOMENT
    from tests.factories.people import make_member
    from tests.faults.signed import Desk
    from tests.faults.upload_cut import letter_with_file

    with clock.standing_at(MOMENT):
        Desk(ground).take()
        for role in Role:
            make_member(Membership.objects.get(user__username=ground.office.writers[0].username).agency, role)
    with served(ground) as portal:
        visitor = portal.somebody()
        visitor.send(letter_with_file(portal, visitor, "Đợt có minh chứng"))
    found = Membership.objects.order_by("pk").values_list("role", "user__username")
    return dict(found)


def _manage(env: dict[str, str], *command: str) -> str:
    line = [sys.executable, "manage.py", *command]
    return subprocess.run(line, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
