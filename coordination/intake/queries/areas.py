"""The areas of a program's unit by what tables call them."""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.utils.translation import gettext as _

from coordination.programs.models import Area, Program
from coordination.tasks.queries import areas_of
from records.text import fold

_NUMBER = re.compile(r"^\s*(?:[ivxlc]+|[a-zđ]|\d+(?:\.\d+)*)\s*[.)/:-]\s*")


@dataclass(frozen=True)
class AreaNames:
    """The areas by their folded names and codes."""

    areas: tuple[Area, ...]
    _called: dict[str, Area | None] = field(default_factory=dict, compare=False)

    @property
    def only(self) -> Area | None:
        """The area every task lies in where a unit has one alone."""
        return self.areas[0] if len(self.areas) == 1 else None

    def one(self, written: str) -> Area | None:
        """The area a cell or a heading names: “I. Lĩnh vực Tuyên truyền” is “Tuyên truyền”."""
        if written not in self._called:
            plain = _plain(written)
            named = (area for area in self.areas if plain in (_plain(area.name), fold(area.code)))
            self._called[written] = next(named, None)
        return self._called[written]

    def advice(self, written: str) -> str:
        """What may have been meant, or all there are."""
        by_name = {_plain(area.name): area.name for area in self.areas}
        near = get_close_matches(_plain(written), by_name, n=1, cutoff=0.6)
        if near:
            return _("Did you mean “%(name)s”?") % {"name": by_name[near[0]]}
        return _("The areas are: %(names)s") % {"names": "; ".join(by_name.values())}


def areas_for(program: Program) -> AreaNames:
    """The areas tasks of a program may lie in. One query."""
    return AreaNames(tuple(areas_of(program)))


def _plain(written: str) -> str:
    line = _NUMBER.sub("", fold(written))
    line = " ".join(re.findall(r"[^\W_]+", line))
    return line.removeprefix("linh vuc ").removeprefix("ve ")
