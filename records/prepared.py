"""Questions every page asks, put into SQL once in a process.

Why: building a statement takes the ORM longer than the database takes to answer it. Only the words of the statement are
kept, never an answer; whose rights and which day are values, given anew each time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

_FIRST_KEY, _FIRST_DAY = -1_000_000_000, date(1, 1, 2)
Value = int | date | tuple[int, ...]


class Prepared:
    """A question and its statements, one for each number of values.

    `ask` makes the rows out of named values: keys, days and groups of keys.
    """

    def __init__(self, ask: Callable[..., QuerySet]):
        self._ask = ask
        self._known: dict[tuple, _Statement] = {}

    def rows(self, **given: Value) -> list[tuple]:
        """The answer for these values. One query."""
        if () in given.values():
            return list(self._ask(**given))
        shape = (connection.vendor, *((name, len(_several(value))) for name, value in given.items()))
        if shape not in self._known:
            self._known[shape] = self._put_into_words(given)
        known = self._known[shape]
        with connection.cursor() as cursor:
            cursor.execute(known.words, [place(given) if callable(place) else place for place in known.places])
            return known.read(cursor.fetchall())

    def _put_into_words(self, given: dict[str, Value]) -> "_Statement":
        """The statement, and for each of its values where it comes from; other values stand as they are."""
        marks: dict[Any, Callable] = {}
        stand_ins = {name: _stand_in(name, value, marks) for name, value in given.items()}
        compiler = self._ask(**stand_ins).query.get_compiler(connection=connection)
        words, values = compiler.as_sql()
        places = [marks.get(value, value) if isinstance(value, int | str | date) else value for value in values]
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        return _Statement(words, places, partial(_converted, compiler, converters) if converters else _as_they_are)


@dataclass(frozen=True)
class _Statement:
    """A statement in words, where its values come from, and how what the database tells becomes what Python has."""

    words: str
    places: list[Any]
    read: Callable[[list[tuple]], list[tuple]]


def _converted(compiler: SQLCompiler, converters: dict, rows: list[tuple]) -> list[tuple]:
    return [tuple(row) for row in compiler.apply_converters(rows, converters)]


def _as_they_are(rows: list[tuple]) -> list[tuple]:
    return rows


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
