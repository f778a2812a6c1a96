"""One entry of the system log in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from functools import cached_property

from django.utils.translation import gettext as _

from agencies.log.words import COMMON
from records.audit.enums import AuditAction
from records.audit.history import Change, Vocabulary, vocabulary_of
from records.audit.models import AuditEntry

# Whose objects are content: administrators have no right on it.
_CONTENT = ("coordination.", "reports.")
# Files are known by the task or program they belong to.
_CODED_BY = {"coordination.evidence": "task", "coordination.signatureslot": "program"}


@dataclass(frozen=True)
class LogRow:
    """One entry as administrators read it.

    Rule: R-LOG-1. Of content the code, the action and the names of the values are shown, never a value, title or text.
    """

    entry: AuditEntry
    vocabulary: Vocabulary = field(repr=False)

    @property
    def is_content(self) -> bool:
        return self.entry.object_kind.startswith(_CONTENT)

    @property
    def action(self) -> str:
        return str(AuditAction(self.entry.action).label)

    @property
    def utc(self) -> str:
        """When, in UTC, to the microsecond."""
        return f"{self.entry.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"

    @property
    def who(self) -> str:
        return self.entry.actor_label or _("The portal")

    @property
    def kind(self) -> str:
        """What kind of object it is about; blank where it is about none."""
        return str(self.vocabulary.name) or self.entry.object_kind

    @property
    def code(self) -> str:
        """How the object is known: by its code, or that of the task or program it belongs to, or its number."""
        of = self.entry.after.get(_CODED_BY.get(self.entry.object_kind, ""), "")
        number = f"№ {self.entry.object_id}" if self.entry.object_id else ""
        return self.entry.object_code or str(of) or number

    @property
    def label(self) -> str:
        """What the object is called, where it is no content."""
        return "" if self.is_content else self.entry.object_label

    @property
    def asked(self) -> str:
        """The method and address that were refused; blank for everything else."""
        path = self.entry.after.get("path", "")
        return f"{self.entry.after.get('method', '')} {path}".strip() if path else ""

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The values told, each with its name; of content the names alone."""
        return tuple(self._changes())

    def _changes(self) -> Iterator[Change]:
        own = self.vocabulary.words
        words = {**own, **COMMON, **own}
        # Told in the order of the words, its own first: databases give JSON back in orders of their own.
        told = {*self.entry.before, *self.entry.after}
        for name in [*(name for name in words if name in told), *sorted(told - words.keys())]:
            word = words.get(name)
            label = str(word.label) if word else name.replace("_", " ")
            write = word.write if word else _plain
            before, after = write(self.entry.before.get(name)), write(self.entry.after.get(name))
            if self.is_content:
                yield Change(label, "", "")
            elif before or after:
                yield Change(label, before, after)


def row_of(entry: AuditEntry) -> LogRow:
    """An entry with the words of its kind."""
    return LogRow(entry, vocabulary_of(entry.object_kind))


def _plain(value: object) -> str:
    return "" if value in (None, "") else str(value)
