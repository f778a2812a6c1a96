"""The versions of a program one can read and compare, with the text of today as the last of them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from agencies.models import Membership
from coordination.programs.models import Program, ProgramVersion
from coordination.programs.permissions import makes_program
from coordination.programs.services.snapshot import snapshot_of

TODAY = "today"
_READ = ("parties__agency__names", "parties__signs_through", "legal_bases", "sections")


@dataclass(frozen=True)
class Edition:
    """A version, or the text as it stands: its code in addresses, what it is called, when it was frozen and by whom."""

    code: str
    name: str
    version: ProgramVersion | None = None

    @property
    def is_today(self) -> bool:
        return self.version is None

    @property
    def at(self) -> datetime | None:
        return self.version.locked_at if self.version else None

    @property
    def is_void(self) -> bool:
        return bool(self.version and self.version.voided_at)

    @property
    def option(self) -> str:
        """The name as a list to choose from shows it."""
        void = _("void")
        return f"{self.name} ({void})" if self.is_void else self.name


def editions_of(program: Program, *, actor: Membership) -> list[Edition]:
    """What the actor may read of a program's versions in the order they were frozen; the parties the text of today too.

    The frozen content itself is not read. One query.
    """
    versions = program.versions.readable_by(actor).select_related("locked_by__agency").defer("snapshot")
    found = [Edition(version.label, name_of(version), version) for version in versions.order_by("locked_at", "pk")]
    return [*found, Edition(TODAY, _("The text of today"))] if makes_program(actor, program) else found


def name_of(version: ProgramVersion) -> str:
    """What a version is called: a draft sent to the parties or one for signing, with its number."""
    words = _("Signing version v%(label)s") if version.for_signing else _("Draft v%(label)s")
    return words % {"label": version.label}


def chosen(editions: list[Edition], older: str | None, newer: str | None) -> tuple[Edition, Edition] | None:
    """The two editions an address names; where it names none, what was frozen last with what was frozen before it.

    None when there are fewer than two, or one is not among them.
    """
    frozen = [edition for edition in editions if not edition.is_today]
    default = frozen[-2:] if len(frozen) > 1 else editions[-2:]
    if len(default) < 2:
        return None
    by_code = {edition.code: edition for edition in editions}
    first, second = by_code.get(older or default[0].code), by_code.get(newer or default[1].code)
    return (first, second) if first and second else None


def contents_of(program: Program, editions: tuple[Edition, ...], *, today: date) -> list[dict]:
    """The frozen content of some editions, that of today as it would be frozen now."""
    if any(edition.is_today for edition in editions):
        prefetch_related_objects([program], *_READ)
    wanted = [edition.version.pk for edition in editions if edition.version]
    frozen = dict(program.versions.filter(pk__in=wanted).values_list("pk", "snapshot"))
    return [frozen[edition.version.pk] if edition.version else snapshot_of(program, today) for edition in editions]
