"""Rows as the journal of an act keeps them: every column in plain values."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from agencies.directory.models import AgencyWord
from agencies.units.models import UnitReach, UnitWord

# Derived from other rows, and derived anew after an act is taken back.
DERIVED = (UnitReach, UnitWord, AgencyWord)


def row_values(model: type[models.Model], rows: models.Q) -> dict[int, dict]:
    """Rows by their number, every column of their own. One query."""
    names = [one.attname for one in model._meta.concrete_fields if not isinstance(one, models.GeneratedField)]
    return {row[model._meta.pk.attname]: _plain(row) for row in model._base_manager.filter(rows).values(*names)}


def _plain(row: dict) -> dict:
    return json.loads(json.dumps(row, cls=DjangoJSONEncoder))
