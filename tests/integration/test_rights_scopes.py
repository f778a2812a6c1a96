"""Every model says who sees its rows, and says so for nobody as well: deny by default."""

import pytest
from django.apps import apps
from django.db import models

from agencies.access.enums import CONTENT_ROLES, Role
from agencies.access.scopes import PartsQuerySet
from portal.permissions_page.scopes import REACHED_ONLY_THROUGH, models_of_the_portal
from tests.integration.rights.oracle import NOBODY, Oracle

pytestmark = pytest.mark.django_db


def everything(model: type[models.Model]) -> models.QuerySet:
    return model._default_manager.all()


def test_every_model_has_its_scope_or_is_reached_only_through_one():
    without = [
        model._meta.label
        for model in models_of_the_portal()
        if not hasattr(model._default_manager, "visible_to") and model._meta.label not in REACHED_ONLY_THROUGH
    ]
    assert without == []
    both = [label for label in REACHED_ONLY_THROUGH if hasattr(apps.get_model(label)._default_manager, "visible_to")]
    assert both == [], "these have a scope now: take them from the table"


def test_what_is_reached_through_others_names_relations_that_lead_there():
    """Each way of the table is a relation of a model with a scope, so whoever follows it has asked who may."""
    for label, ways in REACHED_ONLY_THROUGH.items():
        for way in ways:
            owner, _dot, relation = way.rpartition(".")
            if relation.endswith("()"):
                continue  # a named read, which says in its docstring who asks before
            field = apps.get_model(owner)._meta.get_field(relation)
            assert field.related_model is apps.get_model(label), way
            assert hasattr(apps.get_model(owner)._default_manager, "visible_to"), way


def scoped() -> list[type[models.Model]]:
    return [model for model in models_of_the_portal() if hasattr(model._default_manager, "visible_to")]


def test_the_world_holds_rows_of_every_kind_of_content(world):
    """A scope that hides an empty table would prove nothing."""
    empty = [
        model._meta.label
        for model in scoped()
        if model._meta.app_label in ("coordination", "reports") and not everything(model).exists()
    ]
    assert empty == []


@pytest.mark.parametrize("model", scoped(), ids=lambda model: model._meta.label)
def test_nobody_sees_nothing(model, world):
    assert not model._default_manager.visible_to(None).exists()


# What happened or was graded in the other unit only.
ONLY_THERE = {"coordination.Criterion", "coordination.CriterionScore", "coordination.Handover"}
CONTENT = [model for model in scoped() if model._meta.app_label in ("coordination", "reports")]


@pytest.mark.parametrize("model", CONTENT, ids=lambda model: model._meta.label)
def test_administrators_see_no_content(model, world):
    for role in (Role.UNIT_ADMIN, Role.SYSTEM_ADMIN):
        for relation in ("drafter", "lead", "party", "helper", "another"):
            assert not model._default_manager.visible_to(world.here.members[relation, role]).exists(), (role, relation)


@pytest.mark.parametrize("model", CONTENT, ids=lambda model: model._meta.label)
def test_another_units_people_see_nothing_of_this_one(model, world):
    """Whatever a member of the other unit sees belongs to that unit, whatever the role."""
    mine = [world.here.members[relation, role] for relation in ("drafter", "party") for role in CONTENT_ROLES]
    theirs = [world.there.members[relation, role] for relation in ("drafter", "party") for role in CONTENT_ROLES]
    seen_here = {pk for member in mine for pk in _pks(model, member)}
    seen_there = {pk for member in theirs for pk in _pks(model, member)}
    assert not seen_here & seen_there
    assert seen_here or model._meta.label in ONLY_THERE


def _pks(model: type[models.Model], member) -> set[int]:
    return set(model._default_manager.visible_to(member).values_list("pk", flat=True))


def test_parts_are_seen_by_exactly_those_who_see_their_object(world):
    """For every part declared with `seen_through`, every role and relation: part by part, computed from its owners."""
    for model in scoped():
        owners = getattr(model._default_manager.all(), "owners", ())
        if not isinstance(model._default_manager.all(), PartsQuerySet) or model._meta.app_label == "agencies":
            continue
        rows = list(everything(model).select_related(*owners))
        for key, member in world.here.members.items():
            objects = {owner: _pks(model._meta.get_field(owner).related_model, member) for owner in owners}
            expected = {row.pk for row in rows if all(getattr(row, f"{o}_id") in objects[o] for o in owners)}
            assert _pks(model, member) == expected, (model._meta.label, key)


def test_scopes_and_the_written_rules_agree(world):
    """Programs, tasks, rounds and conferences against the oracle of the walk, which never asks `visible_to`."""
    oracle = Oracle()
    kinds = {"program": "Program", "task": "Task", "round": "EvaluationRound", "conference": "Conference"}
    for cast in (world.here, world.there):
        for key, member in cast.members.items():
            standing = oracle.standing_of(member)
            if standing == NOBODY:
                continue  # ended when the agency was merged: nobody acts in it any more
            for kind, name in kinds.items():
                model = apps.get_model("coordination", name)
                expected = {row.pk for row in everything(model) if oracle.sees(standing, (kind, row.pk))}
                assert _pks(model, member) == expected, (key, name)
