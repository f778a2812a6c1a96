"""How the server stands: every look, one after the other, none of which takes another one down."""

import logging
from collections.abc import Callable, Iterable, Iterator

from django.db import Error
from django.utils.translation import gettext as _

from portal.condition.enums import Standing
from portal.condition.finding import Finding, broken
from portal.condition.looks import configuration, database, machine, places, trust, work

log = logging.getLogger(__name__)
Look = Callable[[], Iterable[Finding]]

# What can be looked at when the database is away, and what needs the tables of this version.
OF_THE_MACHINE: tuple[Look, ...] = (
    places.files,
    places.secrets,
    places.disks,
    places.backups,
    places.backup_key,
    machine.fonts,
    machine.libraries,
    machine.time_zone,
    work.mail_server,
)
OF_THE_DATABASE: tuple[Look, ...] = (
    database.head_of_the_log,
    database.proof,
    machine.machine_clock,
    machine.database_clock,
    work.jobs,
    work.scheduled,
    work.letters,
    work.scanner,
    trust.authorities,
    trust.lists,
    trust.registered,
    configuration.safe,
)


def findings() -> list[Finding]:
    """Everything there is to say of this server, in the order of the looks. Reads only.

    Rule: R-CONDITION-1.
    """
    found = list(_said_by((database.reachable,)))
    if database.answers():
        found += _said_by((database.migrations,))
        if not any(one.name == "migrations" and one.standing is Standing.BROKEN for one in found):
            found += _said_by(OF_THE_DATABASE)
    return found + list(_said_by(OF_THE_MACHINE))


def what_keeps_it_from_serving() -> str:
    """Why no request should be sent here now, in one word; empty when it may. Rule: R-CONDITION-2."""
    if not database.answers():
        return "database"
    try:
        if database.pending_migrations():
            return "migrations"
    except Error:
        return "database"
    return "" if places.files_are_writable() else "files"


def _said_by(looks: Iterable[Look]) -> Iterator[Finding]:
    for look in looks:
        try:
            yield from list(look())
        except Exception as fault:
            log.error("The look at %s failed", look.__name__, exc_info=not isinstance(fault, Error))
            name, label = look.__name__.replace("_", "-"), _("Look at “%(name)s”") % {"name": look.__name__}
            seen = _("Could not be looked at (%(fault)s)") % {"fault": type(fault).__name__}
            yield broken(name, label, seen, _("The reason stands in the log."))
