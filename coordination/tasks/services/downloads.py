"""Handing out what proves a task."""

from typing import BinaryIO

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.tasks.models import Evidence
from coordination.tasks.permissions import can_view_task
from records.files.services import hand_over


def hand_over_evidence(evidence: Evidence, *, actor: Membership) -> BinaryIO:
    """The bytes of a file of evidence, for whoever sees its task; the audit tells who got them.

    Raises: NotAllowed; FileNotFoundError when the bytes are gone.
    """
    task = evidence.task
    require(can_view_task(actor, task))
    return hand_over(evidence.file, about=evidence, actor=actor, task=task.code)
