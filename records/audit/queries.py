from django.db import models
from django.db.models import QuerySet

from records.audit.models import AuditEntry


def entries_about(thing: models.Model) -> QuerySet[AuditEntry]:
    """The history of one object, newest first. The caller has already asked whether the actor may see the object."""
    return AuditEntry.objects.filter(object_kind=thing._meta.label_lower, object_id=thing.pk).order_by("-sequence")
