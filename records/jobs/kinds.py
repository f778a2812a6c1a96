"""What each kind of job does: said by the rooms above, which know what they make; this floor only knows their names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.functional import Promise

from records.audit.services import Actor
from records.errors import Decision
from records.jobs.models import Job


@dataclass(frozen=True)
class Work:
    """A job as whoever does it sees it: what was asked, by which membership, and a way to tell how far it is.

    `advance(done, total)`: total is 0 while it is not known.
    """

    values: Mapping[str, Any]
    asked_by: int
    attempt: int
    advance: Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """A file that came of a job; kept for a week and handed to the one who asked.

    `told` is written to the values of the job: what its kind has to know when the file is taken.
    """

    name: str
    media_type: str
    content: BinaryIO
    told: Mapping[str, Any] = field(default_factory=dict)


def _nobody(actor: Actor, job: Job) -> Decision:
    """What leaves no file hands none out."""
    return Decision(False, hidden=True)


def _untold(job: Job, actor: Actor) -> None:
    """What leaves no file has nothing to tell."""


@dataclass(frozen=True)
class JobKind:
    """How a kind of job is done, who may have its file at the moment it is taken, and what the audit is told then.

    `label` is what whoever looks after the server calls it; titles may tell what is in the record.

    `run` may be called twice for one job and must come to the same. It raises a Refusal to give up with a reason,
    TryAgain where it may go better later; whatever else it raises is tried again and logged.
    """

    name: str
    run: Callable[[Work], Made | None]
    label: Promise | str = ""
    may_have: Callable[[Actor, Job], Decision] = _nobody
    tell: Callable[[Job, Actor], None] = _untold


_KINDS: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    """Make a kind of job known, once, when the portal starts."""
    _KINDS[kind.name] = kind


def kind_of(name: str) -> JobKind | None:
    """The kind of that name; none where a job was asked for by another version of the portal."""
    return _KINDS.get(name)
