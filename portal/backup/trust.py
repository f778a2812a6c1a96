"""The certificates and lists an office trusts, on their way out of an archive: never another portal's unasked."""

from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from portal.backup.archive import is_ours
from portal.backup.sealing import read_header

_MEMBERS = "trust/"


@dataclass
class Trust:
    """Whether those of the archive are taken, and their names; `content` is written when all else is in its place."""

    is_taken: bool
    is_own: bool
    names: list[str] = field(default_factory=list)
    content: dict[str, bytes] = field(default_factory=dict, repr=False)

    def put(self) -> None:
        """Write them into the folder of `PORTAL_TRUST`; one that is there already may be newer and stays."""
        folder = Path(settings.SIGNING_TRUST)
        for name, content in self.content.items():
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / name).exists():
                (folder / name).write_bytes(content)


def trust_of(path: Path, manifest: dict, *, with_trust: bool) -> Trust:
    """What a proved archive would have this office trust: its own always, another portal's where that is asked for.

    Rule: R-BACKUP-7.
    """
    with path.open("rb") as source:
        header, _digest = read_header(source)
    own, members = is_ours(header), manifest["members"]
    names = sorted(name.removeprefix(_MEMBERS) for name in members if name.startswith(_MEMBERS))
    return Trust(own or with_trust, own, names)
