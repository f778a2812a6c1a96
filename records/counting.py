"""Triggers that keep a sum beside a table, on SQLite and PostgreSQL alike: each change adds rows, changes none."""

from records.beside import KeptBeside

_EACH = "INSERT INTO {sums} ({into}, count) SELECT {values}, {sign}1 {source}"
_POSTGRESQL = """
    CREATE FUNCTION {sums}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO {sums} ({into}, count)
            SELECT {values}, COUNT(*) FROM now_rows told WHERE {condition} GROUP BY {places};
        ELSIF TG_OP = 'DELETE' THEN
            INSERT INTO {sums} ({into}, count)
            SELECT {values}, -COUNT(*) FROM old_rows told WHERE {condition} GROUP BY {places};
        ELSE
            INSERT INTO {sums} ({into}, count) SELECT {into}, SUM(n) FROM (
                SELECT {named}, 1 AS n FROM now_rows told WHERE {condition}
                UNION ALL SELECT {named}, -1 FROM old_rows told WHERE {condition}
            ) AS moved GROUP BY {into} HAVING SUM(n) <> 0;
        END IF;
        RETURN NULL; END $$;
    CREATE TRIGGER {sums}_more AFTER INSERT ON {table} REFERENCING NEW TABLE AS now_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {sums}_keep();
    CREATE TRIGGER {sums}_less AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {sums}_keep();
    CREATE TRIGGER {sums}_other AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS now_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {sums}_keep();
"""
_POSTGRESQL_BACK = """
    DROP TRIGGER IF EXISTS {sums}_more ON {table};
    DROP TRIGGER IF EXISTS {sums}_less ON {table};
    DROP TRIGGER IF EXISTS {sums}_other ON {table};
    DROP FUNCTION IF EXISTS {sums}_keep();
"""


class KeepCounts(KeptBeside):
    """Keep how many rows of a table lie where: `places` are the columns of the sums and what each is of a row.

    Shape: `places` maps a column to its expression, `condition` says which rows count; `told` stands for the row.
    Expressions are the same text on both databases, but for those given by vendor.
    """

    def __init__(self, table: str, sums: str, places: dict[str, dict[str, str] | str], condition: str):
        self.table, self.sums, self.places, self.condition = table, sums, places, condition

    def recount(self, vendor: str) -> list[str]:
        """The statements that count anew what is there, as if all of it were saved just now."""
        words = self._words(vendor)
        counted = "INSERT INTO {sums} ({into}, count) SELECT {values}, COUNT(*) FROM {table} told WHERE {condition}"
        return [f"DELETE FROM {self.sums}", f"{counted} GROUP BY {{places}}".format(**words)]

    def describe(self):
        return f"Count the rows of {self.table} in {self.sums}"

    def making(self, vendor: str) -> list[str]:
        """The statements that lay the triggers."""
        if vendor == "postgresql":
            return [_POSTGRESQL.format(**self._words(vendor))]
        old, now = (_EACH.format(**self._words(vendor), sign=sign, source="WHERE {condition}") for sign in ("-", ""))
        old, now = (each.replace("{condition}", self.condition) for each in (old, now))
        old, now = old.replace("told.", "OLD."), now.replace("told.", "NEW.")
        name, table = self.sums, self.table
        return [
            f"CREATE TRIGGER {name}_more AFTER INSERT ON {table} BEGIN {now}; END",
            f"CREATE TRIGGER {name}_less AFTER DELETE ON {table} BEGIN {old}; END",
            f"CREATE TRIGGER {name}_other AFTER UPDATE ON {table} WHEN {self._changed()} BEGIN {old}; {now}; END",
        ]

    def unmaking(self, vendor: str) -> list[str]:
        """The statements that take them away."""
        if vendor == "postgresql":
            return [_POSTGRESQL_BACK.format(**self._words(vendor))]
        return [f"DROP TRIGGER IF EXISTS {self.sums}_{name}" for name in ("more", "less", "other")]

    def _words(self, vendor: str) -> dict[str, str]:
        said = {column: _said(expression, vendor) for column, expression in self.places.items()}
        return {
            "table": self.table,
            "sums": self.sums,
            "into": ", ".join(said),
            "values": ", ".join(said.values()),
            "places": ", ".join(str(place) for place in range(1, len(said) + 1)),
            "named": ", ".join(f"{expression} AS {column}" for column, expression in said.items()),
            "condition": self.condition,
        }

    def _changed(self) -> str:
        """Whether an update moves the row: one that does not adds nothing."""
        said = [_said(expression, "sqlite") for expression in (*self.places.values(), f"({self.condition})")]
        return " OR ".join(f"{each.replace('told.', 'OLD.')} IS NOT {each.replace('told.', 'NEW.')}" for each in said)


def _said(expression: dict[str, str] | str, vendor: str) -> str:
    return expression if isinstance(expression, str) else expression[vendor]
