"""What keepers of the record do: add a unit, correct how its name was written."""

import re
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.units.enums import LEVEL_OF_KIND, WORD_OF_KIND, UnitKind
from agencies.units.models import AdminUnit, UnitName
from agencies.units.permissions import can_add_unit, can_correct_unit
from agencies.units.services.checks import must_be_lawful, must_be_of_level
from agencies.units.services.founding import found_unit
from agencies.units.services.index import index_units, repeat_present_name
from records import clock, text
from records.audit.enums import AuditAction
from records.audit.services import Actor, record
from records.errors import Conflict, NotAllowed, RuleBroken

_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
RESERVED_CODES = frozenset({"TAO"})
_TOLD = ("kind", "name", "bare_name", "legal_basis")


@transaction.atomic
def add_unit(
    *,
    actor: Actor,
    code: str,
    kind: str,
    bare_name: str,
    valid_from: date,
    valid_to: date | None = None,
    parent: AdminUnit | None = None,
    legal_basis: str = "",
) -> AdminUnit:
    """Enter a unit in the record under a code of its own. Two units may share a name; each is itself.

    Rule: R-UNIT-1, R-UNIT-2.
    Raises: NotAllowed; RuleBroken naming the field.
    """
    require(can_add_unit(actor, parent))
    return enter_unit(
        actor=actor,
        code=code,
        kind=kind,
        bare_name=bare_name,
        valid_from=valid_from,
        valid_to=valid_to,
        parent=parent,
        legal_basis=legal_basis,
    )


@transaction.atomic
def enter_unit(
    *,
    code: str,
    kind: str,
    bare_name: str,
    valid_from: date,
    valid_to: date | None = None,
    parent: AdminUnit | None = None,
    legal_basis: str = "",
    actor: Actor | None = None,
) -> AdminUnit:
    """The building block of `add_unit`: it asks nobody, for acts that have asked.

    Raises: RuleBroken naming the field.
    """
    if kind not in UnitKind.values:
        raise RuleBroken(_("Choose one of the listed values"), "kind")
    code, bare_name = code.strip().upper(), _bare(kind, bare_name)
    _must_be_a_code(code)
    must_be_lawful(kind, valid_from, valid_to)
    facts = {"kind": UnitKind(kind), "name": whole_name(kind, bare_name), "bare_name": bare_name}
    try:
        with transaction.atomic():
            return found_unit(
                code=code, level=LEVEL_OF_KIND[kind], valid_from=valid_from, valid_to=valid_to, parent=parent,
                legal_basis=legal_basis, actor=actor, **facts,
            )  # fmt: skip
    except IntegrityError as taken:
        raise RuleBroken(_("Another unit has this code"), "code") from taken


@transaction.atomic
def correct_unit_name(
    name: UnitName, *, actor: Actor, revision: int, kind: str, bare_name: str, legal_basis: str, reason: str
) -> UnitName:
    """Mend how a name was written down, for the whole period it holds; a real change of name is a new row.

    Raises: NotAllowed; Conflict when the unit was changed meanwhile; RuleBroken naming the field.
    """
    unit = AdminUnit.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=name.unit_id).first()
    if unit is None:
        raise NotAllowed(unseen())
    require(can_correct_unit(actor, unit))
    if unit.revision != revision:
        raise Conflict(_("Someone else has just changed this. Compare both texts, then save again."))
    name = unit.names.get(pk=name.pk)
    if kind not in UnitKind.values:
        raise RuleBroken(_("Choose one of the listed values"), "kind")
    must_be_of_level(kind, unit.level)
    if kind != name.kind:
        must_be_lawful(kind, name.valid_from, name.valid_to)
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    before = {column: getattr(name, column) for column in _TOLD}
    name.kind, name.bare_name, name.legal_basis = kind, _bare(kind, bare_name), legal_basis
    name.name = whole_name(kind, name.bare_name)
    name.save()
    unit.revision += 1
    unit.save(update_fields=["revision"])
    after = {column: getattr(name, column) for column in _TOLD}
    record(AuditAction.CHANGED, actor=actor, about=unit, before=before, after=after | {"reason": reason})
    index_units([unit])
    repeat_present_name(unit, clock.today())
    return name


def whole_name(kind: str, bare_name: str) -> str:
    """The name with the word of its kind before it: "xã Đầm Hà"."""
    return f"{WORD_OF_KIND[UnitKind(kind)]} {bare_name}"


def _bare(kind: str, typed: str) -> str:
    """The name without the word of its kind, which many type along."""
    bare = " ".join(text.nfc(typed).split())
    word = WORD_OF_KIND.get(kind, "")
    if word and bare.lower().startswith(f"{word} "):
        bare = bare[len(word) + 1 :]
    if not bare:
        raise RuleBroken(_("Enter the name of the unit"), "bare_name")
    if len(bare) > UnitName._meta.get_field("bare_name").max_length:
        raise RuleBroken(_("The name is too long"), "bare_name")
    return bare


def _must_be_a_code(code: str) -> None:
    longest = AdminUnit._meta.get_field("code").max_length
    if len(code) > longest or not _CODE.fullmatch(code) or code in RESERVED_CODES:
        raise RuleBroken(_("A code has 1 to 10 capital letters A–Z, digits and hyphens, such as DH-TB"), "code")
    if AdminUnit.objects.filter(code=code).exists():
        raise RuleBroken(_("Another unit has this code"), "code")
