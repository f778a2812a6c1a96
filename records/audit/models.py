"""The audit: one entry for each write, refusal, sign-in and export, chained by hashes, never changed."""

from django.db import models

from records.audit.enums import AuditAction


class AuditEntry(models.Model):
    """Who, in which agency and role, did what to which object, with the values before and after.

    Rule: append-only, kept by a database trigger; `digest` covers the entry and the digest before it.
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=40, choices=AuditAction.choices)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=300, blank=True)
    agency_id = models.BigIntegerField(null=True, db_index=True)
    unit_id = models.BigIntegerField(null=True)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.BigIntegerField(null=True)
    object_label = models.CharField(max_length=400, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    address = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="auditentry_object")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.object_kind} {self.object_id}"
