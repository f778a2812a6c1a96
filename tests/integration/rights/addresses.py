"""Every route of the portal, and addresses that lead to what exists, here or elsewhere, or nowhere."""

import random
import re
from dataclasses import dataclass

from django.apps import apps
from django.db.models import F
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from reports.documents.kinds import KINDS

MISSING_ID, MISSING_SLUG = 9_999_999, "khong-co-that"
_MISSING = {
    "program": "ra1-2022-99", "task": "ra1-2022-01.99", "conference": "2099-01-01-sang", "year": 2077, "key": "2077",
}  # fmt: skip

# The parts of an address that belong together, by their names: which rows they are read from.
_TOGETHER = {
    ("program",): ("coordination.Program", {"program": "code"}),
    ("program", "section"): ("coordination.Section", {"program": "program__code", "section": "pk"}),
    ("program", "slot"): ("coordination.SignatureSlot", {"program": "version__program__code", "slot": "pk"}),
    ("program", "party"): ("coordination.ProgramParty", {"program": "program__code", "party": "pk"}),
    ("program", "round"): ("coordination.ConsultationRound", {"program": "program__code", "round": "number"}),
    ("program", "comment"): ("coordination.Comment", {"program": "round__program__code", "comment": "pk"}),
    ("table",): ("coordination.TaskTable", {"table": "pk"}),
    ("task",): ("coordination.Task", {"task": "code"}),
    ("task", "step"): ("coordination.TaskStep", {"task": "task__code", "step": "pk"}),
    ("change",): ("coordination.BulkChange", {"change": "pk"}),
    ("view",): ("coordination.SavedView", {"view": "pk"}),
    ("group",): ("agencies.AgencyGroup", {"group": "pk"}),
    ("task", "role"): ("coordination.TaskRole", {"task": "task__code", "role": "pk"}),
    ("year",): ("coordination.EvaluationRound", {"year": "year"}),
    ("series",): ("coordination.NumberSeries", {"series": "pk"}),
    ("series", "number"): ("coordination.RegisterEntry", {"series": "series_id", "number": "number"}),
    ("program", "agency", "year"): (
        "coordination.PartyReport",
        {"program": "program__code", "agency": "agency__code", "year": "year"},
    ),
    ("report",): ("coordination.PartyReport", {"report": "pk"}),
    ("composed",): ("reports.ComposedReport", {"composed": "pk"}),
    ("composed", "block"): ("reports.ReportBlock", {"composed": "report_id", "block": "pk"}),
    ("agency", "kind", "key"): ("reports.PartTemplate", {"agency": "agency__code", "kind": "kind", "key": "key"}),
    ("letter",): ("coordination.UrgingLetter", {"letter": "pk"}),
    ("addressee",): ("coordination.UrgingLetter", {"addressee": "addressee_id"}),
    ("unit",): ("agencies.AdminUnit", {"unit": "code"}),
    ("unit", "name"): ("agencies.UnitName", {"unit": "unit__code", "name": "pk"}),
    ("unit", "agency"): ("agencies.Agency", {"unit": "unit__code", "agency": "code"}),
    ("unit", "agency", "office"): (
        "agencies.Office",
        {"unit": "agency__unit__code", "agency": "agency__code", "office": "pk"},
    ),
    ("unit", "agency", "holding"): (
        "agencies.OfficeHolding",
        {"unit": "office__agency__unit__code", "agency": "office__agency__code", "holding": "pk"},
    ),
    ("unit", "agency", "certificate"): (
        "agencies.SigningCertificate",
        {"unit": "agency__unit__code", "agency": "agency__code", "certificate": "pk"},
    ),
    ("program", "field"): ("reports.SigningField", {"program": "round__version__program__code", "field": "pk"}),
    ("pk", "role"): ("agencies.Membership", {"pk": "user_id", "role": "pk"}),
    ("username",): ("agencies.User", {"username": "username"}),
}
# Whose number a lone `pk` is, by the beginning of the route's name.
_NUMBERED = {
    "agencies:person": "agencies.Person",
    "agencies:user": "agencies.User",
    "coordination:evidence": "coordination.Evidence",
    "coordination:feed": "coordination.CalendarFeed",
    "reports:document": "reports.IssuedDocument",
    "device": "agencies.SignIn",
}


@dataclass(frozen=True)
class Door:
    """A route as the URL conf has it: its name, and the names and kinds of what its address carries."""

    name: str
    parts: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _kind in self.parts)


def doors() -> list[Door]:
    """Every route of the URL conf in force."""
    return list(_doors(get_resolver()))


def _doors(resolver: URLResolver, namespace: str = ""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            kinds = {name: type(one).__name__ for name, one in entry.pattern.converters.items()}
            parts = tuple((name, "int" if kind == "IntConverter" else "text") for name, kind in kinds.items())
            yield Door(f"{namespace}{entry.name}", parts)
        else:
            yield from _doors(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


def nowhere(door: Door, like: dict[str, object] | None = None) -> dict[str, object]:
    """Parts of an address that lead nowhere; of the same year as one that leads somewhere, where it is like it."""
    return {name: _missing(name, kind, str((like or {}).get(name, ""))) for name, kind in door.parts}


def _missing(name: str, kind: str, like: str = "") -> object:
    if name in ("program", "task") and re.fullmatch(r"\w+-20\d\d-\d\d(\.\d\d)?", like):
        return f"{like[:-2]}99"
    year = re.search(r"(?<=-)20\d\d(?=-)", like)
    if kind == "text" and year:
        return f"khong-{year[0]}-co"
    return _MISSING.get(name) or (MISSING_ID if kind == "int" else MISSING_SLUG)


class Places:
    """What addresses can carry, read from the tables once."""

    def __init__(self, conferences: list[str]):
        self.known = {names: _rows(model, columns) for names, (model, columns) in _TOGETHER.items()}
        self.known["conference",] = [{"conference": slug} for slug in conferences]
        self.known["conference", "position"] = [
            {"conference": slug, "position": place} for slug in conferences for place in (1, 1, 2)
        ]
        for name in ("number", "pk"):
            self.known["conference", name] = [
                {"conference": slug, name: place} for slug in conferences for place in (1, 1, 2)
            ]
        rounds = apps.get_model("coordination.EvaluationRound").objects.prefetch_related("findings")
        self.known["key",] = [{"key": round.key} for round in rounds]
        self.known["key", "position"] = [
            {"key": round.key, "position": one.position} for round in rounds for one in round.findings.all()
        ]
        self.known["kind", "key"] = _papers()
        self.numbered = {start: _rows(model, {"pk": "pk"}) for start, model in _NUMBERED.items() if _exists(model)}
        self.ids = _some_of_every_table()
        self.slugs = [str(row[name]) for rows in self.known.values() for row in rows[:40] for name in row]

    def address(self, door: Door, dice: random.Random) -> str:
        """An address of a route: mostly of something that exists for somebody, sometimes of nothing."""
        kwargs = self._parts(door, dice)
        try:
            return reverse(door.name, kwargs=kwargs)
        except NoReverseMatch:  # a value the pattern of the address does not take
            return reverse(door.name, kwargs=nowhere(door))

    def _parts(self, door: Door, dice: random.Random) -> dict[str, object]:
        rows = self._rows_for(door)
        if rows and dice.random() < 0.85:
            return dict(dice.choice(rows))
        return {name: self._part(name, kind, dice) for name, kind in door.parts}

    def _rows_for(self, door: Door) -> list[dict]:
        if door.names == ("pk",):
            return next((rows for start, rows in self.numbered.items() if door.name.startswith(start)), [])
        return self.known.get(door.names, [])

    def _part(self, name: str, kind: str, dice: random.Random) -> object:
        roll = dice.random()
        if roll < 0.4:
            return _missing(name, kind)
        return dice.choice(self.ids) if kind == "int" else dice.choice(self.slugs)


def _papers() -> list[dict]:
    """Every paper that can be made of anything, whoever may make it."""
    return [
        {"kind": kind.slug, "key": kind.key_of(subject)}
        for kind in KINDS
        for subject in kind.subjects(None).model.objects.all()
    ]


def _exists(model: str) -> bool:
    return model.partition(".")[2].lower() in apps.all_models[model.partition(".")[0]]


def _rows(model: str, columns: dict[str, str]) -> list[dict]:
    rows = apps.get_model(model)._default_manager.order_by("pk").values(**{f"at_{n}": F(c) for n, c in columns.items()})
    return [{name: _written(row[f"at_{name}"]) for name in columns} for row in rows]


def _written(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _some_of_every_table() -> list[int]:
    """The first and the last ids of every table, and the smallest numbers."""
    ids = set(range(1, 6))
    for app in ("agencies", "coordination", "reports"):
        for model in apps.get_app_config(app).get_models():
            pks = model._default_manager.order_by("pk").values_list("pk", flat=True)
            ids |= {pk for pk in [*pks[:6], *pks.order_by("-pk")[:6]] if isinstance(pk, int)}
    return sorted(ids)
