"""The tables of this floor, gathered from its rooms for Django."""

from records.audit.models import AuditEntry, AuditHead
from records.files.models import StoredFile
from records.jobs.models import Job
from records.jobs.schedule.models import ScheduledJob
from records.mail.models import OutgoingMail
from records.workdays.models import SpecialDay, WorkYear

__all__ = ["AuditEntry", "AuditHead", "Job", "OutgoingMail", "ScheduledJob", "SpecialDay", "StoredFile", "WorkYear"]
