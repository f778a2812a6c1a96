"""Finding rows by parts of their folded text: one rule, one index, the same answers on every database."""

from collections.abc import Iterable, Sequence

from django.db import connections, models
from django.db.models.lookups import Lookup

from records.fields import Folded
from records.stand_ins import plain
from records.text import fold

MOST_WORDS = 8
# A word so short lies in too many others, and an index of three letters does not know it inside them.
SHORTEST_INSIDE = 3


def typed_words(asked: str) -> list[str]:
    """The words somebody looks for, folded, each once, the longest first; what another of them holds adds nothing.

    Why the longest: they tell most, so they are the ones kept of a whole page somebody pasted.
    """
    typed = sorted(set(fold(asked).split()), key=lambda word: (-len(word), word))
    return [word for word in typed if not _says_nothing_more(word, typed)][:MOST_WORDS]


def holding(column: str, words: Iterable[str]) -> models.Q:
    """Rows whose folded column holds every word: inside its text, or one or two letters at the beginning of a word.

    Rule: R-FIND-2.
    """
    return models.Q(*((f"{column}__holds", word) for word in words))


def holds_words(words: str, typed: list[str]) -> bool:
    """The same rule for a text that is in no column. Rule: R-FIND-2."""
    folded = f" {fold(words)}"
    return all((word if len(word) >= SHORTEST_INSIDE else f" {word}") in folded for word in typed)


def found_among(rows: models.QuerySet, column: str, words: Sequence[str]) -> models.QuerySet:
    """The rows whose folded column holds every one of some words; none where there is none. For columns with an index.

    Rule: R-FIND-2. Why SQLite is asked twice: it then reads through its copy of the column first, instead of all rows
    the reader may see.
    """
    if not words:
        return rows.none()
    if connections[rows.db].vendor == "sqlite":
        return rows.filter(pk__in=rows.model._base_manager.filter(holding(column, words)).values("pk"))
    return rows.filter(holding(column, words))


@Folded.register_lookup
class Holds(Lookup):
    """Whether a folded text holds a word, as written: nothing in it stands for anything else."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        """Each database is asked in the way its index serves."""
        column, parameters = self.process_lhs(compiler, connection)
        word = str(self.rhs)
        if connection.vendor == "postgresql":
            patterns = _patterns(word)
            asked = " OR ".join(f"{column} LIKE %s" for _pattern in patterns)
            return f"({asked})", [each for pattern in patterns for each in (*parameters, pattern)]
        if len(word) >= SHORTEST_INSIDE:
            return f"instr({column}, %s) > 0", [*parameters, word]
        return f"instr(' ' || {column}, %s) > 0", [*parameters, f" {word}"]


class PartsIndex(models.Index):
    """The index behind `holding`: of all groups of three letters where PostgreSQL keeps it; where SQLite does, a copy
    of the column in order, which is read through faster than the rows.

    Rule: ADR 17 has the measurements.
    """

    def __init__(self, *, name: str, fields: list[str]):
        super().__init__(name=name, fields=fields, opclasses=["gin_trgm_ops"])

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        kwargs.pop("opclasses")
        return path, args, kwargs

    def create_sql(self, model, schema_editor, using="", **kwargs):
        on_groups = " USING gin" if schema_editor.connection.vendor == "postgresql" else using
        return super().create_sql(model, schema_editor, using=on_groups, **kwargs)


def _says_nothing_more(word: str, typed: list[str]) -> bool:
    """Whether another typed word holds it; a short one still says where a word begins."""
    return len(word) >= SHORTEST_INSIDE and any(word != other and word in other for other in typed)


def _patterns(word: str) -> list[str]:
    inside = plain(word)
    return [f"%{inside}%"] if len(word) >= SHORTEST_INSIDE else [f"{inside}%", f"% {inside}%"]
