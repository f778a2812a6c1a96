"""The web server `manage.py serve` starts: two processes with a few threads each, quiet unless something is wrong.

Why threads: an upload over a slow line holds one thread, not the whole process. Why no preloading: each process opens
its own database connection and keeps its own clock.
"""

import os
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
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"  # a heartbeat file must not wait for a disk


def when_ready(server) -> None:
    """Tell where to look, once the door is open."""
    print(f"The portal is open at http://{bind}/  (Ctrl+C stops it)", flush=True)
