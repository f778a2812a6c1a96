"""Days and months as numbers, counted by the database itself on either side.

Why: Django calls back into Python for each row on SQLite, and goes through a timestamp on PostgreSQL.
"""

from django.db.models import Func, IntegerField


class DaysBetween(Func):
    """The calendar days from one date to another."""

    output_field = IntegerField()
    template = "(%(expressions)s)"

    def __init__(self, first, last):
        super().__init__(last, first)
        self.arg_joiner = " - "

    def as_sqlite(self, compiler, connection, **context):
        later, earlier = (compiler.compile(each) for each in self.get_source_expressions())
        sql = f"CAST(julianday({later[0]}) - julianday({earlier[0]}) AS INTEGER)"
        return sql, (*later[1], *earlier[1])


class MonthOf(Func):
    """The month of a date, 1 to 12."""

    output_field = IntegerField()
    template = "CAST(EXTRACT(MONTH FROM %(expressions)s) AS INTEGER)"

    def as_sqlite(self, compiler, connection, **context):
        return super().as_sql(
            compiler, connection, template="CAST(SUBSTR(%(expressions)s, 6, 2) AS INTEGER)", **context
        )


class YearOf(Func):
    """The year of a date."""

    output_field = IntegerField()
    template = "CAST(EXTRACT(YEAR FROM %(expressions)s) AS INTEGER)"

    def as_sqlite(self, compiler, connection, **context):
        return super().as_sql(
            compiler, connection, template="CAST(SUBSTR(%(expressions)s, 1, 4) AS INTEGER)", **context
        )
