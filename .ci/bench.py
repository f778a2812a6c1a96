"""`make bench`: how long what has a target takes, on SQLite and on PostgreSQL; nothing here passes or fails a build.

Figures of one run are compared with each other and with the target; machines differ and are shared.
"""

import os
import subprocess
import sys
import tempfile

import cluster
import machine

FOREIGN = ("DATABASE_URL", "PORT", "PORTAL_")


def main() -> int:
    machine.ensure_python()
    machine.require_packages("setup")
    machine.ensure_environment("requirements.txt", "requirements-dev.txt")
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as home:
        worst = measure(f"sqlite:///{home}/bench.sqlite3", home)
        with cluster.throw_away_cluster() as address:
            return max(worst, measure(address, home))


def measure(address: str, home: str) -> int:
    """Run every measurement on a database of its own; the exit code says whether they could be taken."""
    ours = {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATABASE_URL": address, "PORTAL_VAR": home}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return subprocess.run([machine.PYTHON, "-m", "tests.bench"], cwd=machine.ROOT, env=kept | ours).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (machine.CannotSetUp, cluster.CannotStart) as reason:
        sys.exit(f"\n{reason}")
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
