"""What the database keeps beside a table by its own triggers, as an operation of a migration.

Why triggers: what is saved in bulk, by hand or by a migration is kept like the rest, in the same transaction.
"""

from django.db.migrations.operations.base import Operation


class KeptBeside(Operation):
    """Lay the triggers and keep what is there already; backwards take them away."""

    reversible = True

    def making(self, vendor: str) -> list[str]:
        """The statements that lay the triggers."""
        raise NotImplementedError

    def unmaking(self, vendor: str) -> list[str]:
        """The statements that take them away."""
        raise NotImplementedError

    def recount(self, vendor: str) -> list[str]:
        """The statements that keep anew what is there, as if all of it were saved just now."""
        raise NotImplementedError

    def state_forwards(self, app_label, state):
        """The models stay as they are."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        vendor = schema_editor.connection.vendor
        for statement in (*self.making(vendor), *self.recount(vendor)):
            schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for statement in self.unmaking(schema_editor.connection.vendor):
            schema_editor.execute(statement)
