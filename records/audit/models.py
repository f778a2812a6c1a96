"""The audit: one entry for each write, refusal, sign-in and export, chained by hashes, never changed."""

from django.db import models
from django.db.models import Q

from records.audit.enums import AuditAction

FIRST_LAYOUT, LAYOUT = 1, 2


class AuditEntry(models.Model):
    """Who, in which agency and role, did what to which object, with the values before and after, when and from where.

    Rule: R-AUDIT-2. Append-only, kept by a database trigger; `digest` covers the entry and the digest before it.
    Names are frozen as they were at that moment. `layout` says which columns the digest covers (see `chain`).
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    local_at = models.CharField(max_length=32, blank=True)
    action = models.CharField(max_length=40, choices=AuditAction.choices)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=300, blank=True)
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=20, blank=True)
    role_label = models.CharField(max_length=60, blank=True)
    agency_id = models.BigIntegerField(null=True, db_index=True)
    agency_label = models.CharField(max_length=200, blank=True)
    unit_id = models.BigIntegerField(null=True)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.BigIntegerField(null=True)
    object_code = models.CharField(max_length=60, blank=True)
    object_label = models.CharField(max_length=400, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    address = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    layout = models.PositiveSmallIntegerField(default=FIRST_LAYOUT)
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="auditentry_object"),
            models.Index(fields=["at"], name="auditentry_at"),
            models.Index(fields=["unit_id", "sequence"], name="auditentry_unit"),
            models.Index(fields=["user_id", "sequence"], name="auditentry_user"),
            models.Index(fields=["user_name", "sequence"], name="auditentry_user_name"),
            models.Index(fields=["action", "sequence"], name="auditentry_action"),
            models.Index(fields=["object_kind", "sequence"], name="auditentry_kind"),
            models.Index(fields=["address", "sequence"], name="auditentry_address"),
            models.Index(fields=["request_id"], name="auditentry_request"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.object_kind} {self.object_id}"


class AuditHead(models.Model):
    """The last entry's number and digest, sealed with a key that is not in the database. One row.

    Rule: R-AUDIT-4. Written in the transaction of the entry; it only moves forward, kept by a database trigger.
    """

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    sequence = models.BigIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="audithead_is_one")]

    def __str__(self) -> str:
        return f"{self.sequence}:{self.digest}"
