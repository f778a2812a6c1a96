"""What a step of a reorganisation plans, as typed values and as the JSON they are kept in.

A body is named by `Ref`: the number of a row that exists, or the key of a body that a step of the same act describes.
"""

from dataclasses import asdict, dataclass, fields

from agencies.directory.enums import AgencyKind, Family, SigningAuthority
from agencies.units.enums import LEVEL_OF_KIND, UnitKind, UnitLevel

Ref = int | str
WHOLE = 100


class PlanUnreadable(ValueError):
    """The kept JSON is not what this module writes."""


@dataclass(frozen=True)
class UnitDraft:
    """A unit the decision founds. `parent` is the unit it belongs to from its first day."""

    key: str
    code: str
    kind: UnitKind
    name: str
    bare_name: str
    parent: int | None = None

    @property
    def level(self) -> UnitLevel:
        return LEVEL_OF_KIND[self.kind]


@dataclass(frozen=True)
class UnitNaming:
    """What a unit is called from the day on."""

    kind: UnitKind
    name: str
    bare_name: str


@dataclass(frozen=True)
class AgencyNaming:
    """How an agency is called, ranked and printed from the day on; lines are separated by line breaks."""

    name: str
    short_name: str
    abbreviation: str
    document_symbol: str
    family: Family
    protocol_order: int
    letterhead_lines: str
    superior_lines: str = ""
    authority: SigningAuthority = SigningAuthority.COLLECTIVE
    authority_lines: str = ""
    head_title: str = ""


@dataclass(frozen=True)
class AgencyDraft:
    """An agency the decision founds in a unit."""

    key: str
    unit: Ref
    code: str
    kind: AgencyKind
    naming: AgencyNaming
    kind_label: str = ""
    parent: int | None = None


@dataclass(frozen=True)
class Heir:
    """A successor: which body, with what share, and whether it goes on with the work of one that ends.

    Units: whole percent of what is passed on.
    """

    body: Ref
    share: int = WHOLE
    is_main: bool = True


@dataclass(frozen=True)
class Fate:
    """What becomes of an agency of a unit that ends: who succeeds it, or nobody."""

    agency: int
    heirs: tuple[Heir, ...] = ()


@dataclass(frozen=True)
class Renaming:
    """What an agency is called from the day on, because its unit has another name."""

    agency: int
    naming: AgencyNaming


@dataclass(frozen=True)
class StepPlan:
    """Everything one step says; which parts are filled follows from its subject and kind.

    `bodies` are what the decision acts on: they are merged, split, closed, renamed or moved. `heirs` succeed them;
    after closing, the heir takes over the open work. With `goes_on` a body that is split keeps what is not passed on.
    """

    bodies: tuple[int, ...]
    heirs: tuple[Heir, ...] = ()
    goes_on: bool = False
    parent: int | None = None
    superior_lines: str = ""
    unit_naming: UnitNaming | None = None
    agency_naming: AgencyNaming | None = None
    units: tuple[UnitDraft, ...] = ()
    agencies: tuple[AgencyDraft, ...] = ()
    fates: tuple[Fate, ...] = ()
    renamings: tuple[Renaming, ...] = ()

    @classmethod
    def from_json(cls, data: object) -> "StepPlan":
        """The plan that was kept.

        Raises: PlanUnreadable for anything `to_json` does not write.
        """
        try:
            return _step_plan(data)
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise PlanUnreadable(str(fault)) from fault

    def to_json(self) -> dict:
        """Plain values that `from_json` reads back."""
        return asdict(self)


def _step_plan(data: dict) -> StepPlan:
    _only_known(data, StepPlan)
    return StepPlan(
        bodies=tuple(_number(pk) for pk in data["bodies"]),
        heirs=tuple(_heir(one) for one in data["heirs"]),
        goes_on=_flag(data["goes_on"]),
        parent=_number_or_none(data["parent"]),
        superior_lines=_text(data["superior_lines"]),
        unit_naming=_or_none(_unit_naming, data["unit_naming"]),
        agency_naming=_or_none(_agency_naming, data["agency_naming"]),
        units=tuple(_unit_draft(one) for one in data["units"]),
        agencies=tuple(_agency_draft(one) for one in data["agencies"]),
        fates=tuple(Fate(_number(one["agency"]), tuple(_heir(heir) for heir in one["heirs"])) for one in data["fates"]),
        renamings=tuple(Renaming(_number(one["agency"]), _agency_naming(one["naming"])) for one in data["renamings"]),
    )


def _unit_draft(data: dict) -> UnitDraft:
    _only_known(data, UnitDraft)
    return UnitDraft(
        key=_text(data["key"]),
        code=_text(data["code"]),
        kind=UnitKind(data["kind"]),
        name=_text(data["name"]),
        bare_name=_text(data["bare_name"]),
        parent=_number_or_none(data["parent"]),
    )


def _unit_naming(data: dict) -> UnitNaming:
    _only_known(data, UnitNaming)
    return UnitNaming(UnitKind(data["kind"]), _text(data["name"]), _text(data["bare_name"]))


def _agency_draft(data: dict) -> AgencyDraft:
    _only_known(data, AgencyDraft)
    return AgencyDraft(
        key=_text(data["key"]),
        unit=_ref(data["unit"]),
        code=_text(data["code"]),
        kind=AgencyKind(data["kind"]),
        naming=_agency_naming(data["naming"]),
        kind_label=_text(data["kind_label"]),
        parent=_number_or_none(data["parent"]),
    )


def _agency_naming(data: dict) -> AgencyNaming:
    _only_known(data, AgencyNaming)
    words = {name: _text(data[name]) for name in _WORDS_OF_NAMING}
    return AgencyNaming(
        **words,
        family=Family(data["family"]),
        protocol_order=_number(data["protocol_order"]),
        authority=SigningAuthority(data["authority"]),
    )


_WORDS_OF_NAMING = (
    "name", "short_name", "abbreviation", "document_symbol", "letterhead_lines", "superior_lines", "authority_lines",
    "head_title",
)  # fmt: skip


def _heir(data: dict) -> Heir:
    _only_known(data, Heir)
    return Heir(_ref(data["body"]), _number(data["share"]), _flag(data["is_main"]))


def _only_known(data: dict, kind: type) -> None:
    if unknown := data.keys() - {field.name for field in fields(kind)}:
        raise PlanUnreadable(f"{kind.__name__}: {', '.join(sorted(unknown))}")


def _or_none(read, data):
    return None if data is None else read(data)


def _ref(value: object) -> Ref:
    return _text(value) if isinstance(value, str) else _number(value)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"not a number: {value!r}")
    return value


def _number_or_none(value: object) -> int | None:
    return None if value is None else _number(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"not text: {value!r}")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"not yes or no: {value!r}")
    return value
