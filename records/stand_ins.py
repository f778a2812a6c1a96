"""Values nobody has, for putting a question into words before anybody asks it, and what goes in their place then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import connection

_FIRST_KEY, _FIRST_DAY = -1_000_000_000, date(1, 1, 2)
# Letters of nobody's alphabet, as many as make a word that is looked for inside others: `records.finding`.
_FIRST_LETTER, _LETTERS = 0xE000, 3
Value = int | str | date | tuple[int, ...] | tuple[str, ...] | frozenset[int]


@dataclass(frozen=True)
class Words:
    """A statement in words and where its values come from; `sets` are the sets of keys written into it."""

    words: str
    places: list[Any]
    sets: dict[str, str]

    def filled(self, given: dict[str, Value]) -> tuple[str, list]:
        words = self.words
        for mark, name in self.sets.items():
            words = words.replace(mark, ", ".join(map(str, sorted(given[name]))))
        return words, [place(given) if callable(place) else place for place in self.places]


def shape_of(given: dict[str, Value]) -> tuple:
    """What the words of a statement depend on: how many values there are, and how long words are looked for."""
    return (connection.vendor, *((name, _form(value)) for name, value in given.items()))


def _form(value: Value) -> Any:
    if isinstance(value, frozenset):
        return bool(value)
    several = _several(value)
    return tuple(_length(word) for word in several) if isinstance(several[0], str) else len(several)


def _length(word: str) -> int:
    """For short words a search asks otherwise than for long ones."""
    return min(max(len(word), 1), _LETTERS)


class StandIns:
    """Values nobody has, each with what is to stand in its place once the statement is asked."""

    def __init__(self):
        self._known: dict[Any, Callable[[dict], Any]] = {}
        self._inside: dict[str, Callable[[dict], str]] = {}
        self._sets: dict[str, str] = {}

    def of(self, given: dict[str, Value]) -> dict[str, Value]:
        """Such values in the shape of the ones given."""
        return {name: self._stand_in(name, value) for name, value in given.items()}

    def read(self, words: str, values: Sequence) -> Words:
        """A statement made of them, and for each of its values where it comes from; others stand as they are."""
        return Words(words, [self._place(value) for value in values], self._sets)

    def _stand_in(self, name: str, value: Value) -> Value:
        if isinstance(value, date):
            return self._day(name)
        if isinstance(value, frozenset):
            return frozenset({self._set(name)} if value else ())
        several = [
            self._word(name, place, one) if isinstance(one, str) else self._key(name, place)
            for place, one in enumerate(_several(value))
        ]
        return tuple(several) if isinstance(value, tuple) else several[0]

    def _day(self, name: str) -> date:
        day = _FIRST_DAY + timedelta(days=len(self._known))
        self._known[day] = lambda given: connection.ops.adapt_datefield_value(given[name])
        self._known[connection.ops.adapt_datefield_value(day)] = self._known[day]
        return day

    def _set(self, name: str) -> int:
        key = _FIRST_KEY - len(self._known) - len(self._sets)
        self._sets[str(key)] = name
        return key

    def _key(self, name: str, place: int) -> int:
        key = _FIRST_KEY - len(self._known) - len(self._sets)
        self._known[key] = lambda given: _several(given[name])[place]
        return key

    def _word(self, name: str, place: int, word: str) -> str:
        mark = chr(_FIRST_LETTER + len(self._inside)) * _length(word)
        self._inside[mark] = self._known[mark] = lambda given: _several(given[name])[place]
        return mark

    def _place(self, value: Any) -> Any:
        if not isinstance(value, int | str | date):
            return value
        if value in self._known:
            return self._known[value]
        for mark, word in self._inside.items():
            if isinstance(value, str) and mark in value:
                return partial(_within, value, mark, word)
        return value


def _within(value: str, mark: str, word: Callable[[dict], str], given: dict) -> str:
    """A word inside a value: in a pattern its signs mean only themselves."""
    return value.replace(mark, plain(word(given)) if "%" in value else word(given))


def plain(word: str) -> str:
    """A word as a pattern of the database's that means only itself."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _several(value: Value) -> tuple:
    return value if isinstance(value, tuple) else (value,)
