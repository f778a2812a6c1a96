"""Questions every page asks, put into SQL once in a process.

Why: building a statement takes the ORM longer than the database takes to answer it. Only the words of the statement are
kept, never an answer; whose rights and which day are values, given anew each time.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

_FIRST_KEY, _FIRST_DAY = -1_000_000_000, date(1, 1, 2)
Value = int | date | tuple[int, ...]


class Prepared:
    """A question and its statements, one for each number of values.

    `ask` makes the rows out of named values: keys, days and groups of keys. Its rows hold numbers and words only.
    """

    def __init__(self, ask: Callable[..., QuerySet]):
        self._ask = ask
        self._known: dict[tuple, tuple[str, list[Any]]] = {}

    def rows(self, **given: Value) -> list[tuple]:
        """The answer for these values. One query."""
        if () in given.values():
            return list(self._ask(**given))
        shape = (connection.vendor, *((name, len(_several(value))) for name, value in given.items()))
        if shape not in self._known:
            self._known[shape] = self._put_into_words(given)
        statement, places = self._known[shape]
        with connection.cursor() as cursor:
            cursor.execute(statement, [place(given) if callable(place) else place for place in places])
            return cursor.fetchall()

    def _put_into_words(self, given: dict[str, Value]) -> tuple[str, list[Any]]:
        """The statement, and for each of its values where it comes from; other values stand as they are."""
        marks: dict[Any, Callable] = {}
        stand_ins = {name: _stand_in(name, value, marks) for name, value in given.items()}
        statement, values = self._ask(**stand_ins).query.sql_with_params()
        return statement, [
            marks.get(value, value) if isinstance(value, int | str | date) else value for value in values
        ]


def _stand_in(name: str, value: Value, marks: dict[Any, Callable]) -> Value:
    """Values nobody has, in the shape of the ones given; `marks` tells which they stand for."""
    if isinstance(value, date):
        day = _FIRST_DAY + timedelta(days=len(marks))
        marks[day] = lambda given: connection.ops.adapt_datefield_value(given[name])
        marks[connection.ops.adapt_datefield_value(day)] = marks[day]
        return day
    keys = []
    for place in range(len(_several(value))):
        keys.append(_FIRST_KEY - len(marks))
        marks[keys[-1]] = lambda given, place=place: _several(given[name])[place]
    return tuple(keys) if isinstance(value, tuple) else keys[0]


def _several(value: Value) -> tuple:
    return value if isinstance(value, tuple) else (value,)
