"""Who sees which rows: every model of the portal with its `visible_to`, or the objects it is reached through."""

from django.apps import apps
from django.db import models

APPS = ("records", "agencies", "coordination", "reports", "portal")

# The tables of the lowest floor know nothing of memberships: they have no scope of their own. No view fetches them;
# they are read from an object whose scope was asked, or by a named read that says who asks before.
REACHED_ONLY_THROUGH = {
    "records.StoredFile": (
        "coordination.Evidence.file",
        "coordination.SignatureSlot.scan",
        "coordination.AgendaPaper.file",
        "coordination.Photo.file",
        "coordination.Photo.small",
        "reports.IssuedDocument.file",
        "reports.SignedState.file",
    ),
    "records.AuditEntry": ("records.audit.queries.entries_about()",),
    "records.AuditHead": (),
}


def models_of_the_portal() -> list[type[models.Model]]:
    """Every model of the five floors, without the rows Django itself puts between two of them."""
    return [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        if not model._meta.auto_created and model._meta.app_label == label
    ]
