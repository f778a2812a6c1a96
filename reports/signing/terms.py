"""Until when what lies in the folder of trust holds: for whoever looks after the server, not for judging signatures."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reports.signing.trust import certificate_files, list_files


@dataclass(frozen=True)
class Term:
    """One certificate or list and the end of its time; without an end it could not be read."""

    name: str
    until: datetime | None
    is_list: bool = False


def terms_in_the_folder() -> list[Term]:
    """Every certificate and every list in the folder of trust."""
    found = [term for path in certificate_files() for term in _of_certificates(path)]
    return found + [_of_list(path) for path in list_files()]


def _of_certificates(path: Path) -> list[Term]:
    from reports.signing import authorities

    read = authorities.certificates_in(path)
    return [Term(one.name, one.until) for one in read] or [Term(path.name, None)]


def _of_list(path: Path) -> Term:
    from reports.signing import authorities

    return Term(path.name, authorities.list_holds_until(path), is_list=True)
