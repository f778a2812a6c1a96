"""Questions every page asks, put into SQL once in a process.

Why: building a statement takes the ORM longer than the database takes to answer it. Only the words of the statement are
kept, never an answer; whose rights and which day are values, given anew each time.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

_FIRST_KEY, _FIRST_DAY = -1_000_000_000, date(1, 1, 2)
Value = int | str | date | tuple[int, ...]


class Prepared:
    """A question and its statements, one for each number of values.

    `ask` makes the rows out of named values: keys, words, days and groups of keys.
    """

    def __init__(self, ask: Callable[..., QuerySet]):
        self._ask = ask
        self._known: dict[tuple, _Statement] = {}

    def rows(self, **given: Value) -> list[tuple]:
        """The answer for these values. One query."""
        if () in given.values():
            return list(self._ask(**given))
        return self._statement(given).answer(given)

    def models(self, **given: Value) -> list[Model]:
        """The same where models are asked for, with what `select_related` and `annotate` add. One query."""
        if () in given.values():
            return list(self._ask(**given))
        statement = self._statement(given)
        return [statement.model_of(row) for row in statement.answer(given)]

    def model(self, **given: Value) -> Model:
        """The one model asked for.

        Raises: its DoesNotExist.
        """
        found = self.models(**given)
        if not found:
            raise self._ask(**given).model.DoesNotExist
        return found[0]

    def _statement(self, given: dict[str, Value]) -> "_Statement":
        shape = (connection.vendor, *((name, len(_several(value))) for name, value in given.items()))
        if shape not in self._known:
            self._known[shape] = self._put_into_words(given)
        return self._known[shape]

    def _put_into_words(self, given: dict[str, Value]) -> "_Statement":
        """The statement, and for each of its values where it comes from; other values stand as they are."""
        marks: dict[Any, Callable] = {}
        stand_ins = {name: _stand_in(name, value, marks) for name, value in given.items()}
        compiler = self._ask(**stand_ins).query.get_compiler(connection=connection)
        words, values = compiler.as_sql()
        places = [marks.get(value, value) if isinstance(value, int | str | date) else value for value in values]
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        read = partial(_converted, compiler, converters) if converters else _as_they_are
        return _Statement(words, places, read, compiler)


@dataclass
class _Statement:
    """A statement in words, where its values come from, and how what the database tells becomes what Python has."""

    words: str
    places: list[Any]
    read: Callable[[list[tuple]], list[tuple]]
    compiler: SQLCompiler

    def answer(self, given: dict[str, Value]) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(self.words, [place(given) if callable(place) else place for place in self.places])
            return self.read(cursor.fetchall())

    @cached_property
    def model_of(self) -> Callable[[tuple], Model]:
        return _model_maker(self.compiler)


def _model_maker(compiler: SQLCompiler) -> Callable[[tuple], Model]:
    """Makes a model of a row, as Django's own querysets do it."""
    about, annotated = compiler.klass_info, compiler.annotation_col_map
    first, last = about["select_fields"][0], about["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    related = get_related_populators(about, compiler.select, connection.alias)

    def model_of(row: tuple) -> Model:
        made = about["model"].from_db(connection.alias, names, row[first:last])
        for populator in related:
            populator.populate(row, made)
        for name, place in (annotated or {}).items():
            setattr(made, name, row[place])
        return made

    return model_of


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
    if isinstance(value, str):
        word = f"word {len(marks)} that nobody says"
        marks[word] = lambda given: given[name]
        return word
    keys = []
    for place in range(len(_several(value))):
        keys.append(_FIRST_KEY - len(marks))
        marks[keys[-1]] = lambda given, place=place: _several(given[name])[place]
    return tuple(keys) if isinstance(value, tuple) else keys[0]


def _several(value: Value) -> tuple:
    return value if isinstance(value, tuple) else (value,)


def attach(owners: Sequence[Model], name: str, rows: Iterable[Model]) -> None:
    """Give each owner those of some rows that point to it, as `prefetch_related` would have."""
    theirs: dict[int, list[Model]] = {owner.pk: [] for owner in owners}
    for owner in owners:
        relation = getattr(owner, name)
        known = relation.get_queryset()
        known._result_cache, known._prefetch_done = theirs[owner.pk], True
        owner.__dict__["_prefetched_objects_cache"] = getattr(owner, "_prefetched_objects_cache", {}) | {name: known}
    whose = {owner.pk: owner for owner in owners}
    for row in rows:
        theirs[getattr(row, relation.field.attname)].append(row)
        setattr(row, relation.field.name, whose[getattr(row, relation.field.attname)])
