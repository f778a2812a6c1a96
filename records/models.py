"""The tables of this floor, gathered from its rooms for Django."""

from records.audit.models import AuditEntry
from records.files.models import StoredFile

__all__ = ["AuditEntry", "StoredFile"]
