"""Rows as the journal of an act keeps them: every column in plain values."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from agencies.directory.models import AgencyWord
from agencies.units.models import UnitReach, UnitWord

# Derived from other rows, and derived anew after an act is taken back.
DERIVED = (UnitReach, UnitWord, AgencyWord)
_NOT_KEPT = (models.GeneratedField, models.BinaryField)


def row_values(model: type[models.Model], rows: models.Q, *, hold: bool = False) -> dict[int, dict]:
    """Rows by their number, every column of their own; locked where they are to be written. One query.

    Why no bytes: what is kept in them, such as a certificate, no act changes.
    """
    names = [one.attname for one in model._meta.concrete_fields if not isinstance(one, _NOT_KEPT)]
    found = model._base_manager.filter(rows).order_by("pk")
    found = found.select_for_update(of=("self",)) if hold else found
    return {row[model._meta.pk.attname]: _plain(row) for row in found.values(*names)}


def _plain(row: dict) -> dict:
    return json.loads(json.dumps(row, cls=DjangoJSONEncoder))
