"""F16: two web servers and two workers on one database while it changes: `python -m tests.faults.nodes`.

Officials post through the proxy to both web servers; one is stopped as a restart does, the other goes on. The tables
get newer under the code of before, which goes on and starts again; no code opens on tables older than its own. A worker
is killed while jobs wait. Status 1 where something acknowledged is missing or doubled, or a job is forgotten.
"""

import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.house import ROOT, House, free_port, installed
from tests.faults.over_tls import Answer, Visitor

sys.path.append(str(ROOT / ".ci"))
import cluster
import machine

PASSWORD = "mot-mat-khau-rieng-2026"
WRITERS, EACH, JOBS = 4, 12, 12
_OPENS_WITHIN_SECONDS, _JOBS_WITHIN_SECONDS, _TRIES = 120, 180, 20
_NEWER = (
    "ALTER TABLE agencies_adminunit ADD COLUMN from_tomorrow integer;"
    "INSERT INTO django_migrations (app, name, applied) VALUES ('agencies', '9999_from_tomorrow', now())"
)
_OLDER = "DELETE FROM django_migrations WHERE app = 'agencies' AND name NOT LIKE '9999%' RETURNING name"
_ASK = f"""
from agencies.models import Membership
from records.jobs.services import enqueue
actor = Membership.objects.get()
for year in range(2000, {2000 + JOBS}):
    enqueue("papers-of-year", actor=actor, key=str(year), title=str(year), year=year)
"""


def second_node(house: House) -> dict[str, str]:
    """Tell the proxy of a second web server, by the line its configuration leaves room for."""
    port = free_port()
    path = house.home / "etc/nginx/sites-available/portal"
    first = f"server 127.0.0.1:{house.inside} max_fails=3 fail_timeout=5s;"
    text = path.read_text()
    assert first in text
    path.write_text(text.replace(first, f"{first}\n    {first.replace(str(house.inside), str(port))}"))
    house.processes[3].send_signal(1)
    return {"PORTAL_BIND": f"127.0.0.1:{port}"}


def open_web(house: House, where: dict[str, str], code: str = "opt/portal") -> int:
    """Start a web server as a node with the code of a folder; its number among the processes, once it answers.

    Raises: RuntimeError with its words where it does not open.
    """
    number = len(house.processes)
    web, until = house.start_unit("portal-web", code, **where), time.monotonic() + _OPENS_WITHIN_SECONDS
    while "http://" not in house.log_of(number).read_text():
        if web.poll() is not None or time.monotonic() > until:
            raise RuntimeError(house.log_of(number).read_text())
        threading.Event().wait(0.5)
    return number


def administrator(house: House) -> Visitor:
    """Signed in for the first time, by the link of step 11."""
    visitor = house.visitor()
    link = house.said[11].splitlines()[-1].partition("phoi-hop.example.vn")[2]
    visitor.fill_in(link, new_password1=PASSWORD, new_password2=PASSWORD)
    visitor.fill_in("/dang-nhap/", username=house.administrator, password=PASSWORD)
    return visitor


def post(visitor: Visitor, code: str) -> int:
    """Enter a unit, again where nobody said that it was entered; how often that took."""
    fields = {"kind": "commune", "bare_name": f"Thử {code}", "code": code, "valid_from": "01/01/2026"}
    for attempt in range(1, _TRIES + 1):
        answer = _answer(visitor, fields)
        if answer and (answer.status == 302 or (attempt > 1 and answer.status == 422)):
            return attempt
        threading.Event().wait(0.5)
    raise RuntimeError(f"{code} was not taken: {answer and (answer.status, answer.text[:2000])}")


def _answer(visitor: Visitor, fields: dict[str, str]) -> Answer | None:
    try:
        return visitor.fill_in("/quan-tri/don-vi/tao/", **fields)
    except OSError:
        return None


def posted(visitor: Visitor, codes: Iterable[str]) -> list[int]:
    with ThreadPoolExecutor(WRITERS) as crowd:
        return list(crowd.map(lambda code: post(visitor, code), codes))


def counted(house: House, codes: list[str]) -> Counter:
    """How often each of these units is in the database."""
    there = Counter(house.ask_database("SELECT code FROM agencies_adminunit").splitlines())
    return Counter(there[code] for code in codes)


def taken_by(house: House, number: int) -> int:
    """How many forms a web server has answered, by its own log."""
    return len(re.findall(r"POST[^\n]*unit-create|POST[^\n]*don-vi/tao", house.log_of(number).read_text()))


def jobs_end(house: House) -> str:
    """Ask for jobs, kill the second worker while they wait; how many have ended."""
    told = house.manage("shell", "-c", _ASK)
    assert told.returncode == 0, told.stderr
    house.processes[-1].kill()
    until = time.monotonic() + _JOBS_WITHIN_SECONDS
    unfinished = "SELECT count(*) FROM records_job WHERE state IN ('waiting', 'running')"
    while house.ask_database(unfinished) != "0" and time.monotonic() < until:
        threading.Event().wait(1)
    return house.ask_database("SELECT count(*) FROM records_job WHERE state IN ('done', 'failed')")


def main() -> int:
    home, began = Path(tempfile.mkdtemp(prefix="portal-nodes-")), time.monotonic()
    more = {"PORTAL_SECOND_FACTOR": "false", "PORTAL_LOG_REQUESTS": "true"}
    codes = [f"T{number}" for number in range(WRITERS * EACH)]
    third = len(codes) // 3
    with cluster.throw_away_cluster() as address, installed(home, address, environment=more) as house:
        visitor = administrator(house)
        where = second_node(house)
        other = open_web(house, where)
        tries = posted(visitor, codes[:third])
        both = (taken_by(house, 0), taken_by(house, other))
        stopping = threading.Timer(0.5, house.processes[other].terminate)
        stopping.start()
        tries += posted(visitor, codes[third : 2 * third])
        stopping.join()
        house.ask_database(_NEWER)
        house.processes[other].wait(60)
        open_web(house, where)
        tries += posted(visitor, codes[2 * third :])
        found = counted(house, codes)
        house.start_unit("portal-worker")
        ended = jobs_end(house)
        sound = house.manage("verify")
        older = house.ask_database(_OLDER)
        refused = _refusal(house)
    seen = {
        "both web servers took forms": min(both) > 0,
        "every form acknowledged is there once": found == Counter({1: len(codes)}),
        "every job came to its end with one worker killed": ended == str(JOBS),
        "verify finds nothing": sound.returncode == 0,
        "no web server opens on older tables": bool(older) and "manage.py migrate" in refused,
    }
    for told, was_so in seen.items():
        machine.say(f"{'seen' if was_so else 'NOT SO':<7} {told}")
    if sound.returncode:
        machine.say(sound.stdout + sound.stderr)
    again, lost = sum(tried > 1 for tried in tries), found[0]
    machine.say(
        "| F16 two web servers, two workers, tables newer under old code | 1"
        " | nothing lost or doubled, every job ended; refused in words on older tables"
        f" | {len(codes)} forms, of the first {third} {both[0]} and {both[1]} by each;"
        f" {again} sent again; {lost} lost; {len(codes) - lost - found[1]} doubled; {ended} of {JOBS} jobs ended |"
        f" {time.monotonic() - began:.0f} s |"
    )
    return 0 if all(seen.values()) else 1


def _refusal(house: House) -> str:
    """What a web server says that does not open."""
    try:
        open_web(house, {"PORTAL_BIND": f"127.0.0.1:{free_port()}"})
    except RuntimeError as words:
        return str(words)
    return ""


if __name__ == "__main__":
    sys.exit(main())
