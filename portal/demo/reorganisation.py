"""The reform of 1/7/2025: nine communes become two. Prepared in the demo as an administrator would, not yet applied."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from agencies.directory.enums import AgencyKind
from agencies.models import AdminUnit, Reorganisation
from agencies.reorganisation.enums import StepKind, Subject
from agencies.reorganisation.plans import AgencyDraft, AgencyNaming, Fate, Heir, StepPlan
from agencies.reorganisation.queries import Planned, ground_of
from agencies.reorganisation.queries.proposals import NewUnit, proposed_agencies, proposed_unit
from agencies.reorganisation.services import add_step, prepare
from agencies.units.enums import UnitKind
from portal.demo.directory import Cast

CASE = Path(__file__).parent / "sap-xep-2025.json"


def prepare_reform(cast: Cast) -> Reorganisation:
    """Enter the decision and a step for each of the two new communes; the administrator of the system does so."""
    case = json.loads(CASE.read_text(encoding="utf-8"))
    actor = cast.members["quan-tri"]
    act = prepare(
        actor=actor,
        title=case["title"],
        scope=AdminUnit.objects.get(code=case["scope"]),
        number=case["number"],
        issuing_body=case["issuing_body"],
        decided_on=date.fromisoformat(case["decided_on"]),
        effective_on=date.fromisoformat(case["effective_on"]),
    )
    for place, merge in enumerate(case["merges"], start=1):
        act.refresh_from_db()
        plan = _plan(act, place, merge)
        add_step(act, actor=actor, revision=act.revision, subject=Subject.UNIT, kind=StepKind.MERGE, plan=plan)
    act.refresh_from_db()
    return act


def _plan(act: Reorganisation, place: int, merge: dict) -> StepPlan:
    """A commune of several, with the agencies of each kind passing to the one the case describes for it."""
    into, key = merge["into"], f"{place}.u0"
    bodies = tuple(AdminUnit.objects.get(code=code).pk for code in merge["units"])
    ground = ground_of(act, [Planned(place, Subject.UNIT, StepKind.MERGE, StepPlan(bodies=bodies))])
    usual = proposed_unit(ground, bodies, NewUnit(UnitKind(into["kind"]), into["bare_name"]), key)
    unit = replace(usual, code=into["code"], parent=AdminUnit.objects.get(code=into["parent"]).pk)
    ground.unit_drafts[key] = unit
    proposed = proposed_agencies(ground, bodies, key, f"{place}.a")
    drafts = {draft.kind: _described(draft, merge["agencies"][draft.kind]) for draft in proposed}
    fates = tuple(
        Fate(agency.pk, (Heir(drafts[agency.kind].key),)) for body in bodies for agency in ground.living_in(body)
    )
    return StepPlan(bodies=bodies, heirs=(Heir(key),), units=(unit,), agencies=tuple(drafts.values()), fates=fates)


def _described(draft: AgencyDraft, said: dict[str, str]) -> AgencyDraft:
    """The proposal with what the case says otherwise."""
    words = {name: value for name, value in said.items() if name in AgencyNaming.__dataclass_fields__}
    return replace(
        draft,
        code=said["code"],
        kind=AgencyKind(said.get("kind", draft.kind)),
        kind_label=said.get("kind_label", draft.kind_label),
        naming=replace(draft.naming, **words),
    )
