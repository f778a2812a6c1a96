"""Whether the files parties signed are still what they signed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from records.audit.queries import entries_about
from records.errors import Conflict
from records.models import StoredFile
from reports.signing.models import SignedState


@dataclass(frozen=True)
class BrokenState:
    """A state of a file that is not the one the log tells of."""

    state: SignedState

    def __str__(self) -> str:
        version = self.state.round.version
        told = {"place": self.state.ordinal, "version": version.label, "code": version.program.code}
        return (
            _(
                "The signed file number %(place)s of version %(version)s of program %(code)s is not the one the log "
                "tells of. Issue nothing from it; compare it with a backup."
            )
            % told
        )


def whole_content(file: StoredFile) -> bytes:
    """The bytes of a signed file, as they were kept; never other ones under its name.

    Rule: abuse 52.
    Raises: FileNotFoundError; Conflict where the kept bytes were changed.
    """
    content = file.content()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Conflict(_("The stored file is no longer the one that was signed. Tell the administrator at once."))
    return content


def is_whole(file: StoredFile) -> bool:
    """Whether the bytes that lie there are those that were kept."""
    try:
        whole_content(file)
    except (FileNotFoundError, Conflict):
        return False
    return True


def broken_states() -> Iterator[BrokenState]:
    """Every state of a file whose digest the log does not tell; the log itself is proved apart.

    Rule: abuse 52. Bytes on the disk are compared with their digest by the check of all stored files.
    """
    states = SignedState.objects.select_related("file", "round__version__program").order_by("pk")
    for state in states.iterator(chunk_size=500):
        if not entries_about(state.round.version.program).filter(after__sha256=state.file.sha256).exists():
            yield BrokenState(state)
