"""What can be put into a block: figures by group, tables and charts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.composed.counts import ReportFacts
from reports.composed.tokens import Value, exhibits_in, token
from reports.composed.values import AGENCY, AREA, BEFORE, CHANGE, PROGRAM
from reports.composer.queries import Contents
from reports.documents.report_exhibits import EXHIBITS, drawn


@dataclass(frozen=True)
class Offered:
    """A figure as it is offered: how it is written, what it stands for now, what it means."""

    written: str
    value: Value


@dataclass(frozen=True)
class Group:
    """Figures of one family."""

    title: str
    figures: tuple[Offered, ...]


@dataclass(frozen=True)
class Placeable:
    """A table or chart, and whether the block has it already."""

    name: str
    label: str
    is_placed: bool


def tokens_of(contents: Contents) -> list[Group]:
    """Every figure of a report in groups: as a whole, against the year before, by area, agency and program."""
    titles = {
        "": _("As a whole"),
        BEFORE: _("The year before"),
        CHANGE: _("Against the year before"),
        AREA: _("By area"),
        AGENCY: _("By lead agency"),
        PROGRAM: _("By program"),
    }
    groups: dict[str, list[Offered]] = {family: [] for family in titles}
    for name, value in contents.values.items():
        family = name.split(".")[0]
        groups[family if family in titles else ""].append(Offered(token(name), value))
    return [Group(titles[family], tuple(figures)) for family, figures in groups.items() if figures]


def exhibits_of(facts: ReportFacts, text: str) -> list[Placeable]:
    """The tables and charts that have something to show, those of the block first."""
    placed = exhibits_in(text)
    offered: Iterable[str] = (name for name in EXHIBITS if name in placed or drawn(name, facts, 1) is not None)
    every = [Placeable(name, str(EXHIBITS[name].label), name in placed) for name in offered]
    return sorted(every, key=lambda one: not one.is_placed)


def labels_of_exhibits() -> dict[str, Value]:
    """What a token of a table or chart is shown as in the text."""
    return {name: Value(str(exhibit.label), means=str(exhibit.label)) for name, exhibit in EXHIBITS.items()}
