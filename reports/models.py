"""The tables of this floor, gathered from its rooms for Django."""

from reports.issuing.models import IssuedDocument

__all__ = ["IssuedDocument"]
