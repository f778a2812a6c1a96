"""Which migrations a database or an archive has seen, and the tables as they were then."""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from portal.backup.errors import NotDone, Why
from portal.backup.rows import Table, tables_of

Migration = tuple[str, str]


class State:
    """The point of the migrations at which a set of applied ones leaves a database.

    Raises: NotDone where they are not of this version of the portal, or of one it cannot set up any more.
    """

    def __init__(self, applied: Iterable[Migration]):
        wanted = set(applied)
        self._loader = MigrationLoader(None)
        self._replaces = {key: set(one.replaces) for key, one in self._loader.disk_migrations.items()}
        if later := wanted - self._known():
            raise _is_newer(later)
        nodes = {key for key in self._loader.graph.nodes if self._is_in(key, wanted)}
        self.leaves = sorted(key for key in nodes if not self._goes_on(key, nodes))
        self.nodes = {one for leaf in self.leaves for one in self._loader.graph.forwards_plan(leaf)}
        reached = self.nodes | {old for key in self.nodes for old in self._replaces.get(key, ())}
        if self.nodes != nodes or not wanted <= reached:
            raise _is_halfway(wanted - reached or self.nodes - nodes)

    @property
    def is_present(self) -> bool:
        """Whether this version of the portal would migrate nothing."""
        return self.nodes == set(self._loader.graph.nodes)

    def tables(self) -> list[Table]:
        """The tables at this state. Why not always derived from the migrations: that takes seconds."""
        found = apps if self.is_present else self._loader.project_state(self.leaves).apps
        return tables_of(found.get_models(include_auto_created=True))

    def _known(self) -> set[Migration]:
        return set(self._loader.disk_migrations).union(*self._replaces.values())

    def _is_in(self, key: Migration, wanted: set[Migration]) -> bool:
        replaced = self._replaces.get(key)
        return key in wanted or bool(replaced and replaced <= wanted)

    def _goes_on(self, key: Migration, nodes: set[Migration]) -> bool:
        return any(child.key in nodes and child.key[0] == key[0] for child in self._loader.graph.node_map[key].children)


def applied_here() -> list[Migration]:
    """The migrations the database has seen, in one fixed order; none where it has no tables."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def _is_newer(later: set[Migration]) -> NotDone:
    return NotDone(
        Why.NEWER,
        _("A newer version of the portal made this; unknown here: %(names)s. Install that version, then repeat.")
        % {"names": _listed(later)},
    )


def _is_halfway(between: set[Migration]) -> NotDone:
    return NotDone(
        Why.NEWER,
        _("This version of the portal cannot set up the state of: %(names)s. Use the version it was made with.")
        % {"names": _listed(between)},
    )


def _listed(names: set[Migration]) -> str:
    shown = [".".join(one) for one in sorted(names)]
    return ", ".join(shown[:5]) + (" …" if len(shown) > 5 else "")
