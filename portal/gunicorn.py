"""The web server `manage.py serve` starts: two processes with a few threads each, quiet unless something is wrong.

Why threads: an upload over a slow line holds one thread, not the whole process. Why no preloading: each process opens
its own database connection and keeps its own clock.

Beside them runs `manage.py deliver_mail`, which sends what waits in the outbox; it starts and ends with the server.
"""

import os
import subprocess
import sys
from pathlib import Path

bind = os.environ.get("PORTAL_BIND", "127.0.0.1:8000")
wsgi_app = "portal.wsgi:application"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
preload_app = False
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

_LONGEST_FAREWELL_SECONDS = 15
_courier: subprocess.Popen | None = None


def when_ready(server) -> None:
    """Tell where to look, once the door is open."""
    _send_mail_as_well()
    print(f"The portal is open at http://{bind}/  (Ctrl+C stops it)", flush=True)


def pre_fork(server, worker) -> None:
    """Before each new worker, see that mail is still being sent."""
    if _courier is not None and _courier.poll() is not None:
        _send_mail_as_well()


def on_exit(server) -> None:
    """Nothing is left behind."""
    if _courier is None or _courier.poll() is not None:
        return
    _courier.terminate()
    try:
        _courier.wait(_LONGEST_FAREWELL_SECONDS)
    except subprocess.TimeoutExpired:
        _courier.kill()


def _send_mail_as_well() -> None:
    global _courier
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "portal.settings.service")
    manage = str(Path(__file__).resolve().parent.parent / "manage.py")
    _courier = subprocess.Popen(
        [sys.executable, manage, "deliver_mail", "--beside", str(os.getpid())],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings},
        stdin=subprocess.DEVNULL,
    )
