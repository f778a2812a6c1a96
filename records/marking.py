"""Triggers that leave a mark when something that hangs on an owner changes, on SQLite and PostgreSQL alike.

The marks of an owner are random numbers, and what counts is their sum: nobody knows it beforehand, so that no two
states of what hangs on the owner share one. Whoever keeps what was counted in one reading with the sum sees by the sum
whether it still holds, and needs to be told by nobody.
"""

from collections.abc import Iterable

from records.beside import KeptBeside

# So many changes fit into the sum before it leaves its column: a billion times the width.
_WIDTH = 1_000_000_000
_POSTGRESQL = """
    CREATE FUNCTION {marks}_put(touched BIGINT[]) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
        WITH gone AS (
            DELETE FROM {marks} WHERE id IN (
                SELECT id FROM {marks} WHERE {owner} = ANY(touched) FOR UPDATE SKIP LOCKED
            ) RETURNING {owner}, mark
        )
        INSERT INTO {marks} ({owner}, mark)
        SELECT one, {mark} + COALESCE((SELECT SUM(mark) FROM gone WHERE gone.{owner} = one), 0)
        FROM UNNEST(touched) AS one;
    END $$;
"""
_POSTGRESQL_EACH = """
    CREATE FUNCTION {marks}_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'INSERT' THEN
            PERFORM {marks}_put(ARRAY(SELECT DISTINCT one FROM now_rows told, LATERAL ({source}) AS of_it));
        ELSIF TG_OP = 'DELETE' THEN
            PERFORM {marks}_put(ARRAY(SELECT DISTINCT one FROM old_rows told, LATERAL ({source}) AS of_it));
        ELSE
            PERFORM {marks}_put(ARRAY(
                SELECT one FROM {now_rows} told, LATERAL ({source}) AS of_it
                UNION SELECT one FROM {old_rows} told, LATERAL ({source}) AS of_it
            ));
        END IF;
        RETURN NULL; END $$;
    CREATE TRIGGER {marks}_{table}_more AFTER INSERT ON {table} REFERENCING NEW TABLE AS now_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {marks}_{table}();
    CREATE TRIGGER {marks}_{table}_less AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {marks}_{table}();
    CREATE TRIGGER {marks}_{table}_other AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS now_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {marks}_{table}();
"""
_POSTGRESQL_ONLY = (
    "(SELECT {rows}.* FROM now_rows JOIN old_rows USING (id) WHERE ROW({now}) IS DISTINCT FROM ROW({old}))"
)
_EVENTS = {"more": ("INSERT", ("NEW",)), "less": ("DELETE", ("OLD",)), "other": ("UPDATE", ("OLD", "NEW"))}
_MARK = {
    "postgresql": f"CAST(RANDOM() * {_WIDTH} AS BIGINT)",
    "sqlite": f"ABS(RANDOM() % {_WIDTH})",
}


class KeepMarks(KeptBeside):
    """Mark an owner in a table of marks whenever a row that hangs on it is added, changed or deleted.

    Shape: `sources` maps a table to the SELECT of the owners of one of its rows as `one`; `told` stands for the row.
    `only` names for a table the columns that matter: a change of others leaves no mark. `everyone` is the SELECT of all
    owners as `one`; without it those in the first of the tables.

    Why a mark takes the place of those before it: an owner has one row, not one for each change. Why only of those
    nobody else is replacing at this moment: two writers never wait for each other, and the sum is the same.
    """

    def __init__(
        self,
        marks: str,
        owner: str,
        sources: dict[str, str],
        *,
        only: dict[str, tuple[str, ...]] | None = None,
        everyone: str = "",
    ):
        self.marks, self.owner, self.sources, self.only = marks, owner, sources, only or {}
        self.everyone = everyone or f"SELECT DISTINCT {owner} AS one FROM {next(iter(sources))}"

    def recount(self, vendor: str) -> list[str]:
        """The statements that give every owner one new mark."""
        put = f"INSERT INTO {self.marks} ({self.owner}, mark) SELECT one, {_MARK[vendor]}"
        return [f"DELETE FROM {self.marks}", f"{put} FROM ({self.everyone}) AS owners"]

    def describe(self):
        return f"Mark in {self.marks} what {', '.join(self.sources)} change"

    def making(self, vendor: str) -> list[str]:
        """The statements that lay the triggers."""
        if vendor == "postgresql":
            words = {"marks": self.marks, "owner": self.owner, "mark": _MARK[vendor]}
            each = (
                _POSTGRESQL_EACH.format(table=table, source=source, **words, **self._moved(table))
                for table, source in self.sources.items()
            )
            return [_POSTGRESQL.format(**words), *each]
        return [
            f"CREATE TRIGGER {self.marks}_{table}_{name} AFTER {event} ON {table} {self._when(table, event)}"
            f"BEGIN {self._put(source, rows)} END"
            for table, source in self.sources.items()
            for name, (event, rows) in _EVENTS.items()
        ]

    def unmaking(self, vendor: str) -> list[str]:
        """The statements that take them away."""
        names = [(table, f"{self.marks}_{table}_{name}") for table in self.sources for name in _EVENTS]
        if vendor != "postgresql":
            return [f"DROP TRIGGER IF EXISTS {name}" for _table, name in names]
        return [
            *(f"DROP TRIGGER IF EXISTS {name} ON {table}" for table, name in names),
            *(f"DROP FUNCTION IF EXISTS {self.marks}_{table}()" for table in self.sources),
            f"DROP FUNCTION IF EXISTS {self.marks}_put(BIGINT[])",
        ]

    def _moved(self, table: str) -> dict[str, str]:
        """What an update is read from: all its rows, or those one of whose columns that matter is another now."""
        if table not in self.only:
            return {"now_rows": "now_rows", "old_rows": "old_rows"}
        now, old = (", ".join(f"{rows}.{column}" for column in self.only[table]) for rows in ("now_rows", "old_rows"))
        return {rows: _POSTGRESQL_ONLY.format(rows=rows, now=now, old=old) for rows in ("now_rows", "old_rows")}

    def _when(self, table: str, event: str) -> str:
        """The same for SQLite, which looks at each row."""
        if table not in self.only or event != "UPDATE":
            return ""
        return f"WHEN {' OR '.join(f'OLD.{column} IS NOT NEW.{column}' for column in self.only[table])} "

    def _put(self, source: str, rows: tuple[str, ...]) -> str:
        """One new mark in the place of what there is, for the owner of each of the rows. SQLite has one writer."""
        owners = (source.replace("told.", f"{row}.") for row in rows)
        return " ".join(
            f"DELETE FROM {self.marks} WHERE {self.owner} IN ({owner}); "
            f"INSERT INTO {self.marks} ({self.owner}, mark) SELECT one, {_MARK['sqlite']} FROM ({owner});"
            for owner in owners
        )


def sum_of_marks(marks: str, owner: str, owners: Iterable[int] | None) -> str:
    """The statement of the sum of the marks of some owners, or of all, as text."""
    summed = f"SELECT CAST(COALESCE(SUM(mark), 0) AS VARCHAR(40)) FROM {marks}"
    if owners is None:
        return summed
    return f"{summed} WHERE {owner} IN ({', '.join(str(int(one)) for one in sorted(owners)) or 'NULL'})"
