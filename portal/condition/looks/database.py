"""The database: reachable, of this version, its log sealed; and the copy for reading, where there is one."""

import pkgutil
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import Error, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.condition.finding import Finding, broken, in_order, warning
from records import clock, verified, wording
from records.audit.queries import sealed_head

MOST_NAMED = 5
PROOF_WANTED = timedelta(days=8)


def answers(alias: str = "default") -> bool:
    """Whether the database answers."""
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def reachable() -> Iterator[Finding]:
    """The database answers, and says what it is."""
    label = _("Database")
    if not answers():
        fix = _("Start the database server and see that DATABASE_URL names it: systemctl status postgresql.")
        yield broken("database", label, _("Does not answer"), fix)
        return
    yield in_order(
        "database", label, f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"
    )
    if settings.REPLICA_URL:
        yield _copy()


def migrations() -> Iterator[Finding]:
    """The tables are those of this version of the portal."""
    label = _("Tables of this version")
    fix = _("Stop the portal, then: manage.py migrate; then start it again.")
    if pending := [f"{migration.app_label}.{migration.name}" for migration, _is_backwards in pending_migrations()]:
        count = {"count": len(pending), "names": ", ".join(pending[:MOST_NAMED])}
        seen = ngettext(
            "%(count)s change is missing: %(names)s", "%(count)s changes are missing: %(names)s", len(pending)
        )
        yield broken("migrations", label, seen % count, fix)
    elif unknown := _of_a_newer_version():
        fix = _("Start the version that belongs to these tables, or restore the backup made before it.")
        seen = _("The tables are of a newer version: %(names)s") % {"names": ", ".join(unknown[:MOST_NAMED])}
        yield warning("migrations", label, seen, fix)
    else:
        yield in_order("migrations", label, _("Nothing is missing"))


def head_of_the_log() -> Iterator[Finding]:
    """The end of the log is sealed by this portal's key. Rule: R-AUDIT-4."""
    label, (head, is_sealed) = _("Head of the log"), sealed_head()
    if head is None or not is_sealed:
        fix = _("Run manage.py verify and compare with a head noted before; only then manage.py verify --seal-again.")
        seen = _("Missing") if head is None else _("%(head)s is not sealed by this portal's key") % {"head": head}
        yield broken("log-head", label, seen, fix)
        return
    yield in_order("log-head", label, f"{head.sequence}:{head.digest[:12]}…" if head.sequence else _("No entry yet"))


def proof() -> Iterator[Finding]:
    """The log, the files and the counters were proved lately, and nothing was found wrong."""
    label, last = _("Last proof (verify)"), verified.last()
    again = _("Let manage.py verify --files run every night and look at what it says.")
    if last is None and settings.DEMO:
        yield in_order("proof", label, _("Never run"))
        return
    if last is None:
        yield warning("proof", label, _("Never run"), again)
        return
    told = {"moment": wording.moment(last.moment), "faults": last.faults}
    if last.faults:
        fix = _(
            "Run manage.py verify --files: it names each. Change nothing before it is clear why; copy the database."
        )
        yield broken("proof", label, _("%(faults)s faults, at %(moment)s") % told, fix)
    elif clock.machine_now() - last.moment > PROOF_WANTED:
        yield warning("proof", label, _("Nothing wrong, but last at %(moment)s") % told, again)
    else:
        yield in_order("proof", label, _("Nothing wrong, at %(moment)s") % told)


def pending_migrations() -> list:
    """The migrations this database has not seen.

    Why names are compared first: importing all migrations to learn that none is pending takes a quarter of a start.
    """
    applied = MigrationRecorder(connection).applied_migrations()
    if all(migration in applied for migration in _migrations_on_disk()):
        return []
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def _of_a_newer_version() -> list[str]:
    """What this database has seen of the portal's own tables that this version does not know."""
    own = {app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.ROOT}
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in set(applied) - set(_migrations_on_disk()) if app in own)


@cache
def _migrations_on_disk() -> tuple[tuple[str, str], ...]:
    """App and name of every migration, none of them imported."""
    return tuple(
        (app.label, module.name)
        for app in apps.get_app_configs()
        for module in pkgutil.iter_modules([str(Path(app.path, "migrations"))])
    )


def _copy() -> Finding:
    label = _("Copy for reading")
    if answers("replica"):
        return in_order("copy", label, _("Answers"))
    fix = _("Start the second database server, or take REPLICA_URL away: all reading then goes to the first.")
    return warning("copy", label, _("Does not answer; the portal reads from the first"), fix)
