"""The web server `manage.py serve` starts: two processes with a few threads each, quiet unless something is wrong.

Why threads: an upload over a slow line holds one thread, not the whole process. Why the application is loaded before
workers are forked: it is loaded once instead of twice, and they share its memory. It opens no connection by that.

Beside them run `manage.py deliver_mail`, which sends what waits in the outbox, and `manage.py work`, which does the
jobs people have asked for; they start and end with the server. PORTAL_COMPANIONS=false leaves them to other services.
"""

import contextlib
import ctypes
import gc
import os
import subprocess
import sys
import threading
import warnings
from pathlib import Path

bind = os.environ.get("PORTAL_BIND", "127.0.0.1:8000")
wsgi_app = "portal.wsgi:application"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 10
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"
control_socket_disable = True
# What a proxy says of addresses and schemes is read in one place, portal/addresses.py, and only from trusted ones.
secure_scheme_headers = {}
forwarder_headers = ""
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"  # a heartbeat file must not wait for a disk

# Static files that are not collected are refused below, in words that say what to do.
warnings.filterwarnings("ignore", "No directory at: ")

_M_ARENA_MAX = -8  # glibc's malloc.h
with contextlib.suppress(AttributeError):
    # One heap for all threads of a worker: they seldom ask for memory at once, and each heap keeps some for itself.
    ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)

_LONGEST_FAREWELL_SECONDS = 15
_BESIDE = ("deliver_mail", "work")
_HAS_COMPANIONS = os.environ.get("PORTAL_COMPANIONS", "true").strip().lower() not in ("0", "false", "no", "off")
_SECONDS_BETWEEN_LOOKS = 5
_SECONDS_OF_THE_FIRST_PAGE = 1
_companions: dict[str, subprocess.Popen] = {}
_closing = threading.Event()
# A worker forked while a companion is being started would hold the pipe that start waits on.
_one_birth_at_a_time = threading.Lock()
os.register_at_fork(
    before=_one_birth_at_a_time.acquire,
    after_in_parent=_one_birth_at_a_time.release,
    after_in_child=_one_birth_at_a_time.release,
)


def on_starting(server) -> None:
    """A service whoever started it: refused before its door opens where it would be unsafe or behind its code."""
    from django.conf import settings
    from django.core.management.base import CommandError, SystemCheckError
    from django.db import connections

    from portal.checks import refuse_unsafe
    from portal.management.commands.serve import (
        refuse_closed_bucket,
        refuse_no_room,
        refuse_older_database,
        refuse_uncollected_static,
    )

    if settings.DEMO:
        return
    try:
        refuse_no_room()
        refuse_closed_bucket()
        refuse_older_database()
        refuse_uncollected_static()
        refuse_unsafe()
    except (CommandError, SystemCheckError) as refusal:
        sys.exit(str(refusal))
    finally:
        connections.close_all()  # no worker inherits a connection


def pre_fork(server, worker) -> None:
    """What was loaded stays shared: a worker's garbage collector would write to every object it looks at."""
    gc.freeze()


def when_ready(server) -> None:
    """Tell where to look, once the door is open; from now on see that what runs beside the server is there."""
    if _HAS_COMPANIONS:
        threading.Thread(target=_watch, daemon=True).start()
    print(f"The portal is open at http://{bind}/  (Ctrl+C stops it)", flush=True)


def on_exit(server) -> None:
    """Nothing is left behind."""
    _closing.set()
    living = [companion for companion in _companions.values() if companion.poll() is None]
    for companion in living:
        companion.terminate()
    for companion in living:
        try:
            companion.wait(_LONGEST_FAREWELL_SECONDS)
        except subprocess.TimeoutExpired:
            companion.kill()


def _watch() -> None:
    """One that was killed is started again; what it was at is taken up by its successor.

    Whoever waits for the first page goes first: starting them takes the processors a while.
    """
    pause = _SECONDS_OF_THE_FIRST_PAGE
    while not _closing.wait(pause):
        with _one_birth_at_a_time:
            _keep_company()
        pause = _SECONDS_BETWEEN_LOOKS


def _keep_company() -> None:
    """Start what does not run: each beside the server, not in it, so that neither takes the other down."""
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "portal.settings.production")
    manage = str(Path(__file__).resolve().parent.parent / "manage.py")
    for command in _BESIDE:
        if command not in _companions or _companions[command].poll() is not None:
            _companions[command] = subprocess.Popen(
                [sys.executable, manage, command, "--beside", str(os.getpid())],
                env={**os.environ, "DJANGO_SETTINGS_MODULE": settings},
                stdin=subprocess.DEVNULL,
            )
