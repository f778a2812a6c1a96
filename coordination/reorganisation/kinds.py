"""The ten kinds of step, as addresses name them and as the page that offers them words them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from agencies.reorganisation.enums import StepKind, Subject


@dataclass(frozen=True)
class OfferedKind:
    """A kind of step: its word in addresses, its name, what it is for."""

    slug: str
    subject: Subject
    kind: StepKind
    label: str
    hint: str


OFFERED = (
    OfferedKind(
        "don-vi-nhap",
        Subject.UNIT,
        StepKind.MERGE,
        _("Merge units"),
        _("Several units become one, or are joined to one that exists; their agencies pass along."),
    ),
    OfferedKind(
        "don-vi-tach",
        Subject.UNIT,
        StepKind.SPLIT,
        _("Split a unit"),
        _("One unit is shared out among several, by percentages; or a part of it goes to another."),
    ),
    OfferedKind(
        "don-vi-doi-ten",
        Subject.UNIT,
        StepKind.RENAME,
        _("Rename a unit"),
        _("Its name or kind changes; its agencies take the new name along."),
    ),
    OfferedKind(
        "don-vi-chuyen",
        Subject.UNIT,
        StepKind.MOVE,
        _("Move a unit under another"),
        _("It belongs to another unit above it."),
    ),
    OfferedKind(
        "don-vi-giai-the",
        Subject.UNIT,
        StepKind.CLOSE,
        _("Close a unit"),
        _("It ends without a successor; open work of its agencies passes to others."),
    ),
    OfferedKind(
        "co-quan-nhap",
        Subject.AGENCY,
        StepKind.MERGE,
        _("Merge agencies"),
        _("Two or more become one, or are joined to one that exists."),
    ),
    OfferedKind(
        "co-quan-tach",
        Subject.AGENCY,
        StepKind.SPLIT,
        _("Split an agency"),
        _("One agency is shared out among several, by percentages."),
    ),
    OfferedKind(
        "co-quan-doi-ten",
        Subject.AGENCY,
        StepKind.RENAME,
        _("Rename an agency"),
        _("It goes on under another name, with another letterhead or rank."),
    ),
    OfferedKind(
        "co-quan-chuyen",
        Subject.AGENCY,
        StepKind.MOVE,
        _("Move an agency under another"),
        _("It stands under another agency, such as an organisation under the Front."),
    ),
    OfferedKind(
        "co-quan-giai-the",
        Subject.AGENCY,
        StepKind.CLOSE,
        _("Close an agency"),
        _("It ends; another takes over its open work."),
    ),
)
BY_SLUG = {offered.slug: offered for offered in OFFERED}
