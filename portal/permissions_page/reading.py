"""What the code itself says about rights: scopes, predicates and steps, with the words of their docstrings."""

import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from django.db import models

from agencies.access.scopes import PartsQuerySet
from portal.permissions_page.scopes import REACHED_ONLY_THROUGH, models_of_the_portal

ROOMS = ("agencies", "coordination", "reports")


@dataclass(frozen=True)
class Scope:
    """Who sees the rows of a model, and where that is written."""

    model: str
    words: str
    home: str


@dataclass(frozen=True)
class Predicate:
    """A question a service asks, what its answer is by, and the other names it goes by."""

    name: str
    words: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Room:
    """The predicates of one room and where they are."""

    title: str
    home: str
    predicates: tuple[Predicate, ...]


def scopes() -> list[Scope]:
    """Every model with who sees its rows, in the order of the floors."""
    return [_scope(model) for model in models_of_the_portal()]


def rooms() -> list[Room]:
    """The predicates of every room, as its module says them."""
    found = [_room(module) for module in _modules("permissions")]
    return [room for room in found if room.predicates]


def steps() -> list[tuple[str, str, str, str]]:
    """Every step of every table of transitions: room, step, from which states, to which."""
    found = []
    for module in _modules("workflow"):
        room = module.__name__.rpartition(".")[0]
        for step, transition in getattr(module, "TRANSITIONS", {}).items():
            sources = ", ".join(sorted(map(str, transition.sources)))
            found.append((room, str(step), sources, str(transition.target)))
        for state, following in getattr(module, "AGENDA_MOVES", {}).items():
            found += [(room, "move an agenda item", str(state), str(target)) for target in sorted(map(str, following))]
    return found


def _scope(model: type[models.Model]) -> Scope:
    home = f"{model.__module__.replace('.', '/')}.py"
    if model._meta.label in REACHED_ONLY_THROUGH:
        ways = ", ".join(f"`{way}`" for way in REACHED_ONLY_THROUGH[model._meta.label])
        return Scope(model._meta.object_name, f"Reached only through {ways}." if ways else "Read by no page.", home)
    rows = model._default_manager.all()
    if isinstance(rows, PartsQuerySet) and type(rows).visible_to is PartsQuerySet.visible_to:
        owners = " and the ".join(_owner(model, owner) for owner in rows.owners)
        return Scope(model._meta.object_name, f"Seen by whoever sees the {owners}.", home)
    return Scope(model._meta.object_name, plain(inspect.getdoc(type(rows).visible_to) or ""), home)


def _owner(model: type[models.Model], name: str) -> str:
    owner = model._meta.get_field(name).related_model._meta.object_name
    return f"{owner} ({name})" if owner.lower() != name.replace("_", "") else owner


def _room(module: ModuleType) -> Room:
    named: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if name.startswith("can_") and function.__module__ == module.__name__:
            named.setdefault(function.__name__, []).append(name)
            said[function.__name__] = plain(inspect.getdoc(function) or "")
    order = sorted(named, key=lambda name: getattr(module, name).__code__.co_firstlineno)
    predicates = tuple(Predicate(name, said[name], tuple(sorted(set(named[name]) - {name}))) for name in order)
    home = module.__name__.replace(".", "/") + ".py"
    return Room(module.__name__.rpartition(".")[0], home, predicates)


def _modules(furniture: str) -> Iterator[ModuleType]:
    for floor in ROOMS:
        for found in pkgutil.walk_packages(import_module(floor).__path__, f"{floor}."):
            if found.name.rpartition(".")[2] == furniture:
                yield import_module(found.name)


def plain(docstring: str) -> str:
    """A docstring on one line, its Raises left out."""
    text = re.split(r"\n\s*Raises:", docstring)[0]
    return " ".join(text.split()).replace("|", "\\|")
