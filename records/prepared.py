"""Questions every page asks, put into SQL once in a process.

Why: building a statement takes the ORM longer than the database takes to answer it. Only the words of the statement are
kept, never an answer; whose rights and which day are values, given anew each time.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from records.stand_ins import StandIns, Value, Words, shape_of


class Prepared:
    """A question and its statements, one for each number of values.

    `ask` makes the rows out of named values: keys, words, days, groups of keys or words, and sets of keys, which are
    written into the statement however many they are.
    """

    def __init__(self, ask: Callable[..., QuerySet]):
        self._ask = ask
        self._known: dict[tuple, _Statement] = {}

    def rows(self, **given: Value) -> list[tuple]:
        """The answer for these values. One query."""
        if () in given.values():
            return list(self._ask(**given))
        return self._statement(given).answer(given)

    def rows_unless(self, mark: str, known: str, **given: Value) -> tuple[str, list[tuple]]:
        """What a mark is now, and the answer unless it is as known. One query, of one moment.

        Shape: `mark` is a SELECT of one text with no values of its own.
        """
        if () in given.values() or isinstance(statement := self._statement(given), _Nothing):
            return known, []
        return statement.answer_unless(mark, known, given)

    def piece(self, first: int, last: int, **given: Value) -> list[tuple]:
        """Of the answer the rows from one place up to another. One query."""
        if () in given.values():
            return list(self._ask(**given)[first:last])
        return self._statement(given).answer(given, f" LIMIT {last - first} OFFSET {first}")

    def models(self, **given: Value) -> list[Model]:
        """The same where models are asked for, with what `select_related` and `annotate` add. One query."""
        if () in given.values():
            return list(self._ask(**given))
        statement = self._statement(given)
        return [statement.model_of(row) for row in statement.answer(given)]

    def first_models(self, size: int, **given: Value) -> list[Model]:
        """So many of the models at most, the first ones. One query."""
        if () in given.values():
            return list(self._ask(**given)[:size])
        statement = self._statement(given)
        return [statement.model_of(row) for row in statement.answer(given, f" LIMIT {size}")]

    def model(self, **given: Value) -> Model:
        """The one model asked for.

        Raises: its DoesNotExist.
        """
        found = self.models(**given)
        if not found:
            raise self._ask(**given).model.DoesNotExist
        return found[0]

    def _statement(self, given: dict[str, Value]) -> "_Statement | _Nothing":
        shape = shape_of(given)
        if shape not in self._known:
            self._known[shape] = self._put_into_words(given)
        return self._known[shape]

    def _put_into_words(self, given: dict[str, Value]) -> "_Statement | _Nothing":
        stand_ins = StandIns()
        compiler = self._ask(**stand_ins.of(given)).query.get_compiler(connection=connection)
        try:
            words = stand_ins.read(*compiler.as_sql())
        except EmptyResultSet:
            # Whatever is given, nothing meets such conditions; nobody is asked.
            return _Nothing()
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        read = partial(_converted, compiler, converters) if converters else _as_they_are
        return _Statement(words, read, compiler)


class PreparedWords:
    """The same for a statement written by hand: `write` makes its words and values out of the named values."""

    def __init__(self, write: Callable[..., tuple[str, Sequence]]):
        self._write = write
        self._known: dict[tuple, Words] = {}

    def rows(self, **given: Value) -> list[tuple]:
        """The answer for these values. One query."""
        shape = shape_of(given)
        if shape not in self._known:
            stand_ins = StandIns()
            self._known[shape] = stand_ins.read(*self._write(**stand_ins.of(given)))
        with connection.cursor() as cursor:
            cursor.execute(*self._known[shape].filled(given))
            return cursor.fetchall()


class _Nothing:
    """A question whose answer is known to be empty."""

    def answer(self, _given: dict[str, Value], _piece: str = "") -> list[tuple]:
        return []


@dataclass
class _Statement:
    """A statement of the ORM's and how what the database tells becomes what Python has."""

    words: Words
    read: Callable[[list[tuple]], list[tuple]]
    compiler: SQLCompiler

    def answer(self, given: dict[str, Value], piece: str = "") -> list[tuple]:
        words, values = self.words.filled(given)
        with connection.cursor() as cursor:
            cursor.execute(words + piece, values)
            return self.read(cursor.fetchall())

    def answer_unless(self, mark: str, known: str, given: dict[str, Value]) -> tuple[str, list[tuple]]:
        """What the mark is now, and the rows unless it is as known: the database then does not look for them."""
        words, values = self.words.filled(given)
        nothing = ", ".join(["NULL"] * len(self.compiler.select))
        asked = (
            f"SELECT {nothing}, ({mark}) UNION ALL SELECT found.*, NULL FROM ({words}) AS found WHERE ({mark}) <> %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(asked, [*values, known])
            rows = cursor.fetchall()
        now = next(row[-1] for row in rows if row[-1] is not None)
        return now, self.read([row[:-1] for row in rows if row[-1] is None])

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
