"""Rules the database itself keeps, on SQLite and PostgreSQL alike, where Django has no constraint for them."""

from django.db.migrations.operations.base import Operation

_APPEND_ONLY = {
    "postgresql": """
        CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only();
        CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only();
    """,
    "sqlite": """
        CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
        CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
    """,
}
_APPEND_ONLY_BACK = {
    # A database made before tables could not be emptied has no trigger against it.
    "postgresql": """
        DROP TRIGGER {table}_append_only ON {table};
        DROP TRIGGER IF EXISTS {table}_never_emptied ON {table};
        DROP FUNCTION {table}_is_append_only();
    """,
    "sqlite": """
        DROP TRIGGER {table}_no_update;
        DROP TRIGGER {table}_no_delete;
    """,
}
_FORWARD = {
    "postgresql": """
        CREATE FUNCTION {table}_moves_forward() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF TG_OP = 'UPDATE' AND NEW.{column} >= OLD.{column} THEN RETURN NEW; END IF;
            RAISE EXCEPTION '{table} only moves forward' USING ERRCODE = 'integrity_constraint_violation'; END $$;
        CREATE TRIGGER {table}_forward_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_moves_forward();
        CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_moves_forward();
    """,
    "sqlite": """
        CREATE TRIGGER {table}_not_back BEFORE UPDATE ON {table} WHEN NEW.{column} < OLD.{column}
        BEGIN SELECT RAISE(ABORT, '{table} only moves forward'); END;
        CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} only moves forward'); END;
    """,
}
_FORWARD_BACK = {
    "postgresql": """
        DROP TRIGGER {table}_forward_only ON {table};
        DROP TRIGGER {table}_never_emptied ON {table};
        DROP FUNCTION {table}_moves_forward();
    """,
    "sqlite": """
        DROP TRIGGER {table}_not_back;
        DROP TRIGGER {table}_no_delete;
    """,
}
_FROZEN = {
    "postgresql": """
        CREATE FUNCTION {table}_is_frozen() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF TG_OP = 'UPDATE' AND NOT ({changed}) THEN RETURN NEW; END IF;
            RAISE EXCEPTION '{table} is frozen' USING ERRCODE = 'integrity_constraint_violation'; END $$;
        CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_is_frozen();
        CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_frozen();
    """,
    "sqlite": """
        CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} WHEN {changed}
        BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END;
        CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END;
    """,
}
_FROZEN_BACK = {
    "postgresql": """
        DROP TRIGGER {table}_frozen ON {table};
        DROP TRIGGER {table}_never_emptied ON {table};
        DROP FUNCTION {table}_is_frozen();
    """,
    "sqlite": """
        DROP TRIGGER {table}_frozen;
        DROP TRIGGER {table}_no_delete;
    """,
}
_OVERLAP = """EXISTS (SELECT 1 FROM {table} other WHERE {same} AND other.id <> NEW.id
        AND other.valid_from <= COALESCE(NEW.valid_to, {end}) AND NEW.valid_from <= COALESCE(other.valid_to, {end}))"""
_NO_OVERLAP = {
    "postgresql": """
        CREATE FUNCTION {table}_keeps_periods_apart() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF {overlap} THEN
            RAISE EXCEPTION '{table}_periods_apart' USING ERRCODE = 'exclusion_violation';
        END IF; RETURN NEW; END $$;
        CREATE TRIGGER {table}_periods_apart BEFORE INSERT OR UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_keeps_periods_apart();
    """,
    "sqlite": """
        CREATE TRIGGER {table}_periods_apart_new BEFORE INSERT ON {table} WHEN {overlap_new}
        BEGIN SELECT RAISE(ABORT, '{table}_periods_apart'); END;
        CREATE TRIGGER {table}_periods_apart_change BEFORE UPDATE ON {table} WHEN {overlap}
        BEGIN SELECT RAISE(ABORT, '{table}_periods_apart'); END;
    """,
}
_NO_OVERLAP_BACK = {
    "postgresql": """
        DROP TRIGGER {table}_periods_apart ON {table};
        DROP FUNCTION {table}_keeps_periods_apart();
    """,
    "sqlite": """
        DROP TRIGGER {table}_periods_apart_new;
        DROP TRIGGER {table}_periods_apart_change;
    """,
}
_REFUSED = {
    "postgresql": """
        CREATE FUNCTION {table}_{rule}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF {condition} THEN
            RAISE EXCEPTION '{table}_{rule}' USING ERRCODE = 'check_violation';
        END IF; RETURN NEW; END $$;
        CREATE TRIGGER {table}_{rule} BEFORE INSERT OR UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_{rule}();
    """,
    "sqlite": """
        CREATE TRIGGER {table}_{rule}_new BEFORE INSERT ON {table} WHEN {condition}
        BEGIN SELECT RAISE(ABORT, '{table}_{rule}'); END;
        CREATE TRIGGER {table}_{rule}_change BEFORE UPDATE ON {table} WHEN {condition}
        BEGIN SELECT RAISE(ABORT, '{table}_{rule}'); END;
    """,
}
_REFUSED_BACK = {
    "postgresql": """
        DROP TRIGGER {table}_{rule} ON {table};
        DROP FUNCTION {table}_{rule}();
    """,
    "sqlite": """
        DROP TRIGGER {table}_{rule}_new;
        DROP TRIGGER {table}_{rule}_change;
    """,
}
_KEPT = {
    "postgresql": """
        CREATE FUNCTION {table}_{rule}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF {condition} THEN
            RAISE EXCEPTION '{table}_{rule}' USING ERRCODE = 'check_violation';
        END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$;
        CREATE TRIGGER {table}_{rule} BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_{rule}();
    """,
    "sqlite": """
        CREATE TRIGGER {table}_{rule}_change BEFORE UPDATE ON {table} WHEN {condition}
        BEGIN SELECT RAISE(ABORT, '{table}_{rule}'); END;
        CREATE TRIGGER {table}_{rule}_gone BEFORE DELETE ON {table} WHEN {condition}
        BEGIN SELECT RAISE(ABORT, '{table}_{rule}'); END;
    """,
}
_KEPT_BACK = {
    "postgresql": _REFUSED_BACK["postgresql"],
    "sqlite": """
        DROP TRIGGER {table}_{rule}_change;
        DROP TRIGGER {table}_{rule}_gone;
    """,
}


class _Trigger(Operation):
    """A pair of statements per database engine; the model state is untouched."""

    reversible = True
    forward: dict[str, str] = {}
    backward: dict[str, str] = {}

    def __init__(self, table: str):
        self.table = table

    def deconstruct(self):
        return type(self).__name__, [self.table], {}

    def words(self, vendor: str) -> dict[str, str]:
        return {"table": self.table}

    def state_forwards(self, app_label, state):
        """The models look the same with or without a trigger."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._run(schema_editor, self.forward)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._run(schema_editor, self.backward)

    def statements(self, vendor: str) -> list[str]:
        """What sets the rule up on a database engine."""
        return _split(self.forward[vendor].format(**self.words(vendor)))

    def _run(self, schema_editor, statements: dict[str, str]):
        vendor = schema_editor.connection.vendor
        for statement in _split(statements[vendor].format(**self.words(vendor))):
            schema_editor.execute(statement, params=None)

    def describe(self):
        return f"{type(self).__name__} on {self.table}"


class Lift(Operation):
    """Take a trigger away, so that its table can be altered; the same migration puts it back afterwards.

    Why: SQLite alters a table by making it anew, and the triggers of the old one are lost.
    """

    reversible = True

    def __init__(self, guard: _Trigger):
        self.guard = guard

    def deconstruct(self):
        return type(self).__name__, [self.guard], {}

    def state_forwards(self, app_label, state):
        """The models look the same with or without a trigger."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self.guard.database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self.guard.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Lift {self.guard.describe()}"


class AppendOnly(_Trigger):
    """Rows of the table can be added and read, never changed or removed, whoever asks; nor is the table emptied."""

    forward, backward = _APPEND_ONLY, _APPEND_ONLY_BACK


class ForwardOnly(_Trigger):
    """Rows of the table stay, and the number in `column` never falls."""

    forward, backward = _FORWARD, _FORWARD_BACK

    def __init__(self, table: str, column: str):
        super().__init__(table)
        self.column = column

    def deconstruct(self):
        return type(self).__name__, [self.table, self.column], {}

    def words(self, vendor: str) -> dict[str, str]:
        return {"table": self.table, "column": self.column}


class Frozen(_Trigger):
    """Rows of the table stay, and `columns` keep what was first written; columns in `once` are filled in once."""

    forward, backward = _FROZEN, _FROZEN_BACK

    def __init__(self, table: str, columns: list[str], once: list[str]):
        super().__init__(table)
        self.columns, self.once = columns, once

    def deconstruct(self):
        return type(self).__name__, [self.table, self.columns, self.once], {}

    def words(self, vendor: str) -> dict[str, str]:
        differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
        changed = [f"NEW.{column} {differs} OLD.{column}" for column in self.columns]
        again = [f"(OLD.{column} IS NOT NULL AND NEW.{column} {differs} OLD.{column})" for column in self.once]
        return {"table": self.table, "changed": " OR ".join(changed + again)}


class PeriodsApart(_Trigger):
    """Two rows of one owner (`key` columns) never hold on the same day; `valid_to` is the last day, open when NULL."""

    forward, backward = _NO_OVERLAP, _NO_OVERLAP_BACK

    def __init__(self, table: str, key: list[str]):
        super().__init__(table)
        self.key = key

    def deconstruct(self):
        return type(self).__name__, [self.table, self.key], {}

    def words(self, vendor: str) -> dict[str, str]:
        end = "'9999-12-31'" if vendor == "sqlite" else "DATE '9999-12-31'"
        same = " AND ".join(f"other.{column} = NEW.{column}" for column in self.key)
        overlap = _OVERLAP.format(table=self.table, same=same, end=end)
        return {"table": self.table, "overlap": overlap, "overlap_new": overlap.replace("AND other.id <> NEW.id", "")}


class RefusedWhen(_Trigger):
    """A row is refused while a condition holds that looks at other tables; it is written in SQL over NEW.

    Why a name: it is what the database says when it refuses. A migration that alters a table the condition looks at
    lifts this rule as well.
    """

    forward, backward = _REFUSED, _REFUSED_BACK

    def __init__(self, table: str, rule: str, condition: str):
        super().__init__(table)
        self.rule, self.condition = rule, condition

    def deconstruct(self):
        return type(self).__name__, [self.table, self.rule, self.condition], {}

    def words(self, vendor: str) -> dict[str, str]:
        return {"table": self.table, "rule": self.rule, "condition": self.condition}


class KeptWhen(RefusedWhen):
    """A row is neither changed nor removed while a condition holds; it is written in SQL over OLD."""

    forward, backward = _KEPT, _KEPT_BACK


def _split(statements: str) -> list[str]:
    """Single statements: a trigger's body keeps its own semicolons."""
    whole, inside = [], ""
    for line in statements.strip().splitlines():
        inside += line + "\n"
        closed = inside.count("$$") % 2 == 0 and ("BEGIN" not in inside or "$$" in inside or "END;" in line)
        if line.rstrip().endswith(";") and closed:
            whole.append(inside.strip())
            inside = ""
    return whole + ([inside.strip()] if inside.strip() else [])
