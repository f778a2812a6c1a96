"""What amends a program, and what it amends."""

from dataclasses import dataclass

from django.db.models import Max

from coordination.programs.enums import ENDED_STATES, SIGNED_STATES, AmendmentWay, ProgramKind
from coordination.programs.models import Program
from coordination.programs.queries import ProgramsAround
from records.text import fold

LONGEST_TITLE, LONGEST_SHORT_TITLE = (Program._meta.get_field(name).max_length for name in ("title", "short_title"))


@dataclass(frozen=True)
class Amendment:
    """One amendment of a program: the how manyth, in which way, where it stands."""

    program: Program

    @property
    def way(self) -> str:
        return AmendmentWay(self.program.amends_by).label

    @property
    def number(self) -> int:
        return self.program.amendment_number

    @property
    def is_in_force(self) -> bool:
        return self.program.state in SIGNED_STATES


@dataclass(frozen=True)
class PapersBeside:
    """The program an amendment amends, and the amendments of a program, as far as the reader sees them."""

    amended: Program | None
    amendments: tuple[Amendment, ...]


def papers_beside(around: ProgramsAround) -> PapersBeside:
    """What a program amends and what amends it, the first amendment first."""
    return PapersBeside(around.amended, tuple(Amendment(one) for one in around.amendments))


def under_way(program: Program) -> Program | None:
    """The latest amendment of a program that is neither in force nor at an end."""
    ended = (*SIGNED_STATES, *ENDED_STATES)
    return program.amendments.exclude(state__in=ended).order_by("-amendment_number").first()


def next_amendment_number(program: Program) -> int:
    """The how manyth amendment the next one would be; one that was cancelled keeps its number."""
    return (program.amendments.aggregate(last=Max("amendment_number"))["last"] or 0) + 1


def amended_by(program: Program) -> Program:
    """What an amendment would amend: the program itself, or the first one where it is an amendment."""
    return program.amends or program


def proposed_title(program: Program, number: int) -> str:
    """The title of the how manyth amendment of a program, in the words of Vietnamese papers."""
    return _fitting(f"{_amending(number)} một số nội dung của {_with_its_kind(program)}", LONGEST_TITLE)


def proposed_short_title(program: Program, number: int) -> str:
    """The same for lists."""
    return _fitting(f"{_amending(number)}: {program.short_title}", LONGEST_SHORT_TITLE)


def _amending(number: int) -> str:
    return "Sửa đổi, bổ sung" if number == 1 else f"Sửa đổi, bổ sung lần {number}"


def _with_its_kind(program: Program) -> str:
    """The title beginning with the name of the kind."""
    kind = ProgramKind(program.kind).printed.capitalize()
    if fold(program.title).startswith(fold(kind)):
        return program.title
    return f"{kind} {program.title[:1].lower()}{program.title[1:]}"


def _fitting(words: str, most: int) -> str:
    """As much as fits, cut between words."""
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"
